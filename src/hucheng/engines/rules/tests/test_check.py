"""A table with a gap is found out, and so is a row that never answers."""

import pytest

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
    assert findings and "temp=None" in findings[0].say.en


def test_numbers_that_meet_have_no_gap():
    rows = (
        row("hot", "{temp: {at_least: 37}}") + row("cool", "{temp: {below: 37}}") + row("no", "{temp: {missing: true}}")
    )
    assert check(load_table(HEAD + rows)) == []


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
    ],
)
def test_a_table_out_of_form_is_refused(text):
    with pytest.raises(ValueError):
        load_table(text)
