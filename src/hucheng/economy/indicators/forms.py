"""The forms of a value and of a file of values."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Place
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


class SeriesForm(forms.Form):
    """One series to open."""

    code = forms.SlugField(label=_("Code of the series"), max_length=40, help_text=_("Small letters, digits, dashes"))
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    area = forms.ChoiceField(label=_("Of which area"))
    unit = forms.ChoiceField(label=_("Unit"), choices=Indicator.Unit.choices)
    period = forms.ChoiceField(label=_("Period"), choices=Indicator.Period.choices)
    kind = forms.ChoiceField(label=_("Counts"), choices=Indicator.Kind.choices)
    better = forms.ChoiceField(label=_("Direction"), choices=Indicator.Better.choices)
    due_days = forms.IntegerField(
        label=_("Due so many days after the period"), min_value=1, max_value=365, required=False
    )
    source = forms.CharField(label=_("Source"), max_length=200)

    def __init__(self, *args: Any, areas: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = by_code(areas)  # type: ignore[attr-defined]

    def row(self) -> dict[str, str]:
        """The series as a row of the table of series."""
        return {name: "" if value is None else str(value) for name, value in self.cleaned_data.items()}
