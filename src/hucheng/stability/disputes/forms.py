"""Forms of disputes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Place
from hucheng.stability.disputes.actions import DisputeIn
from hucheng.stability.disputes.models import Dispute


class DisputeForm(forms.Form):
    """A dispute as it comes in."""

    place = forms.ChoiceField(label=_("County"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Dispute.Kind.choices)
    firm = forms.CharField(label=_("Firm or body"), max_length=120)
    other_side = forms.CharField(label=_("Other side"), max_length=120, help_text=_("In words, nobody by name."))
    people = forms.IntegerField(label=_("People"), min_value=1, max_value=1_000_000, initial=1)
    amount_yuan = forms.IntegerField(label=_("Amount, yuan"), min_value=0, max_value=1_000_000_000_000, required=False)
    cause = forms.CharField(label=_("Cause"), max_length=200)
    policy = forms.CharField(label=_("Policy it turns on"), max_length=200, required=False)

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(one.code, one.name) for one in places]  # type: ignore[attr-defined]

    def given(self) -> DisputeIn:
        """As the action takes it."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "place"}
        return DisputeIn(**told | {"kind": Dispute.Kind(told["kind"])})
