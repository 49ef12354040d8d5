"""Forms of published counts and facts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.situation.countries.forms import DayInput
from hucheng.situation.importation.actions import Cases
from hucheng.situation.importation.models import Figure

MOST = 1_000_000
"""More cases than one publication ever held: such a number is a slip."""


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput())


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=False)


class CasesForm(forms.Form):
    """A published count; what the publication does not say stays empty."""

    about = forms.RegexField(
        r"^\d{6}$", label=_("Area published for"), help_text=_("Code of GB/T 2260; 140000 is the province.")
    )
    as_of = _day(_("As of"))
    published_on = _day(_("Published on"))
    new = forms.IntegerField(label=_("New imported cases"), min_value=0, max_value=MOST)
    flight = forms.CharField(label=_("Flight"), max_length=30, required=False)
    route = forms.CharField(label=_("Where from"), max_length=200, required=False)
    found_port = _count(_("Found at the port"))
    found_transfer = _count(_("Found in transfer"))
    found_quarantine = _count(_("Found in quarantine"))
    found_outside = _count(_("Found outside the line"))
    source = forms.CharField(label=_("Source"), max_length=120)

    def cases(self) -> Cases:
        """The count as the action takes it; an empty number is none that is said."""
        given: dict[str, Any] = {name: 0 if value is None else value for name, value in self.cleaned_data.items()}
        return Cases(**given)


class FactForm(forms.Form):
    """A public fact, in one language or both, with the numbers that it carries."""

    text_zh = forms.CharField(
        label=_("Chinese text"), required=False, widget=forms.Textarea({"rows": 2}), max_length=2000
    )
    text_en = forms.CharField(
        label=_("English text"), required=False, widget=forms.Textarea({"rows": 2}), max_length=2000
    )
    as_of = _day(_("As of"))
    source = forms.CharField(label=_("Source"), max_length=120)
    contacts_traced = _count(Figure.CONTACTS_TRACED.label)
    contacts_observed = _count(Figure.CONTACTS_OBSERVED.label)
    contacts_released = _count(Figure.CONTACTS_RELEASED.label)

    def given(self) -> dict[str, Any]:
        """The fields of the fact, its numbers apart."""
        told = dict(self.cleaned_data)
        numbers = {figure.value: told.pop(figure.value) for figure in Figure}
        return {**told, "figures": {name: number for name, number in numbers.items() if number is not None}}
