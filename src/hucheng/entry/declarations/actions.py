"""Taking declarations, from the traveller's own page or from paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Destination, Role
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.models import Arrival
from hucheng.entry.triage.judgement import Because, judge_flight
from hucheng.people import door as people

SYMPTOMS = {
    "fever": _("Fever"),
    "cough": _("Cough"),
    "sore_throat": _("Sore throat"),
    "breathless": _("Short of breath"),
    "fatigue": _("Fatigue"),
    "diarrhoea": _("Diarrhoea"),
    "loss_of_smell": _("Loss of smell or taste"),
    "headache": _("Headache"),
}


@dataclass(frozen=True, slots=True)
class DeclarationForm:
    """One declaration. symptoms: codes of `SYMPTOMS`; destination where the person really goes.

    county: the home county of somebody bound for this city, empty where it is not known yet
    """

    arrival_id: UUID
    symptoms: tuple[str, ...]
    contact_14d: bool
    destination: Destination
    countries_14d: tuple[str, ...] = ()
    complete: bool = True
    language: str = "zh-hans"
    needs: tuple[str, ...] = field(default_factory=tuple)
    county: str = ""


@action(by={Role.ENTRY, Role.MEDICAL, Role.TRAVELLER})
def declare(
    *, actor: Actor, forms: Sequence[DeclarationForm], means: Declaration.Means, at: datetime
) -> list[Declaration]:
    """Take declarations; a second one of the same person corrects the first, which stays.

    After it: those who had been judged before are judged again in the same transaction.
    Refuses a symptom that the form does not know; nothing of the batch is kept then.
    """
    for form in forms:
        _check(form)
    arrivals = Arrival.objects.seen_by(actor).in_bulk([form.arrival_id for form in forms])
    if len(arrivals) != len({form.arrival_id for form in forms}):
        raise Http404
    rows = [
        Declaration(
            arrival_id=form.arrival_id,
            at=at,
            means=means,
            language=form.language,
            symptoms=";".join(sorted(form.symptoms)),
            contact_14d="yes" if form.contact_14d else "no",
            countries_14d=list(form.countries_14d),
            complete=form.complete,
        )
        for form in forms
    ]
    Declaration.objects.bulk_create(rows)
    for form in forms:
        arrivals[form.arrival_id].destination = form.destination
        arrivals[form.arrival_id].needs = list(form.needs)
    Arrival.objects.bulk_update(arrivals.values(), ["destination", "needs"], batch_size=100)
    _settle_homes(forms, arrivals, at)
    _judge_again(actor, arrivals, at)
    return rows


def _settle_homes(forms: Sequence[DeclarationForm], arrivals: dict[UUID, Arrival], at: datetime) -> None:
    """Whoever stays here without a county waits in the register's queue; everybody else has a home by now."""
    told = [form for form in forms if form.county or form.destination != Destination.CITY]
    homes = {arrivals[form.arrival_id].person_id: form.county for form in told}
    people.settle_homes(actor=SYSTEM, homes=homes, why="declaration", at=at)


def _judge_again(actor: Actor, arrivals: dict[UUID, Arrival], at: datetime) -> None:
    judged: dict[UUID, set[UUID]] = {}
    for arrival in arrivals.values():
        if arrival.last_triage_id:
            judged.setdefault(arrival.flight_id, set()).add(arrival.pk)
    for flight_id, named in sorted(judged.items()):
        judge_flight(actor, flight_id, Because("declaration", at), at, named=named)


def _check(form: DeclarationForm) -> None:
    unknown = set(form.symptoms) - SYMPTOMS.keys()
    if unknown:
        raise Refusal(
            "unknown_symptom",
            why=_("The form does not know: %(codes)s.") % {"codes": ", ".join(sorted(unknown))},
            do=_("Choose from the list; describe anything else to the medical group."),
        )
