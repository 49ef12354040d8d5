"""`hucheng risk whatif`: policies side by side in words and JSON, and what cannot be used named."""

import json

import pytest
from click.testing import CliRunner

from hucheng.engines.risk import RiskRefused, curve, profile
from hucheng.engines.risk.answers import percent, quarantine_answer
from hucheng.engines.risk.command import risk
from hucheng.engines.risk.demand.reading import read_question
from hucheng.engines.risk.demand.tests.test_answers import a_plan
from hucheng.engines.risk.demand.whatif import what_if
from hucheng.engines.risk.demand.whatif_answer import what_if_answer
from hucheng.engines.risk.policies import Costs
from hucheng.engines.risk.quarantine import Kernels, Strategy

POLICIES = ("--policy", "14:0,13", "--policy", "7:6", "--policy", "21")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(a_plan()), encoding="utf-8")
    return str(path)


def run(*arguments):
    return CliRunner().invoke(risk, ["whatif", *map(str, arguments)])


def asked(*arguments):
    done = run(*arguments, "--costs", "300,80", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_the_command_gives_what_the_function_gives(file):
    said = asked(file, *POLICIES)
    plans = [Strategy(14, (0, 13)), Strategy(7, (6,)), Strategy(21)]
    demand = read_question(json.dumps(a_plan()).encode())
    kernels = Kernels(profile("sars_cov_2_2020"), journey_hours=8)
    ours = what_if(demand.plan, demand.start, plans, kernels, curve("kucirka"), Costs(300.0, 80.0))
    assert said["details"]["consequences"] == json.loads(json.dumps(ours.as_dict()))["consequences"]
    assert said["assumptions"]["version"] == ours.version and said["question"] == "whatif"


def test_its_number_and_interval_are_the_risk_of_the_first_policy_and_the_others_are_changes(file):
    said, alone = asked(file, *POLICIES), quarantine_answer("sars_cov_2_2020", 14, [0, 13])
    assert (said["value"], said["low"], said["high"]) == pytest.approx((alone.value, alone.low, alone.high))
    assert [one["words"]["en"] for one in said["sensitivity"]] == ["7 days with tests on day 6", "21 days with no test"]
    assert said["sensitivity"][0]["value"] == pytest.approx(quarantine_answer("sars_cov_2_2020", 7, [6]).value)


def test_every_policy_has_a_sentence_in_both_languages(file):
    shown = run(file, *POLICIES, "--costs", "300,80")
    assert shown.exit_code == 0
    for words in (
        "14 days with tests on day 0, 13: ",
        "隔离 7 天、第 6 天检测：",
        "21 days with no test: ",
        "费用 ",
        "Assumptions",
    ):
        assert words in shown.output
    assert shown.output.count("suffice with 95% certainty") == 3
    for days, tests in ((14, [0, 13]), (7, [6]), (21, [])):
        alone = quarantine_answer("sars_cov_2_2020", days, tests)
        ends = f"{percent(alone.low).en} to {percent(alone.high).en}"
        assert f"{percent(alone.value).en} (95% interval {ends}, mostly because" in shown.output
    assert shown.output.count("if 100% comply") == shown.output.count("前提是 100% 的人遵守") == 3


def test_assumptions_change_the_answer_and_are_named(file):
    usual = asked(file, *POLICIES)
    for option, value, name in (
        ("--adherence", 0.95, "adherence"),
        ("--correlation", 0.5, "correlation_of_tests"),
        ("--hours", 20, "journey_hours"),
        ("--curve", "hellewell", "test_curve"),
        ("--profile", "sars_cov_2_omicron", "name"),
    ):
        other = asked(file, *POLICIES, option, value)
        assert other["value"] != usual["value"] and other["assumptions"]["version"] != usual["assumptions"]["version"]
        assert other["assumptions"][name] == str(value)
    assert "own flights of March" in usual["assumptions"]["load_mean"] and "stay" not in usual["assumptions"]


def test_a_disease_known_by_intervals_says_so(file):
    said = asked(file, "--policy", 10, "--profile", "sars")
    assert "assumed from generation or serial intervals" in said["sentence"]["en"]
    alone = quarantine_answer("sars", 10)
    assert [said["value"], said["low"], said["high"]] == pytest.approx([alone.value, alone.low, alone.high])
    assert "Lipsitch 2003" in said["assumptions"]["infectiousness"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--policy", "14:20"), "outside 0 to 14"),
        (("--policy", "70"), "outside 0 to 60"),
        (("--policy", "7:5", "--profile", "mers"), "is not of mers"),
        (("--policy", "7", "--adherence", 2), "no share between 0 and 1"),
        (("--policy", "a week"), "--policy"),
        (("--policy", ":3"), "--policy"),
        ((), "--policy"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_with_exit_code_2(file, arguments, words):
    done = run(file, *arguments, "--costs", "300,80")
    assert done.exit_code == 2 and words in done.output and "Traceback" not in done.output


@pytest.mark.parametrize("costs", ["300", "cheap", "-1,2"])
def test_costs_are_two_numbers_from_0_upward(file, costs):
    done = run(file, *POLICIES, f"--costs={costs}")
    assert done.exit_code == 2 and "Traceback" not in done.output


def test_no_policy_is_refused():
    demand = read_question(json.dumps(a_plan()).encode())
    with pytest.raises(RiskRefused) as no:
        what_if_answer(demand, [], Costs(300, 80))
    assert no.value.code == "choice"


def test_help_speaks_both_languages():
    shown = run("--help")
    assert shown.exit_code == 0 and "隔离天数" in shown.output and "other days of quarantine" in shown.output
