"""What one party needs on each day after landing, and plans that cannot be."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.risk.demand.forecast import (
    RESOURCES,
    Flight,
    Habits,
    Inside,
    Plan,
    in_bed,
    moved,
    party_count,
    per_party,
    still_there,
)
from hucheng.engines.risk.demand.tests.makers import ALONE, FLIGHT, HABITS, shares
from hucheng.engines.risk.refusal import RiskRefused

AGES = np.arange(-2, 60)


def mean(resource, kept=1.0, habits=HABITS, ages=AGES):
    needs = per_party(habits, resource, kept, ages)
    return needs @ np.arange(needs.shape[1])


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_a_party_needs_is_a_distribution_and_nothing_before_it_lands(resource):
    needs = per_party(HABITS, resource, 0.8, AGES)
    assert needs.sum(axis=1) == pytest.approx(1, abs=1e-12) and needs.min() >= 0
    assert needs[AGES < 0, 0] == pytest.approx(1)


def test_a_party_of_one_keeps_its_room_for_its_days():
    rooms = per_party(ALONE, "rooms", 1.0, [0, 13, 14])
    assert rooms[:, 1].tolist() == [1, 1, 0]


def test_room_days_are_parties_kept_times_mean_stay():
    habits = replace(HABITS, hospital=0.0, rooms=(1, 1, 1))
    days = np.array(habits.stay) @ np.arange(len(habits.stay))
    assert mean("rooms", 0.6, habits).sum() == pytest.approx(0.6 * days, abs=1e-12)


def test_bed_days_are_people_times_share_times_mean_stay():
    days = np.array(HABITS.hospital_stay) @ np.arange(len(HABITS.hospital_stay))
    assert mean("beds").sum() == pytest.approx(HABITS.mean_party * HABITS.hospital * days, abs=1e-12)


def test_nobody_is_in_a_room_and_a_bed_at_once():
    people, beds = mean("people"), HABITS.mean_party * in_bed(HABITS, AGES)
    assert (people + beds <= HABITS.mean_party + 1e-12).all()
    assert people[AGES == 0] == pytest.approx(HABITS.mean_party * (1 - 0.05 * 0.5))


def test_a_room_is_held_while_one_of_a_couple_is_inside():
    all_ill = Habits((0.0, 1.0), (1, 1), shares({14: 1.0}), 0.5, (1.0,), shares({10: 1.0}))
    assert per_party(all_ill, "rooms", 1.0, [0])[0, 1] == pytest.approx(0.75)


def test_everybody_is_sampled_on_landing_and_only_those_kept_later():
    tests = mean("tests", 0.5)
    assert tests[AGES == 0] == pytest.approx(HABITS.mean_party)
    assert tests[AGES == 7] == pytest.approx(mean("people", 0.5)[AGES == 7])
    assert tests[AGES == 8] == 0


def test_arrivals_come_once():
    assert mean("arrivals").sum() == pytest.approx(HABITS.mean_party)


@given(st.floats(0, 1), st.floats(-3, 3), st.floats(-3, 3))
def test_shares_move_on_the_logit_scale_and_back(value, step, other):
    there = float(moved(value, step))
    assert 0 <= there <= 1
    assert float(moved(there, -step)) == pytest.approx(value, abs=1e-9)
    assert other < step or float(moved(value, other)) >= there - 1e-12


def test_the_shared_factor_fills_flights_and_cancels_fewer():
    plan = Plan(5, (FLIGHT,), ALONE, shared_sd=0.5)
    up, down = plan.shifted(1.0).flights[0], plan.shifted(-1.0).flights[0]
    assert up.load_mean > FLIGHT.load_mean > down.load_mean
    assert up.cancelled < FLIGHT.cancelled < down.cancelled
    assert up.concentration == pytest.approx(FLIGHT.concentration)


def test_seats_are_shared_out_by_the_mean_party():
    assert party_count(FLIGHT, ALONE) == 100
    assert party_count(FLIGHT, HABITS) == round(100 / 1.4)


def test_stays_longer_than_their_days():
    assert still_there(shares({2: 0.5, 4: 0.5}), [-1, 0, 1, 2, 3, 4, 9]).tolist() == [1, 1, 1, 0.5, 0.5, 0, 0]


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("probability", lambda: replace(FLIGHT, load_mean=1.2)),
        ("probability", lambda: replace(FLIGHT, cancelled=-0.1)),
        ("probability", lambda: replace(FLIGHT, kept=float("nan"))),
        ("load", lambda: replace(FLIGHT, load_sd=0.5)),
        ("load", lambda: Flight(0, 10, 1.0, 0.1)),
        ("load", lambda: Plan(5, (), ALONE, shared_sd=-1)),
        ("number", lambda: replace(FLIGHT, seats=-1)),
        ("number", lambda: replace(FLIGHT, day=401)),
        ("days", lambda: Plan(0, (), ALONE)),
        ("days", lambda: replace(HABITS, test_days=(-1,))),
        ("shares", lambda: replace(HABITS, stay=(0.5, 0.4))),
        ("shares", lambda: replace(HABITS, party=())),
        ("shares", lambda: replace(HABITS, rooms=(1,))),
        ("shares", lambda: Plan(5, (), ALONE, (Inside("rooms", 1, (1.0,)),))),
        ("probability", lambda: replace(HABITS, hospital=2.0)),
        ("inside", lambda: Inside("rooms", -1, ())),
        ("probability", lambda: Inside("rooms", 1, (1.5,))),
        ("method", lambda: Inside("chairs", 1, ())),
        ("method", lambda: per_party(HABITS, "chairs", 1.0, [0])),
    ],
)
def test_a_plan_that_cannot_be_is_refused(code, make):
    with pytest.raises(RiskRefused) as refused:
        make()
    assert refused.value.code == code
