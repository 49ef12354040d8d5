"""Rt day by day: a known truth is followed, the window's posterior is met, and few cases show nothing."""

import numpy as np
import pytest

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.growth import effective_r, serial_interval
from hucheng.engines.risk.smoothing import smoothed_r

INTERVAL = serial_interval(5.0, 2.0, 60)


def epidemic(rng, truth):
    cases = [40]
    for day in range(1, len(truth)):
        pressure = sum(INTERVAL[back] * cases[day - back] for back in range(1, day + 1))
        cases.append(int(rng.poisson(truth[day] * pressure)))
    return cases


def test_it_follows_a_change_that_a_window_blurs():
    truth = np.array([2.0] * 25 + [0.6] * 25)
    cases = epidemic(np.random.default_rng(7), truth)
    smooth = {one.day: one for one in smoothed_r(cases, interval=INTERVAL) if one}
    windowed = {one.last: one.mean for one in effective_r(cases, interval=INTERVAL) if one}
    days = range(20, 46)
    off = [
        np.mean([abs(value(day) - truth[day - 1]) for day in days])
        for value in (lambda d: smooth[d].mean, windowed.get)
    ]
    assert off[0] < off[1] * 0.9
    assert smooth[15].above_one > 0.99 and smooth[45].above_one < 0.01


def test_its_interval_holds_the_truth_as_often_as_it_says():
    rng, held = np.random.default_rng(19), []
    for _ in range(30):
        truth = np.full(30, rng.uniform(0.8, 1.5))
        days = [one for one in smoothed_r(epidemic(rng, truth), interval=INTERVAL)[10:] if one]
        held += [one.low <= truth[0] <= one.high for one in days]
    assert len(held) > 400 and np.mean(held) > 0.9


def test_without_a_walk_it_is_one_window_over_everything():
    """A walk that goes nowhere leaves the gamma posterior of the whole series (flat prior: one more in the shape)."""
    cases = epidemic(np.random.default_rng(3), np.full(25, 1.2))
    last = smoothed_r(cases, interval=INTERVAL, noise=1e-4)[-1]
    whole = effective_r(cases, interval=INTERVAL, window=24, prior=(1.0, 1e9))[0]
    assert last.mean == pytest.approx(whole.mean, abs=2e-3)
    assert (last.low, last.high) == pytest.approx(tuple(whole.quantile([0.025, 0.975])), abs=0.02)


def test_a_shift_of_time_shifts_the_answer():
    cases = epidemic(np.random.default_rng(5), np.full(25, 1.3))
    first, later = smoothed_r(cases, interval=INTERVAL), smoothed_r([0, 0, 0, *cases], [0] * 28, interval=INTERVAL)
    known = smoothed_r(cases, [0] * 25, interval=INTERVAL)
    assert later[-1].mean == pytest.approx(known[-1].mean, abs=2e-3) and first[-1].day + 3 == later[-1].day


def test_imported_cases_press_but_are_not_counted_as_spread():
    few, many = (smoothed_r([5] * 20, [n] * 20, interval=INTERVAL)[-1].mean for n in (0, 10))
    assert many < few / 2


def test_a_handful_of_cases_shows_nothing():
    assert smoothed_r([1] * 20, interval=INTERVAL)[-1] is None
    assert smoothed_r([1] * 20, interval=INTERVAL, least_cases=0)[-1] is not None


@pytest.mark.parametrize("noise", [0.0, -1, 1.5, float("nan")])
def test_a_noise_that_cannot_be_is_refused(noise):
    with pytest.raises(RiskRefused):
        smoothed_r([5] * 20, interval=INTERVAL, noise=noise)
