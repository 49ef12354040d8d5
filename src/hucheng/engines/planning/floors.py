"""Floors while a plan is made: what each is used for, and which of its rooms are still free."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hucheng.engines.planning.guests import FloorUse, Guest, Room
from hucheng.engines.planning.seating import Seating, best_seating, fewest_rooms

Place = tuple[str, int]


@dataclass(slots=True)
class Floor:
    """One floor. use None: opened for nobody yet; free in the order in which rooms lie."""

    place: Place
    use: FloorUse | None
    free: list[Room]
    position: dict[str, int] = field(default_factory=dict)

    def legal_for(self, use: FloorUse) -> bool:
        """Whether the class and cohort may live here."""
        return self.use is None or self.use == use

    def take(self, use: FloorUse, rooms: Iterable[Room]) -> None:
        """Open the floor for a use and spend rooms."""
        gone = {room.id for room in rooms}
        self.use = use
        self.free = [room for room in self.free if room.id not in gone]


def floors_of(rooms: Sequence[Room], floor_use: Mapping[Place, FloorUse]) -> dict[Place, Floor]:
    """Give the floors by house and floor, rooms in the order of their numbers."""
    found: dict[Place, Floor] = {}
    for room in sorted(rooms, key=lambda room: (room.place, _numbers(room.number or room.id), room.id)):
        use = floor_use.get(room.place)
        floor = found.setdefault(room.place, Floor(room.place, FloorUse(*use) if use else None, []))
        floor.position[room.id] = _along(room, len(floor.free))
        floor.free.append(room)
    return found


def _along(room: Room, index: int) -> int:
    digits = re.findall(r"\d+", room.number or room.id)
    return int(digits[-1]) if digits else index


def _numbers(room_id: str) -> list[tuple[int, str]]:
    """Sort key in which 12 follows 9."""
    parts = re.findall(r"\d+|\D+", room_id)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def best_floor(
    company: Sequence[Guest], floors: Iterable[Floor], *, units_left: int
) -> tuple[Floor, Seating] | tuple[None, None]:
    """Give the floor and the seating for a company; (None, None) when no floor takes it.

    Opened floors come first. Floors are scarcer than rooms, since each serves one class of one flight: another is
    opened to give the company fewer rooms only while the opened ones cannot hold everybody who waits anyway.
    units_left  companies of the same use still waiting, this one included: a new floor is chosen to hold them all
    """
    use = company[0].use
    legal = [floor for floor in floors if floor.free and floor.legal_for(use)]
    opened = [floor for floor in legal if floor.use]
    ways = [(way.cost, len(floor.free), floor.place, floor, way) for floor in opened if (way := _way(company, floor))]
    best = min(ways, key=lambda way: way[:3], default=None)
    spare = sum(len(floor.free) for floor in opened) - units_left
    if best and (
        best[0][0] <= min(fewest_rooms(len(company), floor.free) for floor in legal) or best[0][0] <= 1 + spare
    ):
        return best[3], best[4]
    houses = {floor.place[0] for floor in floors if floor.use}
    fewest = best[0][0] if best else None
    new = _new_floor(company, [floor for floor in legal if not floor.use], houses, units_left, fewest)
    return new or (best[3:] if best else (None, None))


def _new_floor(
    company: Sequence[Guest], floors: Sequence[Floor], houses: set[str], units_left: int, fewer_than: int | None
) -> tuple[Floor, Seating] | None:
    """The smallest unopened floor that holds all who wait, else the largest; in a house already in use if equal."""

    def wish(floor: Floor) -> tuple[bool, int, bool, Place]:
        short = len(floor.free) < units_left
        return short, -len(floor.free) if short else len(floor.free), floor.place[0] not in houses, floor.place

    found: tuple[Floor, Seating] | None = None
    for floor in sorted(floors, key=wish):
        if fewer_than and fewest_rooms(len(company), floor.free) >= fewer_than:
            continue
        way = _way(company, floor)
        if way and (fewer_than is None or way.cost[0] < fewer_than):
            found, fewer_than = (floor, way), way.cost[0]
    return found


def _way(company: Sequence[Guest], floor: Floor) -> Seating | None:
    return best_seating(company, floor.free, floor.position)
