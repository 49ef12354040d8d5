"""The search: optimal where the truth can be counted, legal and better step by step, repeatable, quick to stop."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.problems import read_instance
from hucheng.engines.planning.rooms.bound import raise_bound
from hucheng.engines.planning.rooms.counts import counted
from hucheng.engines.planning.rooms.filling import Filling
from hucheng.engines.planning.rooms.improve import place_all
from hucheng.engines.planning.rooms.model import Key
from hucheng.engines.planning.rooms.neighbours import LocalSearch
from hucheng.engines.planning.rooms.rules import first_filling
from hucheng.engines.planning.rooms.tests.brute import best_of_all
from hucheng.engines.planning.rooms.tests.cases import a_day, alone, an_instance, tiny_instances
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solving import judge, solve

QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def filled(instance):
    counts = counted(instance)
    spaces, left = first_filling(counts)
    return Filling(counts, [dict[Key, int](space.pieces.items()) for space in spaces], left)


@QUIET
@given(tiny_instances())
def test_the_optimum_is_that_of_trying_everything(told):
    answer = solve("rooms", told, seconds=20, workers=1)
    truth = best_of_all(read_instance("rooms", told))
    assert answer.status == ("infeasible" if truth is None else "optimal")
    assert answer.objective == truth


@settings(QUIET, max_examples=5)
@given(tiny_instances(one_level=False))
def test_where_a_zone_is_near_and_far_from_help_the_bound_and_the_plan_enclose_the_truth(told):
    answer = solve("rooms", told, seconds=20, workers=1)
    truth = best_of_all(read_instance("rooms", told))
    assert (truth is None) == (answer.status == "infeasible")
    assert truth is None or answer.bound <= truth <= answer.objective


@QUIET
@given(tiny_instances(one_level=False))
def test_the_bound_from_counts_is_never_above_the_truth(told):
    instance = read_instance("rooms", told)
    search = Search(lambda _plan: None, seconds=20, workers=1)
    raise_bound(counted(instance), search, [{} for _ in instance.zones], 5)
    truth = best_of_all(instance)
    assert search.bound >= 0
    assert truth is None or search.bound <= truth


@QUIET
@given(tiny_instances())
def test_what_the_rules_place_is_legal_and_costs_what_the_filling_says(told):
    instance = read_instance("rooms", told)
    filling = filled(instance)
    if not filling.left:
        verdict = judge("rooms", instance, filling.plan())
        assert verdict.violations == ()
        assert verdict.objective >= sum(filling.costs)
    placed = sum(filling.parties(range(len(instance.zones))).values())
    assert placed + sum(filling.left.values()) == len(instance.groups)


@given(st.integers(0, 30))
@settings(max_examples=6, deadline=None)
def test_a_day_of_flights_is_placed_by_the_rules_at_once(seed):
    instance = read_instance("rooms", a_day(seed=seed))
    filling = filled(instance)
    assert filling.left == {}
    assert judge("rooms", instance, filling.plan()).legal


def test_the_search_only_improves_and_the_bound_stays_below():
    told = a_day(6, 24)
    answer = solve("rooms", told, seconds=60, steps=2)
    objectives = [point.objective for point in answer.trace if point.objective is not None]
    bounds = [point.bound for point in answer.trace if point.bound is not None]
    assert objectives == sorted(objectives, reverse=True) and bounds == sorted(bounds)
    assert bounds[-1] <= objectives[-1] < objectives[0]
    assert judge("rooms", read_instance("rooms", told), answer.plan).objective == answer.objective


def test_the_same_seed_and_steps_give_the_same_plan():
    one, other = (solve("rooms", a_day(6, 24), seconds=60, steps=1, seed=5) for _ in range(2))
    assert one.plan == other.plan
    assert [point[1:] for point in one.trace] == [point[1:] for point in other.trace]


def test_a_warm_plan_is_where_the_search_starts():
    told = a_day(6, 24)
    better = solve("rooms", told, seconds=60, steps=2)
    again = solve("rooms", told, seconds=60, warm=better.plan, cancelled=lambda: True)
    assert again.objective == better.objective and again.plan == better.plan


def test_a_cancelled_search_stops_with_the_plan_of_the_rules():
    began = time.monotonic()
    answer = solve("rooms", a_day(6, 24), seconds=600, cancelled=lambda: time.monotonic() > began + 0.3)
    assert answer.plan is not None and answer.status == "best_so_far"


def test_two_workers_share_no_zone_and_lose_nobody():
    instance = read_instance("rooms", a_day(6, 24))
    filling = filled(instance)
    before = sum(filling.costs)
    search = Search(lambda plan: judge("rooms", instance, plan), seconds=1.0, workers=2)
    LocalSearch(filling, search).run(lambda: search.offer(filling.plan()))
    assert sum(filling.costs) <= before
    assert judge("rooms", instance, filling.plan()).legal


def test_those_whom_the_rules_leave_out_are_placed_by_the_search():
    instance = read_instance("rooms", a_day(3, 12))
    filling = filled(instance)
    emptied = next(zone for zone in filling.used() if filling.counts.opens(zone))
    filling.left = dict(filling.parties([emptied]))
    filling.put({emptied: {}})
    search = Search(lambda plan: judge("rooms", instance, plan), seconds=60, steps=6)
    LocalSearch(filling, search).run(lambda: filling.plan() and search.offer(filling.plan()))
    assert filling.left == {}
    assert search.verdict.legal


def test_where_the_rules_leave_parties_out_the_whole_is_asked_for_any_legal_plan():
    instance = read_instance("rooms", a_day(3, 12))
    filling = filled(instance)
    emptied = filling.used()[-1]
    filling.left = dict(filling.parties([emptied]))
    filling.put({emptied: {}})
    search = Search(lambda plan: judge("rooms", instance, plan), seconds=30, workers=1)
    assert place_all(filling.counts, search, filling).left == {}
    assert search.verdict.legal


def test_strangers_share_only_where_it_saves_and_is_allowed():
    single, pair = [alone(), alone()], [[2, 2]]
    apart = solve("rooms", an_instance(pair, single), seconds=10, workers=1)
    assert apart.parts["rooms"] == 20 and apart.parts["sharing"] == 0
    together = solve("rooms", an_instance(pair, single, sharing=True), seconds=10, workers=1)
    assert together.parts["rooms"] == 10 and together.parts["sharing"] == 8
    sexes = solve("rooms", an_instance(pair, [alone(), alone(man=0)], sharing=True), seconds=10, workers=1)
    assert sexes.parts["sharing"] == 0


@pytest.mark.parametrize(("accessible", "other"), [(0, 0), (1, 0)])
def test_those_who_share_with_somebody_in_a_wheelchair_share_an_accessible_room(accessible, other):
    told = an_instance([[(2, 1, 0, 0), (1, 0, 0, 0)]], [alone(accessible=1), alone(), alone()], sharing=True)
    answer = solve("rooms", told, seconds=10, workers=1)
    assert answer.status == "optimal" and answer.parts["sharing"] == 8


def test_an_instance_without_people_costs_nothing():
    answer = solve("rooms", an_instance(groups=()), seconds=5, workers=1)
    assert (answer.status, answer.objective, answer.plan) == ("optimal", 0, {"assign": []})
