"""What may be asked for, by a traveller or in a traveller's name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.quarantine.care.models import CareRequest


class AskForm(forms.Form):
    """A need in a few words; an emergency needs no form at all."""

    kind = forms.ChoiceField(
        label=_("What do you need?"),
        choices=[
            (CareRequest.Kind.MEDICAL, _("Doctor or medicine")),
            (CareRequest.Kind.FOOD, _("Food")),
            (CareRequest.Kind.OTHER, _("Something else: talk, family, interpreter, information")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("In a few words"), max_length=300, widget=forms.Textarea({"rows": 2}))
