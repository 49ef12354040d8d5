"""The parts of the search for trips: knapsacks, sets, shifts, each against a slower way."""

from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solving import judge
from hucheng.engines.planning.transport.cohorts import Column, clock_of, cohorts_of, route_to
from hucheng.engines.planning.transport.flow import vehicles_part
from hucheng.engines.planning.transport.plans import columns_of, plan_of
from hucheng.engines.planning.transport.pricing import Pricer
from hucheng.engines.planning.transport.rules import first_trips
from hucheng.engines.planning.transport.sets import Sets
from hucheng.engines.planning.transport.tests.cases import COACH, PARAMS, flights, read, told
from hucheng.engines.planning.transport.vehicles import Span, fewest, shifts_of

NO_SEARCH = Search(lambda plan: None, seconds=10_000, workers=1)


def laid_out(seed, *, early=False):
    instance = read(flights(seed, count=1))
    clock, cohorts = clock_of(instance), cohorts_of(instance)
    random = np.random.default_rng(seed)
    fleet = np.sort(random.uniform(-400, 0, (len(instance.vehicles), len(clock.times) + 1)), axis=1)
    pricers = [Pricer(instance, clock, cohort, n, early=early) for n, cohort in enumerate(cohorts)]
    return instance, clock, pricers, fleet, random


def reduced(instance, pricer, fleet, worth, column):
    kind, first, end = pricer.use(column)
    gain = sum(times * worth[party] for party, times in column.riders)
    return pricer.cost(column) - gain - (fleet[kind, first] - fleet[kind, end])


@pytest.mark.parametrize("early", [True, False], ids=["for the bound", "for a plan"])
@pytest.mark.parametrize("seed", range(3))
def test_knapsacks_find_the_least_reduced_cost_of_all_sets(seed, early):
    instance, _, pricers, fleet, random = laid_out(seed, early=early)
    for pricer in pricers:
        worth = random.uniform(0, 600, len(pricer.cohort.parties))
        found, least = pricer.price(worth, fleet)
        everything = Sets(instance, pricer.cohort, (), NO_SEARCH).near(pricer, fleet, worth, 1e6, 10**6)
        costs = [reduced(instance, pricer, fleet, worth, column) for column in everything]
        assert least == pytest.approx(min(0.0, *costs))
        assert min(reduced(instance, pricer, fleet, worth, column) for column in found) == pytest.approx(least)
        assert all(pricer.allows(column) for column in found)


@pytest.mark.parametrize("seed", range(3))
def test_every_set_within_seats_stops_and_waiting_is_there_once(seed):
    instance, _, pricers, fleet, _ = laid_out(seed)
    cohort = pricers[0].cohort
    sets = Sets(instance, cohort, (), NO_SEARCH)
    orders = [(place, party) for place, party in enumerate(cohort.parties) for _ in party.orders]
    expected = {
        tuple(sorted(place for place, _ in chosen))
        for size in range(1, 9)
        for chosen in combinations(orders, size)
        if sum(party.pax for _, party in chosen) <= instance.seats
        and route_to(instance, tuple({party.hotel for _, party in chosen}))
    }
    near = sets.near(pricers[0], fleet, np.zeros(len(cohort.parties)), 1e6, 10**6)
    found = {tuple(party for party, times in column.riders for _ in range(times)) for column in near}
    assert sets.complete and {riders for riders in found if len(riders) < 9} == expected


def test_a_cohort_on_its_own_is_bounded_by_its_best_plan():
    instance, clock, pricers, fleet, _ = laid_out(5, early=True)
    for pricer in pricers:
        plan = Sets(instance, pricer.cohort, (), NO_SEARCH).plan(pricer, fleet)
        served = [0] * len(pricer.cohort.parties)
        for column in plan.trips:
            for party, times in column.riders:
                served[party] += times
        assert all(times >= len(party.orders) for times, party in zip(served, pricer.cohort.parties, strict=True))
        none = np.zeros(len(served))
        cost = sum(reduced(instance, pricer, fleet, none, column) for column in plan.trips)
        assert plan.bound <= cost + 1e-6 and plan.bound == pytest.approx(cost, rel=0.01)
    assert vehicles_part(instance, clock, fleet * 0) == 0.0


