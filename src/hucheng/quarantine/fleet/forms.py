"""Forms of the fleet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.quarantine.fleet.models import Vehicle

_WHEN = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class VehicleForm(forms.Form):
    """A new vehicle."""

    code = forms.RegexField(
        r"^[A-Z0-9-]{1,8}$", label=_("Vehicle or driver code"), help_text=_("As on the windscreen: B01")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Vehicle.Kind.choices)
    plate = forms.CharField(label=_("Number plate"), max_length=12)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=80)


class ShiftForm(forms.Form):
    """A driver, known or new, on duty."""

    driver = forms.RegexField(r"^[A-Z0-9-]{1,8}$", label=_("Driver, by code"))
    starts_at = forms.DateTimeField(label=_("On duty from"), widget=_WHEN)
    ends_at = forms.DateTimeField(label=_("Until"), widget=_WHEN)
