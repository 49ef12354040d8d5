"""Floors close: those who live there move, within their house where it has the rooms; everybody else stays.

Nobody makes way: the room of whoever did would have to be disinfected first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hucheng.engines.planning.check import check_plan
from hucheng.engines.planning.guests import FloorUse, Guest, Place, Room, RoomPlan
from hucheng.engines.planning.reasons import unplaced
from hucheng.engines.planning.rooms.people import room_plan
from hucheng.engines.planning.rooms.vacancies import Vacancies, refuse_unsound
from hucheng.engines.planning.units import Unit, parts


def close_floors(
    guests: Sequence[Guest],
    rooms: Sequence[Room],
    *,
    homes: Mapping[str, Room],
    floor_use: Mapping[Place, FloorUse],
) -> RoomPlan:
    """Propose another room for everybody who lives on floors that close.

    guests     all who live there, whom companions on other floors are not counted among
    rooms      free rooms, those of the floors that close among them or not: nobody is put there
    homes      guest id -> the room of today; its floor is one that closes
    floor_use  (house, floor) -> (risk, cohort) of people living there
    gives      a legal plan of the moves, the same for the same input; whoever finds no room is told why and stays
    raises     PlanRefused for a plan that a checker does not pass
    """
    closed = {room.place for room in homes.values()}
    open_rooms = [room for room in rooms if room.place not in closed]
    groups, no_adult = parts(guests)
    units = [Unit(tuple(group)) for group in groups]
    most = max((room.beds for room in [*open_rooms, *homes.values()]), default=0)
    state = Vacancies(open_rooms, dict(floor_use), most)
    for house in sorted({house for house, _floor in closed}):
        here = [unit for unit in units if _house(unit, homes) == house]
        inside = Vacancies([room for room in state.free if room.house == house], state.used, most)
        inside.rehouse(here, homes)
        state.adopt(inside)
        state.rehouse(inside.left, homes)
    lacking = [unplaced(guest.id, state.why(unit)) for unit in state.left for guest in unit.members]
    plan = room_plan(guests, groups, open_rooms, state.placements, no_adult + lacking)
    plan = replace(plan, grounds=state.grounds, conflict=state.conflict())
    refuse_unsound(check_plan(guests, open_rooms, plan, floor_use=floor_use))
    return plan


def _house(unit: Unit, homes: Mapping[str, Room]) -> str:
    return homes[unit.members[0].id].house
