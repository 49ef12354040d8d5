"""The tracker: for each series its target, what is published, the gap, and the pace that is still needed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hucheng.core.scope.actor import Actor
from hucheng.economy.indicators.models import Indicator, Vintage
from hucheng.economy.indicators.queries import PeriodLine, known_on, series_seen_by
from hucheng.economy.outlook.models import Target, TargetVersion
from hucheng.economy.outlook.pace import Pace, paces
from hucheng.economy.policies.models import Policy

TREND = 12
"""Periods that a spark shows."""


@dataclass(frozen=True, slots=True)
class TrackerLine:
    """One series beside its target, as known on a day. `latest` is of this year, `last` of any."""

    indicator: Indicator
    target: Target | None
    last: Vintage | None
    latest: Vintage | None
    revised: bool
    trend: list[float]
    best: float | None
    to_quarter: Pace | None
    to_year: Pace | None
    policies: list[Policy]

    @property
    def gap(self) -> Decimal | None:
        """What is published minus the target; None without one of them."""
        return self.latest.value - self.target.value if self.latest and self.target else None

    @property
    def short_by(self) -> float:
        """How far the published value misses the target, in the direction that counts; 0 when it is reached."""
        if self.gap is None or self.target is None or self.target.reached_by(float(self.latest.value)):  # type: ignore[union-attr]
            return 0.0
        return abs(float(self.gap))

    @property
    def kind(self) -> str:
        """The status: nothing to judge by, blind, met or behind."""
        if self.target is None:
            return "info"
        if self.latest is None:
            return "blind"
        return "bad" if self.short_by else "ok"

    @property
    def beyond_history(self) -> bool:
        """The pace to the end of the year is above every value that was ever published."""
        growing = self.indicator.kind == Indicator.Kind.GROWTH
        return bool(growing and self.to_year and self.best is not None and self.to_year.needed > self.best)


@dataclass(frozen=True, slots=True)
class Tracker:
    """The city's own series against the targets of the year; the others stand beside for context."""

    year: int
    version: TargetVersion | None
    lines: list[TrackerLine]
    context: list[TrackerLine]

    @property
    def aimed(self) -> list[TrackerLine]:
        """The lines with a target."""
        return [line for line in self.lines if line.target]

    @property
    def told(self) -> list[TrackerLine]:
        """The lines with a target or a value."""
        return [line for line in self.lines if line.target or line.last]

    @property
    def silent(self) -> list[TrackerLine]:
        """The lines with neither."""
        return [line for line in self.lines if not line.target and not line.last]

    @property
    def readable(self) -> int:
        """Targets beside which a value of this year is published."""
        return sum(line.latest is not None for line in self.aimed)

    @property
    def reached(self) -> int:
        """Targets that the published value reaches."""
        return sum(line.kind == "ok" for line in self.aimed)

    @property
    def worst(self) -> TrackerLine | None:
        """The growth that lies furthest below its target."""
        behind = [x for x in self.aimed if x.kind == "bad" and x.indicator.kind == Indicator.Kind.GROWTH]
        return max(behind, key=lambda line: line.short_by, default=None)

    @property
    def lowest(self) -> TrackerLine | None:
        """The lowest growth that is published for this year."""
        told = [x for x in self.lines if x.latest and x.indicator.kind == Indicator.Kind.GROWTH]
        return min(told, key=lambda line: line.latest.value if line.latest else 0, default=None)


def versions_of(actor: Actor, year: int, until: date) -> list[TargetVersion]:
    """The versions of a year's targets dated by a day, the first version first."""
    rows = TargetVersion.objects.seen_by(actor).filter(year=year, dated_on__lte=until)
    return list(rows.prefetch_related("targets__indicator").order_by("number"))


def in_force(versions: list[TargetVersion]) -> TargetVersion | None:
    """The version that counts: the last adopted one, before any is adopted the last draft."""
    adopted = [version for version in versions if version.state == TargetVersion.State.ADOPTED]
    return adopted[-1] if adopted else versions[-1] if versions else None


def tracker(actor: Actor, day: date) -> Tracker:
    """Every series beside its target as both were known on a day."""
    series = series_seen_by(actor)
    version = in_force(versions_of(actor, day.year, day))
    targets = {target.indicator_id: target for target in version.targets.all()} if version else {}
    known = known_on(actor, day, series)
    policies: dict[object, list[Policy]] = {}
    for policy in Policy.objects.seen_by(actor).filter(since__lte=day, until__gte=day).exclude(indicator=None):
        policies.setdefault(policy.indicator_id, []).append(policy)
    lines = [
        _line(indicator, targets.get(indicator.pk), known[indicator.pk], policies.get(indicator.pk, []), day)
        for indicator in series
    ]
    lines.sort(key=lambda line: (line.target is None, line.last is None, line.indicator.code))
    own = [line for line in lines if line.indicator.area == line.indicator.place]
    return Tracker(day.year, version, own, [line for line in lines if line.last and line not in own])


def _line(
    indicator: Indicator, target: Target | None, periods: list[PeriodLine], policies: list[Policy], day: date
) -> TrackerLine:
    values = [line.vintage for line in periods]
    last = values[-1] if values else None
    latest = last if last and last.period.year == day.year else None
    to_quarter = to_year = None
    if target and indicator.kind != Indicator.Kind.LEVEL:
        to_quarter, to_year = paces(
            growth=indicator.kind == Indicator.Kind.GROWTH,
            so_far=float(latest.value) if latest else None,
            target=float(target.value),
            published_to=latest.period if latest else None,
            today=day,
        )
    return TrackerLine(
        indicator=indicator,
        target=target,
        last=last,
        latest=latest,
        revised=bool(periods and periods[-1].earlier),
        trend=[float(vintage.value) for vintage in values[-TREND:]],
        best=max((float(vintage.value) for vintage in values), default=None),
        to_quarter=to_quarter,
        to_year=to_year,
        policies=policies,
    )
