"""What the analysis finds is there, and what is there it finds: held against trying every case."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings

from hucheng.engines.rules import ManyRowsAnswer, NoRowAnswers, NotApproved, approve, check, load_table
from hucheng.engines.rules.search import first_days, values_of
from hucheng.engines.rules.tests.making import DAY, ENDS, a_row, a_table, tables

REST = a_row("rest")


def codes(table):
    return [finding.code for finding in check(table)]


def every_case(table, day):
    """Each combination of values that stand for all others on a day."""
    values = values_of(table.inputs, table.on(day))
    for combination in product(*values.values()):
        yield dict(zip(values, combination, strict=True))


def answers(table, facts, day):
    return [r for r in table.on(day) if all(c.holds(facts[c.field]) for c in r.conditions)]


@settings(max_examples=60)
@given(tables(closed=False))
def test_a_gap_is_reported_exactly_when_some_case_has_no_answer(table):
    really = {d for d in first_days(table) if any(not answers(table, f, d) for f in every_case(table, d))}
    found = [f for f in check(table) if f.code == "gap"]
    assert len(found) == len(really)
    for finding, day in zip(found, sorted(really), strict=True):
        missing = {"temp": None, "rows": 0.0, "ok": False, "kind": "a", "signs": (), **finding.case}
        with pytest.raises(NoRowAnswers):
            table.decide(missing, on=day)


@settings(max_examples=60)
@given(tables())
def test_a_row_is_called_dead_exactly_when_no_case_leads_to_it(table):
    led_to = set()
    for day in first_days(table):
        for facts in every_case(table, day):
            heard = answers(table, facts, day)
            led_to |= {row.id for row in (heard if table.hit == "collect" else heard[:1])}
    dead = {f.row for f in check(table) if f.code == "unreachable"}
    assert dead == {row.id for row in table.rows} - led_to


@settings(max_examples=60)
@given(tables(hits=("unique",), closed=False))
def test_under_unique_a_clash_is_reported_exactly_when_two_rows_answer_one_case(table):
    clash = any(len(answers(table, f, d)) > 1 for d in first_days(table) for f in every_case(table, d))
    found = [f for f in check(table) if f.code in ("overlap", "contradiction")]
    assert bool(found) == clash and all(f.fatal for f in found)


@settings(max_examples=60)
@given(tables())
def test_a_claim_holds_exactly_when_no_rise_makes_an_outcome_milder(table):
    claimed = a_table(*[_again(row) for row in table.rows], hit=table.hit, stricter_with={"temp": "up", "ok": "down"})
    broken = {f.say.en.split(" on ")[1].split(" ")[0] for f in check(claimed) if f.code == "claim"}
    really = set()
    for day in first_days(claimed):
        values = values_of(claimed.inputs, claimed.on(day))
        for name, order in (("temp", [v for v in values["temp"] if v is not None]), ("ok", [True, False])):
            for facts in every_case(claimed, day):
                ends = [ENDS.index(claimed.decide({**facts, name: v}, on=day).outcome) for v in order]
                really |= {name} if ends != sorted(ends) else set()
    assert broken == really


def _again(row):
    days = {"from": row.since} if row.since != date.min else {}
    days |= {"until": row.until} if row.until != date.max else {}
    return a_row(row.id, row.outcome, {c.field: c.written for c in row.conditions}, **days)


def test_an_overlap_names_both_rows_and_a_case_that_shows_it():
    table = a_table(a_row("hot", when={"temp": {"at_least": 37}}), a_row("ok", when={"ok": True}), REST, hit="unique")
    found = [f for f in check(table) if {"hot", "ok"} <= set(f.say.en.replace(":", "").split())]
    assert [f.code for f in found] == ["overlap"] and found[0].fatal
    with pytest.raises(ManyRowsAnswer):
        table.decide({"rows": 0, **found[0].case}, on=DAY)


def test_two_rows_that_end_otherwise_contradict_each_other_under_unique():
    assert "contradiction" in codes(a_table(a_row("a"), a_row("b", "HARD", {"ok": True}), hit="unique"))


@pytest.mark.parametrize(
    ("second", "clash"),
    [
        ({}, True),
        ({"from": "2020-03-22", "until": "2020-03-24"}, True),
        ({"from": "2020-03-19"}, False),
        ({"until": "2020-03-25"}, False),
    ],
    ids=str,
)
def test_equal_conditions_contradict_when_the_earlier_row_stands_on_every_day_of_the_later(second, clash):
    dates = {"from": "2020-03-20", "until": "2020-03-24"} if second else {}
    table = a_table(a_row("a", "HARD", {"ok": True}, **dates), a_row("b", "FIRM", {"ok": True}, **second), REST)
    assert ("contradiction" in codes(table)) is clash


def test_equal_conditions_with_one_end_are_useless_but_no_contradiction():
    assert codes(a_table(a_row("a", when={"ok": True}), a_row("b", when={"ok": True}), REST)) == ["unreachable"]


def test_a_row_behind_one_whose_rules_may_not_be_in_force_is_no_contradiction():
    safe = a_row("b", "HARD", {"ok": True}, always=True)
    assert "contradiction" not in codes(a_table(a_row("a", "MILD", {"ok": True}), safe, REST))
    assert "contradiction" in codes(a_table(a_row("a", "MILD", {"ok": True}, always=True), safe, REST))


def test_conditions_written_otherwise_but_equal_in_extent_contradict():
    table = a_table(a_row("a", "HARD", {"kind": ["a", "b", "c"], "ok": True}), a_row("b", "FIRM", {"ok": True}), REST)
    assert "contradiction" in codes(table)


def test_a_unit_test_that_fails_is_fatal_and_says_what_was_wanted_and_what_came():
    test = {"day": DAY, "facts": {"rows": 1}, "outcome": "HARD", "row": "hot"}
    (finding,) = check(a_table(a_row("hot", "MILD"), tests=[test]))
    assert (finding.code, finding.fatal) == ("test", True)
    assert "HARD (hot) is wanted" in finding.say.en and "MILD (hot)" in finding.say.zh


@pytest.mark.parametrize(
    ("outcome", "row", "facts", "passes"),
    [
        ("MILD", "", {"rows": 1}, True),
        ("MILD", "hot", {"rows": 1}, True),
        ("MILD", "ho", {"rows": 1}, False),
        ("MILD", "cold", {"rows": 1}, False),
        ("HARD", "", {"rows": 1}, False),
        ("INVALID_INPUT", "", {"rows": 1}, False),
        ("INVALID_INPUT", "", {"rows": 10}, True),
        ("INVALID_INPUT", "", {}, True),
        ("MILD", "", {}, False),
    ],
    ids=str,
)
def test_a_unit_test_asks_for_the_outcome_and_the_row_if_it_names_one(outcome, row, facts, passes):
    table = a_table(a_row("hot", "MILD"), tests=[{"day": DAY, "facts": facts, "outcome": outcome, "row": row}])
    assert (codes(table) == []) is passes


def test_a_unit_test_that_nobody_answers_fails_by_that_name():
    table = a_table(a_row("hot", when={"ok": True}), tests=[{"day": DAY, "facts": {"rows": 1}, "outcome": "MILD"}])
    assert any("NoRowAnswers" in f.say.en for f in check(table))


def test_a_sound_table_is_approved_and_says_by_whom_and_when():
    approved = approve(load_table("entry"), by="Li", on=DAY)
    assert approved.approval is not None and (approved.approval.by, approved.approval.on) == ("Li", DAY)


@pytest.mark.parametrize("by", ["Wang", "", "  "])
def test_nobody_approves_their_own_table_and_nobody_unnamed_approves_one(by):
    with pytest.raises(NotApproved) as refused:
        approve(a_table(REST), by=by, on=DAY)
    assert "起草人" in refused.value.why.zh and refused.value.findings == ()


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (a_table(a_row("hot", when={"ok": True})), "gap"),
        (a_table(a_row("late", **{"from": "2020-03-20"})), "gap"),
        (a_table(a_row("a"), a_row("b", when={"ok": True}), hit="unique"), "overlap"),
        (a_table(a_row("a"), a_row("b", "HARD"), hit="first"), "contradiction"),
        (a_table(a_row("ok", "HARD", {"ok": False}), REST, stricter_with={"ok": "up"}), "claim"),
        (a_table(REST, tests=[{"day": DAY, "facts": {"rows": 1}, "outcome": "HARD"}]), "test"),
    ],
    ids=["gap", "gap in days", "overlap", "contradiction", "claim", "test"],
)
def test_a_table_with_a_fatal_finding_cannot_be_approved_and_the_finding_is_told(table, code):
    with pytest.raises(NotApproved) as refused:
        approve(table, by="Li", on=DAY)
    assert refused.value.findings[0].code == code
    assert refused.value.findings[0].say.en in refused.value.why.en


def test_a_dead_row_alone_does_not_forbid_approval():
    table = a_table(REST, a_row("dead", when={"ok": True}))
    assert codes(table) == ["unreachable"] and approve(table, by="Li", on=DAY).approval


@pytest.mark.parametrize("way", ["up", "down"])
def test_the_entry_table_claims_only_what_holds(way):
    """Whether a declaration is complete makes some cases stricter and others milder, so no claim on it holds."""
    entry = load_table("entry")
    assert check(entry) == [] and len(entry.stricter_with) == 8
    (broken,) = check(replace(entry, stricter_with={"declaration_complete": way}))
    assert broken.code == "claim" and "declaration_complete" in broken.say.zh
