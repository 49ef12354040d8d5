"""The exact distribution of demand against brute force, closed forms, limits and laws of conservation."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk.demand import exact
from hucheng.engines.risk.demand.causes import moments
from hucheng.engines.risk.demand.exact import beta_binomial, fast_length, forecast
from hucheng.engines.risk.demand.forecast import RESOURCES, Flight, Inside, Plan, per_party
from hucheng.engines.risk.demand.tests.makers import ALONE, HABITS, a_plan, one_flight
from hucheng.engines.risk.refusal import RiskRefused


def by_hand(flight, needs):
    """One flight's distribution on one day, party by party: no transform, no generating function."""
    come = beta_binomial(flight.seats, flight.load_mean, flight.concentration)
    out, some = np.zeros(flight.seats * (len(needs) - 1) + 1), np.array([1.0])
    for mass in come:
        out[: len(some)] += mass * some
        some = np.convolve(some, needs)
    out *= 1 - flight.cancelled
    out[0] += flight.cancelled
    return out


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("day", [0, 2, 7])
def test_two_flights_and_a_group_are_what_convolution_by_hand_gives(resource, day):
    habits = replace(HABITS, party=(1.0,), rooms=(1,))
    flights = (Flight(0, 9, 0.7, 0.2, 0.1, 0.8), Flight(2, 6, 0.5, 0.0, 0.3, 0.9))
    plan = Plan(8, flights, habits, (Inside(resource, 2, (0.5,) * 8),))
    whole = np.array([0.25, 0.5, 0.25])
    for flight in flights:
        whole = np.convolve(whole, by_hand(flight, per_party(habits, resource, flight.kept, [day - flight.day])[0]))
    found = forecast(plan, resource, [day]).probabilities[0]
    assert found == pytest.approx(whole[: len(found)], abs=1e-13)
    assert whole[len(found) :].sum() < 1e-12


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("shared_sd", [0.0, 0.4])
def test_mean_and_variance_are_those_of_the_closed_form(resource, shared_sd):
    plan = a_plan(shared_sd=shared_sd)
    found, known = forecast(plan, resource), moments(plan, resource)
    assert found.mean == pytest.approx(known.mean, abs=1e-9)
    assert found.variance == pytest.approx(known.variance, abs=1e-6)
    assert found.probabilities.sum(axis=1) == pytest.approx(1, abs=1e-12) and found.probabilities.min() >= 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.floats(0.05, 0.95), st.floats(0.5, 500))
def test_beta_binomial_has_its_mean_and_variance(count, mean, concentration):
    masses, hits = beta_binomial(count, mean, concentration), np.arange(count + 1)
    variance = count * mean * (1 - mean) * (count + concentration) / (1 + concentration)
    assert masses @ hits == pytest.approx(count * mean, abs=1e-9)
    assert masses @ hits**2 - (masses @ hits) ** 2 == pytest.approx(variance, rel=1e-9, abs=1e-9)


def test_a_load_that_does_not_vary_is_binomial():
    known = [math.comb(10, hit) * 0.3**hit * 0.7 ** (10 - hit) for hit in range(11)]
    assert beta_binomial(10, 0.3, math.inf) == pytest.approx(known, abs=1e-14)
    assert beta_binomial(10, 0.3, 1e9) == pytest.approx(known, abs=1e-7)
    assert beta_binomial(4, 1.0, math.inf).tolist() == [0, 0, 0, 0, 1]


def test_full_flights_leave_nothing_to_chance():
    found = forecast(one_flight(load_mean=1.0, load_sd=0.0, cancelled=0.0, kept=1.0), "rooms")
    assert found.quantiles([0.025, 0.975])[:14].tolist() == [[100, 100]] * 14
    assert found.mean[14:].tolist() == [0] * 6


def test_a_flight_that_never_flies_and_one_without_seats_need_nothing():
    for nothing in ({"cancelled": 1.0}, {"seats": 0}, {"kept": 0.0}, {"load_mean": 0.0, "load_sd": 0.0}):
        assert forecast(one_flight(**nothing), "rooms").mean.tolist() == [0] * 20


def test_a_plan_without_anything_needs_nothing():
    found = forecast(Plan(3, (), ALONE), "rooms")
    assert found.mean.tolist() == [0, 0, 0] and found.quantiles([0.5]).tolist() == [[0], [0], [0]]


