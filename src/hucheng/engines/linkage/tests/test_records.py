"""A row of a list, brought to what is compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.births import Birth
from hucheng.engines.linkage.tests.people import a_row, prepared
from hucheng.engines.linkage.tests.test_births import with_check

WOMAN = with_check("14010519900307234")
MAN = with_check("14010519900307235")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("EA1234567", {"EA1234567"}),
        ("ea 123-4567", {"EA1234567"}),
        ("ＥＡ１２３４５６７", {"EA1234567"}),
        ("EA12345O7", {"EA1234507"}),
        ("EAI234567", {"EA1234567"}),
        ("NA", set()),
        ("无", set()),
        ("0", set()),
        ("00000000", set()),
        ("123456789", set()),
    ],
)
def test_documents(written, read):
    assert prepared(documents=(written,)).documents == read


def test_a_resident_number_stands_apart_from_passports():
    row = prepared(documents=(WOMAN, "EA1234567"))
    assert row.resident_ids == {WOMAN} and row.documents == {"EA1234567"}


@pytest.mark.parametrize(("number", "sex"), [(WOMAN, "F"), (MAN, "M")])
def test_a_resident_number_tells_birthday_and_sex_where_the_list_does_not(number, sex):
    row = prepared(documents=(number,))
    assert row.birth == Birth(date(1990, 3, 7), 1990) and row.sex == sex


def test_what_the_list_says_itself_stands():
    row = prepared(documents=(WOMAN,), birth=1989, sex="男")
    assert row.birth == Birth(None, 1989) and row.sex == "M"


def test_a_mistyped_resident_number_tells_nothing_but_is_kept():
    wrong = WOMAN[:-1] + ("0" if WOMAN[-1] != "0" else "1")
    row = prepared(documents=(wrong,))
    assert row.birth == Birth() and row.sex == "" and row.resident_ids == {wrong}


@pytest.mark.parametrize(
    "written",
    ["13512345678", "+8613512345678", "0086 135 1234 5678", "135-1234-5678", "１３５１２３４５６７８", "135I2345678"],
)
def test_phones(written):
    assert prepared(phone=written).phone == "13512345678"


@pytest.mark.parametrize("written", ["", "12345", "0000000", "1111111", "无"])
def test_what_is_no_phone(written):
    assert prepared(phone=written).phone == ""


@pytest.mark.parametrize(
    ("written", "read"), [("M", "M"), ("男", "M"), ("female", "F"), ("女", "F"), ("X", ""), ("", "")]
)
def test_sexes(written, read):
    assert prepared(sex=written).sex == read


def test_a_row_with_nothing_that_points_at_a_person_cannot_be_linked():
    assert not prepared(sex="F", flight="CA910", county="小店区", birth=1990).linkable
    assert all(
        prepared(**said).linkable
        for said in ({"name": "李娜"}, {"phone": "13512345678"}, {"documents": ("EA1234567",)})
    )


def test_the_county_of_an_address_stands_in_for_one_that_is_not_said():
    said = {"address": ("山西省太原市小店区平阳路126号",)}
    assert prepared(**said).county == "小店区" and prepared(county="迎泽区", **said).county == "迎泽区"


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_row_can_be_prepared(name, number, phone, sex):
    row = prepared(name=name, documents=(number,), phone=phone, sex=sex)
    assert row.key == ("border", "1") and row.row == a_row(name=name, documents=(number,), phone=phone, sex=sex)
