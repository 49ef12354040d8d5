"""Who leads today, and the roster of the next fourteen days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from hucheng.command.duty.models import Shift, ShiftChange
from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor

AHEAD = 14
"""Days that the roster covers, today the first (catalogue: command.duty.roster_filled_14d)."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the roster; without a shift nobody is named."""

    day: date
    shift: Shift | None
    today: bool


def shifts_of(actor: Actor) -> QuerySet[Shift]:
    """The roster of the actor's own place: who leads in a county says nothing of the city."""
    return Shift.objects.seen_by(actor).filter(place=actor.place).prefetch_related("notes")


def roster(actor: Actor, at: datetime) -> list[Day]:
    """Yesterday, today and the days to come, empty ones among them."""
    today = at.astimezone(SHANGHAI).date()
    days = [today + timedelta(days=n) for n in range(-1, AHEAD)]
    shifts = {shift.day: shift for shift in shifts_of(actor).filter(day__in=days)}
    return [Day(day, shifts.get(day), day == today) for day in days if day >= today or day in shifts]


def leader_today(actor: Actor, at: datetime) -> Shift | None:
    """The shift of today, if it is filled."""
    return shifts_of(actor).filter(day=at.astimezone(SHANGHAI).date()).first()


def leader_tomorrow(actor: Actor, at: datetime) -> Shift | None:
    """The shift that takes over, if it is filled."""
    tomorrow = at.astimezone(SHANGHAI).date() + timedelta(days=1)
    return shifts_of(actor).filter(day=tomorrow).first()


def changes(actor: Actor) -> list[ShiftChange]:
    """The latest thirty changes of leaders that were named before."""
    rows = ShiftChange.objects.filter(shift__in=shifts_of(actor)).exclude(before="")
    return list(rows.select_related("shift", "by").order_by("-at")[:30])
