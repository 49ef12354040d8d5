"""`hucheng rules` on files: every line is answered or refused, nothing is lost, exit codes tell programs."""

import csv
import io
import json
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules import as_json, load_table, shipped_tables
from hucheng.engines.rules.command import rules_group
from hucheng.engines.rules.files import answers_csv, read_table, run_cases, write_table
from hucheng.engines.rules.tests.making import DAY, a_row, a_table

TABLE = a_table(a_row("hot", "HARD", {"temp": {"at_least": 37.3}}), a_row("rest"))
CASES = "case_id,day,temp,rows,note\na,2020-03-24,38.1,0,first\nb,2020-03-24,36.5,0,\nc,2020-03-25,,1,last\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "t.json").write_text(as_json(TABLE), encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    return tmp_path


def run(folder, *words):
    here = [str(folder / word) if "." in word and not word.startswith("-") else word for word in words]
    return CliRunner().invoke(rules_group, here)


def told(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_each_shipped_table_is_listed_and_sound(folder):
    listed = run(folder, "list").output
    for name in shipped_tables():
        assert name in listed and run(folder, "check", name).exit_code == 0


def test_a_finding_is_told_in_both_languages_and_by_the_exit_code(folder):
    (folder / "gap.json").write_text(as_json(a_table(a_row("hot", when={"ok": True}))), encoding="utf-8")
    shown = run(folder, "check", "gap.json")
    assert shown.exit_code == 1 and "无规则可依" in shown.output and "no row answers" in shown.output
    (folder / "dead.json").write_text(as_json(a_table(a_row("a"), a_row("b", when={"ok": True}))), encoding="utf-8")
    noted = run(folder, "check", "dead.json")
    assert noted.exit_code == 0 and "! unreachable" in noted.output and "0 不可批准" in noted.output


@pytest.mark.parametrize("name", ["none.json", "cases.csv", "t.txt", "nothing"])
def test_what_is_no_table_is_said_and_ends_with_two(folder, name):
    (folder / "t.txt").write_text("x")
    assert run(folder, "check", name).exit_code == 2


def test_every_line_of_cases_gets_its_answer_beside_it(folder):
    shown = run(folder, "run", "t.json", "cases.csv", "--out", "out.csv")
    lines = told((folder / "out.csv").read_bytes())
    assert [(r["case_id"], r["outcome"], r["row"]) for r in lines] == [
        ("a", "HARD", "hot"),
        ("b", "MILD", "rest"),
        ("c", "MILD", "rest"),
    ]
    assert lines[0]["note"] == "first" and lines[0]["reason_zh"] == "由hot" and lines[0]["basis_en"] == "basis"
    assert shown.exit_code == 0 and "3 行 lines = 3 已判定 decided + 0 未受理 refused" in shown.output


def test_the_way_to_each_answer_is_written_on_request(folder):
    run(folder, "run", "t.json", "cases.csv", "--out", "out.csv", "--trace")
    lines = told((folder / "out.csv").read_bytes())
    assert [r["trace"] for r in lines] == ["hot: HARD", "hot: temp=36.5 | rest: MILD", "hot: temp=- | rest: MILD"]


def test_the_account_of_a_run_holds_with_bad_lines(folder):
    bad = CASES + "d,2020-03-24,99,0,\ne,,36.5,0,\nf,24 March,36.5,0,\ng,2020-03-24,36.5,,\n"
    (folder / "bad.csv").write_text(bad, encoding="utf-8")
    shown = run(folder, "run", "t.json", "bad.csv", "--out", "out.csv")
    assert shown.exit_code == 1 and "7 行 lines = 3 已判定 decided + 4 未受理 refused" in shown.output
    lines = {r["case_id"]: r for r in told((folder / "out.csv").read_bytes())}
    assert len(lines) == 7 and "outside 30" in lines["d"]["problem"] and "There is no day" in lines["e"]["problem"]
    assert "24 March" in lines["f"]["problem"] and "rows" in lines["g"]["problem"] and lines["g"]["outcome"] == ""


def test_one_day_for_all_overrides_the_column(folder):
    dated = a_table(a_row("new", "HARD", **{"from": "2020-04-01"}), a_row("rest"))
    (folder / "t.json").write_text(as_json(dated), encoding="utf-8")
    run(folder, "run", "t.json", "cases.csv", "--out", "out.csv", "--day", "2020-04-01")
    assert {r["outcome"] for r in told((folder / "out.csv").read_bytes())} == {"HARD"}


@given(st.lists(st.sampled_from(["38.1", "36.5", "", "hot", "99", "nan"]), max_size=12))
def test_as_many_answers_as_lines_each_decided_or_refused(temps):
    text = "day,temp,rows\n" + "".join(f"2020-03-24,{temp},0\n" for temp in temps)
    answered = run_cases(TABLE, text.encode())
    assert len(answered) == len(temps)
    for one, temp in zip(answered, temps, strict=True):
        assert (one.decision is None) != (one.problem is None)
        assert (one.problem is not None) == (temp in ("hot", "99", "nan"))
    assert len(told(answers_csv(answered))) == len(temps)


def test_a_line_that_the_table_does_not_answer_is_refused_and_the_others_are_not():
    gap = a_table(a_row("hot", when={"temp": {"at_least": 37}}), a_row("cold", when={"temp": {"at_most": 35}}))
    answered = run_cases(gap, b"day,temp,rows\n2020-03-24,38,0\n2020-03-24,36,0\n")
    assert answered[0].decision is not None and answered[1].problem.en == "No row answers."
    twice = a_table(a_row("a"), a_row("b", when={"ok": True}), hit="unique")
    answered = run_cases(twice, "day,ok,rows\n2020-03-24,是,0\n2020-03-24,否,0\n".encode())
    assert answered[0].problem.zh == "多行同时适用。" and answered[1].decision.row == "a"


def test_columns_of_the_file_and_of_the_answers_do_not_hide_each_other():
    answered = run_cases(TABLE, b"day,rows,outcome,row\n2020-03-24,0,mine,too\n")
    (line,) = told(answers_csv(answered))
    assert (line["outcome"], line["row"], line["table.outcome"], line["table.row"]) == ("mine", "too", "MILD", "rest")


def test_extra_cells_and_short_lines_are_taken_as_they_are():
    answered = run_cases(TABLE, b"day,rows,temp\n2020-03-24,0\n2020-03-24,0,38,extra\n")
    assert [one.decision.row for one in answered] == ["rest", "hot"]


@pytest.mark.parametrize("data", [b"\xff\xfe", b'day,rows\n"open', b"day,rows\n2020-03-24,\x000\n"])
def test_cases_that_are_no_csv_are_refused_or_answered(data):
    try:
        answered = run_cases(TABLE, data)
        assert all(one.problem for one in answered)
    except ValueError as refused:
        assert str(refused)


def test_a_comparison_names_who_is_treated_otherwise_with_both_reasons(folder):
    other = a_table(a_row("hot", "HARD", {"temp": {"at_least": 36.5}}), a_row("rest"))
    (folder / "new.json").write_text(as_json(other), encoding="utf-8")
    shown = run(folder, "compare", "t.json", "new.json", "cases.csv")
    assert shown.exit_code == 1 and "b: MILD -> HARD" in shown.output and "a:" not in shown.output
    assert "- [rest] 由rest why rest" in shown.output and "+ [hot] 由hot why hot" in shown.output
    assert "3 行 lines, 1 处理不同" in shown.output and "nowhere laxer" in shown.output
    back = run(folder, "compare", "new.json", "t.json", "cases.csv")
    assert "laxer somewhere" in back.output and "temp=" in back.output


def test_a_table_compared_with_itself_changes_nothing(folder):
    same = run(folder, "compare", "t.json", "t.json", "cases.csv")
    assert same.exit_code == 0 and "0 处理不同" in same.output


def test_tables_of_two_diseases_are_compared_but_not_weighed(folder):
    shown = run(folder, "compare", "ebola", "entry", "cases.csv")
    assert "cannot be weighed" in shown.output and "a: FREE -> HOLD_DECLARATION" in shown.output


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "dmn", "xml"])
def test_a_table_goes_from_form_to_form_and_stays_the_same(folder, ending):
    assert run(folder, "convert", "entry", f"out.{ending}").exit_code == 0
    data = (folder / f"out.{ending}").read_bytes()
    assert read_table(data, name=f"OUT.{ending.upper()}") == load_table("entry")
    assert run(folder, "check", f"out.{ending}").exit_code == 0


