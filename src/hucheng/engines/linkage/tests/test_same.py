"""Joining people: certain only by a document that nothing contradicts."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage import Record, same_person

WANG = Record("王丽华", "WANG", "LIHUA", date(1985, 4, 30), frozenset({"EZ1"}))
records = st.builds(
    Record,
    name_zh=st.sampled_from(["", "王丽华", "赵启明"]),
    surname=st.sampled_from(["", "WANG", "ZHAO"]),
    given=st.sampled_from(["", "LIHUA", "QIMING"]),
    birth=st.sampled_from([None, date(1985, 4, 30), date(1990, 1, 1)]),
    documents=st.frozensets(st.sampled_from(["EZ1", "EZ2"]), max_size=1),
)


def test_the_same_document_and_name_is_the_same_person():
    assert same_person(WANG, Record("", "Wang", "Li-Hua", None, frozenset({"EZ1"}))).certain


def test_a_passport_with_another_name_is_for_a_person_to_judge():
    found = same_person(WANG, Record("赵启明", "ZHAO", "QIMING", None, frozenset({"EZ1"})))
    assert not found.certain and found.possible


def test_name_and_birth_alone_are_for_a_person_to_judge():
    found = same_person(WANG, Record("王丽华", birth=date(1985, 4, 30)))
    assert not found.certain and found.possible


def test_a_name_alone_is_nothing():
    found = same_person(WANG, Record("王丽华"))
    assert not found.certain and not found.possible


@given(records, records)
def test_the_order_does_not_matter(a, b):
    one, other = same_person(a, b), same_person(b, a)
    assert (one.certain, one.possible) == (other.certain, other.possible)


@given(records, records)
def test_certain_needs_a_document_in_common(a, b):
    if same_person(a, b).certain:
        assert a.documents & b.documents
        assert not (a.birth and b.birth and a.birth != b.birth)


@given(records, records)
def test_every_claim_has_reasons(a, b):
    found = same_person(a, b)
    if found.certain or found.possible:
        assert found.reasons and all(reason.zh and reason.en for reason in found.reasons)
