"""The daily report of one county."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Place
from hucheng.economy.fields import DayInput, by_code

MOST = 10_000_000


class FirmsForm(forms.Form):
    """Firms of one county on one day."""

    place = forms.ChoiceField(label=_("County"))
    day = forms.DateField(label=_("Day"), widget=DayInput)
    above_size = forms.IntegerField(label=_("Firms above size"), min_value=0, max_value=MOST)
    resumed = forms.IntegerField(label=_("Of these resumed"), min_value=0, max_value=MOST)
    on_roll = forms.IntegerField(label=_("Workers on the roll of resumed firms"), min_value=0, max_value=MOST)
    back = forms.IntegerField(label=_("Workers back"), min_value=0, max_value=MOST)
    reason = forms.CharField(label=_("Reason, for a correction"), max_length=200, required=False)

    def __init__(self, *args: Any, counties: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = by_code(counties)  # type: ignore[attr-defined]
