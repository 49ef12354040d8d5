"""Which county answers for whom."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Place

OUTSIDE = "outside"


class HomeForm(forms.Form):
    """The county that answers for those ticked, with the reason."""

    county = forms.ChoiceField(label=_("Home county"))
    why = forms.CharField(label=_("How is it known?"), max_length=120)

    def __init__(
        self,
        *args: Any,
        counties: Collection[Place],
        people: Collection[UUID] = (),
        ticked: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(county.code, county.name) for county in counties]
        self.fields["county"].choices = [("", "—"), *named, (OUTSIDE, _("Outside the city"))]  # type: ignore[attr-defined]
        listed = {str(person): person for person in people}
        self.ticked = [listed[text] for text in ticked if text in listed]
        self.strangers = len(ticked) - len(self.ticked)

    def clean(self) -> dict[str, Any]:
        """Ask for somebody, and for people of the list only."""
        given = super().clean() or {}
        if self.strangers or not self.ticked:
            self.add_error(None, _("Tick the people the county answers for."))
        return given

    def homes(self) -> dict[UUID, str]:
        """Each person ticked with the county; an empty code means outside the city."""
        county = self.cleaned_data["county"]
        return dict.fromkeys(self.ticked, "" if county == OUTSIDE else county)


class ReasonForm(forms.Form):
    """Why two rows that look like one human are two people, or one, or are not one after all."""

    why = forms.CharField(label=_("How is it known?"), max_length=120)
