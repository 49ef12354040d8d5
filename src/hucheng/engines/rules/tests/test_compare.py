"""A proposed table beside the one in force, and the law that nobody below is laxer than the city (INQ-02)."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.rules import InvalidFact, load_table
from hucheng.engines.rules.compare import compare, known_to, laxer_than
from hucheng.engines.rules.search import first_days, values_of
from hucheng.engines.rules.tests.making import DAY, ENDS, INPUTS, a_row, a_table, facts_of, tables

CITY = a_table(a_row("hot", "HARD", {"temp": {"at_least": 37.3}}), a_row("rest", "MILD"))


@settings(max_examples=60)
@given(tables(), tables())
def test_a_table_is_called_laxer_exactly_when_some_case_ends_more_mildly(mine, above):
    really = False
    for day in first_days(mine, above):
        values = values_of(above.inputs, [*mine.on(day), *above.on(day)])
        for combination in product(*values.values()):
            facts = dict(zip(values, combination, strict=True))
            ends = [ENDS.index(table.decide(facts, on=day).outcome) for table in (mine, above)]
            really = really or ends[0] < ends[1]
    found = laxer_than(mine, above)
    assert (found is not None) == really
    if found:
        facts = {"temp": None, "rows": 0.0, "ok": False, "kind": "a", "signs": (), **found.case}
        here, there = mine.decide(facts, on=found.on), above.decide(facts, on=found.on)
        assert (here.row, there.row) == (found.row, found.above)
        assert ENDS.index(here.outcome) < ENDS.index(there.outcome)


@given(tables())
def test_no_table_is_laxer_than_itself(table):
    assert laxer_than(table, table) is None


@pytest.mark.parametrize(
    ("limit", "laxer"),
    [(37.0, False), (37.3, False), (37.31, True), (38.0, True)],
)
def test_a_site_may_call_fever_earlier_but_not_later(limit, laxer):
    site = a_table(a_row("hot", "HARD", {"temp": {"at_least": limit}}), a_row("rest", "MILD"))
    assert (laxer_than(site, CITY) is not None) is laxer


def test_what_is_laxer_is_said_with_day_rows_ends_and_case_in_both_languages():
    found = laxer_than(a_table(a_row("everybody", "MILD")), CITY)
    assert found is not None and found.case["temp"] >= 37.3
    for word in ("everybody", "MILD", "hot", "HARD", "temp="):
        assert word in found.say.en and word in found.say.zh


def test_a_site_may_ask_more_than_the_city():
    more = {**INPUTS, "guests": {"kind": "flag"}}
    strict = a_table(a_row("full", "HARD", {"guests": True}), *map(_same, CITY.rows), inputs=more)
    assert laxer_than(strict, CITY) is None
    sly = a_table(a_row("empty", "MILD", {"guests": False}), *map(_same, CITY.rows), inputs=more)
    assert laxer_than(sly, CITY) is not None


def _same(row):
    return a_row(row.id, row.outcome, {c.field: c.written for c in row.conditions})


def test_laxer_from_a_day_on_is_found_on_that_day():
    site = a_table(
        a_row("eased", "MILD", **{"from": "2020-04-08"}),
        a_row("hot", "HARD", {"temp": {"at_least": 37.3}}),
        a_row("rest", "MILD"),
    )
    found = laxer_than(site, CITY)
    assert found is not None and found.on.isoformat() == "2020-04-08"


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"outcomes": {"SOFT": {"zh": "软", "en": "soft"}}}, "SOFT"),
        ({"inputs": {**INPUTS, "temp": {"kind": "number", "low": 30, "high": 46, "optional": True}}}, "temp"),
        ({"inputs": {**INPUTS, "kind": {"kind": "choice", "values": ["a", "b"]}}}, "kind"),
        ({"inputs": {**INPUTS, "ok": {"kind": "list"}}}, "ok"),
    ],
    ids=["outcome", "range", "values", "kind"],
)
def test_tables_that_cannot_be_weighed_against_each_other_are_refused(parts, word):
    with pytest.raises(ValueError, match=word):
        laxer_than(a_table(a_row("rest", next(iter(parts.get("outcomes", {"MILD": 1}))), {}), **parts), CITY)


@pytest.mark.parametrize("dropped", ["near-seat", "companion", "crew", "fever", "symptom", "declaration"])
def test_the_entry_table_without_one_of_its_guards_is_laxer(dropped):
    entry = load_table("entry")
    weaker = replace(entry, rows=tuple(row for row in entry.rows if row.id != dropped))
    found = laxer_than(weaker, entry)
    assert found is not None and found.above == dropped
    assert laxer_than(entry, entry) is None


@given(tables(), tables(), st.data())
def test_a_comparison_names_exactly_those_treated_or_told_otherwise(old, new, data):
    cases = data.draw(st.lists(facts_of(old), max_size=6))
    changes = {change.number: change for change in compare(old, new, cases, on=DAY)}
    for number, facts in enumerate(cases):
        before, after = old.decide(facts, on=DAY), new.decide(facts, on=DAY)
        same = (before.outcome, before.rule, before.reason) == (after.outcome, after.rule, after.reason)
        assert (number in changes) is not same
        if not same:
            assert (changes[number].old, changes[number].new) == (before, after)


def test_nothing_changes_under_the_same_table():
    assert compare(CITY, CITY, [{"temp": 38.0, "rows": 0}, {"rows": 1}], on=DAY) == []


def test_the_same_end_by_another_reason_is_a_change():
    other = a_table(a_row("hot", "HARD", {"temp": {"at_least": 37.3}}), a_row("others", "MILD"))
    (change,) = compare(CITY, other, [{"temp": 38.0, "rows": 0}, {"rows": 1}], on=DAY)
    assert (change.number, change.old.reason.en, change.new.reason.en) == (1, "why rest", "why others")


def test_each_table_is_asked_only_what_it_knows():
    small = a_table(a_row("rest", "MILD"), inputs={"rows": INPUTS["rows"]})
    assert known_to(small, [{"rows": 1, "temp": 36.5}]) == [{"rows": 1}]
    assert len(compare(CITY, small, [{"temp": 38.0, "rows": 1}], on=DAY)) == 1


def test_rules_in_force_count_for_each_table_by_itself():
    table = a_table(a_row("new", "HARD"), a_row("rest", always=True))
    case = [{"rows": 0}]
    assert compare(table, table, case, on=DAY, in_force=set(), new_in_force={"T-new"})[0].new.row == "new"
    assert compare(table, table, case, on=DAY, in_force=set(), new_in_force=set()) == []


def test_an_impossible_case_is_refused():
    with pytest.raises(InvalidFact):
        compare(CITY, CITY, [{"temp": 99, "rows": 0}], on=DAY)
