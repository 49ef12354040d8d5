"""Who owes a sample, what waits for a result, what waits for a person, who is to be told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from hucheng.core.scope.actor import Actor
from hucheng.entry import door as entry
from hucheng.quarantine.checks.queries import inside
from hucheng.quarantine.laboratory.models import Result, ResultBatch, ResultRow, Sample
from hucheng.quarantine.laboratory.rounds import ROUNDS, landed_range, round_at, window_of

CALL_WITHIN = timedelta(hours=2)
"""A positive is told within two hours (INQ-08)."""
SETTLE_WITHIN = timedelta(hours=4)
"""A result without a person is settled within four hours (INQ-07)."""
HERE = (entry.Whereabouts.PORT, entry.Whereabouts.TRANSFER, entry.Whereabouts.CREW_HOUSE)


@dataclass(frozen=True, slots=True)
class Owed:
    """One sample that is due now: an open item of this person until it is taken (INQ-29)."""

    arrival: entry.Arrival
    house: str
    room: str
    round: int
    until: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A positive to tell: the sample, until when, whether that is over."""

    sample: Sample
    until: datetime
    late: bool


def due_samples(actor: Actor, at: datetime) -> list[Owed]:
    """Everybody here who owes a sample now, by house and desk, the late ones first, in two queries."""
    rows = list(_owing(inside(actor), "arrival__flight__landed_at", "arrival", at, rounds=ROUNDS))
    found = [_owed(stay.arrival, stay.room.house.code, stay.room.number, at) for stay in rows]
    if not actor.bound_to_unit:
        here = entry.Arrival.objects.seen_by(actor).filter(whereabouts__in=HERE, flight__landed_at__lte=at)
        people = _owing(here, "flight__landed_at", "pk", at, rounds=(0,)).select_related("person", "flight")
        found += [_owed(person, person.holder, "", at) for person in people]
    return sorted(found, key=lambda one: (not one.late, one.house, one.room, one.arrival.seat))


def _owing(rows: QuerySet, landed: str, person: str, at: datetime, *, rounds: Collection[int]) -> QuerySet:
    """Keep those without a usable sample of the round that has begun last for them."""
    owing = Q(pk__in=[])
    for number in rounds:
        first, last = landed_range(number, at)
        ranged = Q(**{f"{landed}__lte": at})
        if first:
            ranged &= Q(**{f"{landed}__gte": first})
        if last:
            ranged &= Q(**{f"{landed}__lt": last})
        taken = Sample.objects.filter(arrival=OuterRef(person), round=number).exclude(result=Result.INVALID)
        owing |= ranged & Q(~Exists(taken))
    rows = rows.filter(owing)
    return rows.select_related("room__house", "arrival__person", "arrival__flight") if person == "arrival" else rows


def _owed(arrival: entry.Arrival, house: str, room: str, at: datetime) -> Owed:
    landed = arrival.flight.landed_at or arrival.held_since
    number = round_at(landed, at)
    _begins, until = window_of(landed, number)
    return Owed(arrival, house, room, number, until, at > until)


def people_to_sample(actor: Actor, arrival_ids: Collection[UUID]) -> dict[UUID, entry.Arrival]:
    """Those of these people whom the actor may sample, locked: a house its own, others whom they see."""
    rows = entry.Arrival.objects.filter(pk__in=arrival_ids)
    if actor.bound_to_unit:
        rows = rows.filter(pk__in=inside(actor).values("arrival_id"))
    else:
        rows = rows.seen_by(actor)
    locked = rows.select_for_update(of=("self",)).select_related("flight").order_by("pk")
    return {person.pk: person for person in locked}


def samples_of(actor: Actor) -> QuerySet[Sample]:
    """Samples in sight: a house sees those of its own people, wherever they were taken."""
    if actor.bound_to_unit:
        return Sample.objects.filter(arrival_id__in=inside(actor).values("arrival_id"))
    return Sample.objects.seen_by(actor)


def waiting_samples(actor: Actor) -> QuerySet[Sample]:
    """Samples without a result, oldest first."""
    rows = samples_of(actor).filter(result="")
    return rows.select_related("arrival__person", "arrival__flight").order_by("taken_at", "barcode")


def batches_seen_by(actor: Actor) -> QuerySet[ResultBatch]:
    """Deliveries, newest first."""
    return ResultBatch.objects.seen_by(actor).order_by("-received_at", "id")


def batch_seen_by(actor: Actor, batch_id: UUID) -> ResultBatch:
    """This delivery. Raises Http404 outside the actor's sight."""
    batch = ResultBatch.objects.seen_by(actor).filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    return batch


def rows_with_problems(batch: ResultBatch) -> QuerySet[ResultRow]:
    """Rows of a delivery that did not go through, by line."""
    return batch.lines.exclude(problem="").order_by("line")


def queue_of(actor: Actor) -> QuerySet[ResultRow]:
    """Results that wait for a person, oldest first."""
    rows = ResultRow.objects.seen_by(actor).filter(state=ResultRow.State.UNMATCHED)
    return rows.select_related("batch", "sample__arrival__person").order_by("received_at", "line")


def positives_of(actor: Actor) -> QuerySet[Sample]:
    """Positive samples in sight."""
    return samples_of(actor).filter(result=Result.POSITIVE)


def calls_to_make(actor: Actor, at: datetime) -> list[Call]:
    """Positives to tell first, then those told lately."""
    rows = positives_of(actor).select_related("arrival__person", "arrival__flight", "told_by").order_by("received_at")
    calls = []
    for sample in rows.filter(Q(told_at=None) | Q(told_at__gt=at - timedelta(days=2))):
        until = (sample.received_at or at) + CALL_WITHIN
        calls.append(Call(sample, until, (sample.told_at or at) > until))
    return sorted(calls, key=lambda call: (call.sample.told_at is not None, call.until))
