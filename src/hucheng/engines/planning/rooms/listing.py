"""People and rooms by name as an instance of the rooms problem, and a plan of it back in names.

A floor is a zone. A flight's day is an arrival day of its own, so that no floor takes two flights; whoever depends on
an adult is a minor; whoever is of unknown age guards nobody, and beside dependents needs an adult as they do.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.guests import HALAL, WHEELCHAIR, FloorUse, Guest, Place, Placement, Room
from hucheng.engines.planning.rooms.counts import divisions
from hucheng.engines.planning.rooms.instance import Flight, Group, Lock, RoomsInstance, Weights, Zone
from hucheng.engines.planning.rooms.instance import Room as PlannedRoom

WEIGHTS = Weights(room=10, zone=30, mix=25, split=6, share=8, med=15)
"""Those of the open instances: a floor opened costs as much as three rooms."""
CLEAN, LATER = 0, 1
"""Minutes: people are here now, and when a room that waits for disinfection will be ready is not known."""


@dataclass(frozen=True, slots=True)
class Listing:
    """An instance with the names behind its numbers: companies by group, rooms, floors by zone."""

    instance: RoomsInstance
    companies: tuple[tuple[Guest, ...], ...]
    rooms: tuple[Room, ...]
    places: tuple[Place, ...]

    def names(self, plan: Plan) -> list[Placement]:
        """Give who goes into which room; those without one are left out."""
        return [
            placement
            for company, stays in zip(self.companies, plan["assign"], strict=True)
            if stays
            for placement in seated(company, [(self.rooms[room], sum(people)) for room, *people in stays])
        ]

    def plan(self, placements: Iterable[Placement]) -> Plan:
        """Give the plan behind placements by name, people counted anew."""
        number = {room.id: n for n, room in enumerate(self.rooms)}
        room_of = dict(placements)
        return {"assign": [_stays(company, room_of, number) for company in self.companies]}


def listed(
    companies: Sequence[Sequence[Guest]], rooms: Iterable[Room], floor_use: Mapping[Place, FloorUse], most_beds: int
) -> Listing:
    """Give the instance of placing companies in rooms; `floor_use` says whom floors serve already.

    Each company has one use, and can be divided over rooms of `most_beds`, the beds of the largest room.
    """
    ordered = sorted(rooms, key=lambda room: (room.place, _numbers(room.number or room.id), room.id))
    places = _in_order(ordered, floor_use)
    zone_of = {place: zone for zone, place in enumerate(places)}
    cohorts = _numbered(company[0].cohort for company in companies)
    flights = tuple(Flight(cohort, day, CLEAN) for cohort, day in cohorts.items())
    risks = _numbered(company[0].risk for company in companies)
    for use in floor_use.values():
        cohorts.setdefault(use.cohort, len(cohorts))
        risks.setdefault(use.risk, len(risks))
    halal = dict.fromkeys(places, True)
    for room in ordered:
        halal[room.place] &= room.halal
    zones = [Zone(0, halal[place], _lock(floor_use.get(place), cohorts, risks, len(flights))) for place in places]
    planned = [
        PlannedRoom(zone_of[room.place], room.beds, room.accessible, 0, CLEAN if room.clean else LATER)
        for room in ordered
    ]
    groups = [group_of(company, cohorts[company[0].cohort], risks[company[0].risk]) for company in companies]
    instance = RoomsInstance(False, WEIGHTS, flights, tuple(zones), tuple(planned), tuple(groups), most_beds)
    return Listing(instance, tuple(map(tuple, companies)), tuple(ordered), tuple(places))


def group_of(company: Sequence[Guest], flight: int = 0, risk: int = 0) -> Group:
    """Give a company as a party in numbers. A sex that is not on record counts as a woman's: strangers never share."""
    wards, others = _wards(company), [guest for guest in company if guest not in _wards(company)]
    men = sum(guest.sex == "M" for guest in others)
    chairs = [guest for guest in company if WHEELCHAIR in guest.needs]
    with_ward = sum(guest in wards for guest in chairs)
    halal = any(HALAL in guest.needs for guest in company)
    return Group(
        flight, risk, men, len(others) - men, len(wards), bool(chairs), halal, 0, len(chairs) - with_ward, with_ward
    )


def can_be_divided(company: Sequence[Guest], most_beds: int) -> bool:
    """Tell whether rooms of at most so many beds could hold a company at all."""
    return most_beds > 0 and bool(divisions(group_of(company), most_beds))


def along(room: Room) -> int:
    """Give the place of a room along its floor: the last digits of its number, 0 for a room without any."""
    digits = re.findall(r"\d+", room.number or room.id)
    return int(digits[-1]) if digits else 0


def seated(company: Sequence[Guest], rooms: Sequence[tuple[Room, int]]) -> list[Placement]:
    """Put a company into rooms of which each holds so many: an adult first in each, wheelchairs in accessible rooms."""
    order = sorted(rooms, key=lambda entry: not entry[0].accessible)
    ramps = sum(room.accessible for room, _ in order)
    wards = _wards(company)
    chairs = [guest for guest in company if WHEELCHAIR in guest.needs]
    adults = [guest for guest in chairs if guest not in wards]
    adults += [guest for guest in company if guest not in wards and guest not in chairs]
    riding = sum(guest in chairs for guest in adults)
    first = adults[: min(ramps, len(adults))]
    extra = adults[len(first) : riding]
    first += adults[max(riding, len(first)) :][: len(order) - len(first)]
    rest = extra + [guest for guest in wards if guest in chairs]
    rest += [guest for guest in company if guest not in first and guest not in rest]
    placements = []
    for (room, people), adult in zip(order, first, strict=True):
        placements += [Placement(guest.id, room.id) for guest in [adult, *rest[: people - 1]]]
        rest = rest[people - 1 :]
    return placements


def _in_order(rooms: Iterable[Room], floor_use: Mapping[Place, FloorUse]) -> list[Place]:
    """Give the floors so that the first of those equally good is best: small, in a house that has people already."""
    sizes, houses = Counter(room.place for room in rooms), {house for house, _floor in floor_use}
    return sorted(sizes, key=lambda place: (sizes[place], place[0] not in houses, place))


def _wards(company: Sequence[Guest]) -> list[Guest]:
    """Those of a company who are never in a room without an adult of it."""
    if not any(guest.dependent for guest in company):
        return []
    return [guest for guest in company if not guest.adult]


def _stays(company: Sequence[Guest], room_of: Mapping[str, str], number: Mapping[str, int]) -> list[list[int]]:
    wards = _wards(company)
    inside: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for guest in company:
        if guest.id in room_of:
            kind = 2 if guest in wards else 0 if guest.sex == "M" else 1
            inside[number[room_of[guest.id]]][kind] += 1
    return [[room, *people] for room, people in sorted(inside.items())]


def _lock(use: FloorUse | None, cohorts: Mapping[str, int], risks: Mapping[str, int], flights: int) -> Lock | None:
    if use is None:
        return None
    flight = cohorts[use.cohort]
    return Lock(flight, risks[use.risk], frozenset([flight]) if flight < flights else frozenset())


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def _numbers(room_id: str) -> list[tuple[int, str]]:
    """Sort key in which 12 follows 9."""
    parts = re.findall(r"\d+|\D+", room_id)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
