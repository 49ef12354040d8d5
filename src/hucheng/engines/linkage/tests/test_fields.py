"""Documents and phones in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.fields import document, phone, plain, unconfused


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
