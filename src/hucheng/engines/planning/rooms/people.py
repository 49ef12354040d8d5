"""Rooms for people by name: the engine chooses floors and divisions, then seating names rooms side by side.

A floor is a zone, and a floor serves one cohort (flight and day) of one risk class: each use is a flight of its own
to the engine. A page asks twice, to show and to do, so only the rules decide here, which give the same every time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from hucheng.engines.planning.floors import Floor, Place, floors_of
from hucheng.engines.planning.guests import HALAL, WHEELCHAIR, FloorUse, Guest, Placement, Room, RoomPlan, Unplaced
from hucheng.engines.planning.reasons import unplaced
from hucheng.engines.planning.rooms import instance as asked
from hucheng.engines.planning.rooms.counts import counted
from hucheng.engines.planning.rooms.naming import matched, party_slots
from hucheng.engines.planning.rooms.rules import first_filling
from hucheng.engines.planning.seating import Seating, best_seating, fewest_rooms
from hucheng.engines.planning.units import Unit, keep_placements, parts

WEIGHTS = asked.Weights(room=10, zone=30, mix=25, split=6, share=8, med=15)
"""As the open benchmark weighs them (reference/planning, format hucheng-plan-1)."""

Kinds = frozenset[tuple[int, bool]]
"""Kinds of rooms: beds, accessible."""


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
    one floor; one use a floor; wheelchair and halal. Wished: few rooms, few floors, neighbours, single beds for
    single people, quiet and the like.
    """
    _refuse_doubles(guests, rooms)
    groups, refused = parts(guests)
    used = floor_use or {}
    kept = keep_placements(groups, {room.id: room for room in rooms}, used, keep or {})
    floors, by_id = floors_of(rooms, used), {room.id: room for room in rooms}
    uses = {guest.id: guest.use for guest in guests}
    for guest, room in kept.placements:
        floors[by_id[room].place].take(uses[guest], [by_id[room]])
    placements, left = _place(kept.units, floors)
    refused += kept.refused + [unplaced(guest.id, code) for unit, code in left for guest in unit.members]
    return _plan(guests, groups, rooms, kept.placements + placements, refused)


def _refuse_doubles(guests: Sequence[Guest], rooms: Sequence[Room]) -> None:
    for name, ids in (("guests", [guest.id for guest in guests]), ("rooms", [room.id for room in rooms])):
        if double := [one for one, count in Counter(ids).items() if count > 1]:
            raise ValueError(f"{name} must have one id each, twice: {', '.join(double[:5])}")


def _place(units: Sequence[Unit], floors: dict[Place, Floor]) -> tuple[list[Placement], list[tuple[Unit, str]]]:
    """Place those tied to a floor first, then all others as the engine says, then whom it left where a room is."""
    order = sorted(units, key=lambda unit: (unit.hardness, unit.members[0].id))
    placements: list[Placement] = []
    waiting = [unit for unit in order if not (unit.pinned and _seat_on(unit, floors[unit.pinned], placements))]
    for unit, floor, kinds in _chosen([unit for unit in waiting if not unit.pinned], list(floors.values())):
        if _seat_on(unit, floor, placements, kinds) or _seat_on(unit, floor, placements):
            waiting.remove(unit)
    left = []
    for unit in waiting:
        near = [floors[unit.pinned]] if unit.pinned else list(floors.values())
        if not any(_seat_on(unit, floor, placements) for floor in sorted(near, key=lambda floor: floor.use is None)):
            left.append((unit, _why(unit, near)))
    return placements, left


def _seat_on(unit: Unit, floor: Floor, placements: list[Placement], kinds: Kinds | None = None) -> bool:
    """Seat a unit on a floor, in rooms of the given kinds if they are given; tells whether it found room."""
    use = unit.members[0].use
    free = [room for room in floor.free if kinds is None or (room.beds, room.accessible) in kinds]
    way: Seating | None = best_seating(unit.members, free, floor.position) if floor.legal_for(use) else None
    if way is None:
        return False
    floor.take(use, way.rooms)
    placements.extend(way.placements)
    return True


def _chosen(
    units: Sequence[Unit], floors: Sequence[Floor]
) -> Iterator[tuple[Unit, Floor, frozenset[tuple[int, bool]]]]:
    """Give each unit that the engine places, its floor and the kinds of rooms meant for it, hardest first."""
    floors = [floor for floor in floors if floor.free]
    most = max((room.beds for floor in floors for room in floor.free), default=0)
    units = [unit for unit in units if _size(unit)[0] <= most * (_size(unit)[1] or _size(unit)[0])]
    counts = counted(_instance(units, floors))
    spaces, _ = first_filling(counts)
    waiting = [list(reversed(members)) for members in counts.members]
    first = {place: sum(len(floor.free) for floor in floors[:place]) for place in range(len(floors))}
    for space in spaces:
        floor, kinds = floors[space.number], defaultdict[int, set[tuple[int, bool]]](set)
        slots = [
            slot
            for (number, pattern), parties in space.pieces.items()
            for _ in range(parties)
            for slot in party_slots(counts, waiting[number].pop(), counts.classes[number].patterns[pattern])
        ]
        own = range(first[space.number], first[space.number] + len(floor.free))
        for slot, room in zip(slots, matched(counts, slots, own) or (), strict=False):
            kinds[slot.inside[0][0]].add((counts.instance.rooms[room].beds, counts.instance.rooms[room].accessible))
        yield from ((units[number], floor, frozenset(kinds[number])) for number in sorted(kinds))


def _instance(units: Sequence[Unit], floors: Sequence[Floor]) -> asked.RoomsInstance:
    """Give the problem of the engine: a floor is a zone, a use is a flight of a day of its own."""
    uses = list(dict.fromkeys([unit.members[0].use for unit in units] + [floor.use for floor in floors if floor.use]))
    place = {use: number for number, use in enumerate(uses)}
    rooms = tuple(
        asked.Room(number, room.beds, room.accessible, 0, 0)
        for number, floor in enumerate(floors)
        for room in floor.free
    )
    zones = tuple(
        asked.Zone(
            0,
            all(HALAL in room.offers for room in floor.free),
            asked.Lock(place[floor.use], 0, frozenset({place[floor.use]})) if floor.use else None,
        )
        for floor in floors
    )
    return asked.RoomsInstance(
        sharing=False,
        weights=WEIGHTS,
        flights=tuple(asked.Flight(use.cohort, number, 0) for number, use in enumerate(uses)),
        zones=zones,
        rooms=rooms,
        groups=tuple(_group(unit, place[unit.members[0].use]) for unit in units),
        most_beds=max((room.beds for room in rooms), default=1),
    )


def _group(unit: Unit, flight: int) -> asked.Group:
    size, adults = _size(unit)
    musts = {need for guest in unit.members for need in guest.needs}
    adults = adults or size
    return asked.Group(flight, 0, adults, 0, size - adults, WHEELCHAIR in musts, HALAL in musts, 0)


def _size(unit: Unit) -> tuple[int, int]:
    """Give the people of a unit and, if anybody depends on an adult, those known to be adult."""
    wards = any(guest.dependent for guest in unit.members)
    return len(unit.members), sum(guest.adult for guest in unit.members) if wards else 0


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
