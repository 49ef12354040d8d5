"""Documents and phones in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.fields import country, document, documents, flight, phone, plain, unconfused


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" ez-102 8340 ", "EZ1028340"),
        ("ＥＺ１０２８３４０", "EZ1028340"),
        ("NA", ""),
        ("无", ""),
        ("0000", ""),
        ("E00000000", ""),
        ("AB-0000 0000", ""),
        ("E00000001", "E00000001"),
        ("123456789", ""),
        ("", ""),
    ],
)
def test_documents_in_one_form_and_placeholders_as_nothing(text, number):
    assert document(text) == number


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("护照E12345678", ["E12345678"]),
        ("护照号：E12345678", ["E12345678"]),
        ("PASSPORT NO. E1234 5678", ["E12345678"]),
        ("NO1234567", ["NO1234567"]),
        ("E12345678/G87654321", ["E12345678", "G87654321"]),
        ("E12345678（旧G1234567）", ["E12345678", "G1234567"]),
        ("E12345678；无", ["E12345678"]),
        ("A123456(7)", ["A1234567"]),
        ("AB-12/3456", ["AB123456"]),
        ("身份证 110108199003072349", ["110108199003072349"]),
        ("683047518.0", ["683047518"]),
        ("E1234****", []),
        ("E123456XX/G87654321", ["G87654321"]),
        ("11010819900307234X", ["11010819900307234X"]),
        ("护照丢失", []),
        ("E1/00000000", []),
        ("", []),
    ],
)
def test_the_numbers_of_a_cell_without_labels_and_masks(cell, numbers):
    assert list(documents(cell)) == numbers


@pytest.mark.parametrize(
    "text", ["CA910", "CA 910", "ca-0910", "国航910", "中国国际航空CA910次", "CA910/20MAR", "ＣＡ９１０"]
)
def test_flights_in_one_form(text):
    assert flight(text) == "ca910"


@pytest.mark.parametrize(("text", "form"), [("W581", "w581"), ("3U8633", "3u8633"), ("包机", "包机"), ("", "")])
def test_other_flights_stay_as_they_are(text, form):
    assert flight(text) == form


@pytest.mark.parametrize(
    ("text", "code"), [("中国", "chn"), ("China", "chn"), ("US", "usa"), ("KOR", "kor"), ("Atlantis", "atlantis")]
)
def test_countries_by_their_code(text, code):
    assert country(text) == code


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("+86 139-0000-0001", "13900000001"),
        ("0086 13900000001", "13900000001"),
        ("13900000001", "13900000001"),
        ("8613", ""),
        ("0000000000", ""),
        ("+1 416 555 0100", "14165550100"),
        ("86 139 0000 0001", "13900000001"),
        ("8613900000", "8613900000"),
        ("１３９００００００１２", "13900000012"),
        ("0351-4012345", "03514012345"),
        ("tel", ""),
        ("13912345678/13812345678", "13912345678"),
        ("13912345678（父）", "13912345678"),
        ("13912345678.0", "13912345678"),
        ("无、13912345678", "13912345678"),
        ("139****5678", ""),
    ],
)
def test_phones_in_one_form(text, digits):
    assert phone(text) == digits


@given(st.text(max_size=30))
def test_any_text_has_a_plain_form_that_stays(text):
    assert plain(plain(text)) == plain(text)
    assert document(document(text)) == document(text)


@pytest.mark.parametrize(
    ("one", "other", "confused"),
    [("EZ0102340", "EZO1O234O", True), ("E10000007", "EI0000007", True), ("EZ0102340", "EZ0102341", False)],
)
def test_letters_that_are_read_for_digits_make_one_number(one, other, confused):
    assert (unconfused(document(one)) == unconfused(document(other))) is confused
