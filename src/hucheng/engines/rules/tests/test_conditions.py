"""Conditions and inputs one by one: edges of numbers, kinds of values, and the values that stand for all others."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules.conditions import compile_condition, stand_ins
from hucheng.engines.rules.inputs import Input, InvalidFact, accept_all, accept_columns
from hucheng.engines.rules.tests.making import CONDITIONS, a_row, a_table, a_value

TEMP = Input("temp", "number", 30, 45, optional=True)
AGE = Input("age", "number", 0, 130)
FLAG, SIGNS = Input("ok", "flag"), Input("signs", "list")
KIND = Input("kind", "choice", values=("a", "b", "c"))
KNOWN = a_table(a_row("rest")).inputs


@pytest.mark.parametrize(
    ("written", "holding", "failing"),
    [
        ({"at_least": 37.3}, [37.3, 45], [37.29, 30, None]),
        ({"above": 37.3}, [37.31], [37.3, None]),
        ({"at_most": 37.3}, [37.3, 30], [37.31, None]),
        ({"below": 37.3}, [37.29], [37.3, None]),
        ({"at_least": 36, "below": 37}, [36, 36.99], [35.99, 37, None]),
        ({"above": 36, "at_most": 37}, [36.01, 37], [36, 37.01, None]),
        ({"at_least": 37, "at_most": 37}, [37], [36.99, 37.01]),
        ({"missing": True}, [None], [30, 45]),
        ({"missing": False}, [30, 45], [None]),
    ],
    ids=str,
)
def test_where_a_comparison_begins_and_ends(written, holding, failing):
    condition = compile_condition(TEMP, written)
    assert all(condition.holds(value) for value in holding) and not any(condition.holds(value) for value in failing)


@pytest.mark.parametrize(
    ("given_input", "written", "holding", "failing"),
    [
        (FLAG, True, [True], [False]),
        (FLAG, False, [False], [True]),
        (KIND, ["a", "c"], ["a", "c"], ["b"]),
        (SIGNS, {"some": True}, [("x",), ("x", "y")], [()]),
        (SIGNS, {"some": False}, [()], [("x",)]),
    ],
    ids=str,
)
def test_what_flags_choices_and_lists_answer(given_input, written, holding, failing):
    condition = compile_condition(given_input, written)
    assert all(condition.holds(value) for value in holding) and not any(condition.holds(value) for value in failing)


@pytest.mark.parametrize(
    ("given_input", "written"),
    [
        (TEMP, True),
        (TEMP, 37),
        (TEMP, "37"),
        (TEMP, ["37"]),
        (TEMP, {"at_least": "37"}),
        (TEMP, {"at_least": True}),
        (TEMP, {"at_least": 38, "at_most": 37}),
        (TEMP, {"at_least": 1, "missing": False}),
        (TEMP, {"some": True}),
        (FLAG, 1),
        (FLAG, "true"),
        (FLAG, None),
        (KIND, "a"),
        (KIND, []),
        (KIND, ["z"]),
        (KIND, ("a",)),
        (SIGNS, {"some": 1}),
        (SIGNS, ["cough"]),
        (SIGNS, {"missing": True}),
    ],
    ids=str,
)
def test_what_is_no_condition_names_its_input(given_input, written):
    with pytest.raises(ValueError, match=f"^{given_input.name}: "):
        compile_condition(given_input, written)


def test_conditions_are_equal_when_they_are_written_alike():
    one, two = (compile_condition(TEMP, {"at_least": limit}) for limit in (37, 37.0))
    assert one == two != compile_condition(TEMP, {"above": 37})


@pytest.mark.parametrize("field", sorted(CONDITIONS))
@given(data=st.data())
def test_every_value_is_treated_like_one_of_its_stand_ins(field, data):
    """What lets the analysis look at a handful of values instead of all: it must never miss a kind of value."""
    given_input = KNOWN[field]
    written = data.draw(st.lists(CONDITIONS[field], max_size=4))
    conditions = [compile_condition(given_input, w) for w in written]
    value = data.draw(a_value(given_input))
    treated = {tuple(c.holds(stand_in) for c in conditions) for stand_in in stand_ins(given_input, conditions)}
    assert tuple(c.holds(value) for c in conditions) in treated


@pytest.mark.parametrize("field", sorted(CONDITIONS))
@given(data=st.data())
def test_no_two_stand_ins_are_treated_alike(field, data):
    given_input = KNOWN[field]
    conditions = [compile_condition(given_input, w) for w in data.draw(st.lists(CONDITIONS[field], max_size=4))]
    found = [tuple(c.holds(value) for c in conditions) for value in stand_ins(given_input, conditions)]
    assert len(set(found)) == len(found) >= 1


@given(st.lists(CONDITIONS["temp"], max_size=4))
def test_stand_ins_of_a_number_rise_and_are_possible(written):
    found = stand_ins(TEMP, [compile_condition(TEMP, w) for w in written])
    numbers = [value for value in found if value is not None]
    assert numbers == sorted(numbers) and all(30 <= value <= 45 for value in numbers)


def test_a_bound_outside_the_range_makes_no_impossible_value():
    found = stand_ins(AGE, [compile_condition(AGE, {"at_least": 200}), compile_condition(AGE, {"below": -5})])
    assert all(0 <= value <= 130 for value in found)


@pytest.mark.parametrize(
    ("given_input", "value", "as_used"),
    [
        (AGE, 0, 0.0),
        (AGE, 130, 130.0),
        (TEMP, None, None),
        (FLAG, True, True),
        (KIND, "b", "b"),
        (SIGNS, ["x"], ("x",)),
        (SIGNS, (), ()),
        (SIGNS, frozenset({"x"}), ("x",)),
    ],
    ids=str,
)
def test_what_an_input_takes_and_how_the_table_uses_it(given_input, value, as_used):
    got = given_input.accept(value)
    assert got == as_used and type(got) is type(as_used)


@pytest.mark.parametrize(
    ("given_input", "value"),
    [
        (AGE, None),
        (AGE, -0.1),
        (AGE, 130.1),
        (AGE, math.nan),
        (AGE, math.inf),
        (AGE, "40"),
        (AGE, False),
        (TEMP, 29.9),
        (FLAG, 0),
        (FLAG, "yes"),
        (KIND, "A"),
        (KIND, ["a"]),
        (KIND, {}),
        (SIGNS, "cough"),
        (SIGNS, {"cough": 1}),
        (SIGNS, None),
    ],
    ids=str,
)
def test_what_an_input_refuses_with_value_reason_and_remedy(given_input, value):
    with pytest.raises(InvalidFact) as refused:
        given_input.accept(value)
    assert refused.value.field == given_input.name and refused.value.why.zh and refused.value.do.en
    assert str(refused.value.value) == str(value)


def test_a_fact_that_no_input_has_is_named():
    with pytest.raises(InvalidFact) as refused:
        accept_all({"ok": FLAG}, {"ok": True, "luck": 7})
    assert refused.value.field == "luck" and "not an input" in refused.value.why.en


@given(
    st.lists(st.fixed_dictionaries({"temp": a_value(TEMP), "kind": a_value(KIND), "signs": a_value(SIGNS)}), max_size=6)
)
def test_columns_hold_what_each_case_would_hold_alone(cases):
    inputs = {"temp": TEMP, "kind": KIND, "signs": SIGNS}
    columns = accept_columns(inputs, cases)
    alone = [accept_all(inputs, facts) for facts in cases]
    assert {name: list(column) for name, column in columns.items()} == {
        name: [one[name] for one in alone] for name in inputs
    }


def test_a_column_holds_numbers_places_of_choices_and_whether_lists_hold_anything():
    temps = TEMP.column([None, 36.5])
    assert np.isnan(temps[0]) and temps[1] == 36.5
    assert KIND.column(["c", "a"]).tolist() == [2, 0]
    assert SIGNS.column([(), ("x",)]).tolist() == [False, True] and FLAG.column([True]).tolist() == [True]


@pytest.mark.parametrize(("given_input", "default"), [(TEMP, None), (FLAG, False), (KIND, "a"), (SIGNS, ())], ids=str)
def test_what_stands_when_nothing_is_said(given_input, default):
    assert given_input.default == default


def test_nothing_stands_for_a_number_that_must_be_said():
    with pytest.raises(InvalidFact):
        _default = AGE.default
