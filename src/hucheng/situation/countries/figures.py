"""What a cumulative series says: incidence, pace, freshness. Plain rules, shown beside the numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from hucheng.core.clock import SHANGHAI

WEEK = timedelta(days=7)
FORTNIGHT = timedelta(days=14)
FEWEST = 20
"""Cases that the earlier week must hold before a pace is read from it; below, chance rules (judgement of the house)."""
STEADY = 0.05
"""A week within five per cent of the week before is called steady (judgement of the house)."""
FRESH_HOURS = 48.0
"""Catalogue: situation.countries.series_fresh."""


@dataclass(frozen=True, slots=True)
class Point:
    """One day of a series as known at some time; counts run up from the beginning."""

    day: date
    confirmed: int
    deaths: int | None
    recovered: int | None
    published_on: date
    vintage: int


class Way(Enum):
    """Where a series goes, or why that cannot be said."""

    DOUBLING, HALVING, STEADY, FEW, CORRECTED, UNKNOWN = range(6)


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of the last fortnight; `days` to double or to halve, if the fortnight went on."""

    way: Way
    days: float | None = None


def new_in(points: Sequence[Point], span: timedelta) -> int | None:
    """Cases added in the span up to the last day; None when one of its ends is not known, or lies below the other."""
    return _between(points, timedelta(0), span)


def incidence(points: Sequence[Point], population: int | None) -> float | None:
    """New cases of the last fourteen days for each 100,000 people."""
    new = new_in(points, FORTNIGHT)
    return None if new is None or not population else new * 100_000 / population


def pace(points: Sequence[Point]) -> Pace:
    """Compare the last week with the week before, as if growth were even over both.

    Needs the counts of three days exactly a week apart, and at least FEWEST cases in the earlier week. The time to
    double is 7 ln 2 / ln(later / earlier).
    """
    known = {point.day: point.confirmed for point in points}
    if not points or any(points[-1].day - back not in known for back in (WEEK, FORTNIGHT)):
        return Pace(Way.UNKNOWN)
    later, earlier = new_in(points, WEEK), _between(points, WEEK, FORTNIGHT)
    if later is None or earlier is None:
        return Pace(Way.CORRECTED)
    if earlier < FEWEST:
        return Pace(Way.FEW)
    if abs(later - earlier) <= STEADY * earlier:
        return Pace(Way.STEADY)
    if later == 0:
        return Pace(Way.HALVING)
    days = 7 * math.log(2) / abs(math.log(later / earlier))
    return Pace(Way.DOUBLING if later > earlier else Way.HALVING, days)


def hours_old(day: date, at: datetime) -> float:
    """Hours since the end of a day in the city."""
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), SHANGHAI)
    return max(0.0, (at - end).total_seconds() / 3600)


def weekly_average(points: Sequence[Point]) -> list[float]:
    """New cases a day, averaged over the week up to each day; days that a correction makes negative are left out."""
    known = {point.day: point.confirmed for point in points}
    weeks = ((point.confirmed, known.get(point.day - WEEK)) for point in points)
    return [(now - before) / 7 for now, before in weeks if before is not None and now >= before]


def _between(points: Sequence[Point], late: timedelta, early: timedelta) -> int | None:
    if not points:
        return None
    known = {point.day: point.confirmed for point in points}
    end, start = known.get(points[-1].day - late), known.get(points[-1].day - early)
    return end - start if end is not None and start is not None and end >= start else None
