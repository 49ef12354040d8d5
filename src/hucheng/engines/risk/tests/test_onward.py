"""Infections after a quarantine with tests: the published values, limits, order, and the double integral itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.onward import Course, infections_after, onward_chance, panels, sensitivity, shedding

BASE = Course(2.5, 8.29, 0.308, 8.29, 28.29)
LATENT = [1.9, 2.9, 3.9]
lengths = st.floats(0, 21)


def after(days, samples=(), course=BASE, latent=2.9):
    return infections_after(shedding(latent), course, days=days, samples=samples)


@pytest.mark.parametrize(
    ("days", "samples", "published"),
    [
        (0, (), 0.89237183),
        (7, (), 0.088507),
        (14, (), 0.005350),
        (7, (7,), 0.005185),
        (7, (6,), 0.004752),
    ],
)
def test_the_published_values_of_wells_2021(days, samples, published):
    assert after(days, samples) == pytest.approx(published, abs=5e-6)


@pytest.mark.parametrize("latent", LATENT)
def test_infectiousness_is_a_density_and_its_integral_the_cdf(latent):
    curve = shedding(latent)
    at, weight = panels(80.0, [curve.turn])
    assert weight @ curve.density(at) == pytest.approx(1, abs=1e-9)
    assert curve.cdf([0, curve.turn, 200]) == pytest.approx(
        [0, float(weight[at < curve.turn] @ curve.density(at[at < curve.turn])), 1], abs=1e-9
    )


@pytest.mark.parametrize("latent", LATENT)
def test_a_test_is_as_good_on_the_way_up_as_on_the_way_down(latent):
    curve = shedding(latent)
    found = sensitivity(curve, 8.29)
    late = curve.peak + 3
    early = np.interp(float(curve.density(late)), curve.density(line := np.linspace(0, curve.peak, 20001)), line)
    assert found(curve.density(early)) == pytest.approx(float(found(curve.density(late))), abs=1e-3)
    assert found(curve.density(np.linspace(0, 60, 500))).min() >= 0 and found(curve.density(curve.peak)) <= 1


def test_the_double_integral_agrees():
    """The published form, on a plain grid: age at entry times time after release."""
    curve, days, sample = shedding(2.9), 5.0, 4.0
    u, wide = np.linspace(0, 8.29, 400), np.linspace(0, 60, 4000)
    missed = 1 - sensitivity(curve, 8.29)(curve.density(u + sample))
    time = u[:, None] + days + wide[None, :]
    inner = np.trapezoid(curve.density(time) * (time <= 8.29), wide, axis=1)
    plain = 2.5 * np.trapezoid(missed * inner, u) / 8.29
    assert after(days, [sample], Course(2.5, 8.29, 0.0, 8.29, 28.29)) == pytest.approx(plain, abs=2e-4)


@given(lengths, lengths)
@settings(max_examples=20, deadline=None)
def test_longer_is_never_worse_and_a_test_never_harms(one, other):
    short, long = sorted((one, other))
    assert after(long) <= after(short) + 1e-9
    assert after(long, [long]) <= after(long) + 1e-12
    assert after(long, [long, long]) <= after(long, [long]) + 1e-12


def test_limits():
    at_birth = Course(2.5, 8.29, 0.0, 0.0, 0.0, isolates=False)
    assert after(0, course=at_birth) == pytest.approx(2.5)
    assert after(200) == pytest.approx(0, abs=1e-9)
    assert after(0, course=Course(0.0, 8.29, 0.3, 8.29, 28.29)) == 0


def test_the_mixture_is_linear_in_the_share_without_symptoms():
    one, other, mixed = (after(5, (4,), Course(2.5, 8.29, p, 8.29, 28.29)) for p in (0.0, 1.0, 0.308))
    assert mixed == pytest.approx(0.692 * one + 0.308 * other, abs=1e-12)


def test_who_does_not_isolate_infects_more():
    assert after(3, course=Course(2.5, 8.29, 0.308, 8.29, 28.29, isolates=False)) > after(3) * 2


def test_four_nodes_a_panel_are_exact_on_smooth_pieces():
    """A one-dimensional integral: doubling the nodes lowers the error at least fiftyfold."""
    errors = [abs(float(w @ np.exp(at)) - np.expm1(4.0)) for at, w in (panels(4.0, [], 2.0, n) for n in (2, 4))]
    assert errors[1] < errors[0] / 50


def test_the_chance_of_any_infection():
    assert onward_chance(0.0) == 0 and onward_chance(2.5) == pytest.approx(1 - (0.25 / 2.75) ** 0.25)
    assert onward_chance(2.5, 1e6) == pytest.approx(1 - np.exp(-2.5), abs=1e-5)


@pytest.mark.parametrize(
    "question",
    [
        lambda: shedding(5.0),
        lambda: after(-1),
        lambda: after(5, [-1]),
        lambda: after(5, course=Course(2.5, 8.29, 1.2, 8.29, 28.29)),
        lambda: onward_chance(-1.0),
        lambda: onward_chance(1.0, 0.0),
    ],
    ids=["latent", "days", "sample", "share", "infections", "dispersion"],
)
def test_what_cannot_be_is_refused(question):
    with pytest.raises(RiskRefused):
        question()
