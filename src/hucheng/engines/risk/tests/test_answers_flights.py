"""The answer on tomorrow's flights: what is expected, what would change it, and what is left out is named."""

from datetime import date, timedelta

import pytest

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.answers_flights import importation_answer
from hucheng.engines.risk.importation import Flight, Screens
from hucheng.engines.risk.series import World, read_series

KEY, DAY = "sars_cov_2_2020", date(2020, 4, 6)
FLIGHT = Flight("CA910", DAY, "RUS", 200, 8)


def world(cases, *, tests="", country="RU"):
    lines = ["date,country,population,cases,tests,capacity"]
    for back, count in enumerate(reversed(cases), 1):
        lines.append(f"{DAY - timedelta(days=back)},{country},144000000,{count},{tests},medium")
    return read_series("\n".join(lines).encode(), as_of=DAY)


LEVEL = [3000, 3200, 2900, 3100] * 8


def test_the_sentence_says_number_interval_and_cause_in_both_languages():
    said = importation_answer(KEY, [FLIGHT], world(LEVEL), Screens(0.5, 0.5))
    assert said.low < said.value < said.high
    assert (
        "Among the 200 travellers of the flights asked about (1)" in said.sentence.en and "report)" in said.sentence.en
    )
    assert "200 名旅客" in said.sentence.zh and "实际感染数未知" in said.sentence.zh
    assert {"name", "version", "source", "ascertainment_source"} <= said.assumptions.keys()
    (flight,) = said.details["flights"]
    assert flight["infected"] == pytest.approx([said.value, said.low, said.high])
    assert flight["missed_at_entry"] < said.value and flight["origin"]["zh"] == "俄罗斯"


def test_what_is_not_known_of_reporting_matters_most():
    said = importation_answer(KEY, [FLIGHT], world(LEVEL), Screens(0.5, 0.5))
    assert said.sensitivity[0].assumption == "reported"
    found = {one.assumption: one.value for one in said.sensitivity}
    assert set(found) == {"reported", "asymptomatic_share", "growth", "exit_sensitivity"}
    lower, upper = (one.value for one in said.sensitivity if one.assumption == "reported")
    assert max(lower, upper) > 2 * min(lower, upper)


def test_leaving_growth_out_lowers_a_rising_epidemic():
    rising = [round(20 * 1.15**day) for day in range(30)]
    said = importation_answer(KEY, [FLIGHT], world(rising))
    level = next(one.value for one in said.sensitivity if one.assumption == "growth")
    assert level < said.value / 2


def test_expected_travellers_add_over_flights():
    one = importation_answer(KEY, [FLIGHT], world(LEVEL)).value
    both = importation_answer(KEY, [FLIGHT, FLIGHT], world(LEVEL))
    assert both.value == pytest.approx(2 * one)
    assert both.details["by_origin"]["RUS"]["infected"] == pytest.approx(both.value)
    assert both.details["by_day"]["2020-04-06"]["infectious"] < both.value


def test_a_tiny_expectation_is_not_a_number_too_fine():
    said = importation_answer(KEY, [Flight("X", DAY, "RUS", 1, 8)], world([0] * 20))
    assert "fewer than 0.01" in said.sentence.en and "below 0.01%" in said.sentence.en


def test_flights_without_figures_and_few_tests_are_named():
    other = Flight("AF1", DAY, "FRA", 100, 11)
    said = importation_answer(KEY, [FLIGHT, other], world(LEVEL, tests="5000"))
    assert [one["code"] for one in said.details["notes"]] == ["few_tests", "no_series"]
    assert "61%" in said.details["notes"][0]["en"] and "AF1" in said.details["notes"][1]["zh"]
    assert importation_answer(KEY, [FLIGHT], world(LEVEL, tests="0")).details["notes"] == []


def test_no_figures_at_all_are_refused_with_the_reasons():
    with pytest.raises(RiskRefused, match="XX") as no:
        importation_answer(KEY, [FLIGHT], world(LEVEL, country="XX"))
    assert no.value.code == "no_figures"
    assert "不是 ISO 3166 国家代码" in no.value.why.zh and "country code" not in no.value.why.zh
    with pytest.raises(RiskRefused) as nothing:
        importation_answer(KEY, [], World({}, ()))
    assert nothing.value.code == "no_flights"


@pytest.mark.parametrize("key", ["sars_cov_2_delta", "sars_cov_2_early_2020", "sars_cov_2_omicron"])
def test_variants_are_answered_too_and_say_what_infectiousness_is_taken_from(key):
    said = importation_answer(key, [FLIGHT], world(LEVEL), Screens(0.5, 0.5))
    wild = importation_answer(KEY, [FLIGHT], world(LEVEL), Screens(0.5, 0.5))
    (flight,) = said.details["flights"]
    assert said.low < said.value < said.high and 0.3 < said.value / wild.value < 1.5
    assert 0 < flight["infectious"] < said.value and 0 < flight["missed_at_entry"] < said.value
    assert ("generation times" in said.assumptions.get("infectiousness", "")) == (key != "sars_cov_2_omicron")


@pytest.mark.parametrize("key", ["sars", "mers", "influenza_2009"])
def test_shares_reported_of_another_virus_are_not_used(key):
    with pytest.raises(RiskRefused, match=f"not for {key}") as no:
        importation_answer(key, [FLIGHT], world(LEVEL))
    assert no.value.code == "share_reported" and "--profile" in no.value.do.en
