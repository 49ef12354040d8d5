"""Which patrols are done, which are missed, and where an alarm stands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.stability.fire.danger import Danger
from hucheng.stability.fire.queries import StationDays, season, worst_now
from hucheng.stability.patrols.models import Patrol


@dataclass(frozen=True, slots=True)
class Alarm:
    """Patrols of a county that were due at one time and are not proven, on a day of high or unknown danger."""

    place: str
    due: datetime
    patrols: list[Patrol]
    danger: Danger | None

    @property
    def checkpoints(self) -> str:
        """The checkpoints not seen."""
        return ", ".join(patrol.checkpoint for patrol in self.patrols)


@dataclass(frozen=True, slots=True)
class PatrolDay:
    """A county's patrols of one day: how many are planned, proven, and still due."""

    planned: int = 0
    proven: int = 0
    still_due: int = 0


def patrols_of(actor: Actor, place: str, day: date) -> list[Patrol]:
    """A county's patrols of a day, each with its proof."""
    return list(Patrol.objects.seen_by(actor).filter(place=place, day=day).select_related("proof"))


def patrol_days(actor: Actor, first: date, last: date, at: datetime) -> dict[tuple[str, date], PatrolDay]:
    """How the patrols of each county and day stand; a day without any is not there."""
    counts: dict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0, 0])
    rows = Patrol.objects.seen_by(actor).filter(day__gte=first, day__lte=last, planned_at__lte=at)
    for place, day, due, reported in rows.values_list("place", "day", "due", "proof__reported_at"):
        count = counts[place, day]
        proven = reported is not None and reported <= at
        count[0] += 1
        count[1] += proven
        count[2] += not proven and due > at
    return {key: PatrolDay(*count) for key, count in counts.items()}


def alarms(actor: Actor, at: datetime, stations: list[StationDays] | None = None) -> list[Alarm]:
    """The alarms that stand at a moment: a patrol of today, due and not proven, on a day of high danger (NEW-33).

    Derived when read, so an alarm stands from the very minute a patrol is due. Unknown danger does not silence it.
    """
    today = at.astimezone(SHANGHAI).date()
    rows = Patrol.objects.seen_by(actor).filter(day=today, due__lte=at).select_related("proof")
    missed: dict[tuple[str, datetime], list[Patrol]] = defaultdict(list)
    for patrol in rows:
        proof = getattr(patrol, "proof", None)
        if proof is None or proof.reported_at > at:
            missed[patrol.place, patrol.due].append(patrol)
    if not missed:
        return []
    known = defaultdict(list)
    for one in season(actor, at) if stations is None else stations:
        known[one.station.place].append(one)
    found = [
        Alarm(place, due, patrols, worst_now(known[place], due, today)) for (place, due), patrols in missed.items()
    ]
    return [alarm for alarm in found if alarm.danger is None or alarm.danger.grade is None or alarm.danger.high]
