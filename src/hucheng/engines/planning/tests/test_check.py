"""The checker finds each kind of breach, one planted at a time."""

from dataclasses import replace

import pytest

from hucheng.engines.planning import Placement, RoomPlan, assign_rooms, check_plan
from hucheng.engines.planning.reasons import reasons, unplaced
from hucheng.engines.planning.tests.cases import USES, a_guest, a_room

GUESTS = [
    a_guest("mother", "p"),
    a_guest("child", "p", 6),
    a_guest("rider", needs=["wheelchair"]),
    a_guest("halal", needs=["halal"]),
    a_guest("contact", use=USES[1]),
]
ROOMS = [
    a_room("101", beds=2),
    a_room("102", accessible=True),
    a_room("103", halal=True),
    a_room("104", beds=2),
    a_room("201", 2, beds=2),
    a_room("202", 2, clean=False),
]
LEGAL = {"mother": "101", "child": "101", "rider": "102", "halal": "103", "contact": "201"}


def a_plan(changes, bound=0):
    rooms = {**LEGAL, **changes}
    return RoomPlan(tuple(Placement(*pair) for pair in rooms.items() if pair[1]), (), 0, 0, bound)


def test_the_legal_plan_has_no_fault():
    assert check_plan(GUESTS, ROOMS, a_plan({})) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"child": ""}, "child must stand in the plan once"),
        ({"nobody": "104"}, "nobody is not on the list"),
        ({"rider": "999"}, "room 999 does not exist"),
        ({"halal": "102"}, "holds 2 people in 1 beds"),
        ({"rider": "101"}, "strangers share room 101"),
        ({"child": "104"}, "a dependent is in room 104 without"),
        ({"rider": "104"}, "does not meet a need of rider"),
        ({"halal": "104"}, "does not meet a need of halal"),
        ({"contact": "104"}, "floor 1 of H01 mixes"),
        ({"mother": "201"}, "is on several floors"),
        ({"contact": "202"}, "room 202 waits for disinfection"),
    ],
)
def test_each_breach_is_found(changes, said):
    faults = check_plan(GUESTS, ROOMS, a_plan(changes))
    assert any(said in fault.en for fault in faults)
    assert all(fault.zh for fault in faults)


def test_people_already_on_a_floor_count():
    faults = check_plan(GUESTS, ROOMS, a_plan({}), floor_use={("H01", 2): USES[0]})
    assert [fault.en for fault in faults] == ["floor 2 of H01 mixes risk classes or flights"]


def test_a_guest_both_placed_and_refused_is_found():
    plan = a_plan({})
    twice = RoomPlan(plan.placements, (unplaced("rider", "no_room"),), 0, 0, 0)
    assert "2 times" in check_plan(GUESTS, ROOMS, twice)[0].en


def test_a_bound_above_the_plan_is_found():
    assert "fewer than the bound" in check_plan(GUESTS, ROOMS, a_plan({}, bound=5))[0].en


def test_the_planner_finds_a_legal_plan_here():
    rooms = [replace(room, halal=True) for room in ROOMS]
    plan = assign_rooms(GUESTS, rooms)
    assert check_plan(GUESTS, rooms, plan) == [] and not plan.unplaced


def test_every_reason_says_why_and_what_to_do_in_both_languages():
    for why, do in reasons().values():
        assert all((why.zh, why.en, do.zh, do.en))
