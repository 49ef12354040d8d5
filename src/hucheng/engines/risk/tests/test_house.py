"""Inside the house and at the first report: a simulation that shares no line, limits, order, and flight CA910."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk import Curve, RiskRefused, curve, profile
from hucheng.engines.risk.first_report import against_report, interval
from hucheng.engines.risk.house import found_share, in_house, roommate_risk
from hucheng.engines.risk.quarantine import Kernels, Sampling, Strategy, residual_risk

KNOWN = profile("sars_cov_2_2020")
KUCIRKA, HELLEWELL = curve("kucirka"), curve("hellewell")


@cache
def kernels(**options):
    return Kernels(KNOWN, journey_hours=8, **options)


def people(rng, draws):
    """Infected travellers on board: without symptoms or not, age on landing, onset, end of infectiousness, recovery."""
    silent = rng.uniform(size=draws) < KNOWN["asymptomatic_share"]
    onset = rng.gamma(4.634489, 1.184461, draws)
    course = np.where(silent, rng.gamma(3, 2, draws), rng.gamma(9.1**2 / 14.7, 14.7 / 9.1, draws))
    leaves = rng.uniform(size=draws) * (onset + course)
    drawn = rng.uniform(0.01, 0.99, draws)
    after = (np.log(drawn / (1 - drawn)) + 5.266861417026) / 0.742950137978
    end = onset + np.where(silent, course, after)
    boards = silent | (leaves < onset) | (rng.uniform(size=draws) > 0.7)
    return tuple(one[boards] for one in (silent, leaves + 8 / 24, onset, end))


@pytest.mark.parametrize("tests", [(), (0,), (1, 4)])
def test_a_simulation_of_the_house_agrees(tests):
    """Infectious days by the clock of each person, removed at onset or when a result comes back positive."""
    rng, release = np.random.default_rng(29), 8
    silent, lands, onset, end = people(rng, 300_000)
    out = np.where(silent | (onset < lands), lands + release, np.minimum(onset, lands + release))
    for day in tests:
        found = KUCIRKA.at(lands + day) * np.where(silent, 0.62, 1)
        out = np.where(rng.uniform(size=len(out)) < found, np.minimum(out, lands + day + 1), out)
    spent = np.maximum(np.minimum(out, end) - np.maximum(lands, onset - 2.3), 0)
    error = 4 * spent.std() / np.sqrt(len(spent))
    ours = in_house(kernels(), Strategy(release, tests), KUCIRKA).infectious_days
    assert ours == pytest.approx(spent.mean(), abs=error + 0.02)


def test_room_mates_drawn_one_by_one_agree():
    """Room-mates infected on a fixed day, tested and watched like everybody."""
    rng, draws, release, tests, infected = np.random.default_rng(31), 400_000, 7, (2, 5), 1.5
    silent = rng.uniform(size=draws) < KNOWN["asymptomatic_share"]
    onset = infected + rng.gamma(4.634489, 1.184461, draws)
    free = silent | (onset > release)
    for day in tests:
        found = KUCIRKA.at(day - infected) * np.where(silent, 0.62, 1)
        free &= rng.uniform(size=draws) >= found
    left = free & (~silent | (onset + rng.gamma(3, 2, draws) > release))
    one = in_house(kernels(), Strategy(release, tests), KUCIRKA, mixing=1.0)
    ours = roommate_risk(Sampling(kernels(), KUCIRKA), Strategy(release, tests), infected, KNOWN["asymptomatic_share"])
    assert ours == pytest.approx(left.mean(), abs=4 * np.sqrt(0.25 / draws) + 2e-3)
    assert 0 < one.infectious < one.infected < one.infectious_days


@given(st.lists(st.integers(0, 9), max_size=3), st.integers(0, 9))
@settings(max_examples=20, deadline=None)
def test_one_more_test_never_leaves_more_infectious_days_in_the_house(tests, more):
    fewer, added = (in_house(kernels(), Strategy(9, tuple(days)), HELLEWELL) for days in (tests, [*tests, more]))
    assert added.infectious_days <= fewer.infectious_days + 1e-12


def test_rooms_of_ones_own_infect_nobody_and_mixing_counts_in_proportion():
    alone, one, two = (in_house(kernels(), Strategy(14, (0,)), KUCIRKA, mixing=mixing) for mixing in (0.0, 1.0, 2.0))
    assert (alone.infected, alone.infectious) == (0, 0) and alone.infectious_days == one.infectious_days
    assert (two.infected, two.infectious) == pytest.approx((2 * one.infected, 2 * one.infectious))


def test_without_a_stay_nothing_happens_in_the_house():
    nothing = in_house(kernels(), Strategy(0), KUCIRKA, mixing=1.0)
    assert (nothing.infectious_days, nothing.infected, nothing.infectious) == (0, 0, 0)


def test_days_in_the_house_and_after_it_add_up_when_nobody_watches_or_tests():
    unwatched = kernels(monitoring=False)
    inside = in_house(unwatched, Strategy(12), KUCIRKA).infectious_days
    first, last = residual_risk(unwatched, [Strategy(0), Strategy(12)], KUCIRKA).days
    assert inside + last == pytest.approx(first, abs=0.02)


def test_an_unwatched_room_mate_is_riskier():
    watched, unwatched = (in_house(kernels(monitoring=on), Strategy(10), KUCIRKA, mixing=1.0) for on in (True, False))
    assert unwatched.infectious > watched.infectious


def test_the_infectious_period_mixes_both_kinds():
    with_symptoms, without = (kernels().period(silent) for silent in (0.0, 1.0))
    assert with_symptoms == pytest.approx(2.3 + 7.09, abs=0.02) and without == pytest.approx(2.3 + 6)


def test_flight_ca910_says_which_curve_it_contradicts():
    """25 of 35 were in the first report of the flight that landed in Taiyuan on 6 April 2020."""
    checks = against_report(kernels(), [KUCIRKA, HELLEWELL], [(0,), (0, 1)], found_first=25, found=35)
    said = {(one.curve, one.samples): one for one in checks}
    assert [said[name].contradicted for name in said] == [True, False, True, False]
    low, high = (said["kucirka", (0,)].low, said["kucirka", (0,)].high)
    assert (low, high) == pytest.approx((0.30, 0.43), abs=0.01)
    both = said["hellewell", (0, 1)]
    assert (both.low, both.high) == pytest.approx((0.54, 0.72), abs=0.005) and both.low < both.seen < both.high
    assert (both.seen_low, both.seen_high) == pytest.approx((0.537, 0.854), abs=1e-3)


def test_shares_found_within_0_and_1():
    perfect = Curve("flat", (0.0, 60.0), (1.0, 1.0), "")
    assert found_share(kernels(), perfect, [0], asymptomatic_share=0.0) == pytest.approx(1, abs=1e-8)
    assert found_share(kernels(), KUCIRKA, []) == pytest.approx(0, abs=1e-12)
    assert interval(0, 10)[0] == 0 and interval(10, 10)[1] == 1


@pytest.mark.parametrize("counts", [(5, 3), (-1, 3), (0, 0)], ids=str)
def test_a_report_that_cannot_be_is_refused(counts):
    with pytest.raises(RiskRefused):
        against_report(kernels(), [KUCIRKA], [(0,)], found_first=counts[0], found=counts[1])


@pytest.mark.parametrize("mixing", [-0.1, 21, float("nan")])
def test_mixing_that_cannot_be_is_refused(mixing):
    with pytest.raises(RiskRefused) as no:
        in_house(kernels(), Strategy(7), KUCIRKA, mixing=mixing)
    assert no.value.code == "mixing"
