"""What the papers and the owner of a house take from its page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.quarantine.requisition.actions import Numbers, Owner
from hucheng.quarantine.requisition.models import Certificate, House


class CertificateForm(forms.Form):
    """One paper of a house."""

    kind = forms.ChoiceField(label=_("Paper"), choices=Certificate.Kind.choices)
    valid_until = forms.DateField(label=_("Valid until"), widget=forms.DateInput({"type": "date"}))
    file_name = forms.CharField(label=_("Number of the paper"), max_length=120)


class PhoneField(forms.RegexField):
    """A phone number as people write it, empty if it is not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"^\+?[0-9][0-9 -]{4,18}[0-9]$",
            required=False,
            widget=forms.TextInput({"type": "tel"}),
            error_messages={"invalid": _("Write 6 to 20 digits, such as 0351-5550100.")},
            **kwargs,
        )


class OwnerForm(forms.Form):
    """Whose house it is, where it stands and whom to call."""

    name = forms.CharField(
        label=_("Owner"), max_length=80, help_text=_("As the order addresses it: a firm or a person.")
    )
    address = forms.CharField(label=_("Address of the house"), max_length=120)
    contact = forms.CharField(label=_("Contact of the owner"), max_length=40, required=False)
    phone = PhoneField(label=_("Phone of the owner"))

    def given(self) -> Owner:
        """The owner that was filled in."""
        return Owner(**self.cleaned_data)


class NumbersForm(forms.Form):
    """How the papers of a house are numbered, and whom the owner may ask; the notice once the house is given back."""

    order = forms.CharField(
        label=_("Number of the order"),
        max_length=40,
        required=False,
        help_text=_("As the registry of documents gave it, such as 并防指征〔2020〕7号."),
    )
    notice = forms.CharField(label=_("Number of the notice of return"), max_length=40, required=False)
    enquiries_to = forms.CharField(
        label=_("Whom the owner may ask"), max_length=40, required=False, help_text=_("Both papers print it.")
    )
    enquiries_phone = PhoneField(label=_("Phone for questions"))

    def __init__(self, *args: Any, returned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not returned:
            del self.fields["notice"]

    def given(self) -> Numbers:
        """The numbers that were filled in."""
        return Numbers(**self.cleaned_data)


def numbers_on_record(house: House) -> dict[str, Any]:
    """What the form of the numbers shows at first."""
    return {
        "order": house.order_number,
        "notice": house.return_number,
        "enquiries_to": house.enquiries_to,
        "enquiries_phone": house.enquiries_phone,
    }


def owner_on_record(house: House) -> dict[str, Any]:
    """What the form of the owner shows at first."""
    return {
        "name": house.owner,
        "address": house.address,
        "contact": house.owner_contact,
        "phone": house.owner_phone,
    }
