"""The one place where a person's status changes: judge, write, revoke, recall, in one transaction."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome, Risk
from hucheng.engines.rules import Decision, decide_all
from hucheng.engines.rules.compare import known_to
from hucheng.engines.rules.inputs import accept_all
from hucheng.entry.clearance.models import Pass, Recall
from hucheng.entry.contacts.models import CloseContact, Recomputation
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.models import Arrival, Flight, Whereabouts
from hucheng.entry.triage.models import Fact, Triage
from hucheng.entry.triage.picture import Picture, picture_of
from hucheng.entry.triage.tables import entry_table, rules_in_force, table_in_force

ENDS = {
    "HOSPITAL": (Outcome.HOSPITAL, Risk.HIGH),
    "ISOLATE_CONTACT_14D": (Outcome.QUARANTINE, Risk.HIGH),
    "ISOLATE_ENTRY_CITY_14D": (Outcome.QUARANTINE, Risk.MEDIUM),
    "HOLD_DECLARATION": (Outcome.HOLD, Risk.MEDIUM),
    "HOLD_TEST": (Outcome.HOLD, Risk.MEDIUM),
    "NOT_APPLICABLE_DIRECT_PEK": (Outcome.HOLD, Risk.MEDIUM),
    "REFUSE_ENTRY": (Outcome.REFUSED, Risk.MEDIUM),
    "ONWARD_BEIJING": (Outcome.ONWARD, Risk.LOW),
}
"""What each decision of the table ends in. A contact is high risk: it never holds a pass."""
RECEIVER_OF_THE_CAPITAL = "BJ-RECV"


@dataclass(frozen=True, slots=True)
class Because:
    """Why people are judged again: a word, and since when the fact behind it is known."""

    word: str
    since: datetime


def judge_flight(
    actor: Actor, flight_id: UUID, because: Because, at: datetime, *, named: Collection[UUID] | None = ()
) -> list[Triage]:
    """Judge everybody of a flight and keep what changed; those `named` (None: all) are written in any case.

    The flight is locked first, then its arrivals in the order of their ids, so that two judgements of one flight
    never wait for each other in a circle. Passes that no longer hold are revoked before the status changes; people
    who have travelled on and turn out high risk are recalled. All in the transaction of the calling action.
    """
    flight = Flight.objects.select_for_update().get(pk=flight_id)
    people = Arrival.objects.select_for_update(of=("self",)).filter(flight=flight).select_related("last_triage")
    arrivals = list(people.exclude(whereabouts=Whereabouts.SENT_BACK).order_by("pk"))
    at = _not_before_what_is_known(flight, arrivals, at)
    picture = picture_of(arrivals, place=flight.place, at=at)
    decisions = _decide(picture, flight.place, at)
    keep = set(decisions) if named is None else set(named) & set(decisions)
    written = [
        _triage(actor, arrival, decisions[arrival.pk], picture, because, at)
        for arrival in arrivals
        if arrival.pk in keep or _differs(arrival.last_triage, decisions[arrival.pk])
    ]
    Triage.objects.bulk_create(written)
    _revoke(written, because, at)
    _apply(written, picture, at)
    _name_contacts(flight, picture, because, at)
    _recall(written, picture, because, at)
    return written


def _not_before_what_is_known(flight: Flight, arrivals: Sequence[Arrival], at: datetime) -> datetime:
    """The time of a judgement: never before a fact, declaration or judgement that stands.

    The clock was read before the lock was had; whoever held it may have written something newer meanwhile.
    """
    facts = Fact.objects.filter(arrival__flight=flight).aggregate(last=Max("recorded_at"))["last"]
    declared = Declaration.objects.filter(arrival__flight=flight).aggregate(last=Max("at"))["last"]
    judged = [arrival.last_triage.at for arrival in arrivals if arrival.last_triage]
    return max(one for one in (at, facts, declared, *judged) if one is not None)


def _decide(picture: Picture, place: str, at: datetime) -> dict[UUID, Decision]:
    day = at.astimezone(SHANGHAI).date()
    table = table_in_force(place, at)
    people = list(picture.arrivals)
    cases = known_to(table, [picture.inputs(pk) for pk in people])
    batch = decide_all(table, cases, on=day, in_force=rules_in_force(place, at))
    return {pk: batch.decision(number) for number, pk in enumerate(people)}


def _differs(last: Triage | None, decision: Decision) -> bool:
    """Whether a judgement is due: it changed, or somebody not judged yet belongs in hospital at once."""
    if last is None:
        return decision.outcome == "HOSPITAL"
    return (last.code, last.rule) != (decision.outcome, decision.rule)


def _triage(
    actor: Actor, arrival: Arrival, decision: Decision, picture: Picture, because: Because, at: datetime
) -> Triage:
    known = accept_all(entry_table().inputs, picture.inputs(arrival.pk))  # also what this table did not ask
    outcome, risk = ENDS[decision.outcome]
    return Triage(
        arrival=arrival,
        at=at,
        outcome=outcome,
        risk=risk,
        code=decision.outcome,
        rule=decision.rule,
        table=decision.table,
        version=decision.version,
        reason_zh=decision.reason.zh,
        reason_en=decision.reason.en,
        basis_zh=decision.basis.zh,
        basis_en=decision.basis.en,
        inputs=json.dumps(known, ensure_ascii=False),
        because=because.word,
        run_by_id=actor.user_id,
    )


def _revoke(written: Sequence[Triage], because: Because, at: datetime) -> None:
    shut = [triage.arrival_id for triage in written if triage.outcome != Outcome.ONWARD]
    open_passes = Pass.objects.filter(arrival_id__in=shut, revoked_at=None)
    open_passes.update(revoked_at=at, revoked_because=because.word, adverse_fact_at=because.since)


def _apply(written: Sequence[Triage], picture: Picture, at: datetime) -> None:
    changed = []
    for triage in written:
        arrival = picture.arrivals[triage.arrival_id]
        arrival.outcome, arrival.risk, arrival.last_triage = triage.outcome, triage.risk, triage
        arrival.first_triaged_at = arrival.first_triaged_at or at
        changed.append(arrival)
    Arrival.objects.bulk_update(changed, ["outcome", "risk", "last_triage", "first_triaged_at"], batch_size=100)


def _name_contacts(flight: Flight, picture: Picture, because: Because, at: datetime) -> None:
    if not picture.cases:
        return
    named = set(CloseContact.objects.filter(arrival__flight=flight).values_list("arrival_id", flat=True))
    new = [
        CloseContact(
            arrival_id=pk,
            named_at=at,
            rows_from_case=why.rows_from_case,
            companion=why.companion,
            crew=why.crew,
            seat_unknown=why.unknown or why.zone,
        )
        for pk, why in picture.contacts.items()
        if pk not in named
    ]
    CloseContact.objects.bulk_create(new)
    last = Recomputation.objects.filter(flight=flight).order_by("-done_at", "-cases").first()
    if last is None or last.cases != len(picture.cases) or new:
        Recomputation.objects.create(
            flight=flight,
            fact_at=because.since,
            done_at=at,
            cases=len(picture.cases),
            contacts=len(picture.contacts),
            new_contacts=len(new),
        )


def _recall(written: Sequence[Triage], picture: Picture, because: Because, at: datetime) -> None:
    gone = [
        Recall(arrival_id=t.arrival_id, triage=t, to=RECEIVER_OF_THE_CAPITAL, fact_at=because.since, sent_at=at)
        for t in written
        if t.risk == Risk.HIGH and picture.arrivals[t.arrival_id].whereabouts == Whereabouts.DEPARTED
    ]
    Recall.objects.bulk_create(gone)
