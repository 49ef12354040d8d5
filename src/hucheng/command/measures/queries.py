"""Measures as they stand now, with their way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hucheng.command.measures.models import KeptReading
from hucheng.command.measures.standing import Standing, judge
from hucheng.core.measures import MEASURES, Measure, Reading, read
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