def test_too_many_sets_give_plans_of_the_known_trips_and_no_bound(monkeypatch):
    monkeypatch.setattr("hucheng.engines.planning.transport.sets.MOST_SETS", 5)
    instance, clock, pricers, fleet, _ = laid_out(1)
    known = [column for column in next(first_trips(instance, [p.cohort for p in pricers], clock)) if column.cohort == 0]
    plan = Sets(instance, pricers[0].cohort, known, NO_SEARCH).plan(pricers[0], fleet)
    assert plan.bound == float("-inf") and {c.riders for c in plan.trips} <= {c.riders for c in known}


spans = st.lists(
    st.builds(lambda a, n: Span(a, a + n), st.integers(0, 900), st.integers(60, 200)), min_size=1, max_size=25
)


@settings(max_examples=25)
@given(spans, st.integers(200, 600))
def test_shifts_hold_every_trip_once_without_overlap_within_their_length(trips, length):
    shifts = shifts_of(trips, length, NO_SEARCH, 2.0)
    assert sorted(n for shift in shifts for n in shift.trips) == list(range(len(trips)))
    for shift in shifts:
        own = [trips[n] for n in shift.trips]
        assert all(before.end <= after.begin for before, after in zip(own, own[1:], strict=False))
        assert own[-1].end - own[0].begin <= length and shift.free == own[-1].end
    assert fewest(trips, length) <= len(shifts)


def test_a_program_finds_what_the_rules_miss():
    random = Random(3)
    begins = [random.randrange(0, 1300) for _ in range(70)]
    trips = [Span(begin, begin + random.randrange(90, 170)) for begin in begins]
    spent = Search(lambda plan: None, seconds=0)
    assert len(shifts_of(trips, 600, NO_SEARCH, 20.0)) < len(shifts_of(trips, 600, spent, 20.0))


def test_a_plan_of_trips_reads_back_as_the_same_trips():
    instance = read(flights(seed=7))
    clock, cohorts = clock_of(instance), cohorts_of(instance)
    trips = next(first_trips(instance, cohorts, clock))
    plan = plan_of(instance, cohorts, clock, trips, NO_SEARCH, 1.0)
    assert judge("transport", instance, plan).legal
    back = columns_of(instance, cohorts, clock, plan)
    assert sorted(column[:3] + column[4:] for column in back) == sorted(column[:3] + column[4:] for column in trips)


def test_the_first_trip_waits_where_its_shift_would_become_too_long():
    instance = read(told([("a", 1, 9, 0), ("b", 1, 9, 230)], vehicles=[COACH | {"count": 1}], shift_max=300))
    clock, cohorts = clock_of(instance), cohorts_of(instance)
    trips = [Column(0, 0, 0, 28, ((0, 1),)), Column(1, 0, 0, 230, ((0, 1),))]
    plan = plan_of(instance, cohorts, clock, trips, NO_SEARCH, 1.0)
    assert judge("transport", instance, plan).legal
    assert [trip["depart"] - instance.load for trip in plan["trips"]] == [23, 230]


def test_a_route_takes_the_shortest_way_on_which_nobody_is_on_board_too_long():
    minutes = [[0, 10, 50], [10, 0, 45], [50, 45, 0]]
    orders = [("a", 1, 1, 0), ("a", 2, 1, 0)]
    assert route_to(read(told(orders, minutes=minutes)), (1, 2)).drive == 105
    assert route_to(read(told(orders, minutes=minutes, max_on_board=77)), (1, 2)) is None
    assert route_to(read(told(orders, minutes=minutes, max_on_board=78)), (2, 1)).houses == (1, 2)
    assert PARAMS["load"] + 10 + PARAMS["unload"] + 45 == 78
