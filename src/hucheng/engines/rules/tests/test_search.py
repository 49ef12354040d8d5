"""The search through all cases, piece by piece, against trying them all."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.rules.search import (
    asked_of,
    disagreement,
    first_days,
    meeting,
    reachable,
    unanswered,
    values_of,
)
from hucheng.engines.rules.tests.making import DAY, ENDS, a_row, a_table, tables


def every_case(values):
    for combination in product(*values.values()):
        yield dict(zip(values, combination, strict=True))


def takes(row, facts):
    return all(c.holds(facts[c.field]) for c in row.conditions)


def known(table):
    rows = table.on(DAY)
    return rows, values_of(table.inputs, rows)


HOT = a_table(a_row("hot", when={"temp": {"at_least": 37}, "ok": True})).rows[0]


@pytest.mark.parametrize(
    ("case", "asked"),
    [
        ({}, ["temp", "ok"]),
        ({"temp": 38.0}, ["ok"]),
        ({"ok": True}, ["temp"]),
        ({"temp": 38.0, "ok": True}, []),
        ({"temp": 36.0}, None),
        ({"ok": False}, None),
        ({"temp": 36.0, "ok": True}, None),
        ({"rows": 3.0}, ["temp", "ok"]),
    ],
    ids=str,
)
def test_what_a_row_still_asks_of_a_case_half_known(case, asked):
    assert asked_of(HOT, case) == asked


@settings(max_examples=60)
@given(tables(closed=False))
def test_a_case_without_an_answer_is_found_when_there_is_one(table):
    rows, values = known(table)
    found = unanswered(rows, values, {})
    really = [facts for facts in every_case(values) if not any(takes(row, facts) for row in rows)]
    assert (found is not None) == bool(really)
    if found is not None:
        assert any(found.items() <= facts.items() for facts in really)


@settings(max_examples=60)
@given(tables(), st.data())
def test_a_row_is_reachable_when_a_case_takes_it_and_none_before_it(table, data):
    rows, values = known(table)
    place = data.draw(st.integers(0, len(rows) - 1))
    before, row = rows[:place], rows[place]
    really = any(takes(row, f) and not any(takes(b, f) for b in before) for f in every_case(values))
    assert reachable(before, row, values) == really


@settings(max_examples=60)
@given(tables(), st.data())
def test_two_rows_meet_when_a_case_takes_both(table, data):
    rows, values = known(table)
    one, two = (data.draw(st.sampled_from(rows)) for _row in range(2))
    found = meeting(one, two, values)
    really = any(takes(one, facts) and takes(two, facts) for facts in every_case(values))
    assert (found is not None) == really
    if found is not None:
        whole = {**{name: options[0] for name, options in values.items()}, **found}
        assert takes(one, whole) and takes(two, whole)


@settings(max_examples=60)
@given(tables(), tables())
def test_two_orders_of_rows_disagree_when_some_case_ends_so(mine, theirs):
    here, there = mine.on(DAY), theirs.on(DAY)
    values = values_of(mine.inputs, [*here, *there])

    def worse(a, b):
        return ENDS.index(a) > ENDS.index(b)

    really = any(worse(mine.decide(f, on=DAY).outcome, theirs.decide(f, on=DAY).outcome) for f in every_case(values))
    found = disagreement(here, there, values, worse, {}, {})
    assert (found is not None) == really
    if found:
        case, a, b = found
        assert worse(a.outcome, b.outcome) and takes(a, {**next(every_case(values)), **case})


def test_days_on_which_the_same_rows_hold_are_looked_at_once():
    table = a_table(
        a_row("early", until="2020-03-19"),
        a_row("middle", **{"from": "2020-03-20", "until": "2020-03-22"}),
        a_row("late", **{"from": "2020-03-20"}),
        a_row("always"),
    )
    assert first_days(table) == [date.min, date(2020, 3, 20), date(2020, 3, 23)]
    other = a_table(a_row("rest", until="2020-03-30"))
    assert first_days(table, other)[-1] == date(2020, 3, 31)


@given(tables(), st.dates(date(2020, 3, 1), date(2020, 5, 1)))
def test_each_day_has_the_rows_of_the_last_first_day(table, day):
    begin = max(first for first in first_days(table) if first <= day)
    assert table.on(day) == table.on(begin)
