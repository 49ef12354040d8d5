"""Diseases known by generation times or serial intervals: an independent simulation, limits, order, and the words."""

from functools import cache

import numpy as np
import pytest

from hucheng.engines.risk import Curve, RiskRefused, curve, profile, profiles
from hucheng.engines.risk.answers import quarantine_answer
from hucheng.engines.risk.house import in_house
from hucheng.engines.risk.kernels import Departure
from hucheng.engines.risk.own import own_curve
from hucheng.engines.risk.policies import Costs
from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk, smallest_quarantine
from hucheng.engines.risk.spread import Spread, with_spread

KUCIRKA = curve("kucirka")
BY_INTERVALS = [key for key, one in profiles().items() if one.spread_by]
VARIANTS = ["sars_cov_2_early_2020", "sars_cov_2_delta"]
HOURS = 12
COUNT = 400_000


@cache
def kernels(key, **options):
    return Spread(profile(key), journey_hours=HOURS, **options)


def share(key, strategy, known=KUCIRKA, **assumptions):
    return float(residual_risk(kernels(key), [strategy], known, **assumptions).infectious[0])


def simulated(disease, plan, *, from_onset, monitoring=True, growth=None, adherence=1.0, seed=5):
    """Draw travellers one by one: infections still to come per person on board, and its standard error."""
    rng = np.random.default_rng(seed)
    incubation, severe = disease.incubation, disease.severe
    onset = rng.gamma(incubation.first, incubation.second, COUNT)
    until = onset + rng.gamma(severe.first, severe.second, COUNT)
    silent = rng.random(COUNT) < disease["asymptomatic_share"]
    age = rng.random(COUNT) * until
    weight = np.ones(COUNT) if growth is None else until * np.exp(-growth * age)
    weight *= silent | (age < onset) | (rng.random(COUNT) > disease["screening_sensitivity"])
    landing = age + HOURS / 24
    stays = rng.random(COUNT) < adherence
    released = landing + np.where(stays, plan.release_day, 0)
    found = np.zeros(COUNT, dtype=bool)
    for day in plan.tests:
        if day + 1 <= plan.release_day:
            seen = KUCIRKA.at(landing + day) * np.where(silent, disease["asymptomatic_relative_sensitivity"], 1)
            found |= stays & (rng.random(COUNT) < seen)
    watched = monitoring & stays & ~silent & (onset > landing) & (onset < released)
    ahead = ~silent & (onset > released)
    left = np.where(ahead & from_onset, 1.0, 1 - disease.spread.cdf(released))
    left = np.where(found | watched, 0.0, left)
    mean = (weight * left).sum() / weight.sum()
    return mean, np.sqrt((weight**2 * (left - mean) ** 2).sum()) / weight.sum()


@pytest.mark.parametrize("key", BY_INTERVALS)
@pytest.mark.parametrize("days", [0, 3, 7, 14])
def test_travellers_drawn_one_by_one_agree(key, days):
    known = kernels(key)
    assert known.from_onset == (profile(key).spread_by == "serial")
    for one in (known, known.otherwise()):
        mean, error = simulated(profile(key), Strategy(days), from_onset=one.from_onset)
        assert abs(residual_risk(one, [Strategy(days)], KUCIRKA).infectious[0] - mean) < 4 * error


@pytest.mark.parametrize("key", VARIANTS)
@pytest.mark.parametrize(
    "assumed", [{}, {"monitoring": False}, {"growth": 0.0}, {"growth": 0.1}, {"adherence": 0.9}], ids=str
)
def test_they_agree_with_tests_and_under_other_assumptions(key, assumed):
    plan = Strategy(6, (0, 4, 6))
    options = {"monitoring": assumed.get("monitoring", True), "departure": Departure(assumed.get("growth"))}
    ours = residual_risk(kernels(key, **options), [plan], KUCIRKA, adherence=assumed.get("adherence", 1.0))
    mean, error = simulated(profile(key), plan, from_onset=False, **assumed)
    assert abs(float(ours.infectious[0]) - mean) < 4 * error


@pytest.mark.parametrize("key", BY_INTERVALS)
def test_longer_stays_and_more_watching_leave_less_and_shares_sum_to_one(key):
    plans = [Strategy(days) for days in range(15)]
    found = residual_risk(kernels(key), plans, KUCIRKA)
    assert (np.diff(found.infectious) < 0).all() and 0 < found.infectious[-1] < found.infectious[0] < 1
    assert found.infectious + found.harmless + found.stopped == pytest.approx(1, abs=1e-12)
    unwatched = residual_risk(kernels(key, monitoring=False), plans, KUCIRKA).infectious
    assert (unwatched[1:] > found.infectious[1:]).all() and unwatched[0] == pytest.approx(found.infectious[0])