def test_an_unknown_form_is_refused(folder):
    assert run(folder, "convert", "entry", "out.doc").exit_code == 2
    with pytest.raises(ValueError, match=r"\.json"):
        write_table(TABLE, name="t.yaml")


def test_the_published_cases_run_from_the_command_line_as_their_file_expects(folder, reference):
    cases = reference / "data" / "entry_cases.csv"
    shown = CliRunner().invoke(rules_group, ["run", "entry", str(cases), "--out", str(folder / "o.csv")])
    lines = told((folder / "o.csv").read_bytes())
    assert len(lines) == 34 and shown.exit_code == 1
    for line in lines:
        if line["expected"] == "INVALID_INPUT":
            assert line["problem"] and not line["outcome"]
        else:
            assert (line["outcome"], line["table.rule"]) == (line["expected"], line["rule"]), line["case_id"]


def test_a_decision_written_out_can_be_made_again(folder):
    """The line of the answer holds table, version and inputs: any past day is decided again under its own rules."""
    (one,) = run_cases(TABLE, b"day,rows,temp\n2020-03-24,0,38\n")
    kept = json.loads(json.dumps({"on": one.on.isoformat(), "facts": dict(one.facts)}))
    again = TABLE.decide(kept["facts"], on=date.fromisoformat(kept["on"]))
    assert again == one.decision and one.on == DAY
