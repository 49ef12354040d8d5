"""A flight decided at once gets, row for row, what each person would get alone."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules import InvalidFact, ManyRowsAnswer, NoRowAnswers, decide_all, load_table, shipped_tables
from hucheng.engines.rules.conditions import compile_condition
from hucheng.engines.rules.tests.making import CONDITIONS, DAY, a_row, a_table, a_value, facts_of, tables

SHIPPED = {name: load_table(name) for name in shipped_tables()}
SMALL = a_table(a_row("hot", "HARD", {"temp": {"at_least": 37.3}}), a_row("rest"))


def one_by_one(table, cases, **how):
    return [table.decide(facts, **how) for facts in cases]


@pytest.mark.parametrize("name", sorted(SHIPPED))
@given(data=st.data())
def test_every_shipped_table_decides_a_flight_as_it_decides_each(name, data):
    table = SHIPPED[name]
    cases = data.draw(st.lists(facts_of(table, all_said=False), max_size=8))
    day = data.draw(st.dates(date(2014, 1, 1), date(2023, 12, 31)))
    batch, alone = decide_all(table, cases, on=day), one_by_one(table, cases, on=day)
    assert batch.row_ids == [d.row for d in alone] and batch.outcomes == [d.outcome for d in alone]
    assert [batch.decision(n) for n in range(len(batch))] == alone


@given(tables(), st.data())
def test_any_table_decides_a_flight_as_it_decides_each(table, data):
    cases = data.draw(st.lists(facts_of(table), max_size=6))
    assert decide_all(table, cases, on=DAY).row_ids == [d.row for d in one_by_one(table, cases, on=DAY)]


@given(tables(hits=("unique", "first"), closed=False), st.data())
def test_a_flight_fails_exactly_when_somebody_aboard_would(table, data):
    cases = data.draw(st.lists(facts_of(table), min_size=1, max_size=4))
    errors = []
    for facts in cases:
        try:
            table.decide(facts, on=DAY)
        except LookupError as wrong:
            errors.append(type(wrong))
    if errors:
        with pytest.raises((NoRowAnswers, ManyRowsAnswer)) as failed:
            decide_all(table, cases, on=DAY)
        assert failed.type in errors
    else:
        assert len(decide_all(table, cases, on=DAY)) == len(cases)


@pytest.mark.parametrize("field", sorted(CONDITIONS))
@given(data=st.data())
def test_a_condition_says_of_a_column_what_it_says_of_each_value(field, data):
    given_input = SMALL.inputs[field]
    condition = compile_condition(given_input, data.draw(CONDITIONS[field]))
    values = data.draw(st.lists(a_value(given_input), max_size=12))
    mask = condition.mask(given_input.column(values))
    assert mask.dtype == np.bool_ and mask.tolist() == [condition.holds(v) for v in values]


@pytest.mark.parametrize("edge", [37.2, 37.3, 37.30000001, np.nextafter(37.3, 0), np.nextafter(37.3, 99), None])
def test_the_edge_of_fever_is_the_same_in_a_flight(edge):
    case = {"temp": None if edge is None else float(edge), "rows": 0}
    assert decide_all(SMALL, [case], on=DAY).row_ids == [SMALL.decide(case, on=DAY).row]


@pytest.mark.parametrize(
    "fact",
    [
        {"temp": float("nan")},
        {"temp": float("inf")},
        {"temp": 45.01},
        {"temp": 29.99},
        {"temp": "36.5"},
        {"temp": True},
        {"rows": None},
        {"rows": -1},
        {"ok": 1},
        {"ok": None},
        {"kind": "z"},
        {"kind": None},
        {"kind": ["a"]},
        {"signs": "cough"},
        {"signs": None},
        {"luck": 7},
    ],
    ids=str,
)
def test_an_impossible_fact_refuses_the_flight_with_the_words_it_would_get_alone(fact):
    good = {"temp": 36.5, "rows": 0, "ok": True, "kind": "a", "signs": ()}
    with pytest.raises(InvalidFact) as alone:
        SMALL.decide({**good, **fact}, on=DAY)
    with pytest.raises(InvalidFact) as together:
        decide_all(SMALL, [good, {**good, **fact}], on=DAY)
    assert (together.value.field, together.value.why, together.value.do) == (
        alone.value.field,
        alone.value.why,
        alone.value.do,
    )


@pytest.mark.parametrize("fact", [{"temp": 37}, {"signs": ["a"]}, {"signs": {"a"}}, {"rows": 3}], ids=str)
def test_values_of_a_like_type_are_taken_as_they_are_alone(fact):
    case = {"temp": 36.5, "rows": 0, **fact}
    assert decide_all(SMALL, [case], on=DAY).decision(0) == SMALL.decide(case, on=DAY)


def test_nobody_aboard_is_no_error():
    batch = decide_all(SMALL, [], on=DAY)
    assert (len(batch), batch.row_ids, batch.outcomes) == (0, [], [])


def test_one_who_does_not_say_what_must_be_said_stops_the_flight():
    with pytest.raises(InvalidFact) as refused:
        decide_all(SMALL, [{"rows": 1}, {"temp": 36.5}], on=DAY)
    assert refused.value.field == "rows"


def test_rules_not_in_force_here_do_not_answer_in_a_flight_either():
    table = a_table(a_row("new", "HARD"), a_row("rest", always=True))
    cases = [{"rows": 0}, {"rows": 9}]
    assert decide_all(table, cases, on=DAY, in_force=set()).row_ids == ["rest", "rest"]
    assert decide_all(table, cases, on=DAY, in_force={"T-new"}).row_ids == ["new", "new"]


def test_a_case_nobody_answers_is_named():
    gappy = a_table(a_row("hot", when={"temp": {"at_least": 37}}))
    with pytest.raises(NoRowAnswers, match="'temp': 36.0"):
        decide_all(gappy, [{"temp": 38.0, "rows": 0}, {"temp": 36.0, "rows": 0}], on=DAY)


def test_two_answers_in_a_flight_are_named_under_unique():
    table = a_table(a_row("a"), a_row("b", when={"ok": True}), hit="unique")
    with pytest.raises(ManyRowsAnswer, match="rows a, b"):
        decide_all(table, [{"rows": 0}, {"rows": 0, "ok": True}], on=DAY)
