"""The growth of a cluster: a simulation that shares no line, expectations, limits, invariances, and the words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.answers_here import cluster_answer
from hucheng.engines.risk.cluster import further_cases
from hucheng.engines.risk.growth import more_to_come, serial_interval

LAW = serial_interval(5.8, 3, 90)
RUNS = 2000


def simulated(ages, r, k, days, seed=3):
    """Follow each chain case by case; gives the further cases of each run."""
    rng = np.random.default_rng(seed)
    out = np.zeros(RUNS, dtype=int)
    for run in range(RUNS):
        waiting = [-age for age in ages]
        while waiting:
            onset = waiting.pop()
            gaps = rng.choice(len(LAW), p=LAW / LAW.sum(), size=rng.poisson(rng.gamma(k, r / k)))
            fresh = [int(onset + gap) for gap in gaps if 0 < onset + gap <= days]
            out[run] += len(fresh)
            waiting += fresh
    return out


@pytest.mark.parametrize(
    ("ages", "r", "k", "days"),
    [([0, 3, 5, 9], 2.5, 0.1, 7), ([0, 1], 0.8, 0.5, 14), ([4] * 3, 1.2, 0.2, 21), ([0] * 12, 1.5, 5.0, 10)],
)
def test_chains_followed_case_by_case_agree(ages, r, k, days):
    ours, runs = further_cases(ages, LAW, r, k, days=days)[-1], simulated(ages, r, k, days)
    for share, seen in ((ours.chances[0], runs == 0), (ours.at_least(len(ages)), runs >= len(ages))):
        assert abs(share - seen.mean()) < 4 * np.sqrt(share * (1 - share) / RUNS)
    assert abs(ours.mean - runs.mean()) < 4 * runs.std() / np.sqrt(RUNS)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.floats(0, 3), st.floats(0.05, 5), st.integers(1, 12))
@settings(max_examples=30, deadline=None)
def test_chances_sum_to_one_and_their_mean_is_the_renewed_one(ages, r, k, days):
    found = further_cases(ages, LAW, r, k, days=days)
    for one in found:
        assert one.chances.sum() == pytest.approx(1, abs=1e-8) and (one.chances >= 0).all()
        assert one.chances @ np.arange(len(one.chances)) == pytest.approx(one.mean, abs=1e-6)
    assert (np.diff([one.mean for one in found]) >= -1e-12).all()
    assert (np.diff([one.chances[0] for one in found]) <= 1e-12).all()


def test_in_the_long_run_the_chance_of_none_is_that_of_the_end_of_the_outbreak():
    ages, far = [0, 4, 9], further_cases([0, 4, 9], LAW, 0.9, 0.2, days=40)[-1]
    assert 1 - far.chances[0] == pytest.approx(more_to_come(ages, LAW, 0.9, 0.2), abs=1e-6)


def test_nobody_infects_at_r_of_zero_and_two_clusters_are_the_sum_of_each():
    assert further_cases([0, 1], LAW, 0.0, 0.5, days=14)[-1].chances[0] == pytest.approx(1)
    one, other, both = (further_cases(ages, LAW, 0.9, 0.5, days=9)[-1] for ages in ([2], [5], [5, 2]))
    assert both.mean == pytest.approx(one.mean + other.mean)
    assert both.chances[:200] == pytest.approx(np.convolve(one.chances, other.chances)[:200], abs=1e-9)


def test_without_clustering_infections_of_the_first_day_are_poisson():
    found = further_cases([0], LAW, 2.0, 1e6, days=1)[0]
    mean = 2.0 * LAW[1]
    assert found.chances[:3] == pytest.approx(
        [np.exp(-mean), mean * np.exp(-mean), mean**2 / 2 * np.exp(-mean)], rel=1e-4
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"ages": []}, "no_case"),
        ({"ages": [-1]}, "days"),
        ({"ages": [0.5]}, "days"),
        ({"days": 0}, "number"),
        ({"days": 61}, "number"),
        ({"r": -1}, "distribution"),
        ({"k": 0}, "distribution"),
        ({"r": 9, "days": 60}, "cluster_large"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(given, code):
    asked = {"ages": [0], "r": 2.5, "k": 0.1, "days": 14} | given
    with pytest.raises(RiskRefused) as no:
        further_cases(asked["ages"], LAW, asked["r"], asked["k"], days=asked["days"])
    assert no.value.code == code


def test_the_answer_says_number_interval_and_cause_and_what_would_change_it():
    said = cluster_answer("sars_cov_2_2020", [2, 0, 1, 3], mean=5.8, sd=3, days=7)
    assert said.low <= said.value <= said.high and said.details["known_cases"] == 6
    assert "From 6 known local cases we expect" in said.sentence.en and "a few infect many" in said.sentence.en
    assert "6 例已知本地病例在今后 7 天内" in said.sentence.zh and "少数传给很多人" in said.sentence.zh
    assert {one.assumption for one in said.sensitivity} == {"r0", "interval_mean", "interval_sd"}
    assert [one["day"] for one in said.details["by_day"]] == list(range(1, 8))
    assert said.details["by_day"][-1]["mean"] == said.value
    assert cluster_answer("mers", [1, 0, 1], mean=6.8, sd=4.1).value < 2 * 0.45 * (1 + 0.45)
