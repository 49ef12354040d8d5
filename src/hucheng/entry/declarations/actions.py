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
from hucheng.entry.declarations.symptoms import check_symptoms
from hucheng.entry.flights.models import Arrival, Flight
from hucheng.entry.triage.judgement import Because, judge_flight
from hucheng.people import door as people


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


BY = frozenset({Role.ENTRY, Role.MEDICAL, Role.TRAVELLER})


@action(by=BY)
def declare(
    *, actor: Actor, forms: Sequence[DeclarationForm], means: Declaration.Means, at: datetime
) -> list[Declaration]:
    """Take declarations; a second one of the same person corrects the first, which stays.

    After it: those who had been judged before are judged again in the same transaction.
    Refuses a symptom that the form does not know and a person who is twice in the batch; nothing of it is kept then.
    """
    for form in forms:
        check_symptoms(form.symptoms)
    named = {form.arrival_id for form in forms}
    if len(named) != len(forms):
        raise Refusal(
            "twice_in_the_batch",
            why=_("A person is twice among these declarations."),
            do=_("Send one declaration a person; a later one corrects it."),
        )
    arrivals = _locked(actor, named)
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


def _locked(actor: Actor, named: set[UUID]) -> dict[UUID, Arrival]:
    """These arrivals behind the locks of their flights, in the order of a judgement.

    A judgement that runs at the same time has then either seen the declaration or left its mark to be judged again.
    """
    seen = Arrival.objects.seen_by(actor).filter(pk__in=named)
    flights = Flight.objects.filter(pk__in=seen.values("flight_id")).order_by("pk")
    list(flights.select_for_update())
    arrivals = {arrival.pk: arrival for arrival in seen.select_for_update(of=("self",)).order_by("pk")}
    if len(arrivals) != len(named):
        raise Http404
    return arrivals


def _judge_again(actor: Actor, arrivals: dict[UUID, Arrival], at: datetime) -> None:
    judged: dict[UUID, set[UUID]] = {}
    for arrival in arrivals.values():
        if arrival.last_triage_id:
            judged.setdefault(arrival.flight_id, set()).add(arrival.pk)
    for flight_id, named in sorted(judged.items()):
        judge_flight(actor, flight_id, Because("declaration", at), at, named=named)
