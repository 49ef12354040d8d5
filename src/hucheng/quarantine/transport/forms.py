"""Forms of trips."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.quarantine.fleet.rules import ROAD_MINUTES

_WHEN = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PlanForm(forms.Form):
    """When the vehicles leave and how long they drive."""

    leaves = forms.DateTimeField(label=_("Leaves"), widget=_WHEN)
    minutes = forms.IntegerField(label=_("Minutes on the road"), initial=ROAD_MINUTES, min_value=1, max_value=1440)
