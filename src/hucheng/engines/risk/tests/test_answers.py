"""Answers for people: the sentence says the number, its interval and cause, and what is too small is not a number."""

from dataclasses import replace

import pytest

from hucheng.engines.risk import RiskRefused, curve, profile, profiles
from hucheng.engines.risk.answers import percent, quarantine_answer, screening_answer
from hucheng.engines.risk.answers_here import over_answer, rt_answer
from hucheng.engines.risk.policies import Costs
from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk
from hucheng.engines.risk.screening import screening
from hucheng.engines.risk.sentences import count


def without_limits(key):
    """Give a disease as if its sources gave no interval of any number."""
    known = profile(key)
    return replace(
        known, parameters={name: replace(one, low=None, high=None) for name, one in known.parameters.items()}
    )


GROWING = [1, 1, 0, 2, 5, 3, 3, 3, 6, 2, 5, 9, 13]


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0.0, "低于 0.01%", "below 0.01%"),
        (0.000099, "低于 0.01%", "below 0.01%"),
        (0.0001, "0.01%", "0.01%"),
        (0.0069, "0.69%", "0.69%"),
        (0.0999, "10%", "10%"),
        (0.535, "54%", "54%"),
        (0.9951, "99.51%", "99.51%"),
        (1.0, "高于 99.99%", "above 99.99%"),
    ],
)
def test_a_percentage_shows_two_figures_and_none_below_what_the_model_can_tell(value, zh, en):
    assert (percent(value).zh, percent(value).en) == (zh, en)


@pytest.mark.parametrize("key", profiles())
def test_every_disease_has_an_answer_on_screening_with_its_assumptions(key):
    said = screening_answer(key, 12)
    assert said.value == screening(profile(key), journey_hours=12).missed
    assert said.assumptions["name"] == key and said.assumptions["version"] and said.assumptions["source"]
    assert percent(said.value).en in said.sentence.en and percent(said.value).zh in said.sentence.zh


def test_an_interval_is_said_with_its_cause_and_its_absence_too():
    known, bare = screening_answer("sars_cov_2_2020", 12), screening_answer(without_limits("sars_cov_2_2020"), 12)
    assert known.low < known.value < known.high
    assert "without symptoms" in known.sentence.en and "无症状比例未知" in known.sentence.zh
    for said in (bare, quarantine_answer(without_limits("sars_cov_2_2020"), 7)):
        assert (said.low, said.high) == (None, None)
        assert "no interval" in said.sentence.en and "无区间" in said.sentence.zh


@pytest.mark.parametrize("key", profiles())
def test_every_shipped_disease_has_an_interval_with_its_cause(key):
    for said in (screening_answer(key, 12), quarantine_answer(key, 0), quarantine_answer(key, 7)):
        assert said.low < said.value < said.high, said.question
        assert "mostly because we do not know" in said.sentence.en and "区间主要来自" in said.sentence.zh


def test_where_incubation_is_the_larger_doubt_it_is_in_the_interval_and_named():
    """Donnelly 2003 gives 5.2 to 7.7 days for SARS: whoever has onset after release infects as if never held."""
    for said in (screening_answer("sars", 12), quarantine_answer("sars", 14)):
        ends = sorted(one.value for one in said.sensitivity if one.assumption == "incubation_mean")
        assert (said.low, said.high) == pytest.approx(ends, rel=0.15) and said.low < said.high
        assert "how long incubation lasts" in said.sentence.en and "潜伏期长短" in said.sentence.zh
    silent = quarantine_answer("sars_cov_2_2020", 14)
    assert "without symptoms" in silent.sentence.en
    assert [silent.low, silent.high] == sorted(
        one.value for one in silent.sensitivity if one.assumption == "asymptomatic_share"
    )


def test_the_worked_page_of_ten_infected_and_fourteen_days():
    """science.md section 7: about 7 % (1-14 %) if everyone complies."""
    said = quarantine_answer("sars_cov_2_2020", 14, [13, 0], infected=10)
    assert (said.value, said.low, said.high) == pytest.approx((0.07, 0.01, 0.14), abs=0.005)
    assert "tests on day 0, 13" in said.sentence.en and "第 0、13 天检测" in said.sentence.zh
    assert percent(said.details["at_95_percent_adherence"]).en in said.sentence.en


def test_the_chance_for_many_is_that_of_one_for_each():
    one, ten = (quarantine_answer("sars_cov_2_2020", 10, infected=infected).value for infected in (1, 10))
    assert ten == pytest.approx(1 - (1 - one) ** 10)


def test_the_assumption_behind_a_test_is_named_and_changes_the_answer():
    first, second = (quarantine_answer("sars_cov_2_2020", 7, [6], test_curve=name) for name in ("kucirka", "hellewell"))
    assert first.assumptions["test_curve"] == "kucirka" and "10.7326/M20-1495" in first.assumptions["test_source"]
    assert second.value > first.value


