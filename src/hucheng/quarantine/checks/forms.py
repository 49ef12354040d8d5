"""One check as a page takes it in."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.entry.door import SYMPTOMS
from hucheng.quarantine.checks.actions import CheckIn
from hucheng.quarantine.checks.queries import slot_at


class CheckForm(forms.Form):
    """Temperature, then each symptom by itself: there is no “all fine” (INQ-24)."""

    temperature = forms.DecimalField(label=_("Temperature, °C"), max_digits=3, decimal_places=1)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for code, label in SYMPTOMS.items():
            choices = [("no", _("No")), ("yes", _("Yes"))]
            self.fields[f"symptom_{code}"] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)

    def as_check(self, stay_id: UUID, at: datetime) -> CheckIn:
        """The check of this stay in the slot of a moment."""
        (day, slot), said = slot_at(at), self.cleaned_data
        symptoms = tuple(code for code in SYMPTOMS if said[f"symptom_{code}"] == "yes")
        return CheckIn(stay_id, day, slot, float(said["temperature"]), symptoms, said["key"])
