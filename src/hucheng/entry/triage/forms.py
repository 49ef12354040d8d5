"""Forms of proposed tables."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ProposeForm(forms.Form):
    """A decision table as a file."""

    file = forms.FileField(
        label=_("Decision table"),
        help_text=_("CSV, XLSX, JSON, YAML or DMN, up to 5 MB."),
        widget=forms.FileInput({"accept": ".csv,.xlsx,.json,.yaml,.yml,.dmn,.xml"}),
    )


class ApproveForm(forms.Form):
    """From when a table judges."""

    since = forms.DateTimeField(
        label=_("In force from"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


class DaysForm(forms.Form):
    """How many days the what-if looks back."""

    days = forms.IntegerField(label=_("Days to look back"), min_value=1, max_value=60, initial=14)
