"""The checker of transport plans sees every deliberate breakage, and judges as the benchmark's own checker does."""

import json
from copy import deepcopy

import pytest

from hucheng.engines.planning.refusal import PlanRefused
from hucheng.engines.planning.solving import judge, solve
from hucheng.engines.planning.transport.tests.cases import COACH, flights, read, told

TWO = told([("a", 1, 20, 0), ("a", 2, 10, 0), ("b", 1, 9, 0)], vehicles=[COACH | {"count": 2}])


def plan():
    return {
        "trips": [
            {"vehicle": [0, 0], "depart": 15, "orders": [0, 1], "route": [1, 2]},
            {"vehicle": [0, 1], "depart": 20, "orders": [2], "route": [1]},
        ]
    }


def test_a_legal_plan_costs_driving_waiting_and_vehicles():
    verdict = judge("transport", read(TWO), plan())
    assert verdict.legal
    assert verdict.parts == {
        "waiting": pytest.approx(0.2 * 9 * 5),
        "driving": 6 * (15 + 15 + 20 + 30),
        "vehicles": 1200,
    }


BREAKAGES = {
    "vehicle_exists": lambda trips: trips[1].update(vehicle=[0, 2]),
    "order_once": lambda trips: trips[0].update(orders=[0, 1, 1]),
    "every_order_served": lambda trips: trips.pop(),
    "one_cohort_per_trip": lambda trips: trips[0].update(orders=[0, 1, 2]),
    "capacity": lambda trips: trips[0].update(orders=[0, 1, 2]),
    "route_matches_orders": lambda trips: trips[0].update(route=[1]),
    "max_stops": lambda trips: trips[0].update(route=[1, 2, 3, 4]),
    "time_on_board": lambda trips: trips[0].update(route=[2, 1, 2, 1, 2, 1]),
    "not_before_ready": lambda trips: trips[0].update(depart=14),
    "max_wait": lambda trips: trips[0].update(depart=106),
    "vehicle_overlap": lambda trips: trips[1].update(vehicle=[0, 0]),
    "night_barred": lambda trips: trips[0].update(depart=60),
    "driver_shift": lambda trips: trips[1].update(vehicle=[0, 0], depart=1000),
}


@pytest.mark.parametrize("rule", sorted(BREAKAGES))
def test_a_broken_rule_is_named(rule):
    instance, broken = deepcopy(TWO), plan()
    instance["params"]["barred"] = [[10, 15], [120, 300]]
    instance["minutes"] = [[abs(a - b) * 15 for b in range(5)] for a in range(5)]
    BREAKAGES[rule](broken["trips"])
    assert rule in {name for name, _ in judge("transport", read(instance), broken).violations}


def test_our_checker_and_the_benchmarks_agree_on_plans_whole_and_broken(verify):
    instance = flights(seed=4, count=1)
    made = solve("transport", instance, seconds=1000, steps=1).plan
    for change in (
        lambda trips: None,
        *(BREAKAGES[rule] for rule in sorted(BREAKAGES) if rule not in ("vehicle_exists", "night_barred")),
    ):
        spoiled = deepcopy(made)
        change(spoiled["trips"])
        ours = judge("transport", read(instance), spoiled)
        theirs = verify.check(instance | {"name": "made"}, spoiled)
        assert ours.legal == theirs["feasible"]
        if {name for name, _ in ours.violations} != {"malformed_plan"}:
            assert {name for name, _ in theirs["violations"]} <= {name for name, _ in ours.violations}


def test_the_small_instance_is_solved_better_than_best_known(reference, verify):
    instance = json.loads((reference / "planning" / "transport-small.json").read_text(encoding="utf-8"))
    answer = solve("transport", instance, seconds=1000, steps=2)
    seen = verify.check(instance, answer.plan)
    assert seen["feasible"] and seen["objective"] == pytest.approx(answer.objective)
    assert instance["lower_bound"] < answer.bound <= answer.objective < instance["best_known"] < instance["greedy"]


def change(path, value):
    instance = deepcopy(TWO)
    inner = instance
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return instance


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (("orders", 1, "pax"), 40, "party_over_seats", "orders[1].pax"),
        (("orders", 1, "pax"), 0, "out_of_range", "orders[1].pax"),
        (("orders", 1, "hotel"), 9, "out_of_range", "orders[1].hotel"),
        (("orders", 1, "hotel"), 0, "out_of_range", "orders[1].hotel"),
        (("orders", 2, "ready"), -5, "out_of_range", "orders[2].ready"),
        (("minutes", 1), [0, 1], "wrong_length", "minutes[1]"),
        (("vehicles",), [], "no_vehicles", "vehicles"),
        (("vehicles", 0, "fixed"), float("nan"), "out_of_range", "vehicles[0].fixed"),
        (("params", "max_stops"), 0, "out_of_range", "params.max_stops"),
        (("params", "w_wait"), "0.2", "not_a_number", "params.w_wait"),
        (("params", "barred"), [[300, 120]], "backwards", "params.barred[0]"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_input_is_refused_with_its_place(path, value, code, where):
    with pytest.raises(PlanRefused) as refusal:
        read(change(path, value))
    assert (refusal.value.code, refusal.value.path) == (code, where)
