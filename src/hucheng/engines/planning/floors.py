"""Floors while a plan is made: what each is used for, and which of its rooms are still free."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hucheng.engines.planning.guests import FloorUse, Room

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
