"""Whether somebody leads on every day, and hands over."""

from datetime import datetime, timedelta

from django.urls import reverse

from hucheng.command.duty.queries import AHEAD, shifts_of
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor


@measure("command.duty.roster_filled_14d")
def roster_filled_14d(actor: Actor, at: datetime) -> Reading:
    """Days of the next fourteen, today the first, with a named leader."""
    today = at.astimezone(SHANGHAI).date()
    days = shifts_of(actor).filter(day__gte=today, day__lt=today + timedelta(days=AHEAD))
    return Reading.share(days.count(), AHEAD, as_of=at, rows_url=reverse("command:duty"))


@measure("command.duty.days_without_handover")
def days_without_handover(actor: Actor, at: datetime) -> Reading:
    """Days of the last fourteen with a leader and without a note; blind while the roster has no day behind it."""
    today = at.astimezone(SHANGHAI).date()
    past = shifts_of(actor).filter(day__lt=today, day__gte=today - timedelta(days=AHEAD))
    url = reverse("command:duty")
    if not past.exists():
        return Reading(None, at, rows_url=url)
    return Reading.count(past.filter(handed_over_at=None).count(), as_of=at, rows_url=url)
