"""The health declaration as a form, for the traveller and for the desk."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.queries import counties_of
from hucheng.core.terms import Destination
from hucheng.entry.declarations.actions import DeclarationForm
from hucheng.entry.declarations.symptoms import SYMPTOMS

NEEDS = {
    "medicine": _("Regular medicine"),
    "diet": _("Diet"),
    "wheelchair": _("Wheelchair"),
    "interpreter": _("Interpreter"),
    "infant": _("Infant"),
}


class DeclareForm(forms.Form):
    """Each symptom is asked by itself; there is no “all fine” (INQ-24)."""

    contact_14d = forms.TypedChoiceField(
        label=_("Contact with a case in the last 14 days"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    destination = forms.ChoiceField(label=_("Where do you go from here?"), choices=Destination.choices)
    county = forms.ChoiceField(
        label=_("Home county, if you stay in this city"),
        required=False,
        help_text=_("It meets you after quarantine and calls for fourteen days."),
    )
    countries_14d = forms.CharField(
        label=_("Countries of the last 14 days"), required=False, help_text=_("Separated by commas"), max_length=200
    )
    needs = forms.MultipleChoiceField(
        label=_("What you need"), choices=NEEDS.items(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        asked = {
            f"symptom_{code}": forms.ChoiceField(
                label=label, choices=[("no", _("No")), ("yes", _("Yes"))], widget=forms.RadioSelect
            )
            for code, label in SYMPTOMS.items()
        }
        self.fields = {**asked, **self.fields}
        counties = [(county.code, county.name) for county in counties_of(settings.HUCHENG_CITY)]
        self.fields["county"].choices = [("", _("I do not know")), *counties]  # type: ignore[attr-defined]

    def as_declaration(self, arrival_id: UUID, language: str) -> DeclarationForm:
        """The declaration that the valid form makes."""
        said = self.cleaned_data
        return DeclarationForm(
            arrival_id=arrival_id,
            symptoms=tuple(code for code in SYMPTOMS if said[f"symptom_{code}"] == "yes"),
            contact_14d=said["contact_14d"],
            destination=Destination(said["destination"]),
            countries_14d=tuple(part.strip() for part in said["countries_14d"].split(",") if part.strip()),
            language=language,
            needs=tuple(said["needs"]),
            county=said["county"] if said["destination"] == Destination.CITY else "",
        )
