"""Reading series: as known at a time, with their revisions, and the files they came in."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet
from django.http import Http404

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.situation.countries.faults import FAULTS, FIELDS
from hucheng.situation.countries.figures import Point
from hucheng.situation.countries.known import own_place
from hucheng.situation.countries.models import SeriesFile, SeriesPoint

WINDOW = timedelta(days=60)
"""Days of a series that pages read: enough for two fortnights and their line."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A day whose number was published anew: every value in the order of its publication."""

    day: date
    values: list[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A row that could not be read, in words."""

    line: int
    field: str
    value: str
    why: str
    do: str


def series_of(actor: Actor, countries: Collection[str], at: datetime) -> dict[str, list[Point]]:
    """The last sixty days of each country as known at `at`: of each day the latest vintage received by then."""
    since = at.astimezone(SHANGHAI).date() - WINDOW
    rows = _known(actor, at).filter(country__in=countries, day__gte=since)
    found: dict[str, dict[date, Point]] = defaultdict(dict)
    values = ("day", "confirmed", "deaths", "recovered", "published_on", "vintage")
    for country, *point in rows.order_by("day", "vintage").values_list("country", *values):
        found[country][point[0]] = Point(*point)
    return {country: list(points.values()) for country, points in found.items()}


def revisions_of(actor: Actor, country: str, at: datetime) -> list[Revision]:
    """The days of a country that were published anew within the window, newest first."""
    since = at.astimezone(SHANGHAI).date() - WINDOW
    rows = _known(actor, at).filter(country=country, day__gte=since)
    found: dict[date, list[tuple[date, int]]] = defaultdict(list)
    for day, published, confirmed in rows.order_by("-day", "vintage").values_list("day", "published_on", "confirmed"):
        found[day].append((published, confirmed))
    return [Revision(day, values) for day, values in found.items() if len(values) > 1]


def countries_known(actor: Actor, at: datetime) -> dict[str, date]:
    """Every country with a series, and its last day."""
    rows = _known(actor, at).values("country")
    return {row["country"]: row["last"] for row in rows.annotate(last=Max("day")).order_by("country")}


def files_seen_by(actor: Actor) -> list[SeriesFile]:
    """The latest twenty files, newest first."""
    return list(SeriesFile.objects.seen_by(actor).select_related("received_by").order_by("-received_at")[:20])


def file_seen_by(actor: Actor, file_id: UUID) -> SeriesFile:
    """One file in sight. Raises Http404."""
    found = SeriesFile.objects.seen_by(actor).filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def faults_of(file: SeriesFile) -> list[FaultLine]:
    """The rows of a file that could not be read, in the language in force."""
    return [
        FaultLine(
            fault["line"],
            str(FIELDS[fault["field"]]),
            fault["value"],
            *(str(words) for words in FAULTS[fault["code"]]),
        )
        for fault in file.problems
    ]


def _known(actor: Actor, at: datetime) -> "QuerySet[SeriesPoint]":
    """Every vintage that the actor's own place had received at `at`."""
    return SeriesPoint.objects.filter(place=own_place(actor), received_at__lte=at)
