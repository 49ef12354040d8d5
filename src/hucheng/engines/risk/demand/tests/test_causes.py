"""Doubt by cause, and what moves the answer most."""

from dataclasses import replace

import numpy as np
import pytest

from hucheng.engines.risk.demand.causes import CAUSES, moments, swings
from hucheng.engines.risk.demand.forecast import Inside, Plan
from hucheng.engines.risk.demand.tests.makers import ALONE, a_plan, one_flight


def largest(plan, day=5):
    causes = moments(plan, "rooms").by_cause
    assert set(causes) == set(CAUSES)
    return max(causes, key=lambda name: causes[name][day])


@pytest.mark.parametrize(
    ("cause", "plan"),
    [
        ("load", one_flight(load_sd=0.2, cancelled=0.0, kept=1.0)),
        ("cancelled", one_flight(load_sd=0.05, cancelled=0.3)),
        ("people", one_flight(load_mean=1.0, load_sd=0.0, cancelled=0.0, kept=0.5)),
        ("shared", replace(a_plan(flights=30, inside=False), shared_sd=1.5)),
        ("inside", Plan(8, (), ALONE, (Inside("rooms", 40, (0.5,) * 8),))),
    ],
    ids=CAUSES,
)
def test_the_largest_cause_is_the_one_that_was_made_large(cause, plan):
    assert largest(plan) == cause


def test_nothing_varies_when_everything_is_known():
    plan = one_flight(load_mean=1.0, load_sd=0.0, cancelled=0.0, kept=1.0)
    assert moments(plan, "rooms").variance.max() == 0


def test_swings_are_widest_first_and_go_the_right_way():
    found = swings(
        a_plan(),
        "rooms",
        15,
        0.95,
        {
            "load_mean": (0.5, 0.9),
            "kept": (0.8, 0.9),
            "cancelled": (0.05, 0.2),
            "hospital": (0.0, 0.2),
            "load_sd": (0.1, 0.2),
            "shared_sd": (0.0, 0.5),
            "stay": (-1, 1),
        },
    )
    at = {one.assumption: one for one in found}
    assert [one.width for one in found] == sorted((one.width for one in found), reverse=True)
    assert found[0].assumption == "load_mean"
    for rising in ("load_mean", "kept", "load_sd", "shared_sd", "stay"):
        assert at[rising].at_low < at[rising].at_high, rising
    for falling in ("cancelled", "hospital"):
        assert at[falling].at_low > at[falling].at_high, falling


def test_stays_a_day_longer_are_all_a_day_longer_and_shorter_ones_end_at_none():
    plan = one_flight(load_mean=1.0, load_sd=0.0, cancelled=0.0, kept=1.0)
    (day,) = swings(plan, "rooms", 13, 0.5, {"stay": (-1, 1)})
    (later,) = swings(plan, "rooms", 14, 0.5, {"stay": (-20, 1)})
    assert (day.at_low, day.at_high) == (0, 100)
    assert (later.at_low, later.at_high) == (0, 100)


def test_an_assumption_that_keeps_its_value_swings_nothing():
    plan = one_flight()
    values = {"load_mean": (0.7, 0.7), "kept": (0.85, 0.85), "cancelled": (0.1, 0.1), "load_sd": (0.15, 0.15)}
    assert [one.width for one in swings(plan, "rooms", 3, 0.95, values)] == [0, 0, 0, 0]


def test_an_end_of_none_or_all_is_taken_as_it_stands():
    plan = one_flight()
    (kept,) = swings(plan, "rooms", 3, 0.5, {"kept": (0.0, 1.0)})
    (load,) = swings(plan, "rooms", 3, 0.5, {"load_mean": (0.0, 1.0)})
    assert kept.at_low == 0 and load.at_low == 0
    assert load.at_high == pytest.approx(85, abs=2)
    assert np.isfinite([kept.at_high, load.at_high]).all()
