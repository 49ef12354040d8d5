"""What always holds, whatever the rows and the decisions: order, undoing, no row lost, live as in a run."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.model import shipped
from hucheng.engines.linkage.pairs import in_duckdb
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.register import Register
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.tests.people import a_row, made_lists

HOME = {"address": ("太原市小店区平阳路126号",), "locality": "坞城街道"}
ROWS = [
    *made_lists(71, 7)[0],
    *(a_row(f"home {n}", "hotel", name=name, **HOME) for n, name in enumerate(("王思雨", "王国栋"))),
]
KEYS = [(row.source, row.number) for row in ROWS]
BEFORE = link(ROWS)
FOUND = in_duckdb(sorted(ROWS, key=lambda row: (row.source, row.number)), shipped())
"""The pairs do not depend on decisions; they are found once."""
PAIRS = st.tuples(st.sampled_from(KEYS[:6]), st.sampled_from(KEYS[:6])).filter(lambda pair: pair[0] != pair[1])
DECISIONS = st.lists(st.tuples(st.booleans(), PAIRS), max_size=6)
FEW = settings(max_examples=40, deadline=None)


def decided(decisions):
    """The persons under some decisions; None where these contradict each other."""
    same = [pair for joined, pair in decisions if joined]
    other = [pair for joined, pair in decisions if not joined]
    try:
        return link(ROWS, same=same, other=other, engine=lambda _rows, _model: FOUND).persons
    except ValueError as error:
        assert "contradict" in str(error)
        return None


@settings(max_examples=10, deadline=None)
@given(st.permutations(ROWS))
def test_the_order_of_rows_never_matters(rows):
    assert link(rows) == BEFORE


@FEW
@given(DECISIONS, st.randoms())
def test_nor_does_the_order_of_decisions(decisions, dice):
    again = list(decisions)
    dice.shuffle(again)
    assert decided(again) == decided(decisions)


@FEW
@given(DECISIONS)
def test_whatever_is_joined_or_parted_no_row_is_lost_and_every_decision_holds(decisions):
    persons = decided(decisions)
    if persons is None:
        return
    assert sorted(persons) == sorted(KEYS)
    assert all((persons[one] == persons[other]) == joined for joined, (one, other) in decisions)
    for person in persons.values():
        first = min(key for key in KEYS if persons[key] == person)
        assert person == ":".join(first), "a person is named by its first row, so none is lost under another's name"


@settings(max_examples=15, deadline=None)
@given(DECISIONS)
def test_taken_back_one_after_another_in_reverse_each_state_is_the_one_before(decisions):
    states = [decided(decisions[:count]) for count in range(len(decisions) + 1)]
    for count in reversed(range(len(decisions) + 1)):
        assert decided(decisions[:count]) == states[count]
    assert states[0] == BEFORE.persons and link(ROWS) == BEFORE


@given(st.sampled_from(ROWS), st.integers(0, len(ROWS)))
def test_a_number_given_twice_is_refused_wherever_it_stands(row, place):
    with pytest.raises(ValueError, match=f"Row {row.number} of list {row.source} is given twice"):
        link([*ROWS[:place], row, *ROWS[place:]])


@pytest.fixture(scope="module")
def register():
    opened = Register(":memory:")
    opened.add(ROWS)
    yield opened
    opened.close()


@settings(deadline=None)
@given(asked=st.sampled_from(ROWS))
def test_live_and_in_a_run_one_pair_weighs_the_same_and_its_bars_sum_to_it(register, asked):
    stranger = a_row("asked", "desk", **{
        name: getattr(asked, name) for name in ("name", "surname", "given", "documents", "phone", "address", "locality")
    })  # fmt: skip
    rows = {(row.source, row.number): prepare(row) for row in ROWS}
    terms = Terms.of([*rows.values(), prepare(stranger)])
    found = register.who(stranger, at_most=20)
    assert found
    for one in found:
        weight = shipped().weight(rows[one.row.source, one.row.number], prepare(stranger), terms)
        assert one.weight == pytest.approx(weight, abs=1e-9)
        assert math.fsum(bar.bits for bar in one.bars) == pytest.approx(weight, abs=1e-9)
