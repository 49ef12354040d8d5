"""The city's own cases as known at a time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.situation.city.models import LocalCount
from hucheng.situation.countries.figures import FRESH_HOURS, hours_old
from hucheng.situation.countries.known import own_place

FORTNIGHT = 14
FEWEST_FOR_RT = 11
"""Below eleven cases in the window an interval of the reproduction number says nothing (Cori 2013)."""


@dataclass(frozen=True, slots=True)
class LocalLine:
    """One day: all cases, the new ones since the day before (None when that day is not known), its vintages."""

    day: date
    total: int
    new: int | None
    published_on: date
    source: str
    vintage: int


@dataclass(frozen=True, slots=True)
class CityCases:
    """The days known, newest first; `last_case` is None when no published day shows a case, or the list begins later.

    new_fortnight  None while a day of it is not known, or when a correction leaves less than there was before
    stale          the last published day ended more than 48 hours ago, or there is none
    """

    lines: list[LocalLine]
    last_case: date | None
    days_since: int | None
    new_fortnight: int | None
    stale: bool


def local_cases(actor: Actor, at: datetime) -> CityCases:
    """Every published day of the actor's own place as known at `at`, and what follows from them."""
    latest: dict[date, LocalCount] = {}
    rows = LocalCount.objects.filter(place=own_place(actor), received_at__lte=at).order_by("day", "vintage")
    for row in rows:
        latest[row.day] = row
    lines = [_line(row, latest.get(row.day - timedelta(days=1))) for row in latest.values()]
    stale = not lines or hours_old(lines[-1].day, at) > FRESH_HOURS
    last = _last_case(list(latest.values()))
    today = at.astimezone(SHANGHAI).date()
    since = (today - last).days if last and not stale else None
    window = [line for line in lines if line.day > lines[-1].day - timedelta(days=FORTNIGHT)]
    complete = len(window) == FORTNIGHT and all(line.new is not None for line in window)
    fortnight = sum(line.new or 0 for line in window) if complete else -1
    return CityCases(lines[::-1], last, since, fortnight if fortnight >= 0 else None, stale)


def _line(row: LocalCount, before: LocalCount | None) -> LocalLine:
    new = row.total - before.total if before else None
    return LocalLine(row.day, row.total, new, row.published_on, row.source, row.vintage)


def _last_case(rows: list[LocalCount]) -> date | None:
    """The last day whose total stands above that of the published day before it."""
    pairs = zip(rows, rows[1:], strict=False)
    return max((later.day for earlier, later in pairs if later.total > earlier.total), default=None)
