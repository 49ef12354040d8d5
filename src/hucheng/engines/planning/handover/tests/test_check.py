"""The checker of handover plans sees every deliberate breakage, and judges as the benchmark's own checker does."""

import json
from copy import deepcopy

import pytest

from hucheng.engines.planning.handover.rules import first_plans
from hucheng.engines.planning.handover.tests.cases import read, releases, told
from hucheng.engines.planning.refusal import PlanRefused
from hucheng.engines.planning.solving import judge, solve

ONE = told([(0, 0, 0, 9), (1, 0, 1, 6)], city_capacity=14, city_teams=1)


def plan():
    return {
        "trips": [
            {"day": 1, "county": 0, "team": "own", "pick": [[0, 0, 9]]},
            {"day": 1, "county": 0, "team": "city", "pick": [[1, 1, 6]]},
        ]
    }


def test_a_legal_plan_costs_trips_stops_the_citys_team_and_delay():
    verdict = judge("handover", read(ONE), plan())
    assert verdict.legal and verdict.parts == {"trips": 2 * 200 + 150 + 2 * 25, "delay": 4 * 9}


BREAKAGES = {
    "max_hotels": lambda trips: trips[0].update(pick=[[house, 0, 1] for house in range(4)]),
    "capacity": lambda trips: trips[0].update(pick=[[0, 0, 13]]),
    "release_window": lambda trips: trips[0].update(day=3),
    "integer_people": lambda trips: trips[0]["pick"].append([1, 1, 0]),
    "everyone_handed_over_once": lambda trips: trips.pop(),
    "teams_per_day": lambda trips: trips.extend(deepcopy(trips[:1]) * 2),
}


@pytest.mark.parametrize("rule", sorted(BREAKAGES))
def test_a_broken_rule_is_named(rule):
    broken = plan()
    BREAKAGES[rule](broken["trips"])
    assert rule in {name for name, _ in judge("handover", read(ONE), broken).violations}


def test_too_many_trips_by_the_city_are_seen():
    broken = plan()
    broken["trips"].append(deepcopy(broken["trips"][1]))
    assert ("teams_per_day", "(-1, 1)") in judge("handover", read(ONE), broken).violations


def test_a_team_of_nobody_is_no_plan():
    broken = plan()
    broken["trips"][0]["team"] = "army"
    assert judge("handover", read(ONE), broken).violations[0].rule == "malformed_plan"


@pytest.mark.parametrize("rule", ["none", *sorted(BREAKAGES)])
def test_our_checker_and_the_benchmarks_agree_on_plans_whole_and_broken(verify, rule):
    instance = releases(seed=4)
    made = deepcopy(next(iter(first_plans(read(instance)))))
    BREAKAGES.get(rule, lambda trips: None)(made["trips"])
    ours, theirs = judge("handover", read(instance), made), verify.check(instance | {"name": "made"}, made)
    assert {name for name, _ in ours.violations} == {name for name, _ in theirs["violations"]}
    assert ours.objective == pytest.approx(theirs["objective"])


def test_the_small_instance_is_solved_to_the_optimum(reference, verify):
    instance = json.loads((reference / "planning" / "handover-small.json").read_text(encoding="utf-8"))
    answer = solve("handover", instance, seconds=60)
    assert answer.status == "optimal" and answer.objective == instance["best_known"]
    assert verify.check(instance, answer.plan)["feasible"]


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"days": 0}, "out_of_range", "days"),
        ({"demand": [[0, 0, 0]]}, "wrong_length", "demand[0]"),
        ({"demand": [[0, 1, 0, 5]]}, "out_of_range", "demand[0][1]"),
        ({"demand": [[0, 0, 99, 5]]}, "out_of_range", "demand[0][2]"),
        ({"demand": [[0, 0, 0, 0]]}, "out_of_range", "demand[0][3]"),
        ({"demand": [[0, 0, 0, 5], [0, 0, 0, 6]]}, "demand_twice", "demand[1]"),
        (
            {"counties": [{"name": "a", "capacity": 0, "teams": 1, "trip_cost": 5}]},
            "out_of_range",
            "counties[0].capacity",
        ),
        ({"params": ONE["params"] | {"max_hotels": 0}}, "out_of_range", "params.max_hotels"),
        ({"params": ONE["params"] | {"hop": -1}}, "out_of_range", "params.hop"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_input_is_refused_with_its_place(change, code, where):
    with pytest.raises(PlanRefused) as refusal:
        read(ONE | change)
    assert (refusal.value.code, refusal.value.path) == (code, where)
