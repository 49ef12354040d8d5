"""`hucheng risk`: answers as words or JSON, refusals with a next step and exit code 2, no web framework."""

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from hucheng.engines.risk.command import risk

CASES = "local\n" + "\n".join(map(str, [1, 1, 0, 2, 5, 3, 3, 3, 6, 2, 5, 9, 13])) + "\n"


@pytest.fixture
def cases(tmp_path):
    file = tmp_path / "cases.csv"
    file.write_text(CASES, encoding="utf-8")
    return str(file)


def run(*arguments):
    return CliRunner().invoke(risk, [*map(str, arguments)])


def asked(*arguments):
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


@pytest.mark.parametrize(
    "command", [(), ("screening",), ("quarantine",), ("importation",), ("rt",), ("over",), ("cluster",), ("reproduce",)]
)
def test_help_speaks_both_languages(command):
    shown = run(*command, "--help")
    assert shown.exit_code == 0
    assert any("\u4e00" <= sign <= "\u9fff" for sign in shown.output) and "Show this" in shown.output


def test_screening_gives_the_published_share():
    said = asked("screening", "--profile", "sars_cov_2_early_2020", "--hours", 12)
    assert said["value"] == pytest.approx(0.464342, abs=1e-6)
    assert asked("screening", "--exit", 0, "--entry", 0, "--hours", 0)["value"] == pytest.approx(1)


def test_quarantine_takes_its_tests_in_either_comma():
    first = asked("quarantine", "--days", 14, "--tests", "0,13")
    second = asked("quarantine", "--days", 14, "--tests", "0，13")
    assert first == second and first["value"] == pytest.approx(0.0069, abs=1e-4)


@pytest.mark.parametrize(
    "changed",
    [
        ("--adherence", 0.95),
        ("--unwatched",),
        ("--correlation", 0.5),
        ("--curve", "hellewell"),
        ("--infected", 5),
        ("--growth", 0.1),
    ],
    ids=lambda changed: changed[0],
)
def test_each_assumption_reaches_the_answer(changed):
    plan = ("quarantine", "--days", 14, "--tests", "0,13")
    assert asked(*plan, *changed)["value"] > asked(*plan)["value"]


def test_rt_reads_a_table(cases):
    assert asked("rt", cases, "--mean", 2.6, "--sd", 1.5)["value"] == pytest.approx(1.635, abs=1e-3)
    assert asked("rt", cases, "--mean", 2.6, "--sd", 1.5, "--window", 5)["value"] != pytest.approx(1.635, abs=1e-3)


def test_every_answer_carries_assumptions_and_a_sentence_in_both_languages(cases):
    over = ("over", cases, "--mean", 5.8, "--sd", 3)
    cluster = ("cluster", *over[1:], "--days", 10)
    rt = ("rt", cases, "--mean", 2.6, "--sd", 1.5)
    for question in (("screening",), ("quarantine", "--days", 7), rt, over, cluster):
        said = asked(*question)
        assert said["question"] == question[0]
        assert said["low"] < said["value"] < said["high"] and said["sensitivity"]
        assert {"name", "version", "source"} <= {name for name, text in said["assumptions"].items() if text}
        assert said["sentence"]["en"].isascii() and any("\u4e00" <= sign <= "\u9fff" for sign in said["sentence"]["zh"])


def test_without_json_the_words_and_the_assumptions_are_printed():
    shown = run("quarantine", "--days", 7).output
    assert "全员隔离 7 天、不做检测" in shown and "7 days with no test" in shown
    assert "假设 · Assumptions" in shown and "Clifford 2021" in shown


