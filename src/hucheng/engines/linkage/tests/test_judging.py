"""What may be joined without a person, what waits for one, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.blocking import few_keys_of
from hucheng.engines.linkage.judging import LIKELY, judge
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.tests.people import prepared
from hucheng.engines.linkage.tests.test_births import with_check

BORN = date(1985, 4, 30)
WANG = {
    "name": "王丽华", "surname": "WANG", "given": "LIHUA", "birth": BORN, "documents": ("EZ1028340",), "sex": "F",
    "phone": "13900000001", "nationality": "CHN",
}  # fmt: skip
ONE, ANOTHER = with_check("14010519850430002"), with_check("14010519850430004")


def row(**changed):
    return prepared(**WANG | changed)


def judged(a, b):
    return judge(a, b, Terms.of([a, b]))


rows = st.builds(
    prepared,
    name=st.sampled_from(["", "王丽华", "王麗華", "赵启明"]),
    surname=st.sampled_from(["", "WANG", "ZHAO"]),
    given=st.sampled_from(["", "LIHUA", "QIMING"]),
    birth=st.sampled_from([None, BORN, date(1990, 1, 1), 1985]),
    documents=st.sets(
        st.sampled_from(["EZ1028340", "EZIO2834O", "E20000007", "NA", "0000", ONE, ANOTHER]), max_size=2
    ).map(tuple),
    sex=st.sampled_from(["", "F", "M"]),
    phone=st.sampled_from(["", "13900000001", "+86 139-0000-0001", "13900000002"]),
)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"name": "", "surname": "Wang", "given": "Li-Hua"},
        {"name": "王麗華"},
        {"name": "王莉花"},
        {"name": "", "surname": "", "given": ""},
        {"birth": None},
        {"birth": 1985},
        {"sex": ""},
        {"phone": "13700000009", "nationality": "CAN"},
        {"documents": ("ez 102 8340", "E20000007")},
        {"documents": ("EZIO2834O",)},
    ],
    ids=str,
)
def test_a_document_that_nothing_contradicts_is_certain(changed):
    found = judged(row(), row(**changed))
    assert found.certain and not found.possible


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "赵启明", "surname": "ZHAO", "given": "QIMING"},
        {"name": "", "surname": "WANG", "given": "LI"},
        {"birth": date(1985, 4, 29)},
        {"birth": 1986},
        {"sex": "M"},
        {"documents": ("EZIO2834O",), "birth": None},
        {"documents": ("EZIO2834O",), "name": "", "surname": "", "given": ""},
    ],
    ids=str,
)
def test_a_document_against_something_else_waits_for_a_person(changed):
    found = judged(row(), row(**changed))
    assert not found.certain and found.possible


@pytest.mark.parametrize(
    ("born", "other", "certain"),
    [(BORN, {}, True), (None, {}, False), (BORN, {"documents": ("E20000007",)}, False), (BORN, {"sex": "M"}, False)],
)
def test_a_name_in_another_script_contradicts_nothing_where_document_and_birth_agree(born, other, certain):
    letters = row(name="", surname="SMITH", given="EMILY", birth=born, **other)
    assert judged(row(surname="", given=""), letters).certain is certain


def test_two_valid_resident_numbers_are_never_joined_by_one_passport():
    found = judged(row(documents=("EZ1028340", ONE)), row(documents=("EZ1028340", ANOTHER)))
    assert not found.certain and found.possible


def test_name_and_birth_without_a_document_wait_for_a_person_whatever_they_weigh():
    found = judged(row(), row(documents=()))
    assert found.weight > 12 and found.possible and not found.certain


def test_another_document_is_told_and_never_joins():
    found = judged(row(), row(documents=("E20000007",)))
    assert not found.certain and found.possible
    assert any("other document" in bar.words.en for bar in found.bars)


def test_a_child_on_the_phone_of_its_mother_is_nothing():
    child = prepared(name="王小宝", birth=date(2012, 6, 1), phone="13900000001")
    found = judged(row(), child)
    assert not found.certain and not found.possible and found.weight < LIKELY


def test_a_common_name_alone_is_nothing():
    terms = Terms.of([row()] * 20_000)
    name_only = prepared(name="王丽华")
    found = judge(name_only, prepared(name="王丽华"), terms)
    assert not found.certain and not found.possible


def test_more_agreement_weighs_more():
    bare, more = prepared(name="王丽华"), prepared(name="王丽华", birth=BORN)
    assert judged(row(), bare).weight < judged(row(), more).weight < judged(row(), row()).weight
    assert judged(row(), prepared(name="赵启明")).weight < 0


@given(rows, rows)
def test_the_order_does_not_matter(a, b):
    one, other = judged(a, b), judged(b, a)
    assert (one.certain, one.possible) == (other.certain, other.possible)
    assert one.weight == pytest.approx(other.weight, abs=1e-9)


@given(rows, rows)
def test_certain_needs_a_real_number_in_common_and_no_other_birth_or_sex(a, b):
    if judged(a, b).certain:
        assert (a.documents | a.resident_ids) & (b.documents | b.resident_ids)
        assert not (a.birth.year and b.birth.year and a.birth.year != b.birth.year)
        assert not (a.sex and b.sex and a.sex != b.sex)


@given(rows, rows)
def test_the_parts_sum_to_the_weight_and_are_told_in_both_languages(a, b):
    found = judged(a, b)
    assert sum(bar.bits for bar in found.bars) == pytest.approx(found.weight, abs=1e-9)
    assert all(bar.words.zh and bar.words.en for bar in found.bars)


@given(rows, rows)
def test_whoever_is_certain_shares_one_of_the_few_keys(a, b):
    if judged(a, b).certain:
        assert few_keys_of(a) & few_keys_of(b)


def test_the_few_keys_of_a_row():
    kinds = sorted({str(key[0]) for key in few_keys_of(row(name="", flight="CA910", day=date(2020, 3, 20)))})
    assert kinds == ["document", "name", "name_year", "phone"]
    assert len(few_keys_of(row())) < 30 and ("hanzi", "王丽华") in few_keys_of(row())
    assert few_keys_of(prepared()) == frozenset()
