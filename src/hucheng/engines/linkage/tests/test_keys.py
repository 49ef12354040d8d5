"""Fields in one form, keys that find candidates, and what documents may and may not join."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage import Record, keys, same_person
from hucheng.engines.linkage.fields import document, latin_key, phone, plain

WANG = Record("王丽华", "WANG", "LIHUA", date(1985, 4, 30), frozenset({"EZ1028340"}), "F", "13900000001", "CHN")
records = st.builds(
    Record,
    name_zh=st.sampled_from(["", "王丽华", "赵启明"]),
    surname=st.sampled_from(["", "WANG", "ZHAO"]),
    given=st.sampled_from(["", "LIHUA", "QIMING"]),
    birth=st.sampled_from([None, date(1985, 4, 30), date(1990, 1, 1)]),
    documents=st.frozensets(st.sampled_from(["EZ1028340", "EZIO2834O", "E20000007", "NA", "0000"]), max_size=2),
    sex=st.sampled_from(["", "F", "M"]),
    phone=st.sampled_from(["", "13900000001", "+86 139-0000-0001", "13900000002"]),
    nationality=st.sampled_from(["", "CHN", "CAN"]),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" ez-102 8340 ", "EZ1028340"),
        ("ＥＺ１０２８３４０", "EZ1028340"),
        ("NA", ""),
        ("无", ""),
        ("0000", ""),
        ("123456789", ""),
        ("", ""),
    ],
)
def test_documents_in_one_form_and_placeholders_as_nothing(text, number):
    assert document(text) == number


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("+86 139-0000-0001", "13900000001"),
        ("0086 13900000001", "13900000001"),
        ("13900000001", "13900000001"),
        ("8613", ""),
        ("0000000000", ""),
        ("+1 416 555 0100", "14165550100"),
    ],
)
def test_phones_in_one_form(text, digits):
    assert phone(text) == digits


@given(st.text(max_size=30))
def test_any_text_has_a_plain_form_that_stays(text):
    assert plain(plain(text)) == plain(text)
    assert document(document(text)) == document(text)


def test_a_latin_name_in_any_order_has_one_key():
    assert latin_key("WANG", "LI-HUA") == latin_key("Li Hua", "Wang") == latin_key("", "wanglihua")


@given(records, records)
def test_whoever_is_certain_or_possible_shares_a_key(a, b):
    found = same_person(a, b)
    if found.certain or found.possible:
        assert keys(a) & keys(b)


@given(records, records)
def test_the_order_does_not_matter(a, b):
    assert same_person(a, b) == same_person(b, a)


@given(records, records)
def test_placeholders_never_join(a, b):
    real = {"EZ1028340", "EZIO2834O", "E20000007"}
    if same_person(a, b).certain:
        assert a.documents & real and b.documents & real


def test_two_different_documents_never_join_by_themselves():
    other = replace(WANG, documents=frozenset({"E20000007"}))
    found = same_person(WANG, other)
    assert not found.certain and found.possible
    assert any("other document" in reason.en for reason in found.reasons)


def test_letters_for_digits_are_told_and_need_name_and_birth():
    typed = replace(WANG, documents=frozenset({"EZIO2834O"}))
    found = same_person(WANG, typed)
    assert found.certain and "O for 0" in found.reasons[0].en
    unsure = same_person(WANG, replace(typed, birth=None))
    assert not unsure.certain and unsure.possible


def test_one_document_with_another_sex_is_for_a_person_to_judge():
    found = same_person(WANG, replace(WANG, sex="M"))
    assert not found.certain and found.possible


def test_a_traditional_name_with_the_same_latin_name_is_the_same():
    assert same_person(WANG, replace(WANG, name_zh="王麗華")).certain


def test_a_shared_phone_alone_is_nothing():
    child = Record("王小宝", "WANG", "XIAOBAO", date(2012, 6, 1), phone="13900000001")
    found = same_person(WANG, child)
    assert not found.certain and not found.possible


def test_more_agreement_weighs_more():
    bare = same_person(WANG, Record("王丽华"))
    more = same_person(WANG, Record("王丽华", birth=date(1985, 4, 30)))
    most = same_person(WANG, WANG)
    assert 0 < bare.weight < more.weight < most.weight
    assert same_person(WANG, Record("赵启明")).weight < 0
    assert same_person(Record(), Record()).weight == 0


def test_keys_of_a_full_and_of_an_empty_record():
    assert keys(Record()) == frozenset()
    assert keys(WANG) == {
        "document:EZ1028340",
        "phone:13900000001",
        "name:王丽华:1985-04-30",
        f"name:{latin_key('WANG', 'LIHUA')}:1985-04-30",
    }
