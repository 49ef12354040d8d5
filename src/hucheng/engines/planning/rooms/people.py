"""Rooms for the people of flights, by name: families together, one risk class and flight a floor, strangers apart.

The search is that of flights landing in turn (`online.py`): whoever has a room keeps it, and what is still to come has
a price. It is counted in steps, so a page that asks twice, to show and to do, gets the same plan. Every plan passes
both checkers, that of the instance and that by name, before it is given.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hucheng.engines.planning.check import check_plan
from hucheng.engines.planning.guests import FloorUse, Guest, Place, Placement, Room, RoomPlan, Unplaced
from hucheng.engines.planning.reasons import unplaced
from hucheng.engines.planning.rooms.grounds import joining
from hucheng.engines.planning.rooms.online import Expected
from hucheng.engines.planning.rooms.vacancies import Vacancies, refuse_unsound
from hucheng.engines.planning.units import keep_placements, parts

UNKNOWN = Expected(rooms=0, accessible=1)
"""What is expected where nothing is known: one party with a wheelchair, so that others leave it a floor if they can."""


def assign_rooms(
    guests: Sequence[Guest],
    rooms: Sequence[Room],
    *,
    floor_use: Mapping[Place, FloorUse] | None = None,
    keep: Mapping[str, str] | None = None,
    expected: Expected = UNKNOWN,
) -> RoomPlan:
    """Propose a room for every guest.

    guests     people to place, of any number of flights; companies are parties and named guardians
    rooms      free rooms (those named in keep included); those not clean take nobody in
    floor_use  (house, floor) -> (risk, cohort) of people already living there
    keep       guest id -> room id for placements that must not change; their rooms are left as they are or refused
    expected   rooms, and parties with a wheelchair, that are still to come (UNKNOWN)
    gives      a legal plan, the same for the same input; whoever has no room is told why
    raises     ValueError for two guests or two rooms of one id, PlanRefused for a plan that a checker does not pass

    Hard: beds; a dependent never in a room without an adult of the company; companies never share a room and stay on
    one floor; one use a floor; wheelchair and halal. Wished: few rooms, few floors, neighbours where a company has
    several rooms, rooms fit for a wheelchair left to those who need one.
    """
    _refuse_doubles(guests, rooms)
    groups, no_adult = parts(guests)
    ready = {room.id: room for room in rooms if room.clean}
    kept = keep_placements(groups, ready, floor_use or {}, keep or {})
    state = Vacancies([*rooms], dict(floor_use or {}), max((room.beds for room in rooms), default=0))
    state.settle(kept.placements, {guest.id: guest for guest in guests})
    for unit in kept.units:
        if unit.pinned:
            state.place([unit], UNKNOWN)
    state.place([unit for unit in kept.units if not unit.pinned], expected)
    lacking = [unplaced(guest.id, state.why(unit)) for unit in state.left for guest in unit.members]
    plan = room_plan(guests, groups, rooms, [*kept.placements, *state.placements], no_adult + kept.refused + lacking)
    grounds = state.grounds | joining(kept.placements, keep or {})
    plan = replace(plan, grounds=grounds, conflict=state.conflict())
    refuse_unsound(check_plan(guests, rooms, plan, floor_use=floor_use))
    return plan


def _refuse_doubles(guests: Sequence[Guest], rooms: Sequence[Room]) -> None:
    for name, ids in (("guests", [guest.id for guest in guests]), ("rooms", [room.id for room in rooms])):
        if double := [one for one, count in Counter(ids).items() if count > 1]:
            raise ValueError(f"{name} must have one id each, twice: {', '.join(double[:5])}")


def room_plan(
    guests: Sequence[Guest],
    groups: Sequence[Sequence[Guest]],
    rooms: Sequence[Room],
    placements: Sequence[Placement],
    refused_guests: Sequence[Unplaced],
) -> RoomPlan:
    """Give the plan of who was placed and who was not, with the count of rooms and the simple bound."""
    room_of, why = dict(placements), {one.guest: one for one in refused_guests}
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
    most = max((room.beds for room in rooms), default=1)
    return sum(-(-sum(guest.id in room_of for guest in group) // most) for group in groups)
