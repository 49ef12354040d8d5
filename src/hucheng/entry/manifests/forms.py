"""Forms of passenger lists."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MendForm(forms.Form):
    """What a person reads from the passport."""

    name_zh = forms.CharField(label=_("Chinese name"), required=False, max_length=60)
    surname = forms.CharField(label=_("Surname"), required=False, max_length=80)
    given = forms.CharField(label=_("Given names"), required=False, max_length=120)
    document_number = forms.CharField(label=_("Document number"), max_length=20)
    birth = forms.DateField(label=_("Date of birth"), required=False, widget=forms.DateInput({"type": "date"}))
    nationality = forms.RegexField(r"^[A-Z]{3}$", label=_("Nationality"), required=False)
    seat = forms.CharField(label=_("Seat"), required=False, max_length=6)

    def clean(self) -> dict[str, object]:
        """A person has a name in one script or the other."""
        known = super().clean() or {}
        if not known.get("name_zh") and not known.get("surname"):
            raise forms.ValidationError(_("Enter the Chinese name or the surname."))
        return known
