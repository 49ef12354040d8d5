"""Diseases and test curves as data: every number has a source, every curve is that of its paper."""

import csv
from pathlib import Path

import numpy as np
import pytest

from hucheng.engines.risk import Curve, RiskRefused, curve, curves, profile, profiles

TABLES = Path(__file__).parents[1]
NUMBERS = [(one.key, name, number) for one in profiles().values() for name, number in one.parameters.items()]


def test_the_diseases_their_variants_and_a_template_are_there():
    variants = {"sars_cov_2_2020", "sars_cov_2_early_2020", "sars_cov_2_delta", "sars_cov_2_omicron"}
    assert variants | {"sars", "mers", "influenza_2009", "unknown_respiratory"} == set(profiles())


def test_every_profile_speaks_both_languages_with_version_and_source():
    for one in profiles().values():
        assert one.name.zh and one.name.en and one.version and one.source


@pytest.mark.parametrize(("key", "name", "number"), NUMBERS)
def test_every_number_has_unit_and_source_and_lies_in_its_interval(key, name, number):
    assert number.unit and number.source
    if number.low is not None:
        assert number.low < number.value < number.high
    if number.unit == "share":
        assert 0 <= number.value <= 1


def test_no_number_of_the_tables_stands_twice():
    for table, names in (("parameters.csv", ("profile", "parameter")), ("curves.csv", ("curve", "day"))):
        with (TABLES / table).open(encoding="utf-8", newline="") as file:
            keys = [tuple(row[name] for name in names) for row in csv.DictReader(file)]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("key", "mean", "sd"),
    [
        ("sars_cov_2_early_2020", 5.2, 4.1**0.5),
        ("sars", 6.4, 16.7**0.5),
        ("mers", 5.5, 2.5),
        ("influenza_2009", 4.3, 1.05**0.5),
    ],
)
def test_the_published_second_moment_is_a_variance(key, mean, sd):
    assert (profile(key).incubation.mean, profile(key).incubation.sd) == pytest.approx((mean, sd))


def test_the_profile_of_2020_has_the_published_quantiles_of_lauer():
    assert profile("sars_cov_2_2020").incubation.quantile([0.5, 0.975]) == pytest.approx([5.1, 11.5])


def test_the_asymptomatic_share_is_the_median_of_the_published_beta():
    drawn = np.random.default_rng(7).beta(1.87733, 6.31485, 400_000)
    number = profile("sars_cov_2_2020").parameter("asymptomatic_share")
    assert np.quantile(drawn, [0.025, 0.5, 0.975]) == pytest.approx([number.low, number.value, number.high], abs=0.003)


def test_infectiousness_starts_before_onset_falls_after_it_and_ends():
    known = profile("sars_cov_2_2020")
    days = np.array([-2.4, -2.2, -0.1, 0.0, 7.09, 13.3, 40.0])
    assert known.still_infectious(days) == pytest.approx([0, 1, 1, 1, 0.5, 0, 0], abs=2e-3)
    assert (np.diff(known.still_infectious(np.linspace(0, 20, 200))) <= 0).all()


def test_half_are_no_longer_infectious_where_the_logit_is_zero():
    known = profile("sars_cov_2_2020")
    assert known.still_infectious(5.266861417026 / 0.742950137978) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize(
    ("key", "day", "printed"),
    [("kucirka", 5, 0.6084124), ("kucirka", 8, 0.793895), ("hellewell", 4, 0.78539), ("hellewell", 10, 0.51468)],
)
def test_a_curve_meets_its_published_points(key, day, printed):
    assert curve(key).at(day) == pytest.approx(printed, abs=1e-9)


@pytest.mark.parametrize("key", curves())
def test_a_curve_is_zero_before_infection_and_held_after_its_last_point(key):
    known = curve(key)
    assert known.at([-1.0, -0.01]).tolist() == [0, 0]
    assert known.at(90) == pytest.approx(known.probabilities[-1])
    assert ((known.at(np.linspace(0, 60, 600)) > 0) & (known.at(np.linspace(0, 60, 600)) < 1)).all()


