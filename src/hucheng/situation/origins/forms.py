"""Forms of the watch list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.situation.countries.atlas import countries


def _choices() -> list[tuple[str, str]]:
    """Every country, by its name in the language in force."""
    named = sorted((country.name, country.code) for country in countries().values())
    return [("", "—"), *((code, f"{name} ({code})") for name, code in named)]


class WatchForm(forms.Form):
    """A country and why it is watched."""

    country = forms.ChoiceField(label=_("Country"), choices=_choices)
    reason = forms.CharField(label=_("Reason"), max_length=200)
