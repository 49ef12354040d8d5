"""Who has to be checked now."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.entry import door as entry
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.lodging.models import Stay

Slot = DailyCheck.Slot
STARTS = {Slot.MORNING: time(8), Slot.AFTERNOON: time(16)}
"""Twice a day, the plan of the houses (scenario `checks`): 08:00 and 16:00."""


@dataclass(frozen=True, slots=True)
class ToCheck:
    """One person of today's list."""

    stay_id: UUID
    arrival_id: UUID
    house: str
    room: str
    name: str
    done: bool
    abnormal: bool


def slot_at(at: datetime) -> tuple[date, DailyCheck.Slot]:
    """The day and slot of a moment in the city; before eight it is still yesterday's afternoon list that is over."""
    local = at.astimezone(SHANGHAI)
    return local.date(), Slot.AFTERNOON if local.time() >= STARTS[Slot.AFTERNOON] else Slot.MORNING


def list_of_now(actor: Actor, at: datetime) -> list[ToCheck]:
    """Everybody in the actor's houses with whether this slot's check is done, by room."""
    day, slot = slot_at(at)
    rows = list(inside(actor).select_related("room__house").order_by("room__house__code", "room__number", "bed"))
    done = dict(DailyCheck.objects.filter(stay__in=rows, day=day, slot=slot).values_list("stay_id", "abnormal"))
    names = entry.cards(SYSTEM, [row.arrival_id for row in rows], today=day)
    return [
        ToCheck(
            stay_id=row.pk,
            arrival_id=row.arrival_id,
            house=row.room.house.code,
            room=row.room.number,
            name=names[row.arrival_id].name,
            done=row.pk in done,
            abnormal=done.get(row.pk, False),
        )
        for row in rows
    ]


def inside(actor: Actor) -> QuerySet[Stay]:
    """Open stays of people who have moved in."""
    return Stay.objects.seen_by(actor).filter(ended_at=None, admitted_at__isnull=False)


def due_and_done(actor: Actor, at: datetime) -> tuple[int, int]:
    """Checks due so far today, and those of them done; someone owes a slot that began after moving in."""
    day = at.astimezone(SHANGHAI).date()
    due = done = 0
    for slot, start in STARTS.items():
        begins = datetime.combine(day, start, tzinfo=SHANGHAI)
        if begins > at:
            continue
        rows = Stay.objects.seen_by(actor).filter(admitted_at__lte=begins).exclude(ended_at__lte=begins)
        made = DailyCheck.objects.filter(stay=OuterRef("pk"), day=day, slot=slot)
        due += rows.count()
        done += rows.filter(Exists(made)).count()
    return due, done
