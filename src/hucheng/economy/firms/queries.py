"""Firms by county as last reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.models import Place
from hucheng.core.places.queries import counties_of
from hucheng.core.scope.actor import Actor
from hucheng.economy.firms.models import FirmReport
from hucheng.economy.reported import latest_by

FRESH = timedelta(days=7)
"""A report older than this no longer says how things stand."""
TREND = 14


@dataclass(frozen=True, slots=True)
class Sums:
    """Firms and workers over some reports."""

    above_size: int
    resumed: int
    on_roll: int
    back: int

    @property
    def resumed_share(self) -> float | None:
        """Per cent of firms that work again."""
        return 100 * self.resumed / self.above_size if self.above_size else None

    @property
    def back_share(self) -> float | None:
        """Per cent of the roll that is back."""
        return 100 * self.back / self.on_roll if self.on_roll else None


@dataclass(frozen=True, slots=True)
class CountyLine:
    """One county with its last report; None when it has none that is fresh."""

    county: Place
    report: FirmReport | None
    sums: Sums
    today: bool


@dataclass(frozen=True, slots=True)
class Firms:
    """The city's firms: by county, in sum, and by day."""

    lines: list[CountyLine]
    sums: Sums
    trend: list[float | None]
    corrections: list[FirmReport]

    @property
    def silent(self) -> int:
        """Counties that have not reported today."""
        return sum(not line.today for line in self.lines)

    @property
    def lowest(self) -> CountyLine | None:
        """The county with the smallest share of firms resumed."""
        told = [line for line in self.lines if line.sums.resumed_share is not None]
        return min(told, key=lambda line: line.sums.resumed_share or 0.0, default=None)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report with its shares."""

    report: FirmReport
    sums: Sums


@dataclass(frozen=True, slots=True)
class CountyReports:
    """One county with its latest sixty reports, the newest first."""

    county: Place
    lines: list[ReportLine]


def sums_of(reports: Iterable[FirmReport]) -> Sums:
    """Add reports up."""
    rows = list(reports)
    names = ("above_size", "resumed", "on_roll", "back")
    return Sums(*(sum(getattr(row, name) for row in rows) for name in names))


def fresh_reports(actor: Actor, at: datetime) -> dict[str, FirmReport]:
    """The last report of each county in sight that is not older than a week."""
    today = at.astimezone(SHANGHAI).date()
    rows = FirmReport.objects.seen_by(actor).filter(day__gt=today - FRESH, day__lte=today, reported_at__lte=at)
    return latest_by(rows, "place")


def reported_days(actor: Actor, day: date) -> set[str]:
    """The counties that have reported a day."""
    return set(FirmReport.objects.seen_by(actor).filter(day=day).values_list("place", flat=True))


def county_reports(actor: Actor, place: str) -> CountyReports:
    """One county with its latest reports; 404 for a stranger and for what is no county."""
    county = next((one for one in counties_of(actor.place) if one.code == place and actor.sees_place(place)), None)
    if county is None:
        raise Http404
    rows = FirmReport.objects.seen_by(actor).filter(place=place).select_related("reported_by")
    latest = list(rows.order_by("-day", "-revision")[:60])
    return CountyReports(county, [ReportLine(row, sums_of([row])) for row in latest])


def firms_of(actor: Actor, at: datetime) -> Firms:
    """Every county in sight with its firms."""
    today = at.astimezone(SHANGHAI).date()
    rows = list(FirmReport.objects.seen_by(actor).filter(day__gt=today - timedelta(days=TREND), day__lte=today))
    fresh = latest_by([row for row in rows if row.day > today - FRESH], "place")
    counties = [place for place in counties_of(actor.place) if actor.sees_place(place.code)]
    lines = [
        CountyLine(county, (mine := fresh.get(county.code)), sums_of([mine] if mine else []), _is(mine, today))
        for county in counties
    ]
    days = sorted({row.day for row in rows})
    by_day = [sums_of(latest_by([row for row in rows if row.day == day], "place").values()) for day in days]
    corrections = [row for row in rows if row.revision]
    return Firms(lines, sums_of(fresh.values()), [sums.resumed_share for sums in by_day], corrections[-10:])


def _is(report: FirmReport | None, today: date) -> bool:
    return report is not None and report.day == today