def test_a_perfect_test_at_release_leaves_nothing_and_no_test_changes_nothing():
    perfect, blind = (Curve("flat", (0.0, 90.0), (found, found), "") for found in (1.0, 0.0))
    key = "sars_cov_2_delta"
    asked = {"result_delay_days": 0, "asymptomatic_sensitivity": 1.0}
    assert share(key, Strategy(5, (5,)), perfect, **asked) == pytest.approx(0, abs=1e-8)
    assert share(key, Strategy(5, (5,)), blind) == pytest.approx(share(key, Strategy(5)), rel=1e-6)


def test_finer_panels_change_nothing():
    for key in BY_INTERVALS:
        fine = residual_risk(kernels(key, fineness=2), [Strategy(1), Strategy(7)], KUCIRKA).infectious
        assert fine == pytest.approx([share(key, Strategy(1)), share(key, Strategy(7))], abs=3e-6)


def test_a_longer_interval_leaves_more_after_release_and_scales_its_law():
    disease = profile("sars_cov_2_early_2020")
    longer = with_spread(disease, 6.5)
    assert longer.spread.mean == pytest.approx(6.5)
    assert longer.spread.sd / 6.5 == pytest.approx(disease.spread.sd / disease.spread.mean)
    known = kernels("sars_cov_2_early_2020")
    for plan in (Strategy(5), Strategy(10)):
        stretched = residual_risk(known.stretched(6.5), [plan], KUCIRKA).infectious[0]
        assert stretched == pytest.approx(
            residual_risk(Spread(longer, journey_hours=HOURS), [plan], KUCIRKA).infectious[0]
        )
        assert stretched > share("sars_cov_2_early_2020", plan)


@pytest.mark.parametrize(
    ("key", "mean", "sd"),
    [
        ("sars", 8.4, 3.8),  # Lipsitch 2003
        ("mers", 6.8, 4.1),  # Cauchemez 2016
        ("influenza_2009", 2.6, 1.5),  # Cauchemez 2009, Ferguson 2005
        ("sars_cov_2_delta", 4.7, 3.3),  # Hart 2022
        ("sars_cov_2_early_2020", 5.49, 1.84),  # Weibull(3.277, 6.127), Ferretti 2020
    ],
)
def test_the_intervals_are_the_published_ones(key, mean, sd):
    law = profile(key).spread
    assert (law.mean, law.sd) == pytest.approx((mean, sd), abs=0.005)


@pytest.mark.parametrize("key", BY_INTERVALS)
def test_the_answer_says_in_words_what_infectiousness_is_taken_from(key):
    said = quarantine_answer(key, 7, infected=10)
    named = {"generation": ("generation times", "代间距"), "serial": ("serial intervals", "序列间隔")}
    en, zh = named[profile(key).spread_by]
    assert en in said.sentence.en and "not from measured shedding: an assumption" in said.sentence.en
    assert zh in said.sentence.zh and "属于假设" in said.sentence.zh
    assert en in said.assumptions["infectiousness"] and "assumed" in said.assumptions["infectiousness"]
    assert said.value == pytest.approx(said.details["share_after_release"])
    assert "infectious_days" not in said.details and 0 < said.details["in_house"]["share_of_infections"] < 1


def test_infections_before_onset_are_assumed_one_way_and_the_other_is_told():
    """Who leaves a fortnight before the onset of SARS has all infections ahead: leaving that out is far from safe."""
    said, delta = quarantine_answer("sars", 14), quarantine_answer("sars_cov_2_delta", 14)
    ends = {one.assumption: one.value for one in (*said.sensitivity, *delta.sensitivity)}
    assert said.value > 4 * ends["whenever_onset"] and ends["after_onset"] > delta.value
    assert said.value == pytest.approx(0.0123, rel=0.01) and ends["whenever_onset"] == pytest.approx(0.00256, rel=0.01)
    assert "nobody is taken to infect before symptoms, and it would be 0.26%" in said.sentence.en
    assert "并设发病前均不传染，若传染性与发病时间无关则为 0.26%" in said.sentence.zh
    assert "would be 0.11% if nobody infected before them" in delta.sentence.en
    assert "nobody infects before onset" in said.assumptions["infectiousness"]


def test_infections_after_release_are_r0_times_the_share():
    said = quarantine_answer("sars", 7, infected=10)
    assert said.details["onward_infections"] == pytest.approx(3 * said.value)
    assert ", or 4 people, come" in said.sentence.en and "即 4 例" in said.sentence.zh
    delta = quarantine_answer("sars_cov_2_delta", 7)
    assert delta.details["onward_infections"] is None and ", or " not in delta.sentence.en


