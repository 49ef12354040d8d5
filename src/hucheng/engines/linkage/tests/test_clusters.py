"""Rows gathered into persons: groups agree on the whole, decisions hold, and what cannot be is never joined."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.clusters import LIMIT, Decisions, cannot_be_one, clusters, limited
from hucheng.engines.linkage.tests.people import prepared
from hucheng.engines.linkage.tests.test_births import with_check

ROWS = [prepared(number=number) for number in range(6)]
WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(-20, 20),
    max_size=15,
)


def grouped(weights, rows=ROWS, at_least=0.0, missing=-12.0, **decided):
    decisions = Decisions(**{name: frozenset(pairs) for name, pairs in decided.items()})
    weigh = lambda a, b: weights.get((min(a, b), max(a, b)), missing)  # noqa: E731
    return clusters(rows, weights.items(), weigh, at_least=at_least, decisions=decisions)


def test_a_strong_pair_joins_and_a_weak_one_does_not():
    assert grouped({(0, 1): 5.0, (2, 3): -1.0}) == [0, 0, 2, 3, 4, 5]


def test_a_chain_is_cut_where_the_groups_do_not_agree_on_the_whole():
    chain = {(0, 1): 9.0, (1, 2): 3.0}
    assert grouped(chain) == [0, 0, 2, 3, 4, 5]
    assert grouped({**chain, (0, 2): 1.0}) == [0, 0, 0, 3, 4, 5]


def test_one_pair_cannot_outvote_a_group():
    assert limited(99.0) == LIMIT and limited(-99.0) == -LIMIT
    assert grouped({(0, 1): 9.0, (1, 2): 60.0, (0, 2): -60.0}) == [0, 1, 1, 3, 4, 5]
    assert grouped({(0, 1): 99.0, (0, 2): 80.0, (1, 2): -12.0, (3, 4): 5.0})[:3] == [0, 0, 2]


@given(WEIGHTS)
def test_groups_are_a_partition_named_by_their_first_row(weights):
    of = grouped(weights)
    assert all(of[name] == name for name in of) and all(name <= place for place, name in enumerate(of))


@given(WEIGHTS)
def test_without_a_pair_above_the_line_everybody_stays_alone(weights):
    weak = {pair: min(bits, 0.0) for pair, bits in weights.items()}
    assert grouped(weak) == list(range(6))


@given(WEIGHTS, st.floats(-5, 5), st.floats(0, 5))
def test_a_higher_line_never_makes_fewer_groups_from_pairs_alone(weights, line, more):
    pairs = {pair: bits for pair, bits in weights.items() if pair in ((0, 1), (2, 3), (4, 5))}
    assert len(set(grouped(pairs, at_least=line))) <= len(set(grouped(pairs, at_least=line + more)))


@given(WEIGHTS, st.permutations(range(6)))
def test_the_order_of_the_input_does_not_matter(weights, order):
    places = {old: new for new, old in enumerate(order)}
    moved = {tuple(sorted((places[a], places[b]))): bits for (a, b), bits in weights.items()}
    rows = [ROWS[old] for old in order]
    one, other = grouped(weights), grouped(moved, rows=rows)
    together = lambda of, a, b: of[a] == of[b]  # noqa: E731
    assert all(together(one, a, b) == together(other, places[a], places[b]) for a in range(6) for b in range(6))


@given(WEIGHTS, st.integers(0, 5), st.integers(0, 5))
def test_a_decision_always_holds(weights, a, b):
    if a != b:
        pair = (min(a, b), max(a, b))
        assert (of := grouped(weights, same=[pair]))[a] == of[b]
        assert (of := grouped(weights, other=[pair]))[a] != of[b]


@given(WEIGHTS, st.integers(0, 4))
def test_taking_a_decision_back_restores_what_was_before(weights, a):
    before = grouped(weights)
    grouped(weights, same=[(a, 5)])
    assert grouped(weights) == before


def test_decisions_that_contradict_each_other_are_refused():
    with pytest.raises(ValueError, match="contradict"):
        grouped({}, same=[(0, 1), (1, 2)], other=[(0, 2)])


FLIGHT = {"flight": "CA910", "day": date(2020, 4, 6)}
FIRST, SECOND = with_check("14010519900307234"), with_check("14010519850101111")


@pytest.mark.parametrize(
    ("one", "other", "never"),
    [
        ({**FLIGHT, "seat": "12A"}, {**FLIGHT, "seat": "12B"}, True),
        ({**FLIGHT, "seat": "12A"}, {**FLIGHT, "seat": "12A"}, False),
        ({**FLIGHT, "seat": "12A"}, {**FLIGHT, "seat": "12B", "source": "hotel"}, False),
        ({**FLIGHT, "seat": "12A"}, {"flight": "CA910", "day": date(2020, 4, 7), "seat": "12B"}, False),
        ({**FLIGHT, "seat": "12A"}, FLIGHT, False),
        ({"documents": (FIRST,)}, {"documents": (SECOND,)}, True),
        ({"documents": (FIRST,)}, {"documents": (FIRST,)}, False),
        ({"documents": (FIRST,)}, {"documents": (SECOND[:-1] + "0",)}, SECOND.endswith("0")),
        ({"documents": ("EA1234567",)}, {"documents": ("EB7654321",)}, False),
    ],
)
def test_what_cannot_be_one_person(one, other, never):
    rows = [prepared(number=1, **one), prepared(number=2, **other)]
    assert cannot_be_one(*rows) == cannot_be_one(*reversed(rows)) == never
    assert (len(set(grouped({(0, 1): 99.0}, rows=rows))) == 2) == never


def test_two_seats_keep_their_groups_apart_too():
    rows = [prepared(number=1, **FLIGHT, seat="12A"), prepared(number=2, **FLIGHT, seat="12B"), prepared(number=3)]
    assert grouped({(0, 2): 9.0, (1, 2): 8.0}, rows=rows, missing=9.0) == [0, 1, 0]
