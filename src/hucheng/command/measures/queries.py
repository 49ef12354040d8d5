"""Measures as they stand now, with their way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.http import Http404

from hucheng.command.directives.models import Directive
from hucheng.command.measures.models import KeptReading
from hucheng.command.measures.standing import Standing, judge
from hucheng.core.measures import MEASURES, Measure, Reading, read
from hucheng.core.places.models import Place
from hucheng.core.places.queries import counties_of
from hucheng.core.scope.actor import Actor

WINDOW = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure: what it says now, how it stands, what it said before."""

    measure: Measure
    reading: Reading | None
    standing: Standing
    trend: list[float]

    @property
    def red_line(self) -> bool:
        """A number that must be zero and is held."""
        return self.measure.better == "zero" and self.standing == Standing.MET


@dataclass(frozen=True, slots=True)
class CountyReading:
    """What a measure says of one county."""

    place: Place
    reading: Reading
    standing: Standing


@dataclass(frozen=True, slots=True)
class MeasureSheet:
    """Everything of one measure: now, the kept readings of fourteen days, what is bound to it, its counties."""

    line: MeasureLine
    kept: list[KeptReading]
    directives: list[Directive]
    counties: list[CountyReading]


def sheet_of(actor: Actor, measure_id: str, at: datetime) -> MeasureSheet:
    """One measure as this actor sees it. Raises Http404 for an id that the catalogue does not name."""
    if measure_id not in MEASURES:
        raise Http404
    (line,) = lines(actor, [measure_id], at)
    kept = KeptReading.objects.filter(place=actor.place, measure=measure_id, at__gt=at - WINDOW, at__lte=at)
    bound = Directive.objects.seen_by(actor).filter(measure=measure_id, state=Directive.State.PUBLISHED)
    directives = bound.select_related("lead", "meeting").defer("meeting__original", "meeting__clean_text")
    return MeasureSheet(
        line, list(kept.order_by("at")), list(directives.order_by("number")), _counties(actor, line, at)
    )


def _counties(actor: Actor, line: MeasureLine, at: datetime) -> list[CountyReading]:
    """The measure read for each county in sight; none where no county can be read or the actor is of one."""
    if line.reading is None:
        return []
    found = []
    for place in counties_of(actor.place):
        reading = read(line.measure.id, replace(actor, place=place.code), at)
        if reading is not None and place.code != actor.place:
            found.append(CountyReading(place, reading, judge(line.measure.id, reading.value)))
    return found if any(county.reading.value is not None for county in found) else []


def lines(actor: Actor, measure_ids: Iterable[str], at: datetime) -> list[MeasureLine]:
    """These measures read live, each with its kept readings of the last fourteen days in one query."""
    ids = list(measure_ids)
    trends: dict[str, list[float]] = defaultdict(list)
    kept = KeptReading.objects.filter(place=actor.place, measure__in=ids, at__gt=at - WINDOW, at__lte=at)
    for name, value in kept.exclude(value=None).order_by("at").values_list("measure", "value"):
        trends[name].append(float(value or 0))
    return [_line(actor, MEASURES[name], trends[name], at) for name in ids]


def _line(actor: Actor, measure: Measure, trend: list[float], at: datetime) -> MeasureLine:
    reading = read(measure.id, actor, at)
    value = reading.value if reading else None
    return MeasureLine(measure, reading, judge(measure.id, value), trend)
