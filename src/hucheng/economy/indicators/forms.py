"""The forms of a value and of a file of values."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.economy.fields import DayInput, by_code
from hucheng.economy.indicators.models import Indicator


class ValueForm(forms.Form):
    """One value to publish."""

    code = forms.ChoiceField(label=_("Indicator"))
    period = forms.CharField(label=_("Period"), max_length=12, help_text=_("2020M02 for a month, 2020Q1 for a quarter"))
    value = forms.DecimalField(label=_("Value"), max_digits=16, decimal_places=4)
    published_on = forms.DateField(label=_("Published on"), widget=DayInput)
    reason = forms.CharField(label=_("Reason, for a revision"), max_length=200, required=False)

    def __init__(self, *args: Any, series: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = by_code(series)  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A file of values."""

    file = forms.FileField(
        label=_("CSV or XLSX"), help_text=_("Columns: code, period, value, published_on, reason, source")
    )
