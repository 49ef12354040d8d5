"""What a release and a call take from a page."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.queries import counties_of, leading_group_of
from hucheng.core.terms import Destination
from hucheng.entry.door import SYMPTOMS

ELSEWHERE = "OTHER-PROV"
"""Who receives people bound for other provinces (catalogue of organisations)."""


class ReleaseForm(forms.Form):
    """Where those ticked go together; the county they go to receives them and owes the calls."""

    to = forms.ChoiceField(label=_("Bound for"), choices=Destination.choices, initial=Destination.ELSEWHERE)
    county = forms.ChoiceField(label=_("County, if in the city"), required=False)

    def __init__(self, *args: Any, stays: Collection[UUID] = (), ticked: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = {str(stay): stay for stay in stays}
        self.ticked = [listed[text] for text in ticked if text in listed]
        self.strangers = len(ticked) - len(self.ticked)
        counties = [(county.code, county.name) for county in counties_of(settings.HUCHENG_CITY)]
        self.fields["county"].choices = [("", _("Outside the city")), *counties]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the county of whoever stays in the city, and for none of anybody else; take the listed only."""
        given = super().clean() or {}
        stays_here = given.get("to") == Destination.CITY
        if "county" in given and stays_here != bool(given["county"]):
            self.add_error("county", _("Name the county of people who stay in the city, and of nobody else."))
        if self.strangers:
            self.add_error(None, _("Somebody ticked is not on the list any more. Look at the list and tick again."))
        return given

    def release_to(self) -> dict[str, Any]:
        """What the action needs: destination, county, and who receives the person there."""
        county = self.cleaned_data["county"]
        receiver = leading_group_of(county) if county else ELSEWHERE
        to = Destination(self.cleaned_data["to"])
        return {"stay_ids": self.ticked, "to": to, "county": county, "receiver": receiver}


class CallForm(forms.Form):
    """A call made: whom, and which symptom they have, if any."""

    call = forms.UUIDField()
    symptom = forms.ChoiceField(label=_("Symptom"), choices=[("", _("Well")), *SYMPTOMS.items()], required=False)
