"""Regression alarms against the R package surveillance, by their laws, and on series with known outbreaks."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk.refusal import RiskRefused
from hucheng.engines.risk.signals.absence_regression import by_weekday, farrington, upper_bound
from hucheng.engines.risk.signals.tests.test_absence import SERIES

NOUFAILY = {"years": 5, "half_window": 3, "seasons": 10, "left_out": 26, "level": 0.01}
PLAIN = {"years": 4, "half_window": 2, "seasons": 1, "left_out": 2, "level": 0.05}
# farringtonFlexible of surveillance 1.20.3, thresholdMethod nbPlugin, pThresholdTrend 1, for weeks 273 to 280
BY_R = [
    (NOUFAILY, [26, 24, 24, 23, 22, 22, 21, 20], [15.21984566, 14.23498706, 13.88876167, 13.36641210, 12.83582989,
                                                  12.47234130, 11.89777954, 11.20516050]),
    (PLAIN, [21, 21, 21, 21, 19, 18, 18, 19], [14.50239182, 13.99906663, 14.16779496, 14.18690558, 12.49832285,
                                               11.86405355, 12.19172430, 12.04952562]),
]  # fmt: skip


@pytest.mark.parametrize(("settings_", "bounds", "expected"), BY_R, ids=["noufaily", "plain"])
def test_bounds_are_those_of_the_r_package(settings_, bounds, expected):
    found = farrington(SERIES, first=272, **settings_)
    assert found.bound.tolist() == bounds
    assert found.expected == pytest.approx(expected, rel=1e-6)


def test_an_outbreak_of_the_past_is_weighted_down():
    calm = SERIES.copy()
    calm[149:153] -= 25
    with_past, without = (farrington(series, first=279, **NOUFAILY) for series in (SERIES, calm))
    assert with_past.bound[0] - without.bound[0] <= 3


def test_an_outbreak_is_seen_and_a_usual_week_is_not():
    struck = SERIES.copy()
    struck[275] += 30
    found = farrington(struck, first=272, **NOUFAILY)
    assert found.first == 275 and found.alarm.sum() == 1


def test_a_handful_of_cases_is_never_an_alarm():
    rare = np.zeros(280, dtype=int)
    rare[278] = 4
    assert not farrington(rare, first=272, **NOUFAILY).alarm.any()
    rare[278] = 5
    assert farrington(rare, first=272, **NOUFAILY).first == 278


@settings(max_examples=50)
@given(st.floats(0.05, 400), st.floats(1, 6), st.floats(0.001, 0.2))
def test_the_bound_is_the_least_count_rarely_exceeded(mean, dispersion, level):
    bound = int(upper_bound(mean, dispersion, level))

    def above(count):
        if dispersion - 1 <= 1e-9:
            parts = (math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))
        else:
            size = mean / (dispersion - 1)
            parts = (
                math.exp(
                    math.lgamma(k + size) - math.lgamma(size) - math.lgamma(k + 1)
                    - size * math.log(dispersion) + k * math.log1p(-1 / dispersion)
                )
                for k in range(count + 1)
            )  # fmt: skip
        return 1 - sum(parts)

    assert above(bound) <= level + 1e-6
    assert bound == 0 or above(bound - 1) > level - 1e-6


def school(seed, days=75, struck=None, size=0.0):
    """Pupils absent by school day: Mondays worse, days rougher than chance; an outbreak that rises over a week."""
    dice = np.random.default_rng(seed)
    means = 24 * np.tile([1.3, 0.95, 0.9, 0.9, 1.1], days // 5)
    counts = dice.negative_binomial(means / 0.5, 1 / 1.5)
    if struck is not None:
        counts[struck : struck + 5] += np.round(size * np.array([0.3, 0.7, 1, 0.8, 0.5])).astype(int)
    return counts, np.tile(np.arange(5), days // 5)


def test_false_alarms_on_usual_days_are_about_as_rare_as_asked():
    found = [by_weekday(*school(seed), level=0.02) for seed in range(8)]
    assert np.mean([one.alarm.mean() for one in found]) == pytest.approx(0.02, abs=0.015)


def test_an_outbreak_in_a_school_is_seen_within_days():
    found = [by_weekday(*school(seed, struck=65, size=40), level=0.01) for seed in range(6)]
    delays = [min((int(day) for day in one.days[one.alarm] if day >= 65), default=99) - 65 for one in found]
    assert np.median(delays) <= 2 and np.mean(np.array(delays) < 5) >= 0.9


def test_mondays_are_compared_with_mondays():
    counts, weekdays = school(1)
    found = by_weekday(counts, weekdays)
    mondays = weekdays[found.days] == 0
    assert found.expected[mondays].mean() > 1.2 * found.expected[~mondays].mean()


def test_a_school_twice_as_large_expects_twice_as_many():
    counts, weekdays = school(2)
    enrolled = np.where(np.arange(75) < 74, 800, 1600)
    usual, larger = by_weekday(counts, weekdays), by_weekday(counts, weekdays, enrolled=enrolled)
    assert larger.expected[-1] == pytest.approx(2 * usual.expected[-1], rel=1e-6)
    assert larger.expected[:-1] == pytest.approx(usual.expected[:-1], rel=1e-6)


def test_a_weekday_never_seen_is_compared_with_all():
    counts, weekdays = school(3)
    weekdays[-1] = 6
    assert by_weekday(counts, weekdays).expected[-1] > 0


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("too_short", lambda: farrington(SERIES[:263])),
        ("too_short", lambda: farrington(SERIES, first=100)),
        ("probability", lambda: farrington(SERIES, level=0.0)),
        ("number", lambda: farrington(SERIES, seasons=0)),
        ("number", lambda: farrington(SERIES, seasons=50)),
        ("counts", lambda: farrington([-1] * 300)),
        ("too_short", lambda: by_weekday(*school(1, days=40))),
        ("too_short", lambda: by_weekday(*school(1), baseline=5)),
        ("probability", lambda: by_weekday(*school(1), level=1.0)),
        ("forecasts", lambda: by_weekday(school(1)[0], [1, 2])),
        ("forecasts", lambda: by_weekday(*school(1), enrolled=np.zeros(75))),
    ],
)
def test_what_cannot_be_judged_is_refused(code, ask):
    with pytest.raises(RiskRefused) as refused:
        ask()
    assert refused.value.code == code
