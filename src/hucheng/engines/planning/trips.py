"""People into vehicles: one cohort a trip, families together, nobody on the road between two and five at night."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from hucheng.engines.planning.reasons import reasons
from hucheng.engines.words.bilingual import Bilingual

NIGHT_FROM, NIGHT_TO = time(2), time(5)
"""No trip between these hours, local time: INQ-33, after the coach crash in Guizhou of 18 September 2022."""


class Cohort(NamedTuple):
    """Who may ride together: one risk class, one flight, one destination."""

    risk: str
    cohort: str
    destination: str


@dataclass(frozen=True, slots=True)
class Rider:
    """A person to move; party "" rides alone; cohort is flight and day."""

    id: str
    risk: str
    destination: str
    cohort: str = ""
    party: str = ""

    @property
    def group(self) -> Cohort:
        """Those with whom the person may ride."""
        return Cohort(self.risk, self.cohort, self.destination)


@dataclass(frozen=True, slots=True)
class Trip:
    """One vehicle, one way. riders: ids, at most as many as seats."""

    group: Cohort
    riders: tuple[str, ...]
    depart: datetime
    arrive: datetime


@dataclass(frozen=True, slots=True)
class TripRefused:
    """Riders who stay for now: code for programs, why and what to do for people; earliest: when they may leave."""

    group: Cohort
    riders: tuple[str, ...]
    code: str
    why: Bilingual
    do: Bilingual
    earliest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trips:
    """Every rider exactly once, in a trip or refused."""

    trips: tuple[Trip, ...]
    refused: tuple[TripRefused, ...]


def group_trips(
    people: Sequence[Rider], *, seats: int, depart: datetime, minutes: Mapping[str, int] | int = 60
) -> Trips:
    """Group people into trips that all leave at one time.

    seats    passengers a vehicle takes, >= 1
    depart   aware, in the local time of the city
    minutes  on the road, 1 to 1440, for all or by destination
    gives    as few vehicles as first-fit by size finds in each cohort; parties are never divided
    raises   ValueError for a naive time, seats < 1, minutes out of range, a destination without minutes, or one id
             given twice
    """
    _refuse_nonsense(people, seats, depart)
    groups: dict[Cohort, list[Rider]] = {}
    for rider in people:
        groups.setdefault(rider.group, []).append(rider)
    trips: list[Trip] = []
    refused: list[TripRefused] = []
    for group, riders in groups.items():
        arrive = depart + timedelta(minutes=_minutes(minutes, group.destination))
        ids = tuple(rider.id for rider in riders)
        if at_night(depart, arrive):
            refused.append(_refusal(group, ids, "night_barred", earliest=_after_night(depart)))
            continue
        loads, too_large = _loads(riders, seats)
        refused += [_refusal(group, party, "party_too_large") for party in too_large]
        trips += [Trip(group, tuple(load), depart, arrive) for load in loads]
    return Trips(tuple(trips), tuple(refused))


def at_night(depart: datetime, arrive: datetime) -> bool:
    """Whether a trip is on the road at any moment from 02:00 to 05:00 local time (05:00 itself is day again)."""
    return any(depart < end and arrive > start for start, end in _nights(depart, arrive))


def _nights(depart: datetime, arrive: datetime) -> Iterator[tuple[datetime, datetime]]:
    day = depart.date()
    while day <= arrive.date():
        yield (datetime.combine(day, NIGHT_FROM, depart.tzinfo), datetime.combine(day, NIGHT_TO, depart.tzinfo))
        day += timedelta(days=1)


def _after_night(depart: datetime) -> datetime:
    """The first 05:00 not before the departure."""
    morning = datetime.combine(depart.date(), NIGHT_TO, depart.tzinfo)
    return morning if morning >= depart else morning + timedelta(days=1)


def _loads(riders: Sequence[Rider], seats: int) -> tuple[list[list[str]], list[tuple[str, ...]]]:
    """Parties into vehicles, largest first into the first that has the seats; and parties larger than a vehicle."""
    parties: dict[tuple[str, str], list[str]] = {}
    for rider in riders:
        parties.setdefault((rider.party, "" if rider.party else rider.id), []).append(rider.id)
    loads: list[list[str]] = []
    for party in sorted(parties.values(), key=lambda ids: -len(ids)):
        if len(party) > seats:
            continue
        load = next((load for load in loads if len(load) + len(party) <= seats), None)
        if load is None:
            loads.append(load := [])
        load += party
    return loads, [tuple(party) for party in parties.values() if len(party) > seats]


def _minutes(minutes: Mapping[str, int] | int, destination: str) -> int:
    if isinstance(minutes, int):
        value = minutes
    elif destination in minutes:
        value = minutes[destination]
    else:
        raise ValueError(f"no minutes for destination {destination!r}; give the minutes on the road to it")
    if not 1 <= value <= 1440:
        raise ValueError(f"minutes to {destination!r} must be 1 to 1440, got {value}")
    return value


def _refuse_nonsense(people: Sequence[Rider], seats: int, depart: datetime) -> None:
    if depart.tzinfo is None:
        raise ValueError("depart must be an aware time, in the local time of the city")
    if seats < 1:
        raise ValueError(f"seats must be >= 1, got {seats}")
    if len({rider.id for rider in people}) < len(people):
        raise ValueError("every rider must stand in the list once")


def _refusal(group: Cohort, riders: tuple[str, ...], code: str, *, earliest: datetime | None = None) -> TripRefused:
    why, do = reasons()[code]
    return TripRefused(group, riders, code, why, do, earliest)
