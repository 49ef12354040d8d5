"""Handover plans: as good as trying all, bounds below, repeatable, stoppable, and why there are none."""

import pytest
from hypothesis import given, settings

from hucheng.engines.planning.handover.counts import CountyProgram
from hucheng.engines.planning.handover.days import DaysModel
from hucheng.engines.planning.handover.packing import Trip, pack
from hucheng.engines.planning.handover.rules import first_plans
from hucheng.engines.planning.handover.tests.cases import best_by_trying, read, releases, tiny, told
from hucheng.engines.planning.handover.trips import cost, picked
from hucheng.engines.planning.program import Program
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solving import judge, solve

NO_SEARCH = Search(lambda plan: None, seconds=10_000, workers=1)
OWN, CITY = Trip(12, 200, city=False), Trip(40, 350, city=True)


@settings(max_examples=15)
@given(tiny())
def test_a_tiny_instance_is_solved_as_well_as_trying_all(instance):
    best = best_by_trying(read(instance))
    answer = solve("handover", instance, seconds=20, workers=1)
    if best is None:
        assert answer.plan is None
    else:
        assert answer.bound <= best + 1e-6
        assert answer.objective == pytest.approx(best)


@pytest.fixture(scope="module")
def solved():
    instance = releases(seed=1)
    return instance, solve("handover", instance, seconds=1000, steps=8)


def test_a_plan_only_gets_better_and_ends_near_its_bound(solved):
    _, answer = solved
    objectives = [point.objective for point in answer.trace]
    assert objectives == sorted(objectives, reverse=True) and objectives[0] > answer.objective
    assert answer.bound <= answer.objective <= 1.05 * answer.bound


def test_the_same_seed_and_steps_give_the_same_plan(solved):
    instance, answer = solved
    assert solve("handover", instance, seconds=1000, steps=8).plan == answer.plan


def test_a_warm_plan_is_never_made_worse(solved):
    instance, answer = solved
    assert solve("handover", instance, seconds=1000, steps=1, warm=answer.plan).objective <= answer.objective


def test_a_cancelled_search_gives_its_first_plan():
    answer = solve("handover", releases(seed=2), seconds=1000, cancelled=lambda: True)
    assert answer.status == "best_so_far" and answer.bound is None


def test_counties_share_the_teams_of_the_city():
    """Each county alone would send both people by the city's team; there is one."""
    demand = [(0, county, 0, 12) for county in range(3)]
    instance = told(demand, [(4, 3, 100)] * 3, window=0, city_teams=1, city_extra=10, city_capacity=12)
    answer = solve("handover", instance, seconds=20)
    teams = sorted(trip["team"] for trip in answer.plan["trips"])
    assert teams == ["city"] + ["own"] * 6 and judge("handover", read(instance), answer.plan).legal
    assert answer.bound == pytest.approx(3 * (100 + 10 + 25))


def test_the_rules_that_conflict_are_named_with_what_would_help():
    instance = told([(0, 0, 0, 10), (1, 0, 0, 10)], [(5, 1, 100)], window=1, city_teams=0, city_capacity=5)
    conflict = solve("handover", instance, seconds=60).conflict
    ways = {way.rule: way.amount for way in conflict.relaxations}
    assert set(conflict.rules) == {"release_window", "teams_per_day"} and ways == {
        "release_window": 2,
        "teams_per_day": 1,
    }
    assert "teams" in conflict.words.en and not any(way.safety for way in conflict.relaxations)


def test_counties_that_only_together_lack_teams_are_told_so():
    demand = [(0, 0, 0, 5), (0, 1, 0, 5)]
    instance = told(demand, [(5, 0, 100)] * 2, window=0, city_teams=1, city_capacity=5)
    assert set(solve("handover", instance, seconds=60).conflict.rules) == {"release_window", "teams_per_day"}


def test_the_counts_bound_what_the_trips_then_cost():
    instance = read(releases(seed=3))
    program = Program(NO_SEARCH)
    counts = CountyProgram(instance, 1, dict.fromkeys(range(40), 2), program).solve(20)
    assert sum(counts.moved.values()) == sum(instance.demand[1].values())
    best = min(cost(instance, (t for t in plan["trips"] if t["county"] == 1)) for plan in first_plans(instance))
    assert program.bound <= best


def test_days_solved_again_move_the_same_people_for_less():
    instance = read(releases(seed=4))
    *_, hasty = first_plans(instance)
    old = [trip for trip in hasty["trips"] if trip["county"] == 1 and trip["day"] in range(6)]
    city = dict.fromkeys(range(6), 2)
    better = DaysModel(instance, 1, old, range(6), city).solve(NO_SEARCH, 5.0, cost(instance, old))
    assert cost(instance, better) < cost(instance, old)
    others = [trip for trip in hasty["trips"] if trip not in old]
    assert judge("handover", instance, {"trips": others + better}).legal


def test_houses_that_fit_whole_are_packed_by_rule():
    packed = pack({1: 7, 2: 5, 3: 9}, [OWN, OWN], 3, 25, NO_SEARCH)
    assert sorted(sorted(entry.people.items()) for entry in packed) == [[(1, 7), (2, 5)], [(3, 9)]]


def test_a_house_is_divided_where_nothing_else_fits():
    packed = pack({1: 8, 2: 8, 3: 8}, [OWN, OWN], 3, 25, NO_SEARCH)
    assert sum(len(entry.people) for entry in packed) == 4
    assert all(sum(entry.people.values()) == 12 for entry in packed)


def test_a_trip_that_is_not_needed_is_not_used():
    packed = pack({1: 8, 2: 4}, [OWN, OWN, CITY], 3, 25, NO_SEARCH)
    assert [entry.trip for entry in packed] == [OWN]


def test_people_beyond_the_seats_or_stops_do_not_fit():
    assert pack({1: 25}, [OWN, OWN], 3, 25, NO_SEARCH) is None
    assert pack({1: 1, 2: 1, 3: 1}, [OWN], 2, 25, NO_SEARCH) is None


def test_the_first_released_leave_first():
    waiting = {7: {2: 3, 1: 2}}
    assert picked(waiting, {7: 4}) == [[7, 1, 2], [7, 2, 2]] and waiting == {7: {2: 1, 1: 0}}