@pytest.mark.parametrize("adherence", [0.5, 0.95, 1.0])
def test_the_figure_for_95_percent_is_that_whatever_is_assumed(adherence):
    said = quarantine_answer("sars_cov_2_2020", 14, adherence=adherence)
    assert said.details["at_95_percent_adherence"] == quarantine_answer("sars_cov_2_2020", 14, adherence=0.95).value
    assert f"{100 * adherence:.0f}% comply" in said.sentence.en


def test_the_details_of_a_quarantine_are_those_of_the_engine():
    plan = Strategy(7, (5,))
    said = quarantine_answer("sars_cov_2_2020", 7, [5], journey_hours=3, correlation=0.3, adherence=0.8)

    known = Kernels(profile("sars_cov_2_2020"), journey_hours=3)
    ours = residual_risk(known, [plan], curve("kucirka"), correlation=0.3, adherence=0.8)
    assert said.value == pytest.approx(ours.infectious[0])
    assert said.details["infectious_days"] == ours.days[0] and said.details["stopped"] == ours.stopped[0]
    assert 0 < said.details["onward_infections"] < 2.5


def test_a_stay_beyond_what_the_model_can_tell_shows_no_number():
    said = quarantine_answer("sars_cov_2_2020", 40, [0, 20])
    assert said.sentence.en.count("below 0.01%") >= 2 and "no test" not in said.sentence.en


@pytest.mark.parametrize("infected", [0, -3, 1001])
def test_nobody_or_too_many_on_board_is_refused(infected):
    with pytest.raises(RiskRefused, match="infected of .* lies outside 1 to 1000"):
        quarantine_answer("sars_cov_2_2020", 7, infected=infected)


def test_growth_here_is_said_with_rt_and_doubling():
    said = rt_answer(GROWING, None, mean=2.6, sd=1.5)
    assert (said.value, said.low, said.high) == pytest.approx((1.635, 1.178, 2.165), abs=1e-3)
    assert "cases double in about" in said.sentence.en and "翻一番" in said.sentence.zh
    assert said.details["chance_of_growth"] > 0.99


def test_falling_cases_halve_and_level_ones_are_not_called_either():
    falling = rt_answer([60, 50, 40, 33, 25, 20, 17, 13, 10, 8], None, mean=2.6, sd=1.5)
    assert falling.value < 1 and "halve" in falling.sentence.en and "减半" in falling.sentence.zh
    level = rt_answer([5] * 14, None, mean=2.6, sd=1.5)
    assert "not clear" in level.sentence.en and "尚不明确" in level.sentence.zh
    assert "growth_per_day" not in rt_answer([20] * 5, None, mean=2.6, sd=1.5, window=2).details


def test_rt_from_a_handful_of_cases_is_refused_even_when_many_are_imported():
    with pytest.raises(RiskRefused, match="Only 10 local cases") as said:
        rt_answer([2, 2, 1, 1, 2, 1, 2, 1], [9] * 8, mean=2.6, sd=1.5)
    assert said.value.code == "few_cases"


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "fewer than 0.01"), (0.014, "0.014"), (1.68, "1.7"), (34.2, "34"), (240.4, "240")]
)
def test_an_expected_number_of_people_shows_two_figures(value, shown):
    assert count(value).en == shown


def test_what_each_assumption_alone_would_change_is_said_largest_first():
    """science.md section 7: adherence 95 % outweighs every scientific assumption of 14 days with tests on 0 and 13."""
    said = quarantine_answer("sars_cov_2_2020", 14, [0, 13])
    moved = [abs(one.value - said.value) for one in said.sensitivity]
    assert moved == sorted(moved, reverse=True) and said.sensitivity[0].assumption == "adherence"
    found = {(one.assumption, one.words.en): one.value for one in said.sensitivity}
    for key, printed in {
        ("adherence", "if 95% comply"): 0.053,
        ("asymptomatic_share", "if 3.0% stay without symptoms"): 0.0013,
        ("asymptomatic_share", "if 55% stay without symptoms"): 0.015,
        ("asymptomatic_sensitivity", "if tests find those without symptoms as well"): 0.0043,
        ("curve", "if tests are as sensitive as hellewell says"): 0.0080,
        ("exit_sensitivity", "if nobody looks for symptoms at departure"): 0.0046,
    }.items():
        assert found.get(key, found.get((key[0], key[1].replace("3.0%", "3%")))) == pytest.approx(printed, rel=0.04)
    assert len([one for one in said.sensitivity if one.assumption == "departure"]) == 2


@pytest.mark.parametrize("key", ["sars_cov_2_2020", "sars_cov_2_early_2020"])
def test_screening_says_what_would_change_it(key):
    said = screening_answer(key, 12)
    known = {one.assumption for one in said.sensitivity}
    early = {"screening", "incubation_mean"}
    assert known == ({"screening", "asymptomatic_share", "incubation_median"} if key == "sars_cov_2_2020" else early)


def test_a_quarantine_without_tests_has_no_test_to_doubt():
    known = {one.assumption for one in quarantine_answer("sars_cov_2_2020", 10).sensitivity}
    assert not known & {"curve", "correlation", "asymptomatic_sensitivity"} and "adherence" in known