@pytest.mark.parametrize("profile", ["sars_cov_2_early_2020", "influenza_2009", "sars_cov_2_2020"])
def test_no_chance_below_what_the_model_can_tell_is_printed_as_a_number(profile):
    for days in (14, 30):
        shown = run("quarantine", "--days", days, "--profile", profile).output
        assert "below 0.01%" in shown or days == 14
        assert not re.search(r"\de-\d|0\.00[0-9]", shown), shown


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("quarantine", "--days", 400), "超出 0 到 60", "outside 0 to 60"),
        (("quarantine", "--days", 7, "--tests", "8"), "超出 0 到 7", "outside 0 to 7"),
        (("quarantine", "--days", 7, "--profile", "plague"), "没有名为 plague", "no disease profile named plague"),
        (("quarantine", "--days", 7, "--tests", 5, "--profile", "mers"), "不适用于 mers", "is not of mers"),
        (("quarantine", "--days", 7, "--curve", "best"), "没有名为 best", "no test curve named best"),
        (("screening", "--exit", 1.2), "不在 0 到 1 之间", "no share between 0 and 1"),
        (("screening", "--hours", 99), "旅程 99.0 小时", "journey of 99.0 hours"),
    ],
)
def test_a_refusal_is_said_in_both_languages(arguments, zh, en):
    done = run(*arguments)
    assert done.exit_code == 2
    assert zh in done.output and en in done.output and "Traceback" not in done.output


def test_a_plan_is_compared_when_costs_or_a_level_are_given():
    said = asked("quarantine", "--days", 10, "--tests", 5, "--costs", "300,80", "--target", 0.01, "--mixing", 1)
    assert said["details"]["smallest"]["days"] > 7 and len(said["details"]["frontier"]) > 10
    assert said["details"]["in_house"]["infected"] > 0 and said["details"]["next_test"]


@pytest.fixture
def world(tmp_path):
    flights, series = tmp_path / "flights.csv", tmp_path / "series.csv"
    flights.write_text("flight,date,origin,passengers,hours\nCA910,2020-04-06,RU,200,8\n", encoding="utf-8")
    rows = [f"2020-03-{day:02},RU,144000000,{100 * day}" for day in range(1, 32)]
    series.write_text("date,country,population,cases\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return str(flights), str(series)


def test_importation_reads_flights_and_series(world):
    flights, series = world
    plain = asked("importation", flights, "--series", series)
    assert plain["low"] < plain["value"] < plain["high"] and plain["details"]["flights"][0]["flight"] == "CA910"
    held = asked("importation", flights, "--series", series, "--exit", 0.7, "--as-of", "2020-03-25")
    assert held["value"] < plain["value"]
    shown = run("importation", flights, "--series", series).output
    assert "Among the 200 travellers" in shown and "若报告比例取" in shown


def test_whether_it_is_over_reads_the_same_table(cases):
    assert asked("over", cases, "--mean", 5.8, "--sd", 3)["value"] > 0.9
    assert asked("over", cases, "--mean", 5.8, "--sd", 3, "--r", 0.01, "--dispersion", 1)["value"] < 0.6


@pytest.mark.parametrize("costs", ["300", "cheap", "1,2,3"])
def test_costs_are_two_numbers(costs):
    done = run("quarantine", "--days", 7, "--costs", costs)
    assert done.exit_code == 2 and "--costs" in done.output


def test_tests_that_are_no_days_are_an_error_of_the_option():
    done = run("quarantine", "--days", 7, "--tests", "monday")
    assert done.exit_code == 2 and "--tests" in done.output


def test_a_bad_table_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("local\n-1\n5\n5\n", encoding="utf-8")
    done = run("rt", tmp_path / "x.csv", "--mean", 2.6, "--sd", 1.5, "--window", 2)
    assert done.exit_code == 2 and "-1 of day 1" in done.output


def test_the_command_loads_no_web_framework():
    code = (
        "import sys; from hucheng.cli import main\n"
        "try: main(['risk', 'screening', '--json'])\n"
        "except SystemExit: pass\n"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_frontier_takes_as_many_tests_as_are_allowed():
    asking = ("quarantine", "--days", 7, "--costs", "300,5", "--most-tests")
    most = [max(len(one["strategy"]["tests"]) for one in asked(*asking, n)["details"]["frontier"]) for n in (1, 3)]
    assert most == [1, 3]
