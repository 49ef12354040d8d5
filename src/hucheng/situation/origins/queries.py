"""The watch list: each country with its series, its pace and its flights."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hucheng.core.scope.actor import Actor
from hucheng.situation.countries.atlas import Airport, Country, airports, countries
from hucheng.situation.countries.figures import (
    FORTNIGHT,
    FRESH_HOURS,
    WEEK,
    Pace,
    Point,
    hours_old,
    incidence,
    new_in,
    pace,
    weekly_average,
)
from hucheng.situation.countries.queries import series_of
from hucheng.situation.origins.models import Origin, Watch

SHOWN = 28
"""Days of the line beside a country."""


@dataclass(frozen=True, slots=True)
class WatchLine:
    """A watched country as known now; without a series everything that follows from one is None."""

    watch: Watch
    country: Country
    airports: list[Airport]
    last: Point | None
    hours: float | None
    new_week: int | None
    new_fortnight: int | None
    incidence: float | None
    pace: Pace
    trend: list[float]

    @property
    def fresh(self) -> bool:
        """Whether its data are at most 48 hours old."""
        return self.hours is not None and self.hours <= FRESH_HOURS


@dataclass(frozen=True, slots=True)
class Proposal:
    """A country that flights come from and that nobody watches."""

    country: Country
    airports: list[Airport]
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """The watch list in numbers; `steepest` doubles fastest, None when no pace can be read."""

    watched: int
    fresh: int
    blind: int
    steepest: WatchLine | None


def watch_list(actor: Actor, at: datetime) -> list[WatchLine]:
    """Every country watched at `at` as known then, highest incidence first; three queries however many."""
    rows = _open(actor, at).select_related("watched_by").order_by("watched_at")
    watches = {watch.country: watch for watch in rows}
    series = series_of(actor, watches, at)
    origins = _origins(actor, at)
    lines = [_line(watch, series.get(code, []), origins.get(code, []), at) for code, watch in watches.items()]
    return sorted(lines, key=lambda line: (-(line.incidence or -1), line.country.code))


def proposals(actor: Actor, at: datetime) -> list[Proposal]:
    """Countries that announced flights come from and that are not watched, first seen first."""
    watched = _open(actor, at).values("country")
    found: dict[str, Proposal] = {}
    rows = Origin.objects.seen_by(actor).filter(first_seen_at__lte=at).exclude(country__in=watched)
    for origin in rows.order_by("first_seen_at", "airport"):
        country = countries()[origin.country]
        one = found.setdefault(origin.country, Proposal(country, [], origin.first_seen_at))
        one.airports.append(airports()[origin.airport])
    return list(found.values())


def ended_watches(actor: Actor, at: datetime) -> list[Watch]:
    """The latest thirty watches that had ended at `at`."""
    rows = Watch.objects.seen_by(actor).filter(ended_at__lte=at).select_related("watched_by", "ended_by")
    return list(rows.order_by("-ended_at")[:30])


def summary(lines: list[WatchLine]) -> Summary:
    """The watch list in numbers."""
    rising = [line for line in lines if line.pace.way.name == "DOUBLING"]
    return Summary(
        watched=len(lines),
        fresh=sum(line.fresh for line in lines),
        blind=sum(line.last is None for line in lines),
        steepest=min(rising, key=lambda line: line.pace.days or 0.0, default=None),
    )


def _open(actor: Actor, at: datetime) -> "QuerySet[Watch]":
    """Watches that stood at `at`."""
    begun = Watch.objects.seen_by(actor).filter(watched_at__lte=at)
    return begun.filter(Q(ended_at=None) | Q(ended_at__gt=at))


def _origins(actor: Actor, at: datetime) -> dict[str, list[Airport]]:
    found: dict[str, list[Airport]] = defaultdict(list)
    rows = Origin.objects.seen_by(actor).filter(first_seen_at__lte=at).order_by("first_seen_at", "airport")
    for airport in dict.fromkeys(rows.values_list("airport", flat=True)):
        found[airports()[airport].country].append(airports()[airport])
    return found


def _line(watch: Watch, points: list[Point], seen: list[Airport], at: datetime) -> WatchLine:
    country = countries()[watch.country]
    last = points[-1] if points else None
    return WatchLine(
        watch=watch,
        country=country,
        airports=seen,
        last=last,
        hours=hours_old(last.day, at) if last else None,
        new_week=new_in(points, WEEK),
        new_fortnight=new_in(points, FORTNIGHT),
        incidence=incidence(points, country.population),
        pace=pace(points),
        trend=weekly_average(points)[-SHOWN:],
    )