def test_the_interval_is_over_the_mean_interval_and_the_share_without_symptoms():
    said = quarantine_answer("sars_cov_2_delta", 7)
    ends = {one.words.en: one.value for one in said.sensitivity if one.assumption == "generation_mean"}
    low, high = sorted(ends.values())
    assert said.low < low < said.value < high < said.high and "mean generation time" in said.sentence.en
    assert low == pytest.approx(quarantine_answer(with_spread(profile("sars_cov_2_delta"), 4.1), 7).value, rel=0.1)


def test_a_doubted_incubation_is_drawn_with_the_mean_interval():
    early = profile("sars_cov_2_early_2020")
    number = early.parameter("generation_mean")
    assert number.value == pytest.approx(early.spread.mean, abs=1e-4)
    said = quarantine_answer("sars_cov_2_early_2020", 7)
    ends = [quarantine_answer(with_spread(early, mean), 7).value for mean in (number.low, number.high)]
    assert ends[0] < said.low < ends[0] * 3 < said.value < ends[1] * 0.8 < said.high < ends[1] * 1.2
    assert said.low == quarantine_answer("sars_cov_2_early_2020", 7).low


def test_the_answer_for_many_is_each_ones_share_and_not_the_chance_of_any():
    one, ten = (quarantine_answer("sars_cov_2_delta", 5, infected=count) for count in (1, 10))
    assert one.value == ten.value and (one.low, one.high) == (ten.low, ten.high)


@pytest.mark.parametrize("key", ["sars", "mers", "influenza_2009"])
def test_a_test_curve_of_another_virus_is_refused_and_ones_own_is_used(key):
    with pytest.raises(RiskRefused) as no:
        quarantine_answer(key, 7, [5], test_curve="hellewell")
    assert no.value.code == "curve_other"
    mine = own_curve(b"day,probability\n0,0.5\n40,0.5\n", "mine.csv")
    if key == "sars":  # nobody without symptoms, so nothing is lacking
        assert quarantine_answer(key, 7, [5], test_curve=mine).value < quarantine_answer(key, 7).value
    else:
        with pytest.raises(RiskRefused, match="asymptomatic_relative_sensitivity"):
            quarantine_answer(key, 7, [5], test_curve=mine)


def test_no_plan_with_tests_is_advised_where_no_curve_is_known():
    said = quarantine_answer("mers", 7, target=0.01, costs=Costs(300, 80))
    assert "next_test" not in said.details and "test_curve" not in said.assumptions
    assert all(not plan["strategy"]["tests"] for plan in said.details["frontier"])
    days = said.details["smallest"]["days"]
    assert said.details["smallest"]["tests_before_release"] == []
    assert quarantine_answer("mers", days).value <= 0.01 < quarantine_answer("mers", days - 1).value
    delta = quarantine_answer("sars_cov_2_delta", 7, target=0.001)
    assert delta.details["next_test"][0]["risk"] < delta.value


def test_the_smallest_stay_keeps_the_share_under_its_target():
    days = smallest_quarantine(kernels("sars"), KUCIRKA, 0.005)
    assert share("sars", Strategy(days)) <= 0.005 < share("sars", Strategy(days - 1))


def test_what_is_caught_in_the_house_is_shared_out_to_who_stays_and_who_leaves():
    key = "sars_cov_2_delta"
    inside = in_house(kernels(key), Strategy(10), KUCIRKA, mixing=2.0)
    first = residual_risk(kernels(key), [Strategy(0)], KUCIRKA).infectious[0]
    assert inside.infectious_days < first and inside.infected == pytest.approx(2 * inside.infectious_days)
    assert 0 < inside.infectious < inside.infected
    loose = in_house(kernels(key, monitoring=False), Strategy(10), KUCIRKA, mixing=2.0)
    assert loose.infectious > inside.infectious
    # unwatched, what is not left at release was caused in the house, up to the even change taken within a day
    last = residual_risk(kernels(key, monitoring=False), [Strategy(10)], KUCIRKA).infectious[0]
    assert loose.infectious_days + last == pytest.approx(first, abs=0.03)


def test_a_disease_with_shedding_by_day_is_answered_by_it_and_others_have_no_such_kernels():
    assert profile("sars_cov_2_2020").spread_by is None and profile("unknown_respiratory").spread_by is None
    with pytest.raises(RiskRefused, match="sars has no course_mean"):
        Kernels(profile("sars"), journey_hours=8)
    with pytest.raises(RiskRefused, match="no generation_mean"):
        _ = profile("sars_cov_2_2020").spread


@pytest.mark.parametrize("key", BY_INTERVALS)
def test_in_a_level_epidemic_the_infected_who_fly_are_those_not_yet_severely_ill(key):
    """Without a look for symptoms, infections a day times the mean days from infection to severe illness."""
    known = Spread(profile(key), journey_hours=HOURS, departure=Departure(0.0), exit_sensitivity=0.0)
    mean = profile(key).incubation.mean + profile(key).severe.mean
    assert known.aboard() == pytest.approx((mean, mean), rel=1e-6)
