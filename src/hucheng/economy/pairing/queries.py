"""Requests of firms: what is owed, and how old it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from hucheng.core.places.queries import place_names
from hucheng.core.scope.actor import Actor
from hucheng.economy.pairing.models import FirmRequest

AGES = ((1, "0-1"), (3, "1-3"), (7, "3-7"), (None, "7+"))
"""Bands of the ageing report, in days."""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request with the name of its county."""

    request: FirmRequest
    county: str
    late: bool


@dataclass(frozen=True, slots=True)
class Requests:
    """Open requests, the most urgent first, the last settled ones, and the ages of those open."""

    open: list[RequestLine]
    settled: list[RequestLine]
    open_count: int
    late: int
    ages: list[tuple[str, list[int], int]]
    bands: tuple[str, ...]


def open_requests(actor: Actor) -> list[FirmRequest]:
    """Every request that waits."""
    return list(FirmRequest.objects.seen_by(actor).filter(settled_at=None).order_by("due_at", "filed_at"))


def requests_of(actor: Actor, at: datetime) -> Requests:
    """The page of requests: a hundred open ones, a dozen settled ones, ages of all that are open."""
    waiting = open_requests(actor)
    settled = FirmRequest.objects.seen_by(actor).exclude(settled_at=None).order_by("-settled_at")[:12]
    places = place_names()

    def line(request: FirmRequest) -> RequestLine:
        place = places.get(request.place)
        late = request.due_at < (request.settled_at or at)
        return RequestLine(request, place.name if place else request.place, late)

    return Requests(
        open=[line(one) for one in waiting[:100]],
        settled=[line(one) for one in settled],
        open_count=len(waiting),
        late=sum(one.due_at < at for one in waiting),
        ages=_ages(waiting, at),
        bands=tuple(band for _limit, band in AGES),
    )


def settled_in_time(actor: Actor, at: datetime) -> tuple[int, int]:
    """Requests settled within their clock, and all that are due or settled."""
    rows = FirmRequest.objects.seen_by(actor).filter(filed_at__lte=at)
    due = rows.filter(Q(due_at__lte=at) | Q(settled_at__lte=at))
    return due.filter(settled_at__lte=F("due_at")).count(), due.count()


def _ages(waiting: list[FirmRequest], at: datetime) -> list[tuple[str, list[int], int]]:
    """For each kind the open requests by age, and their sum."""
    table: dict[str, list[int]] = {}
    for one in waiting:
        row = table.setdefault(one.get_kind_display(), [0] * len(AGES))
        row[_band(at - one.filed_at)] += 1
    return [(kind, row, sum(row)) for kind, row in sorted(table.items(), key=lambda item: -sum(item[1]))]


def _band(age: timedelta) -> int:
    return next(place for place, (limit, _n) in enumerate(AGES) if limit is None or age < timedelta(days=limit))
