"""Which county answers for whom."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Place

OUTSIDE = "outside"


class HomeForm(forms.Form):
    """People ticked, and the county that answers for them, with the reason."""

    people = forms.TypedMultipleChoiceField(coerce=UUID)
    county = forms.ChoiceField(label=_("Home county"))
    why = forms.CharField(label=_("How is it known?"), max_length=120)

    def __init__(self, *args: Any, counties: Collection[Place], people: Collection[UUID] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(county.code, county.name) for county in counties]
        self.fields["county"].choices = [("", "—"), *named, (OUTSIDE, _("Outside the city"))]  # type: ignore[attr-defined]
        self.fields["people"].choices = [(str(person), "") for person in people]  # type: ignore[attr-defined]

    def homes(self) -> dict[UUID, str]:
        """Each person ticked with the county; an empty code means outside the city."""
        county = self.cleaned_data["county"]
        return dict.fromkeys(self.cleaned_data["people"], "" if county == OUTSIDE else county)
