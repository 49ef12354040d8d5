"""Weights from decisions, and the prior of a run from no decision at all."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.training import fit, prior_shift


def pairs(counts):
    """Pairs with one term each: {term: (same, other)}."""
    found = [
        ({term: 1.0}, decided) for term, (same, other) in counts.items() for decided in [True] * same + [False] * other
    ]
    return [terms for terms, _decided in found], [decided for _terms, decided in found]


def test_one_term_gets_the_log_odds_of_its_pairs():
    found, same = pairs({"phone=exact": (80, 20), "phone=else": (10, 90)})
    bits = fit(found, same, start={}, trust=1e-9)
    assert bits["prior"] + bits["phone=exact"] == pytest.approx(math.log2(80 / 20), abs=1e-3)
    assert bits["prior"] + bits["phone=else"] == pytest.approx(math.log2(10 / 90), abs=1e-3)


def test_few_decisions_change_trusted_weights_little_and_many_a_lot():
    start = {"prior": -2.0, "phone=exact": 6.0}
    few = fit(*pairs({"phone=exact": (1, 1)}), start=start, trust=50.0)
    many = fit(*pairs({"phone=exact": (500, 4500), "phone=else": (2500, 2500)}), start=start, trust=50.0)
    assert abs(few["phone=exact"] - 6.0) < 0.2 < abs(many["phone=exact"] - 6.0)


def test_a_term_that_no_decision_speaks_of_is_left_out():
    assert set(fit(*pairs({"a=b": (3, 2)}), start={"c=d": 4.0}, trust=1.0)) == {"prior", "a=b"}


@pytest.mark.parametrize("counts", [{}, {"a=b": (3, 0)}, {"a=b": (0, 3)}])
def test_decisions_of_one_kind_teach_nothing(counts):
    with pytest.raises(ValueError, match="both kinds"):
        fit(*pairs(counts), start={}, trust=1.0)


def drawn(share, rows, seed=4):
    """Weights of candidates, calibrated where half of the candidates are one person's."""
    dice = np.random.default_rng(seed)
    same = dice.random(rows) < share
    return np.where(
        same, dice.normal(4.0, np.sqrt(8 / np.log(2)), rows), dice.normal(-4.0, np.sqrt(8 / np.log(2)), rows)
    )


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8])
def test_the_share_of_a_run_is_found_without_labels(share):
    found = prior_shift(drawn(share, 40_000), 0.5)
    assert found == pytest.approx(math.log2(share / (1 - share)), abs=0.25)


@given(st.lists(st.floats(-40, 40), min_size=1, max_size=50), st.floats(0.05, 0.95))
def test_any_weights_give_a_bounded_shift(weights, expected):
    assert abs(prior_shift(weights, expected)) < 60


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=30), st.floats(0.1, 0.9), st.floats(0.1, 5))
def test_stronger_candidates_never_lower_the_prior(weights, expected, more):
    assert prior_shift([bits + more for bits in weights], expected) >= prior_shift(weights, expected) - 1e-6
