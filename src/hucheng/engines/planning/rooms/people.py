"""Rooms for the people of flights: families together, one risk class and one cohort a floor, strangers apart.

Rules first: hardest companies first, opened floors before new ones, then a repair pass in which whoever was left out
goes first. A page asks twice, to show and to do, so nothing here depends on a clock; plans with a proven gap are the
search's (`improve.py`), and the bound given here is a simple count.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hucheng.engines.planning.floors import Floor, Place, best_floor, floors_of
from hucheng.engines.planning.guests import FloorUse, Guest, Placement, Room, RoomPlan, Unplaced
from hucheng.engines.planning.reasons import unplaced
from hucheng.engines.planning.seating import fewest_rooms
from hucheng.engines.planning.units import Unit, keep_placements, parts

REPAIRS = 3


@dataclass(frozen=True, slots=True)
class _Attempt:
    placements: list[Placement]
    left: list[tuple[Unit, str]]

    @property
    def rank(self) -> tuple[int, int]:
        """Best first: people left out, rooms used."""
        return sum(len(unit.members) for unit, _ in self.left), len({room for _, room in self.placements})


def assign_rooms(
    guests: Sequence[Guest],
    rooms: Sequence[Room],
    *,
    floor_use: Mapping[Place, FloorUse] | None = None,
    keep: Mapping[str, str] | None = None,
) -> RoomPlan:
    """Propose a room for every guest.

    guests     people to place, of any number of flights; companies are parties and named guardians
    rooms      clean and free rooms (those named in keep included)
    floor_use  (house, floor) -> (risk, cohort) of people already living there
    keep       guest id -> room id for placements that must not change; their rooms are left as they are or refused
    gives      a legal plan (see check_plan), the same for the same input; whoever has no room is told why
    raises     ValueError for two guests or two rooms of one id

    Hard: beds; a dependent never in a room without an adult of the company; companies never share a room and stay on
    one floor; one use a floor; wheelchair and halal. Wished: one room a company, neighbours if not, single beds for
    single people, quiet and the like, few floors.
    """
    _refuse_doubles(guests, rooms)
    groups, refused = parts(guests)
    kept = keep_placements(groups, {room.id: room for room in rooms}, floor_use or {}, keep or {})
    used = floor_use or {}
    order = _by_hardness(kept.units)
    best = latest = _attempt(order, _floors(rooms, used, kept.placements, guests))
    for _ in range(REPAIRS):
        if not latest.left:
            break
        urgent = [unit for unit, _ in latest.left]
        order = urgent + [unit for unit in order if unit not in urgent]
        latest = _attempt(order, _floors(rooms, used, kept.placements, guests))
        best = min(best, latest, key=lambda attempt: attempt.rank)
    refused += kept.refused + [unplaced(guest.id, code) for unit, code in best.left for guest in unit.members]
    return _plan(guests, groups, rooms, kept.placements + best.placements, refused)


def _refuse_doubles(guests: Sequence[Guest], rooms: Sequence[Room]) -> None:
    for name, ids in (("guests", [guest.id for guest in guests]), ("rooms", [room.id for room in rooms])):
        if double := [one for one, count in Counter(ids).items() if count > 1]:
            raise ValueError(f"{name} must have one id each, twice: {', '.join(double[:5])}")


def _attempt(units: Sequence[Unit], floors: Mapping[Place, Floor]) -> _Attempt:
    waiting = Counter(unit.members[0].use for unit in units)
    made = _Attempt([], [])
    for unit in units:
        use = unit.members[0].use
        near = [floors[unit.pinned]] if unit.pinned else list(floors.values())
        floor, way = best_floor(unit.members, near, units_left=waiting[use])
        waiting[use] -= 1
        if floor is None or way is None:
            made.left.append((unit, _why(unit, near)))
        else:
            floor.take(use, way.rooms)
            made.placements.extend(way.placements)
    return made


def _by_hardness(units: Sequence[Unit]) -> list[Unit]:
    """The hardest company of each use first, so that every use gets a floor; then all, hardest first."""
    order = sorted(units, key=lambda unit: (unit.hardness, unit.members[0].id))
    leaders: dict[FloorUse, Unit] = {}
    for unit in order:
        leaders.setdefault(unit.members[0].use, unit)
    return [*leaders.values(), *(unit for unit in order if leaders[unit.members[0].use] is not unit)]


def _floors(
    rooms: Sequence[Room],
    floor_use: Mapping[Place, FloorUse],
    kept: Sequence[Placement],
    guests: Sequence[Guest],
) -> dict[Place, Floor]:
    """The floors as they stand before anybody new is placed."""
    floors, by_id = floors_of(rooms, floor_use), {room.id: room for room in rooms}
    uses = {guest.id: guest.use for guest in guests}
    for guest, room in kept:
        floors[by_id[room].place].take(uses[guest], [by_id[room]])
    return floors


def _why(unit: Unit, floors: Sequence[Floor]) -> str:
    """The nearest reason why no floor took a unit."""
    legal = [room for floor in floors if floor.legal_for(unit.members[0].use) for room in floor.free]
    if not legal:
        return "no_floor" if any(floor.free for floor in floors) else "no_room"
    if any(not any(room.suits(guest) for room in legal) for guest in unit.members):
        return "need_not_met"
    return "party_does_not_fit"


def _plan(
    guests: Sequence[Guest],
    groups: Sequence[Sequence[Guest]],
    rooms: Sequence[Room],
    placements: Sequence[Placement],
    refused: Sequence[Unplaced],
) -> RoomPlan:
    room_of, why = dict(placements), {one.guest: one for one in refused}
    place = {room.id: room.place for room in rooms}
    return RoomPlan(
        placements=tuple(Placement(guest.id, room_of[guest.id]) for guest in guests if guest.id in room_of),
        unplaced=tuple(why[guest.id] for guest in guests if guest.id in why),
        rooms_used=len(set(room_of.values())),
        floors_used=len({place[room] for room in room_of.values()}),
        lower_bound=_fewest_rooms(groups, rooms, room_of),
    )


def _fewest_rooms(groups: Sequence[Sequence[Guest]], rooms: Sequence[Room], room_of: Mapping[str, str]) -> int:
    """Rooms that the placed people need at least: companies never share, and no room has more beds than the largest."""
    placed = [sum(guest.id in room_of for guest in group) for group in groups]
    return sum(fewest_rooms(count, rooms) for count in placed)
