"""The form of a version of the targets."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.economy.fields import DayInput
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.outlook.actions import TargetIn
from hucheng.economy.outlook.models import Target, TargetVersion


class TargetsForm(forms.Form):
    """A version with one target a series; a series left empty has none."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    state = forms.ChoiceField(label=_("State"), choices=TargetVersion.State.choices)
    dated_on = forms.DateField(label=_("Date"), widget=DayInput)
    ground = forms.CharField(label=_("Ground"), max_length=300)
    document = forms.CharField(label=_("Document, once adopted"), max_length=200, required=False)

    def __init__(self, *args: Any, series: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series
        for one in series:
            self.fields[f"value_{one.code}"] = forms.DecimalField(
                label=one.name, required=False, max_digits=16, decimal_places=4
            )
            self.fields[f"relation_{one.code}"] = forms.ChoiceField(
                choices=Target.Relation.choices,
                initial=Target.Relation.EXACTLY,
                required=False,
                widget=forms.Select({"class": "in", "aria-label": f"{_('Relation')}: {one.name}"}),
            )

    def targets(self) -> list[TargetIn]:
        """The targets that were filled in."""
        told = self.cleaned_data
        return [
            TargetIn(one.code, told[f"value_{one.code}"], Target.Relation(told[f"relation_{one.code}"] or "="))
            for one in self.series
            if told.get(f"value_{one.code}") is not None
        ]

    def head(self) -> list[forms.BoundField]:
        """The fields of the version itself."""
        return [self[name] for name in ("year", "state", "dated_on", "ground", "document")]

    def rows(self) -> list[tuple[Indicator, forms.BoundField, forms.BoundField]]:
        """Each series with its two fields."""
        return [(one, self[f"value_{one.code}"], self[f"relation_{one.code}"]) for one in self.series]
