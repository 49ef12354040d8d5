"""A table with a gap is found out, and so is a row that never answers."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules import check, load_table

HEAD = """
name: t
version: 1
title: {zh: 表, en: table}
inputs:
  temp: {kind: number, low: 30, high: 45, optional: true}
  ok: {kind: flag}
  kind: {kind: choice, values: [a, b]}
rows:
"""


def row(name: str, when: str, extra: str = "") -> str:
    return f"""
  - id: {name}
    rules: [T1]
    when: {when}
    outcome: X
    reason: {{zh: 由, en: why}}
    basis: {{zh: 据, en: basis}}
    {extra}
"""


def test_the_shipped_table_has_no_gap_and_no_dead_row():
    assert check(load_table("entry")) == []


def test_a_gap_is_fatal_and_names_a_case():
    findings = check(load_table(HEAD + row("one", "{ok: true}") + row("two", "{kind: [a]}")))
    assert [f.code for f in findings] == ["gap"]
    assert findings[0].fatal and "kind=b" in findings[0].say.en


def test_a_number_left_out_is_a_gap():
    findings = check(load_table(HEAD + row("hot", "{temp: {at_least: 37}}") + row("cool", "{temp: {below: 37}}")))
    assert findings and "temp=-" in findings[0].say.en


def test_numbers_that_meet_have_no_gap():
    rows = (
        row("hot", "{temp: {at_least: 37}}") + row("cool", "{temp: {below: 37}}") + row("no", "{temp: {missing: true}}")
    )
    assert check(load_table(HEAD + rows)) == []


@pytest.mark.parametrize(("low", "high"), [(37.30, 37.32), (37.3, 37.301), (30, 45)])
def test_a_gap_is_found_however_narrow(low, high):
    rows = row("hot", f"{{temp: {{at_least: {high}}}}}") + row("cool", f"{{temp: {{at_most: {low}}}}}")
    findings = check(load_table(HEAD + rows + row("no", "{temp: {missing: true}}")))
    assert [f.code for f in findings] == ["gap"] and "temp=" in findings[0].say.en


@given(st.floats(30.5, 44.5), st.floats(30.5, 44.5), st.floats(30, 45))
def test_a_table_without_findings_always_answers(below, above, temp):
    rows = row("cool", f"{{temp: {{below: {below!r}}}}}") + row("hot", f"{{temp: {{at_least: {above!r}}}}}")
    table = load_table(HEAD + rows + row("no", "{temp: {missing: true}}"))
    if any(f.fatal for f in check(table)):
        assert above > below
    else:
        assert table.decide({"temp": temp}, on=date(2020, 3, 24)).outcome == "X"


def test_a_day_between_two_rows_is_a_gap():
    rows = row("old", "{}", "until: 2020-03-19") + row("new", "{}", "from: 2020-03-21")
    findings = check(load_table(HEAD + rows))
    assert [f.code for f in findings] == ["gap"] and "2020-03-20" in findings[0].say.en


def test_a_large_table_is_checked_within_a_second():
    rows = "".join(row(f"r{n}", f"{{temp: {{at_least: {44.9 - n / 5:.1f}}}, ok: true}}") for n in range(60))
    table = load_table(HEAD + rows + row("rest", "{}"))
    start = perf_counter()
    assert check(table) == [] and perf_counter() - start < 1


def test_a_day_without_rows_is_a_gap():
    findings = check(load_table(HEAD + row("late", "{}", "from: 2020-03-20")))
    assert [f.code for f in findings] == ["gap"]


def test_a_row_behind_a_catch_all_is_unreachable():
    findings = check(load_table(HEAD + row("all", "{}") + row("dead", "{ok: true}")))
    assert [(f.code, f.row, f.fatal) for f in findings] == [("unreachable", "dead", False)]


def test_a_row_covered_by_two_others_is_unreachable():
    rows = row("a", "{kind: [a]}") + row("b", "{kind: [b]}") + row("dead", "{ok: true}")
    assert [f.row for f in check(load_table(HEAD + rows))] == ["dead"]


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "name: x",
        HEAD + row("x", "{unknown: true}"),
        HEAD + row("x", "{ok: [a]}"),
        HEAD + row("x", "{kind: [z]}"),
        HEAD + row("x", "{temp: {around: 3}}"),
        HEAD + row("x", "{}") + row("x", "{}"),
        HEAD.replace("kind: flag", "kind: colour") + row("x", "{}"),
        HEAD + "  - {id: x, rules: [T1], when: {}}",
        "a: [",
        HEAD + "  - 7",
        HEAD.replace("rows:", "rows: 5"),
        HEAD.replace("title: {zh: 表, en: table}", "title: table"),
        HEAD.replace("low: 30", "low: cold") + row("x", "{}"),
        HEAD.replace("low: 30", "low: 50") + row("x", "{}"),
        HEAD.replace("values: [a, b]", "values: []") + row("x", "{}"),
        HEAD + row("x", "7"),
        HEAD + row("x", "{temp: {at_least: warm}}"),
        HEAD + row("x", "{temp: {at_least: true}}"),
        HEAD + row("x", "{temp: {missing: perhaps}}"),
        HEAD + row("x", "{kind: []}"),
        HEAD + row("x", "{kind: [[a]]}"),
        HEAD + row("x", "{}", "from: '2020-3-1'"),
        HEAD + row("x", "{}", "until: 2020-03-20 10:00:00"),
        HEAD + row("x", "{}", "needs: R01"),
        HEAD + row("x", "{}").replace("zh: 由, ", ""),
        HEAD + row("x", "{}").replace("zh: 据", "zh: ''"),
    ],
)
def test_a_table_out_of_form_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        load_table(text)


def test_a_refusal_names_the_row_and_the_input():
    with pytest.raises(ValueError, match="row seven: temp: at_least takes a number"):
        load_table(HEAD + row("seven", "{temp: {at_least: warm}}"))
