"""Transport plans: as good as trying all, bounds below, repeatable, stoppable, and why there are none."""

import pytest
from hypothesis import example, given, settings

from hucheng.engines.planning.solving import judge, solve
from hucheng.engines.planning.transport.tests.cases import (
    COACH,
    MINIBUS,
    PARAMS,
    best_by_trying,
    flights,
    read,
    tiny,
    told,
)

AT_ONCE = told([("a", 1, 9, 0), ("b", 1, 9, 10)], vehicles=[COACH | {"count": 1}], max_wait=30)


@settings(max_examples=6)
@given(tiny())
@example(AT_ONCE)
def test_a_tiny_instance_is_solved_as_well_as_trying_all(instance):
    best = best_by_trying(read(instance))
    answer = solve("transport", instance, seconds=20, workers=1)
    if best is None:
        assert answer.plan is None
    else:
        assert answer.bound <= best + 1e-6
        assert answer.objective == pytest.approx(best)


@settings(max_examples=3)
@given(tiny())
def test_a_bound_holds_where_a_shift_is_hardly_longer_than_a_trip(instance):
    instance["params"]["shift_max"] = 150
    best = best_by_trying(read(instance))
    answer = solve("transport", instance, seconds=20, workers=1)
    assert best is None or answer.bound <= best + 1e-6 <= answer.objective + 2e-6


@pytest.fixture(scope="module")
def solved():
    instance = flights(seed=1, count=1)
    return instance, solve("transport", instance, seconds=1000, steps=2)


def test_a_plan_only_gets_better_and_its_bound_only_rises(solved):
    _, answer = solved
    objectives = [point.objective for point in answer.trace if point.objective is not None]
    bounds = [point.bound for point in answer.trace if point.bound is not None]
    assert objectives == sorted(objectives, reverse=True) and bounds == sorted(bounds)
    assert answer.trace[0].objective > answer.objective >= answer.bound > 0


def test_the_same_seed_and_steps_give_the_same_plan(solved):
    instance, answer = solved
    assert solve("transport", instance, seconds=1000, steps=2).plan == answer.plan


def test_a_warm_plan_is_never_made_worse(solved):
    instance, answer = solved
    warm = solve("transport", instance, seconds=1000, steps=1, warm=answer.plan)
    assert warm.objective <= answer.objective


def test_a_warm_plan_of_other_starts_is_kept_until_a_better_one_is_found(solved):
    instance, answer = solved
    later = {"trips": [dict(trip) for trip in answer.plan["trips"]]}
    later["trips"][-1]["depart"] += 1
    assert solve("transport", instance, seconds=1000, steps=1, warm=later).objective <= answer.objective + 7.2


def test_a_cancelled_search_gives_its_first_plan():
    answer = solve("transport", flights(seed=2, count=2), seconds=1000, cancelled=lambda: True)
    assert answer.status == "best_so_far" and answer.plan is not None and answer.bound is None


def test_a_cancel_is_seen_within_the_search():
    asked = iter([False] * 200)
    answer = solve("transport", flights(seed=2, count=2), seconds=1000, cancelled=lambda: next(asked, True))
    assert answer.plan is not None and answer.status == "best_so_far"


def test_nobody_to_move_needs_no_trip():
    answer = solve("transport", told([]), seconds=1)
    assert (answer.status, answer.plan) == ("optimal", {"trips": []})


def test_the_rules_that_conflict_are_named_with_what_would_help():
    conflict = solve("transport", AT_ONCE, seconds=60).conflict
    assert set(conflict.rules) == {"vehicle_exists", "max_wait"}
    ways = {way.rule: way.amount for way in conflict.relaxations}
    assert ways["vehicle_exists"] == 1
    longer = AT_ONCE["params"] | {"max_wait": 30 + ways["max_wait"]}
    assert best_by_trying(read(AT_ONCE | {"params": longer})) is not None
    assert "等候" in conflict.words.zh and "vehicles" in conflict.words.en


@pytest.mark.parametrize("asked", [30, 60, 90])
def test_no_conflict_is_named_when_a_cancel_cut_the_search_for_it_short(asked):
    answers = iter([False] * asked)
    answer = solve("transport", AT_ONCE, seconds=60, cancelled=lambda: next(answers, True))
    assert answer.conflict is None and answer.status == "no_plan_yet"


@pytest.mark.parametrize(
    ("rule", "params"), [("time_on_board", {"max_on_board": 20}), ("driver_shift", {"shift_max": 60})]
)
def test_one_rule_that_no_trip_can_keep_is_the_whole_conflict(rule, params):
    conflict = solve("transport", told([("a", 1, 9, 0)], **params), seconds=60).conflict
    assert conflict.rules == (rule,)
    assert [way.safety for way in conflict.relaxations] == [rule == "driver_shift"]


def test_a_fleet_too_small_for_the_rules_is_still_used_in_full():
    """The rules send each batch as it comes and run out of vehicles; the search lets people wait for one."""
    orders = [("a", 1, 8, 0), ("a", 1, 8, 30), ("a", 1, 8, 60), ("b", 1, 8, 80)]
    instance = told(orders, vehicles=[COACH | {"count": 1}, MINIBUS | {"count": 0}], max_wait=130)
    answer = solve("transport", instance, seconds=20)
    assert judge("transport", read(instance), answer.plan).legal
    assert answer.objective == pytest.approx(best_by_trying(read(instance)))


NIGHT = [[120, 300]]


def test_nobody_is_driven_in_barred_hours_or_beyond_a_drivers_shift():
    """Those who are ready before two are home by then, those who land at night wait for five o'clock."""
    orders = [("a", 1, 9, 40), ("a", 2, 9, 45), ("b", 1, 9, 60), ("c", 2, 9, 200), ("c", 1, 9, 215)]
    instance = told(orders, max_wait=250, shift_max=300, barred=NIGHT)
    answer = solve("transport", instance, seconds=20)
    assert judge("transport", read(instance), answer.plan).legal
    departures = sorted(trip["depart"] for trip in answer.plan["trips"])
    assert departures[-1] == 300 and not any(120 <= depart < 300 for depart in departures)
    by_night = {tuple(trip["vehicle"]) for trip in answer.plan["trips"] if trip["depart"] < 120}
    assert not by_night & {tuple(trip["vehicle"]) for trip in answer.plan["trips"] if trip["depart"] >= 300}
    assert answer.objective == pytest.approx(answer.bound, rel=0.1) and answer.bound <= answer.objective


def test_the_night_is_opened_only_with_approval_and_last():
    conflict = solve("transport", told([("a", 1, 9, 125)], max_wait=90, barred=NIGHT), seconds=60).conflict
    assert set(conflict.rules) == {"max_wait", "night_barred"}
    assert [(way.rule, way.safety) for way in conflict.relaxations] == [("max_wait", False), ("night_barred", True)]
    assert conflict.relaxations[0].amount == 300 - PARAMS["load"] - 125 - 90
