"""EARS by hand, by its laws, and against the R package surveillance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.risk.refusal import RiskRefused
from hucheng.engines.risk.signals.absence import EARS, ears

WEEKS = np.arange(280)
SERIES = (8 + 4 * np.cos(2 * np.pi * WEEKS / 52) + 0.01 * WEEKS).astype(int) + (WEEKS**2 * 7 + WEEKS * 3) % 11
SERIES[149:153] += 25
# upperbound(earsC(...)) of surveillance 1.20.3 with alpha = 1 - pnorm(3), minSigma = 0.5, for the last eleven weeks
BY_R = {
    "C1": [27.06526910, 26.87141838, 26.87141838, 27.64262673, 25.72726380, 27.42508659,
           25.95445115, 27.03803897, 28.75504271, 28.00840094, 28.17605798],
    "C2": [30.60322241, 30.84523258, 27.06526910, 26.87141838, 26.87141838, 27.64262673,
           25.72726380, 27.42508659, 25.95445115, 27.03803897, 28.75504271],
}  # fmt: skip


@pytest.mark.parametrize("method", BY_R)
def test_bounds_are_those_of_the_r_package(method):
    assert ears(SERIES, method).bound[-11:] == pytest.approx(BY_R[method], abs=1e-7)


def c3_by_hand(series, day, limit=2.0):
    """The statistic as Hutwagner writes it: excesses of C2 over one standard deviation, of three days."""
    total = 0.0
    for one in (day - 2, day - 1, day):
        before = series[one - 9 : one - 2]
        z = (series[one] - before.mean()) / max(before.std(ddof=1), 0.5)
        total += max(0.0, z - 1)
    return total > limit


@given(st.lists(st.integers(0, 12), min_size=15, max_size=40))
def test_c3_alarms_when_three_days_together_exceed(counts):
    series, found = np.array(counts), ears(counts, "C3")
    assert found.days[0] == 11
    assert found.alarm.tolist() == [c3_by_hand(series, int(day)) for day in found.days]


@given(st.sampled_from(sorted(EARS)), st.lists(st.integers(0, 30), min_size=14, max_size=40))
def test_an_alarm_is_a_count_above_its_bound(method, counts):
    found = ears(counts, method)
    assert found.alarm.tolist() == (np.array(counts)[found.days] > found.bound).tolist()
    assert found.first == (int(found.days[found.alarm][0]) if found.alarm.any() else None)


@given(st.lists(st.integers(0, 30), min_size=14, max_size=30), st.integers(1, 50))
def test_more_on_the_last_day_never_takes_an_alarm_away(counts, more):
    for method in EARS:
        before, after = ears(counts, method), ears([*counts[:-1], counts[-1] + more], method)
        assert after.alarm[-1] >= before.alarm[-1]


def test_a_jump_is_seen_on_its_day_and_a_quiet_week_makes_no_case_an_alarm():
    quiet = [0] * 20
    assert not any(ears([*quiet, 1], method).alarm.any() for method in EARS)
    assert all(ears([*quiet, 9], method).first == 20 for method in EARS)


def test_c1_forgets_a_slow_start_sooner_than_c2():
    slow = [2, 3, 1, 2, 4, 2, 3, 2, 1, 3, 4, 5, 6, 8]
    assert ears(slow, "C1").first is None
    assert ears(slow, "C2").first == 12


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("method", lambda: ears(SERIES, "C4")),
        ("counts", lambda: ears([1, -2, 3])),
        ("counts", lambda: ears([1.5] * 20)),
        ("counts", lambda: ears([float("nan")] * 20)),
        ("too_short", lambda: ears([])),
        ("too_short", lambda: ears([1] * 9, "C2")),
        ("too_short", lambda: ears([1] * 11, "C3")),
        ("number", lambda: ears(SERIES, baseline=2)),
        ("number", lambda: ears(SERIES, least_sd=0)),
    ],
)
def test_what_cannot_be_judged_is_refused(code, ask):
    with pytest.raises(RiskRefused) as refused:
        ask()
    assert refused.value.code == code
