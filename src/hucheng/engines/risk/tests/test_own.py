"""A disease or a test curve of one's own: answered like those shipped, and refused where it cannot be."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk import RiskRefused, curve, curves, profile, profiles
from hucheng.engines.risk.answers import quarantine_answer, screening_answer
from hucheng.engines.risk.command import risk
from hucheng.engines.risk.own import TEMPLATE, own_curve, own_profile
from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk


def as_table(key):
    rows = ["parameter,value,low,high,source"]
    for name, one in profile(key).parameters.items():
        ends = ["" if end is None else repr(end) for end in (one.low, one.high)]
        rows.append(f"{name},{one.value!r},{ends[0]},{ends[1]},here")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("key", profiles())
def test_a_shipped_disease_read_back_answers_the_same(key):
    read = own_profile(as_table(key).encode(), "mine.csv")
    ours, theirs = screening_answer(read, 12), screening_answer(key, 12)
    assert (ours.value, ours.low, ours.high) == (theirs.value, theirs.low, theirs.high)
    assert ours.assumptions == {"name": "mine.csv", "version": "own", "source": "mine.csv"}


def test_the_template_answers_every_question_with_a_wide_interval():
    said = quarantine_answer(TEMPLATE, 14, [0, 13])
    assert said.high > 5 * said.low and "assumption" in said.assumptions["source"]


def test_lateral_flow_tests_find_less_than_pcr_and_later_curves_are_named():
    found = {key: quarantine_answer("sars_cov_2_2020", 7, [5], test_curve=key).value for key in curves()}
    assert found["hellewell_lft"] > found["hellewell"] and set(found) == {"kucirka", "hellewell", "hellewell_lft"}


def test_a_disease_without_infectiousness_by_day_is_refused_for_quarantine():
    rows = [line for line in as_table("sars_cov_2_delta").splitlines() if not line.startswith("generation")]
    mine = own_profile("\n".join(rows).encode(), "mine.csv")
    assert 0 < screening_answer(mine, 12).value < 1
    with pytest.raises(RiskRefused, match="its source gives none") as no:
        quarantine_answer(mine, 7)
    for name in ("course_mean", "asymptomatic_course_variance", "infectious_end_intercept", "infectious_end_slope"):
        assert name in no.value.why.en and name in no.value.why.zh
    assert "infectious_before_onset" not in no.value.why.en and "--profile" in no.value.do.en


def test_omicron_is_answered_and_ends_sooner_than_the_wild_type():
    omicron, wild = (quarantine_answer(key, 10, [9]) for key in ("sars_cov_2_omicron", "sars_cov_2_2020"))
    assert omicron.low < omicron.value < omicron.high and "Keske 2022" in omicron.assumptions["source"]
    assert {"incubation_mean", "asymptomatic_share"} <= {one.assumption for one in omicron.sensitivity}
    assert wild.value != omicron.value


def test_the_interval_of_omicron_holds_the_doubt_about_its_infectious_days():
    """Wider than over the share without symptoms alone, and no wider than intercept and slope apart would make it."""
    said = quarantine_answer("sars_cov_2_omicron", 14, [13])
    silent = [one.value for one in said.sensitivity if one.assumption == "asymptomatic_share"]
    lasting = [one.value for one in said.sensitivity if one.assumption == "infectious_end"]
    assert said.low < min(silent) < max(silent) < said.high and min(lasting) < said.value < max(lasting)
    assert "how long people infect after onset" in said.sentence.en and "发病后传染多久" in said.sentence.zh
    apart = own_profile(as_table("sars_cov_2_omicron").replace("-0.95404", "0.0").encode(), "apart.csv")
    loose = quarantine_answer(apart, 14, [13])
    assert loose.high - loose.low > 1.3 * (said.high - said.low)
    assert said.low == quarantine_answer("sars_cov_2_omicron", 14, [13]).low


def test_without_the_correlation_only_the_share_without_symptoms_is_in_the_interval():
    rows = [line for line in as_table("sars_cov_2_omicron").splitlines() if "correlation" not in line]
    said = quarantine_answer(own_profile("\n".join(rows).encode(), "mine.csv"), 14, [13])
    ends = [one.value for one in said.sensitivity if one.assumption == "asymptomatic_share"]
    assert [said.low, said.high] == sorted(ends)


@pytest.mark.parametrize("value", ["-1", "1", "2.5"])
def test_a_correlation_lies_between_minus_one_and_one(value):
    table = as_table("sars_cov_2_omicron").replace("-0.95404", value)
    with pytest.raises(RiskRefused, match="infectious_end_correlation"):
        own_profile(table.encode(), "mine.csv")


def test_a_curve_of_ones_own_is_used():
    mine = own_curve(b"day,probability\n0,0.5\n40,0.5\n", "mine.csv")
    assert mine.at([0, 20]).tolist() == pytest.approx([0.5, 0.5]) and curve(mine) is mine
    said = quarantine_answer("sars_cov_2_2020", 7, [5], test_curve=mine)
    assert said.assumptions["test_curve"] == "mine.csv"


def test_the_command_takes_both_as_tables(tmp_path):
    disease, sensitivity = tmp_path / "disease.csv", tmp_path / "curve.csv"
    disease.write_text(as_table("sars_cov_2_2020"), encoding="utf-8")
    sensitivity.write_text("day,probability\n0,0.9\n40,0.9\n", encoding="utf-8")
    asked = [
        "quarantine",
        "--days",
        "7",
        "--tests",
        "5",
        "--profile",
        str(disease),
        "--curve",
        str(sensitivity),
        "--json",
    ]
    done = CliRunner().invoke(risk, asked)
    assert done.exit_code == 0, done.output
    said = json.loads(done.output)
    assert said["assumptions"]["name"] == "disease.csv" and said["value"] < 0.05
    missing = CliRunner().invoke(risk, ["screening", "--profile", str(tmp_path / "none.csv")])
    assert missing.exit_code == 2 and "none.csv" in missing.output


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("mood,3,,", "own"),
        ("course_mean,many,,", "own"),
        ("course_mean,,,", "own"),
        ("course_mean,nan,,", "own"),
        ("course_mean,-3,,", "own"),
        ("course_mean,5,6,7", "own"),
        ("infectious_end_slope,0,,", "own"),
        ("infectious_end_slope,-1,,", "own"),
        ("course_mean,5,3,4", "own"),
        ("asymptomatic_share,1.2,,", "probability"),
        ("course_mean,5,,\ncourse_mean,6,,", "own"),
    ],
    ids=lambda text: text.replace("\n", " "),
)
def test_a_number_that_cannot_be_is_refused(row, code):
    with pytest.raises(RiskRefused) as no:
        own_profile(f"parameter,value,low,high\n{row}\n".encode(), "mine.csv")
    assert no.value.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"day\n1\n", "columns"),
        (b"day,probability\n0,1.4\n", "probability"),
        (b"day,probability\n1,0.4\n0,0.5\n", "curve_days"),
        (b"day,probability\n,0.4\n0,0.5\n", "curve_days"),
        (b"day,probability\n0,\n", "probability"),
        (b"day,probability\n0,much\n", "own"),
    ],
    ids=["columns", "above one", "falling days", "no day", "no number", "words"],
)
def test_a_curve_that_cannot_be_is_refused(data, code):
    with pytest.raises(RiskRefused) as no:
        own_curve(data, "mine.csv")
    assert no.value.code == code


numbers = st.fixed_dictionaries(
    {
        "incubation_mean": st.floats(0, 200),
        "incubation_variance": st.floats(0, 1000),
        "course_mean": st.floats(0, 50),
        "course_variance": st.floats(0, 400),
        "asymptomatic_course_mean": st.floats(0, 30),
        "asymptomatic_course_variance": st.floats(0, 200),
        "severe_mean": st.floats(0, 50),
        "severe_variance": st.floats(0, 400),
        "asymptomatic_share": st.floats(0, 1),
        "asymptomatic_relative_sensitivity": st.floats(0, 1),
        "screening_sensitivity": st.floats(0, 1),
        "infectious_before_onset": st.floats(0, 30),
        "infectious_end_intercept": st.floats(-50, 50),
        "infectious_end_slope": st.floats(0, 5),
    }
)


@given(numbers, st.integers(0, 60), st.floats(0, 72))
@settings(max_examples=60, deadline=None)
def test_any_disease_is_refused_or_answered_within_bounds(values, days, hours):
    """Whatever the numbers: no chance outside 0 to 1, nothing that is no number."""
    table = "parameter,value\n" + "".join(f"{name},{value!r}\n" for name, value in values.items())
    try:
        kernels = Kernels(own_profile(table.encode(), "mine.csv"), journey_hours=hours)
        found = residual_risk(kernels, [Strategy(days, (days // 2,) if days else ())], curve("hellewell"))
    except RiskRefused:
        return
    for shares in (found.infectious, found.harmless, found.stopped):
        assert -1e-6 <= shares[0] <= 1 + 1e-6
    assert found.infectious + found.harmless + found.stopped == pytest.approx(1, abs=1e-12)
    assert 0 - 1e-6 <= found.days[0] < 500
