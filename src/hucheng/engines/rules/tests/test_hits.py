"""Which of several rows counts, what a decision tells of its way, and what is never made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules import InvalidFact, ManyRowsAnswer, NoRowAnswers, load_table
from hucheng.engines.rules.tests.making import DAY, ENDS, a_row, a_table, facts_of, tables

TWO = [a_row("hot", "MILD", {"temp": {"at_least": 38}}), a_row("odd", "HARD", {"ok": False}), a_row("rest", "FIRM")]
BOTH = {"temp": 39.0, "rows": 1, "ok": False}


@pytest.mark.parametrize(
    ("hit", "row", "outcome", "also"),
    [
        ("first", "hot", "MILD", ()),
        ("priority", "odd", "HARD", ()),
        ("collect", "odd", "HARD", ("rest", "hot")),
    ],
)
def test_the_policy_says_which_of_three_answers_counts(hit, row, outcome, also):
    decision = a_table(*TWO, hit=hit).decide(BOTH, on=DAY)
    assert (decision.row, decision.outcome, decision.also) == (row, outcome, also)


def test_under_unique_two_answers_are_an_error_that_names_both():
    with pytest.raises(ManyRowsAnswer, match="hot, odd, rest"):
        a_table(*TWO, hit="unique").decide(BOTH, on=DAY)


def test_under_unique_one_answer_is_the_answer():
    table = a_table(a_row("yes", when={"ok": True}), a_row("no", "HARD", {"ok": False}), hit="unique")
    assert table.decide({"ok": True, "rows": 0}, on=DAY).row == "yes"
    assert table.decide({"ok": False, "rows": 0}, on=DAY).row == "no"


@given(tables(hits=("priority", "collect")), st.data())
def test_the_strictest_answer_leads_whatever_the_order_of_lines(table, data):
    facts = data.draw(facts_of(table))
    answers = [r for r in table.on(DAY) if all(c.holds(facts[c.field]) for c in r.conditions)]
    strictest = max(ENDS.index(row.outcome) for row in answers)
    assert ENDS.index(table.decide(facts, on=DAY).outcome) == strictest


@given(tables(hits=("collect",)), st.data())
def test_collect_names_every_row_that_answers_once(table, data):
    facts = data.draw(facts_of(table))
    decision = table.decide(facts, on=DAY)
    answers = {r.id for r in table.on(DAY) if all(c.holds(facts[c.field]) for c in r.conditions)}
    assert {decision.row, *decision.also} == answers and len(decision.also) == len(answers) - 1


def test_a_trace_names_each_row_asked_and_the_input_that_kept_it_from_answering():
    decision = a_table(*TWO).decide({"temp": 36.5, "rows": 0, "ok": True}, on=DAY)
    assert decision.passed_over == ("hot", "odd") and decision.missed == ("temp", "ok")
    assert decision.trace == ["hot: temp=36.5", "odd: ok=true", "rest: FIRM"]


@given(tables(), st.data())
def test_a_trace_is_true(table, data):
    """Each row passed over fails on the input that the trace names, and none that answers was passed over."""
    decision = table.decide(data.draw(facts_of(table)), on=DAY)
    rows = {row.id: row for row in table.rows}
    for name, missed in zip(decision.passed_over, decision.missed, strict=True):
        (condition,) = [c for c in rows[name].conditions if c.field == missed]
        assert not condition.holds(decision.inputs[missed])
    assert all(c.holds(decision.inputs[c.field]) for c in rows[decision.row].conditions)


def test_missing_and_empty_values_are_shown_as_such():
    table = a_table(
        a_row("hot", when={"temp": {"at_least": 38}}), a_row("some", when={"signs": {"some": True}}), TWO[2]
    )
    assert table.decide({"rows": 0}, on=DAY).trace == ["hot: temp=-", "some: signs=-", "rest: FIRM"]
    assert table.decide({"rows": 0, "signs": ["a", "b"]}, on=DAY).trace[-1] == "some: MILD"


def test_a_number_that_must_be_said_is_never_made_up():
    with pytest.raises(InvalidFact) as refused:
        a_table(*TWO).decide({"ok": True}, on=DAY)
    assert refused.value.field == "rows"


def test_what_is_not_said_takes_the_default_of_its_kind():
    decision = a_table(a_row("rest")).decide({"rows": 2}, on=DAY)
    assert decision.inputs == {"temp": None, "rows": 2.0, "ok": False, "kind": "a", "signs": ()}


def test_a_gap_is_an_error_that_names_table_day_and_case():
    table = a_table(a_row("warm", when={"temp": {"at_least": 36}}))
    with pytest.raises(NoRowAnswers, match=r"t 1 answers on 2020-03-24: .*'temp': 35"):
        table.decide({"temp": 35, "rows": 0}, on=DAY)


@pytest.mark.parametrize(
    ("day", "row"),
    [(19, "rest"), (20, "dated"), (22, "dated"), (23, "rest")],
)
def test_a_row_answers_from_its_first_to_its_last_day(day, row):
    table = a_table(a_row("dated", "HARD", **{"from": "2020-03-20", "until": "2020-03-22"}), a_row("rest"))
    assert table.decide({"rows": 0}, on=date(2020, 3, day)).row == row


@pytest.mark.parametrize(
    ("in_force", "row"),
    [(None, "new"), ({"T-new", "T-base"}, "new"), ({"T-new"}, "rest"), ({"T-base"}, "rest"), (set(), "rest")],
)
def test_a_row_waits_for_its_rules_and_for_those_it_needs(in_force, row):
    table = a_table(a_row("new", "HARD", needs=["T-base"]), a_row("rest", always=True))
    assert table.decide({"rows": 0}, on=DAY, in_force=in_force).row == row


@given(tables(), st.data())
def test_a_table_that_ends_in_a_row_for_everybody_always_answers(table, data):
    day = data.draw(st.dates(date(2019, 1, 1), date(2024, 1, 1)))
    assert table.decide(data.draw(facts_of(table, all_said=False)), on=day).outcome in ENDS


@pytest.mark.parametrize("name", ["boarding", "screening"])
def test_every_ground_against_boarding_is_named_at_once(name):
    table = load_table(name)
    facts = {"temp_c": 38.0, "symptoms": ["cough"]}
    decision = table.decide(facts, on=DAY)
    if name == "boarding":
        assert decision.outcome == "MAY_NOT_BOARD"
        assert {"fever", "symptom", "undeclared"} <= {decision.row, *decision.also}
    else:
        assert (decision.outcome, decision.row, decision.also) == ("TRANSFER", "fever", ())