def test_room_days_are_conserved_whoever_comes():
    plan = Plan(60, (Flight(3, 50, 0.7, 0.1, 0.2, 0.9), Flight(9, 30, 0.5, 0.2)), ALONE)
    assert forecast(plan, "rooms").mean.sum() == pytest.approx(14 * (50 * 0.7 * 0.8 * 0.9 + 15), abs=1e-8)
    assert forecast(plan, "arrivals").mean.sum() == pytest.approx(50 * 0.7 * 0.8 + 15, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_flights_does_not_matter_and_days_asked_alone_are_the_same(seed):
    plan = a_plan(seed=seed, flights=4, days=12)
    other = replace(plan, flights=plan.flights[::-1])
    one, two = forecast(plan, "rooms"), forecast(other, "rooms", [11, 3])
    assert two.mean == pytest.approx(one.mean[[11, 3]], abs=1e-10)
    assert two.quantiles([0.1, 0.9]).tolist() == one.quantiles([0.1, 0.9])[[11, 3]].tolist()


def test_moving_everything_by_days_moves_the_answer_by_days():
    early, late = one_flight(habits=HABITS, day=2), one_flight(habits=HABITS, day=5)
    one, two = forecast(early, "people"), forecast(late, "people")
    assert one.mean[:-3] == pytest.approx(two.mean[3:], abs=1e-12)


@given(st.floats(0.1, 0.75), st.floats(0.01, 0.2))
@settings(max_examples=15, deadline=None)
def test_more_of_anything_never_needs_less(load, more):
    def rooms(**change):
        return forecast(one_flight(load_sd=0.1, **change), "rooms", [3]).quantiles([0.05, 0.5, 0.95])[0]

    base = rooms(load_mean=load)
    assert (rooms(load_mean=load + more) >= base).all()
    assert (rooms(load_mean=load, seats=120) >= base).all()
    assert (rooms(load_mean=load, cancelled=0.1 + more) <= base).all()
    assert (rooms(load_mean=load, kept=0.85 - more) <= base).all()


def test_a_shared_factor_widens_the_interval_but_hardly_moves_the_middle():
    alone, shared = (forecast(a_plan(shared_sd=sd, inside=False), "rooms", [15]) for sd in (0.0, 0.6))
    narrow, wide = (one.quantiles([0.05, 0.95])[0] for one in (alone, shared))
    assert wide[1] - wide[0] > narrow[1] - narrow[0]
    assert shared.mean[0] == pytest.approx(alone.mean[0], rel=0.1)


def test_twice_the_nodes_of_the_shared_factor_change_nothing_of_weight(monkeypatch):
    plan = a_plan(shared_sd=0.5)
    one = forecast(plan, "rooms", [10])
    monkeypatch.setattr(exact, "SHARED_NODES", 19)
    two = forecast(plan, "rooms", [10])
    assert two.mean == pytest.approx(one.mean, rel=1e-6)
    assert np.abs(two.quantiles([0.05, 0.5, 0.95]) - one.quantiles([0.05, 0.5, 0.95])).max() <= 1


def test_quantiles_are_the_least_number_reached_and_beyond_is_the_rest():
    found = exact.Forecast("rooms", (0,), np.array([[0.25, 0.25, 0.5]]))
    assert found.quantiles([0.1, 0.25, 0.26, 0.5, 0.51, 1.0]).tolist() == [[0, 0, 1, 1, 2, 2]]
    assert found.beyond(0).tolist() == [0.75] and found.beyond(9).tolist() == [0]


def test_poissons_rule_of_thumb_would_be_short_far_too_often():
    """The distribution is far wider than Poisson: the reason for all this."""
    found = forecast(a_plan(inside=False), "rooms", [20])
    mean = found.mean[0]
    assert found.variance[0] > 4 * mean
    assert found.beyond(int(mean + 1.645 * math.sqrt(mean)))[0] > 0.1


@pytest.mark.parametrize(("least", "length"), [(1, 2), (7, 8), (11, 12), (13, 16), (17, 18), (1001, 1024)])
def test_lengths_are_even_and_quick_to_transform(least, length):
    assert fast_length(least) == length


def test_every_length_holds_what_it_must():
    for least in itertools.chain(range(1, 300), [4097, 99_991]):
        assert least <= fast_length(least) <= 1.2 * least + 2


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("method", lambda: forecast(a_plan(), "chairs")),
        ("days", lambda: forecast(a_plan(), "rooms", [25])),
        ("probability", lambda: forecast(a_plan(), "rooms").quantiles([1.5])),
        (
            "too_large",
            lambda: forecast(
                Plan(400, tuple(Flight(0, 1000 - one % 9, 0.5, 0.1) for one in range(200)), ALONE), "rooms"
            ),
        ),
    ],
)
def test_what_cannot_be_forecast_is_refused(code, ask):
    with pytest.raises(RiskRefused) as refused:
        ask()
    assert refused.value.code == code
