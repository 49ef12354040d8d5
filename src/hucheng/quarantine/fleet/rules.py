"""What a driver and a vehicle may do: hours, nights, disinfection."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal, spoken
from hucheng.engines.planning import at_night
from hucheng.engines.planning.reasons import reasons

HOURS = timedelta(hours=8)
"""Most driving in any 24 hours, out and back: safety management rules for road passenger transport enterprises
(Ministry of Transport, 2018)."""
DAY = timedelta(hours=24)
CLEANING = timedelta(minutes=30)
"""Between two cohorts in one vehicle."""
ROAD_MINUTES = 60
"""From the airport to a house where nobody says otherwise; the planner's own figure."""


@dataclass(frozen=True, slots=True)
class Run:
    """One way out and back, planned or driven."""

    leaves: datetime
    minutes: int
    cohort: str = ""

    @property
    def back(self) -> datetime:
        """When vehicle and driver are back."""
        return self.leaves + timedelta(minutes=2 * self.minutes)


def drives_at_night(leaves: datetime, minutes: int) -> bool:
    """Whether the way would touch 02:00 to 05:00 in the city."""
    local = leaves.astimezone(SHANGHAI)
    return at_night(local, local + timedelta(minutes=minutes))


def vehicle_free(run: Run, others: Iterable[Run]) -> bool:
    """Whether a vehicle makes the run between its others, disinfected where the cohort changes."""
    for other in others:
        pause = timedelta() if other.cohort == run.cohort else CLEANING
        if run.leaves < other.back + pause and other.leaves < run.back + pause:
            return False
    return True


def within_hours(run: Run, others: Iterable[Run]) -> bool:
    """Whether a driver is free and never drives over eight hours in any 24."""
    known = list(others)
    if any(run.leaves < other.back and other.leaves < run.back for other in known):
        return False
    runs = [*known, run]
    ends = [one.back for one in runs if run.leaves <= one.back <= run.back + DAY]
    return all(_driven(runs, end - DAY, end) <= HOURS for end in ends)


def on_duty(run: Run, shifts: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether one shift covers the run out and back."""
    return any(starts <= run.leaves and run.back <= ends for starts, ends in shifts)


def _driven(runs: Iterable[Run], since: datetime, until: datetime) -> timedelta:
    parts = (min(one.back, until) - max(one.leaves, since) for one in runs)
    return sum((part for part in parts if part > timedelta()), timedelta())


def night_refusal() -> Refusal:
    """The planner's own word on the barred hours."""
    why, do = reasons()["night_barred"]
    return Refusal("night_barred", why=spoken(why), do=spoken(do))
