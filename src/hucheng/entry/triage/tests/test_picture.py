"""What several facts about one person add up to: the latest counts, of one moment the graver, a positive stands."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.testing import MORNING
from hucheng.entry.triage import picture
from hucheng.entry.triage.actions import VALUES
from hucheng.entry.triage.models import Fact
from hucheng.entry.triage.picture import CASES, case_status, has_first_result, is_case

TEST, CASE = Fact.Kind.TEST, Fact.Kind.CASE
RESULTS = sorted(VALUES[TEST])
FINDINGS = sorted(VALUES[CASE])


def facts(*told):
    """Facts as (kind, value, minute); recorded when they were known."""
    times = [(kind, value, MORNING + timedelta(minutes=minute)) for kind, value, minute in told]
    return [Fact(kind=kind, value=value, at=at, recorded_at=at) for kind, value, at in times]


def with_tests(*told):
    return picture.test_status(facts(*((TEST, value, minute) for value, minute in told)))


told = st.lists(
    st.one_of(
        st.tuples(st.just(TEST), st.sampled_from(RESULTS), st.integers(0, 5)),
        st.tuples(st.just(CASE), st.sampled_from(FINDINGS), st.integers(0, 5)),
        st.tuples(st.just(Fact.Kind.TEMPERATURE), st.just("36.5"), st.integers(0, 5)),
    ),
    max_size=4,
)


def test_without_a_test_none_was_done_and_without_a_finding_there_is_none():
    assert (with_tests(), case_status([])) == ("not_done", "none")
    assert not is_case([]) and not has_first_result([])


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([("pending", 1)], "pending"),
        ([("pending", 1), ("negative", 2)], "negative"),
        ([("negative", 1), ("pending", 2)], "pending"),
        ([("negative", 1), ("invalid", 1)], "invalid"),
        ([("pending", 1), ("invalid", 1)], "invalid"),
        ([("pending", 1), ("negative", 1)], "pending"),
        ([("not_done", 1), ("negative", 1)], "not_done"),
        ([("positive", 1), ("negative", 2)], "positive"),
        ([("negative", 2), ("positive", 1)], "positive"),
        ([("positive", 1), ("negative", 1)], "positive"),
        ([("positive", 1), ("invalid", 5)], "positive"),
    ],
)
def test_the_latest_result_counts_and_a_positive_outlives_every_later_one(said, status):
    assert with_tests(*said) == status


@pytest.mark.parametrize("word", ["cleared", "recovered"])
@pytest.mark.parametrize(
    ("cleared", "later", "status"),
    [
        (3, [], "negative"),
        (2, [], "positive"),
        (1, [], "positive"),
        (3, [("negative", 4)], "negative"),
        (3, [("pending", 4)], "pending"),
        (3, [("positive", 4)], "positive"),
    ],
)
def test_only_the_hospital_ends_a_positive_and_only_afterwards(word, cleared, later, status):
    known = facts((TEST, "positive", 2), (CASE, word, cleared), *((TEST, value, at) for value, at in later))
    assert picture.test_status(known) == status


@pytest.mark.parametrize("value", FINDINGS)
def test_who_counts_as_a_case_for_those_around(value):
    """Also after recovery: they were infectious aboard. Not after being ruled out."""
    assert is_case(facts((CASE, value, 1))) == (value != "cleared")
    assert has_first_result(facts((CASE, value, 1))) == (value in CASES)


@pytest.mark.parametrize(
    ("value", "out"), [("negative", True), ("positive", True), ("pending", False), ("invalid", False)]
)
def test_a_first_result_is_one_that_came_out(value, out):
    assert has_first_result(facts((TEST, value, 1))) is out


def test_a_finding_that_rules_out_comes_after_the_suspicion():
    assert case_status(facts((CASE, "suspected", 1), (CASE, "cleared", 2))) == "cleared"
    assert case_status(facts((CASE, "cleared", 1), (CASE, "suspected", 2))) == "suspected"
    assert case_status(facts((CASE, "suspected", 1), (CASE, "cleared", 1))) == "suspected"


@given(told)
def test_the_order_in_which_facts_are_read_does_not_matter(said):
    known = facts(*said)
    answers = {
        (picture.test_status(list(one)), case_status(list(one)), is_case(list(one)), has_first_result(list(one)))
        for one in permutations(known)
    }
    if not any(a[0] == b[0] == CASE and a[2] == b[2] and a[1] != b[1] for a in said for b in said):
        assert len(answers) == 1


@given(told, st.integers(0, 5))
def test_a_positive_is_never_lost_by_another_test(said, minute):
    """Whatever else the laboratory reports, only a finding of the hospital takes a positive away."""
    known = facts(*said)
    if picture.test_status(known) == "positive":
        for value in RESULTS:
            assert picture.test_status(known + facts((TEST, value, minute))) == "positive"


@given(told)
def test_whoever_is_positive_is_a_case_with_a_result(said):
    known = facts(*said)
    if picture.test_status(known) == "positive":
        assert is_case(known) and has_first_result(known)
    if case_status(known) in CASES:
        assert is_case(known) and has_first_result(known)