def test_both_objectives_the_next_test_and_the_smallest_stay_are_beside_the_risk():
    said = quarantine_answer("sars_cov_2_2020", 10, [5], mixing=0.5, target=0.01, costs=Costs(300, 80))
    inside, more = said.details["in_house"], said.details["next_test"]
    assert 0 < inside["infectious"] < inside["infected"] < inside["infectious_days"]
    assert [plan["risk"] for plan in more] == sorted(plan["risk"] for plan in more) and more[0]["risk"] < said.value
    days = said.details["smallest"]["days"]
    assert quarantine_answer("sars_cov_2_2020", days, [days - 1]).value <= 0.01
    assert quarantine_answer("sars_cov_2_2020", days - 1, [days - 2]).value > 0.01
    assert min(plan["risk"] for plan in said.details["frontier"]) < 0.001
    assert "frontier" not in quarantine_answer("sars_cov_2_2020", 10).details


def test_a_growing_epidemic_abroad_raises_the_risk():
    level, growing = (quarantine_answer("sars_cov_2_2020", 14, [0, 13], growth=rate).value for rate in (0.0, 0.1))
    assert quarantine_answer("sars_cov_2_2020", 14, [0, 13]).value < level < growing


def test_rt_tells_local_from_imported_and_is_smoothed_too():
    said = rt_answer([2] * 7 + [3] * 7, [4] * 14, mean=2.6, sd=1.5)
    assert (said.details["local_cases"], said.details["imported_cases"]) == (21, 28)
    assert said.details["smoothed"]["low"] < said.details["smoothed"]["mean"] < said.details["smoothed"]["high"]
    assert said.value < rt_answer([2] * 7 + [3] * 7, [0] * 14, mean=2.6, sd=1.5).value
    assert {one.assumption for one in said.sensitivity} == {"interval_mean", "interval_sd", "prior"}
    longer = rt_answer(list(range(1, 31)), None, mean=5, sd=2)
    assert {one.assumption for one in longer.sensitivity} == {"interval_mean", "interval_sd", "prior", "window"}


def test_an_outbreak_is_surer_over_the_longer_nothing_comes():
    values = [over_answer("sars_cov_2_2020", [3, 1, *[0] * quiet], mean=5.8, sd=3).value for quiet in (0, 7, 14, 28)]
    assert values == sorted(values, reverse=True) and values[0] > 0.3 and values[-1] < 0.001
    said = over_answer("sars_cov_2_2020", [3, 1, *[0] * 7], mean=5.8, sd=3)
    assert said.low < said.value < said.high and "7 days after the last local case" in said.sentence.en
    assert {one.assumption for one in said.sensitivity} == {"dispersion", "r0", "interval_mean", "interval_sd"}
    given = over_answer("sars_cov_2_2020", [3, 1, *[0] * 7], mean=5.8, sd=3, r=1.0, dispersion=0.5)
    assert (given.low, given.high) == (None, None) and "no interval" in given.sentence.en
    assert (given.details["known_cases"], given.details["days_since_last"]) == (4, 7)


def test_no_outbreak_is_not_over():
    with pytest.raises(RiskRefused) as no:
        over_answer("sars_cov_2_2020", [0, 0], mean=5.8, sd=3)
    assert no.value.code == "no_case" and "no Rt" not in no.value.why.en


def test_every_assumption_of_a_quarantine_is_named():
    said = quarantine_answer("sars_cov_2_2020", 7, [5], adherence=0.9, correlation=0.2, growth=0.1)
    named = {"adherence": "0.9", "correlation_of_tests": "0.2", "mixing": "0", "journey_hours": "8"}
    assert named.items() <= said.assumptions.items() and "0.1 a day" in said.assumptions["departure"]
    assert "within each infection" in quarantine_answer("sars_cov_2_2020", 7).assumptions["departure"]
    assert said.assumptions["result_delay_days"] == "1"
    assert "result_delay_days" not in quarantine_answer("sars_cov_2_2020", 7).assumptions


def test_a_stay_without_a_watch_for_symptoms_lets_more_through_and_says_so():
    watched, alone = (quarantine_answer("sars_cov_2_2020", 7, [6], monitoring=watch) for watch in (True, False))
    known = Kernels(profile("sars_cov_2_2020"), journey_hours=8, monitoring=False)
    assert alone.value == pytest.approx(residual_risk(known, [Strategy(7, (6,))], curve("kucirka")).infectious[0])
    change = next(one for one in watched.sensitivity if one.assumption == "monitoring")
    assert change.value == alone.value > watched.value and alone.low < alone.value < alone.high
    assert "tests on day 6 and no watch for symptoms" in alone.sentence.en and "不监测症状" in alone.sentence.zh
    assert (
        "no watch" not in watched.sentence.en and "looked for: onset" in watched.assumptions["symptoms_during_the_stay"]
    )
    assert not [one for one in alone.sensitivity if one.assumption == "monitoring"]


def test_a_flatter_prior_pulls_rt_down():
    said = rt_answer(GROWING, None, mean=2.6, sd=1.5)
    prior = next(one for one in said.sensitivity if one.assumption == "prior")
    assert prior.value < said.value and "mean of 2" in prior.words.en and "(1.0, 5.0)" in said.assumptions["name"]
