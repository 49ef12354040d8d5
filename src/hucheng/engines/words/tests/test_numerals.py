"""Numerals in both scripts, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.words.numerals import in_chinese, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("四十三", 43),
        ("92", 92),
        ("９２", 92),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零三", 103),
        ("一百一十", 110),
        ("两百零五", 205),
        ("一〇八", 108),
        ("二〇二〇", 2020),
        ("廿五", 25),
        ("三千零七", 3007),
        ("一万二千", 12_000),
        (" 7 ", 7),
    ],
)
def test_numerals_are_read(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "次", "四3", "第四", "-5", "3.5", "1" * 13, "一" * 30, "²"])
def test_what_is_no_whole_number_is_none(text):
    assert whole_number(text) is None


@given(st.integers(0, 99_999_999))
def test_a_number_written_in_chinese_reads_back(number):
    assert whole_number(in_chinese(number)) == number


@pytest.mark.parametrize(("number", "text"), [(0, "零"), (10, "十"), (43, "四十三"), (105, "一百零五")])
def test_numbers_are_written_as_in_minutes(number, text):
    assert in_chinese(number) == text


@pytest.mark.parametrize("number", [-1, 100_000_000])
def test_numbers_out_of_range_are_refused(number):
    with pytest.raises(ValueError, match="99,999,999"):
        in_chinese(number)
