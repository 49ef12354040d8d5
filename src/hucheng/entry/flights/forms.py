"""Forms of the list of flights."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnnounceForm(forms.Form):
    """A flight that will land here."""

    number = forms.RegexField(r"^[A-Z0-9]{2}[0-9]{1,4}$", label=_("Flight"), help_text=_("As on the ticket: HU7976"))
    origin = forms.RegexField(r"^[A-Z]{3}$", label=_("From"), help_text=_("Airport code: YYZ"))
    destination = forms.RegexField(r"^[A-Z]{3}$", label=_("To"), initial="PEK")
    scheduled_landing = forms.DateTimeField(
        label=_("Expected landing"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