def test_between_two_points_the_odds_are_their_geometric_mean():
    made = Curve("made", (0.0, 2.0), (0.2, 0.8), "here")
    assert made.at(1.0) == pytest.approx(0.5)


def test_hellewell_finds_more_early_and_less_late():
    early, late = np.arange(3, 6), np.arange(7, 25)
    assert (curve("hellewell").at(early) > curve("kucirka").at(early)).all()
    assert (curve("hellewell").at(late) < curve("kucirka").at(late)).all()


def test_unknown_names_are_refused_with_those_that_exist():
    with pytest.raises(RiskRefused, match="sars_cov_2_2020") as said:
        profile("plague")
    assert said.value.code == "profile"
    with pytest.raises(RiskRefused, match="kucirka, hellewell") as said:
        curve("perfect")
    assert said.value.code == "curve"


def test_what_a_source_does_not_give_is_refused_and_not_guessed():
    with pytest.raises(RiskRefused, match="mers has no infectious_end_intercept") as said:
        profile("mers").still_infectious(3.0)
    assert said.value.code == "parameter"


def test_nobody_is_infectious_after_the_longest_time_and_somebody_just_before():
    known = profile("sars_cov_2_2020")
    assert known.longest_infectious == pytest.approx(13.27, abs=0.01)
    assert known.still_infectious(known.longest_infectious) == pytest.approx(0, abs=1e-12)
    assert known.still_infectious(known.longest_infectious - 0.1) > 0


def test_the_infectious_days_left_are_the_integral_of_who_is_still_infectious():
    known = profile("sars_cov_2_2020")
    days = np.linspace(0, 15, 15_001)
    still = known.still_infectious(days)
    left = np.append(((still[1:] + still[:-1]) / 2)[::-1].cumsum()[::-1], 0.0) * (days[1] - days[0])
    assert known.infectious_left(days) == pytest.approx(left, abs=1e-6)
    assert known.infectious_left([20.0]) == pytest.approx([0])


@pytest.mark.parametrize(
    ("days", "found", "code"),
    [
        ((0.0, 1.0), (0.2, 1.2), "probability"),
        ((0.0, 1.0), (0.2, float("nan")), "probability"),
        ((1.0, 1.0), (0.2, 0.3), "curve_days"),
        ((0.0, 1.0), (0.2,), "curve_days"),
        ((), (), "curve_days"),
    ],
    ids=["above one", "no number", "no rise", "no pair", "nothing"],
)
def test_a_test_curve_that_cannot_be_is_refused(days, found, code):
    with pytest.raises(RiskRefused) as no:
        Curve("mine", days, found, "here")
    assert no.value.code == code


def test_a_straight_curve_is_linear_in_the_probability_itself():
    assert Curve("mine", (0.0, 2.0), (0.0, 0.5), "here", straight=True).at([-1, 0, 1, 9]).tolist() == [0, 0, 0.25, 0.5]


def test_the_infectious_days_of_omicron_are_the_likeliest_for_the_published_cultures():
    days, positive, tested = np.array([5, 7, 10, 14]), np.array([44, 26, 7, 4]), np.array([53, 50, 52, 50])
    omicron = profile("sars_cov_2_omicron")

    def likelihood(intercept, slope):
        ended = 1 / (1 + np.exp(-(intercept + slope * days)))
        return (positive * np.log(1 - ended) + (tested - positive) * np.log(ended)).sum()

    intercept, slope = omicron["infectious_end_intercept"], omicron["infectious_end_slope"]
    best = likelihood(intercept, slope)
    for by in (0.99, 1.01):
        assert likelihood(intercept * by, slope) < best and likelihood(intercept, slope * by) < best
    assert omicron.still_infectious(7) == pytest.approx(26 / 50, abs=0.05)


@pytest.mark.parametrize(("key", "mean", "sd"), [("sars_cov_2_delta", 4.43, 2.19), ("sars_cov_2_omicron", 3.61, 1.82)])
def test_the_incubation_of_the_variants_is_that_of_galmiche(key, mean, sd):
    law = profile(key).incubation
    assert (law.mean, law.sd) == pytest.approx((mean, sd))
