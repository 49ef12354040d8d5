"""The forms of a policy and of how far it has reached."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Organisation
from hucheng.economy.fields import DayInput, by_code
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.policies.actions import PolicyIn


class PolicyForm(forms.Form):
    """One measure of relief."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    conditions = forms.CharField(
        label=_("Conditions"), widget=forms.Textarea({"rows": 3}), help_text=_("One a line"), max_length=2000
    )
    since = forms.DateField(label=_("Begins on"), widget=DayInput)
    until = forms.DateField(label=_("Ends on"), widget=DayInput)
    document = forms.CharField(label=_("Policy document"), max_length=200)
    owner = forms.ChoiceField(label=_("Who answers for it"))
    series = forms.ChoiceField(label=_("Series that it should move"), required=False)

    def __init__(self, *args: Any, owners: Iterable[Organisation], series: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = by_code(owners)  # type: ignore[attr-defined]
        self.fields["series"].choices = [("", "—"), *by_code(series)]  # type: ignore[attr-defined]

    def policy(self) -> PolicyIn:
        """The policy that was filled in."""
        return PolicyIn(**(self.cleaned_data | {"conditions": self.cleaned_data["conditions"].splitlines()}))


class ReachForm(forms.Form):
    """How far one policy has reached by a day."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    eligible = forms.IntegerField(label=_("Eligible"), min_value=0, max_value=10_000_000)
    paid = forms.IntegerField(label=_("Received it"), min_value=0, max_value=10_000_000)
    reason = forms.CharField(label=_("Reason, for a correction"), max_length=200, required=False)
