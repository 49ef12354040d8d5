"""Rooms of the open benchmark, judged by its own checker, which shares no line with the planner."""

import json
from collections import defaultdict

import pytest

from hucheng.engines.planning import FloorUse, Guest, Room, assign_rooms, check_plan


def instance(reference, name):
    return json.loads((reference / "planning" / f"{name}.json").read_text(encoding="utf-8"))


def rooms_of(told):
    """Rooms, clean or not when the first flight comes; a zone is a floor, with halal food or not."""
    first = min(flight["arrive"] for flight in told["flights"])
    return [
        Room(str(n), "H", zone, beds, bool(ramp), bool(told["zones"][zone]["halal"]), clean=ready <= first)
        for n, (zone, beds, ramp, _level, ready) in enumerate(told["rooms"])
    ]


def floors_in_use(told):
    locked = ((zone, at["locked"]) for zone, at in enumerate(told["zones"]) if at["locked"])
    return {("H", zone): FloorUse(str(risk), str(day)) for zone, (day, risk, _flights) in locked}


def guests_of(told):
    """A group's men, women and minors; its ramp is for one of them, its food for all."""
    return [
        Guest(
            f"{n}:{place}:{kind}",
            str(n) if len(members) > 1 else "",
            8 if kind == "c" else 30,
            risk=str(risk),
            cohort=str(told["flights"][flight]["day"]),
            needs=frozenset((["wheelchair"] if ramp and place == 0 else []) + (["halal"] if halal else [])),
        )
        for n, (flight, risk, men, women, minors, ramp, halal, _care) in enumerate(told["groups"])
        for members in ["m" * men + "f" * women + "c" * minors]
        for place, kind in enumerate(members)
    ]


def solution(told, plan):
    """The plan in the benchmark's own form: per group the rooms with men, women and minors."""
    cells = defaultdict(lambda: [0, 0, 0])
    for guest, room in plan.placements:
        group, _place, kind = guest.split(":")
        cells[int(group), int(room)]["mfc".index(kind)] += 1
    assign = [[] for _group in told["groups"]]
    for (group, room), counts in cells.items():
        assign[group].append([room, *counts])
    return {"assign": assign}


def test_the_small_instance_is_solved_legally_and_near_the_best_known(reference, verify):
    told = instance(reference, "rooms-small")
    guests, rooms, used = guests_of(told), rooms_of(told), floors_in_use(told)
    plan = assign_rooms(guests, rooms, floor_use=used)
    assert plan.unplaced == () and check_plan(guests, rooms, plan, floor_use=used) == []
    broken = verify.V()
    cost = sum(verify.rooms(told, solution(told, plan), broken).values())
    assert broken == []
    assert told["best_known"] <= cost <= 1.02 * told["best_known"] < told["greedy"]
    assert plan.rooms_used == plan.lower_bound


def test_where_no_plan_exists_the_legal_part_is_given_and_the_rest_told_why(reference, verify):
    told = instance(reference, "rooms-infeasible")
    assert told["expected"] == "infeasible"
    guests, rooms, used = guests_of(told), rooms_of(told), floors_in_use(told)
    plan = assign_rooms(guests, rooms, floor_use=used)
    assert check_plan(guests, rooms, plan, floor_use=used) == []
    assert plan.unplaced and all(one.why.zh and one.do.en for one in plan.unplaced)
    left_out = {int(one.guest.split(":")[0]) for one in plan.unplaced}
    broken = verify.V()
    verify.rooms(told, solution(told, plan), broken)
    assert {(rule, int(where)) for rule, where in broken} == {("every_person_once", group) for group in left_out}


@pytest.mark.parametrize("rule", ["every_person_once", "beds", "no_sharing_between_parties", "family_one_zone"])
def test_the_checker_of_the_benchmark_sees_a_plan_that_is_spoiled(reference, verify, rule):
    """It would be no judge if it let everything pass."""
    told = instance(reference, "rooms-small")
    made = solution(told, assign_rooms(guests_of(told), rooms_of(told), floor_use=floors_in_use(told)))["assign"]
    family = next(n for n, group in enumerate(told["groups"]) if sum(group[2:5]) > 1 and group[2] + group[3] > 1)
    single = next(n for n, group in enumerate(told["groups"]) if sum(group[2:5]) == 1)
    here = made[family][0]
    other = next(n for n, room in enumerate(told["rooms"]) if room[0] != told["rooms"][here[0]][0])
    if rule == "every_person_once":
        made[family] = []
    elif rule == "family_one_zone":
        man = [1, 0] if here[1] else [0, 1]
        made[family] = [[here[0], here[1] - man[0], here[2] - man[1], here[3]], [other, *man, 0]]
    else:
        for group in (single, family):
            made[group] = [[0, *told["groups"][group][2:5]]]
    broken = verify.V()
    verify.rooms(told, {"assign": made}, broken)
    assert rule in {name for name, _where in broken}
