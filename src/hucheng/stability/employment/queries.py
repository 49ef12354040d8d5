"""The latest counts by group, and how they came there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.stability.employment.models import Group, HouseholdCount, JobCount

FRESH = timedelta(days=14)
"""Weekly counts older than two weeks no longer say what is so."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group: its latest count, and the shares placed of the weeks before."""

    group: Group
    latest: JobCount | None
    trend: list[float]

    @property
    def share(self) -> float | None:
        """The share placed, in per cent."""
        if self.latest is None or not self.latest.registered:
            return None
        return 100.0 * self.latest.placed / self.latest.registered


def groups(actor: Actor, at: datetime) -> list[GroupLine]:
    """Every group as the actor's own place last reported it; counts of a county and of its city are never added."""
    rows = JobCount.objects.filter(place=actor.place, reported_at__lte=at).order_by("day", "version")
    by_day = {(row.group, row.day): row for row in rows}
    lines = []
    for group in Group:
        mine = [row for (name, _day), row in sorted(by_day.items(), key=lambda item: item[0][1]) if name == group]
        trend = [100.0 * row.placed / row.registered for row in mine[-8:] if row.registered]
        lines.append(GroupLine(group, mine[-1] if mine else None, trend))
    return lines


def households(actor: Actor, at: datetime) -> HouseholdCount | None:
    """The latest count of households without work."""
    rows = HouseholdCount.objects.filter(place=actor.place, reported_at__lte=at)
    return rows.order_by("-day", "-version").first()


def fresh(row: JobCount | HouseholdCount, at: datetime) -> bool:
    """Whether a count still says what is so."""
    return at.astimezone(SHANGHAI).date() - row.day <= FRESH
