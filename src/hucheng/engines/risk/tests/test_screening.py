"""Screening at both ends of a journey: the published shares, an independent simulation, limits and order."""

from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk import RiskRefused, profile, profiles
from hucheng.engines.risk.screening import screening, screening_interval

EARLY = profile("sars_cov_2_early_2020")
shares, hours = st.floats(0, 1), st.floats(0, 72)


def simulated(disease, hours, leaving, landing, draws, seed):
    """The model traveller by traveller, sharing no line with the engine."""
    rng = np.random.default_rng(seed)
    onset = rng.gamma(disease.incubation.first, disease.incubation.second, draws)
    end = onset + rng.gamma(disease.severe.first, disease.severe.second, draws)
    departs = rng.uniform(0, end)
    silent = rng.uniform(size=draws) < disease["asymptomatic_share"]
    exit_ = ~silent & (departs > onset) & (rng.uniform(size=draws) < leaving)
    severe = ~silent & ~exit_ & (end < departs + hours / 24)
    entry = ~silent & ~exit_ & ~severe & (onset < departs + hours / 24) & (rng.uniform(size=draws) < landing)
    found = np.array([exit_.mean(), severe.mean(), entry.mean()])
    return [*found, 1 - found.sum()]


@pytest.mark.parametrize(
    ("part", "published", "tolerance"),
    [
        ("missed", 0.46, 0.005),
        ("missed", 0.464342, 1e-6),
        ("at_exit", 0.4450691, 1e-3),
        ("severe_in_flight", 0.0044026, 1e-3),
    ],
)
def test_the_shares_of_quilty_2020(part, published, tolerance):
    """12 h, 0.86 at both ends: the paper's 46 %, its high-resolution value, and its code run with 4e6 draws."""
    assert getattr(screening(EARLY, journey_hours=12), part) == pytest.approx(published, abs=tolerance)


def test_the_published_interval_is_noise_of_samples_around_our_value():
    """0.36 to 0.58 is the spread of groups of about 50 on board; ours must lie inside it."""
    assert 0.36 < screening(EARLY, journey_hours=12).missed < 0.58


@pytest.mark.parametrize("key", profiles())
@pytest.mark.parametrize(("hours", "leaving", "landing"), [(2, 0.5, 0.9), (13, 0.86, 0.0), (60, 0.2, 1.0)])
def test_a_simulation_agrees_within_four_standard_errors(key, hours, leaving, landing):
    draws = 200_000
    ours = screening(profile(key), journey_hours=hours, exit_sensitivity=leaving, entry_sensitivity=landing)
    theirs = simulated(profile(key), hours, leaving, landing, draws, seed=11)
    for mine, drawn in zip(astuple(ours), theirs, strict=True):
        assert abs(mine - drawn) < 4 * np.sqrt(max(mine * (1 - mine), 1e-6) / draws) + 2e-5


@pytest.mark.parametrize("key", profiles())
def test_more_nodes_change_nothing_that_is_shown(key):
    coarse, fine = (screening(profile(key), journey_hours=12, nodes=nodes) for nodes in (200, 300))
    assert astuple(coarse) == pytest.approx(astuple(fine), abs=2e-5)


@given(hours, shares, shares, shares)
@settings(max_examples=40, deadline=None)
def test_everybody_ends_somewhere_once(journey, leaving, landing, silent):
    ends = screening(
        EARLY, journey_hours=journey, exit_sensitivity=leaving, entry_sensitivity=landing, asymptomatic_share=silent
    )
    assert sum(astuple(ends)) == pytest.approx(1, abs=1e-12)
    assert min(astuple(ends)) >= -1e-12
    assert ends.missed >= silent - 1e-12


@given(st.sampled_from(["exit_sensitivity", "entry_sensitivity"]), shares, shares, hours)
@settings(max_examples=40, deadline=None)
def test_a_better_screen_never_misses_more(which, one, other, journey):
    low, high = sorted((one, other))
    worse, better = (screening(EARLY, journey_hours=journey, **{which: value}).missed for value in (low, high))
    assert better <= worse + 1e-12


@given(hours, hours)
@settings(max_examples=30, deadline=None)
def test_a_longer_journey_never_misses_more(one, other):
    short, long = (screening(EARLY, journey_hours=value).missed for value in sorted((one, other)))
    assert long <= short + 1e-12


def test_no_screen_and_no_journey_finds_nobody():
    ends = screening(EARLY, journey_hours=0, exit_sensitivity=0, entry_sensitivity=0)
    assert astuple(ends) == pytest.approx((0, 0, 0, 1), abs=1e-12)


def test_perfect_screens_miss_the_silent_and_those_who_land_before_onset():
    ends = screening(EARLY, journey_hours=12, exit_sensitivity=1, entry_sensitivity=1, asymptomatic_share=1)
    assert ends.missed == 1
    seen = screening(EARLY, journey_hours=12, exit_sensitivity=1, entry_sensitivity=1, asymptomatic_share=0)
    assert 0.3 < seen.missed < screening(EARLY, journey_hours=12, asymptomatic_share=0).missed


def test_the_interval_is_that_of_the_unsure_assumptions_and_repeats_itself():
    known = profile("sars_cov_2_2020")
    low, high = screening_interval(known, journey_hours=12)
    at_limits = [screening(known, journey_hours=12, asymptomatic_share=share).missed for share in (0.03, 0.55)]
    assert low < screening(known, journey_hours=12).missed < high
    assert (low, high) == pytest.approx(at_limits, abs=0.04)
    assert (low, high) == screening_interval(known, journey_hours=12)


def test_a_profile_without_intervals_gets_none_and_not_a_made_one():
    bare = {name: replace(one, low=None, high=None) for name, one in EARLY.parameters.items()}
    assert screening_interval(replace(EARLY, parameters=bare), journey_hours=12) is None


def test_sensitivities_reach_the_interval():
    known = profile("sars_cov_2_2020")
    low, high = screening_interval(known, journey_hours=0, exit_sensitivity=0.0, entry_sensitivity=0.0)
    assert (low, high) == pytest.approx((1, 1), abs=1e-9)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"journey_hours": -1}, "journey"),
        ({"journey_hours": 73}, "journey"),
        ({"journey_hours": float("nan")}, "journey"),
        ({"exit_sensitivity": 1.1}, "probability"),
        ({"entry_sensitivity": -0.1}, "probability"),
        ({"asymptomatic_share": float("nan")}, "probability"),
    ],
)
def test_what_cannot_be_is_refused(wrong, code):
    with pytest.raises(RiskRefused) as said:
        screening(EARLY, **{"journey_hours": 12, **wrong})
    assert said.value.code == code
