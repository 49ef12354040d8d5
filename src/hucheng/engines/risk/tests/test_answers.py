"""Answers for people: the sentence says the number, its interval and cause, and what is too small is not a number."""

import pytest

from hucheng.engines.risk import RiskRefused, curve, profile, profiles
from hucheng.engines.risk.answers import percent, quarantine_answer, read_cases, rt_answer, screening_answer
from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk
from hucheng.engines.risk.screening import screening

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
    known, early = screening_answer("sars_cov_2_2020", 12), screening_answer("sars_cov_2_early_2020", 12)
    assert known.low < known.value < known.high
    assert "without symptoms" in known.sentence.en and "无症状比例未知" in known.sentence.zh
    assert (early.low, early.high) == (None, None)
    assert "no interval" in early.sentence.en and "无区间" in early.sentence.zh


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


def test_a_stay_beyond_what_the_model_can_tell_shows_no_number():
    said = quarantine_answer("sars_cov_2_2020", 40, [0, 20])
    assert said.sentence.en.count("below 0.01%") >= 2 and "no test" not in said.sentence.en


@pytest.mark.parametrize("infected", [0, -3, 1001])
def test_nobody_or_too_many_on_board_is_refused(infected):
    with pytest.raises(RiskRefused, match="infected"):
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


def test_a_table_of_cases_is_read_with_and_without_imported_ones():
    assert read_cases(b"\xef\xbb\xbflocal\n1\n0\n") == ([1, 0], None)
    assert read_cases(b"day,imported,local\na,3,1\nb,4,0\n") == ([1, 0], [3, 4])


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "table", "local"),
        (b"cases\n1\n", "table", "local"),
        (b"\xff\xfe\x00", "table", "cannot be read"),
        (b"local\n1\nmany\n", "counts", "many of day 2"),
        (b"day,local\n1,2\n2,\n", "counts", "- of day 2"),
        (b"local,imported\n1,2\n2\n", "counts", "- of day 2"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_day(data, code, said):
    with pytest.raises(RiskRefused, match=said) as refusal:
        read_cases(data)
    assert refusal.value.code == code
