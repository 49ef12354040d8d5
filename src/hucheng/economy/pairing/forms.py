"""The form of a firm's request."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Place
from hucheng.economy.fields import by_code
from hucheng.economy.pairing.models import FirmRequest


class RequestForm(forms.Form):
    """What a firm needs."""

    place = forms.ChoiceField(label=_("County"))
    firm = forms.CharField(label=_("Firm"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=FirmRequest.Kind.choices)
    about = forms.CharField(label=_("What is needed"), max_length=400, widget=forms.Textarea({"rows": 2}))
    official = forms.CharField(label=_("Paired official"), max_length=60)

    def __init__(self, *args: Any, counties: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = by_code(counties)  # type: ignore[attr-defined]
