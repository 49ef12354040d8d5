"""Fever scanner and questionnaire: the published shares, one place for each traveller, and travellers drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.risk import RiskRefused, gamma_of
from hucheng.engines.risk.checkpoints import OUTCOMES, Checks, growing_epidemic, outcomes, over_a_box

BOX = {
    "R0": (1.5, 4.0),
    "fever_sensitivity": (0.6, 0.9),
    "incubation_mean": (4.5, 6.5),
    "onset_to_admission": (3.0, 7.0),
    "p_risk_aware": (0.05, 0.4),
    "questionnaire_honesty": (0.05, 0.25),
}
shares = st.floats(0, 1)
ends = st.booleans()


def named(values):
    return dict(zip(OUTCOMES, np.asarray(values).tolist(), strict=True))


@given(shares, shares, shares, shares, shares, shares, ends, ends)
def test_every_traveller_ends_in_exactly_one_place(one, other, sensitivity, honesty, fever, aware, departure, arrival):
    before, after = sorted((one, other))
    found = outcomes(before, after, Checks(sensitivity, honesty, departure, arrival), fever=fever, aware=aware)
    assert found.sum() == pytest.approx(1, abs=1e-12) and found.min() >= -1e-15


@given(shares, shares, shares, shares)
def test_a_better_scanner_or_honesty_never_misses_more(low, high, fever, aware):
    low, high = sorted((low, high))
    for worse, better in ((Checks(low, 0.3), Checks(high, 0.3)), (Checks(0.7, low), Checks(0.7, high))):
        missed = [outcomes(0.4, 0.6, checks, fever=fever, aware=aware)[4:].sum() for checks in (worse, better)]
        assert missed[1] <= missed[0] + 1e-12


def test_without_a_checkpoint_nobody_is_found_and_a_perfect_one_misses_only_the_undetectable():
    nobody = outcomes(0.5, 0.7, Checks(0.9, 0.9, departure=False, arrival=False), fever=0.8, aware=0.3)
    assert nobody[:4].tolist() == [0, 0, 0, 0]
    perfect = named(outcomes(0.5, 0.7, Checks(1.0, 1.0), fever=0.8, aware=0.3))
    assert perfect["undetectable"] == pytest.approx(0.7 * (1 - 0.8 * 0.7))
    assert perfect["missed_both"] + perfect["missed_fever"] + perfect["missed_risk_aware"] == pytest.approx(0)


def test_travellers_drawn_one_by_one_agree():
    rng, draws = np.random.default_rng(5), 400_000
    before, after, fever, aware, sensitivity, honesty = 0.35, 0.5, 0.75, 0.2, 0.7, 0.25
    drawn = rng.uniform(size=draws)
    hot, knows = rng.uniform(size=draws) < fever, rng.uniform(size=draws) < aware
    ill, ill_later = (drawn < before) & hot, (drawn < after) & hot
    left = np.ones(draws, dtype=bool)
    counted = []
    for sick in (ill, ill_later):
        for mark, chance in ((sick, sensitivity), (knows, honesty)):
            caught = left & mark & (rng.uniform(size=draws) < chance)
            counted.append(caught.mean())
            left &= ~caught
    for mark in (knows & ill_later, ~knows & ill_later, knows & ~ill_later, ~knows & ~ill_later):
        counted.append((left & mark).mean())
    ours = outcomes(before, after, Checks(sensitivity, honesty), fever=fever, aware=aware)
    assert np.abs(ours - counted).max() < 4 * np.sqrt(0.25 / draws)


@pytest.mark.parametrize(
    ("strategy", "subclinical", "published"),
    [
        ("arrival", 0.05, {"detected_arrival_fever": 0.2333096, "undetectable": 0.534274}),
        ("both", 0.05, {"detected_departure_fever": 0.1690887, "missed_risk_aware": 0.1125874}),
        ("departure", 0.5, {"missed_both": 0.0056999, "missed_fever": 0.0229708}),
    ],
)
def test_the_population_of_a_growing_epidemic_is_as_published(strategy, subclinical, published):
    """Source data of figure 3B, itself a simulation of 1,000 parameter sets of 30 travellers."""
    found = named(over_a_box(BOX, strategy=strategy, fever=1 - subclinical, flight_days=1, incubation_sd=2.25))
    assert {name: found[name] for name in published} == pytest.approx(published, abs=0.003)


def test_more_nodes_change_nothing_that_is_shown():
    few, many = (
        over_a_box(BOX, strategy="both", fever=0.75, flight_days=1, incubation_sd=2.25, nodes=n) for n in (3, 6)
    )
    assert np.abs(few - many).max() < 2e-4


def test_a_faster_epidemic_brings_younger_infections():
    def undetectable(r0):
        return growing_epidemic(
            Checks(0.7, 0.25),
            flight_days=1,
            fever=0.95,
            aware=0.2,
            incubation_mean=5.5,
            incubation_sd=2.25,
            r0=r0,
            onset_to_admission=5,
        )[-1]

    assert undetectable(1.5) < undetectable(3) < undetectable(6)


@pytest.mark.parametrize(
    "question",
    [
        lambda: Checks(1.2, 0.5),
        lambda: Checks(0.5, -0.1),
        lambda: outcomes(0.5, 0.6, Checks(0.5, 0.5), fever=float("nan"), aware=0.2),
        lambda: over_a_box(BOX, strategy="none", fever=0.5, flight_days=1, incubation_sd=2),
        lambda: over_a_box({}, strategy="both", fever=0.5, flight_days=1, incubation_sd=2),
        lambda: over_a_box({**BOX, "R0": (-2, -1)}, strategy="both", fever=0.5, flight_days=1, incubation_sd=2),
    ],
    ids=["sensitivity", "honesty", "fever", "strategy", "box", "R0"],
)
def test_what_cannot_be_is_refused(question):
    with pytest.raises(RiskRefused):
        question()


def test_the_published_share_of_one_traveller():
    """Source data of figure 2: 8.9 days after infection, mean incubation 4.5 days, half without fever."""
    law = gamma_of(4.5, 2.25)
    found = named(outcomes(law.cdf(8.9), law.cdf(9.9), Checks(0.7, 0.25), fever=0.5, aware=0.2))
    assert found["missed_both"] == pytest.approx(0.005181703673, abs=1e-9)
