"""Forms of one directive: its wording, its owner."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.command.directives.actions import Assignment
from hucheng.command.directives.models import Directive
from hucheng.command.directives.named import Named, lead_and_supports, offered
from hucheng.command.directives.suggest import Suggestion
from hucheng.command.directives.units import choices, grouped, support_choices
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import MEASURES
from hucheng.core.places.queries import organisations
from hucheng.core.terms import Theme

LOCAL = "%Y-%m-%dT%H:%M"


class AssignForm(forms.Form):
    """Who, by when, judged by what."""

    lead = forms.ChoiceField(label=_("Lead"))
    supports = forms.MultipleChoiceField(label=_("Supported by"), required=False)
    due = forms.DateTimeField(
        label=_("Deadline"),
        input_formats=[LOCAL, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL),
    )
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    target = forms.FloatField(
        label=_("Target"), required=False, help_text=_("Empty takes the city's target of the measure.")
    )
    no_measure = forms.CharField(label=_("Or why no measure"), required=False, max_length=200)

    def __init__(self, *args: Any, named: Sequence[Named] = (), **kwargs: Any) -> None:
        """named: whom the minutes name for this directive; these bodies stand first."""
        super().__init__(*args, **kwargs)
        known, first = organisations(), offered(named)
        self.fields["lead"].choices = [("", "—"), *grouped(first, choices(known))]  # type: ignore[attr-defined]
        self.fields["supports"].choices = grouped(first, support_choices(known))  # type: ignore[attr-defined]
        measures = [("", "—"), *((one.id, f"{one.name} ({one.id})") for one in MEASURES.values())]
        self.fields["measure"].choices = measures  # type: ignore[attr-defined]

    def given(self, clause: int | None) -> Assignment:
        """The assignment that was filled in."""
        return Assignment(clause=clause, **self.cleaned_data)


class WordingForm(forms.Form):
    """Text, kind and theme."""

    text = forms.CharField(label=_("Text"), widget=forms.Textarea({"rows": 2}), max_length=2000)
    kind = forms.ChoiceField(label=_("Kind"), choices=Directive.Kind.choices)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices)


class SplitForm(forms.Form):
    """The parts, one a line."""

    texts = forms.CharField(
        label=_("Parts, one a line"), widget=forms.Textarea({"rows": 3}), max_length=4000,
        help_text=_("Break the line where a part ends; the words stay as they are."),
    )  # fmt: skip

    def parts(self) -> list[str]:
        """The lines that say something."""
        return [line for line in self.cleaned_data["texts"].splitlines() if line.strip()]


def first_values(directive: Directive, suggestion: Suggestion | None, named: Sequence[Named] = ()) -> dict[str, object]:
    """What the form shows at first: what stands or came with a list, else whom the minutes name, else a suggestion."""
    if directive.assigned_at or directive.lead_id:
        return {
            "lead": directive.lead_id,
            "supports": directive.supports,
            "due": _local(directive.due),
            "measure": directive.measure,
            "target": directive.target,
            "no_measure": directive.no_measure,
        }
    if suggestion is None:
        lead, supports = lead_and_supports(named, "", ())
        return {"lead": lead, "supports": list(supports)}
    owner = suggestion.owner
    lead, supports = lead_and_supports(named, owner.lead, owner.supports)
    return {
        "lead": lead,
        "supports": list(supports),
        "due": _local(suggestion.due),
        "measure": suggestion.measure,
        "no_measure": owner.no_measure_zh,
    }


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(SHANGHAI) if moment else None
