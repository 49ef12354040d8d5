"""Numerals and dates as people write and say them, against tables and the calendar itself."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.words.bilingual import Bilingual
from hucheng.engines.words.dates import first_date, last_such_day
from hucheng.engines.words.numerals import DIGITS, LARGE, UNITS, in_chinese, whole_number

PUBLISHED = date(2020, 3, 25)
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一百二", 120),
        ("一百二十", 120),
        ("一百零二", 102),
        ("三千五", 3_500),
        ("三万五", 35_000),
        ("三万零五", 30_005),
        ("两万五千三百零八", 25_308),
        ("二十二", 22),
        ("一亿二千万", 120_000_000),
        ("一亿零五", 100_000_005),
        ("三亿两千万零六", 320_000_006),
        ("一千万亿", 10**15),
        ("万", 10_000),
        ("亿", 100_000_000),
        ("百", 100),
        ("廿", 20),
        ("卅一", 31),
        ("壹佰贰拾叁", 123),
        ("伍仟零陆", 5_006),
        ("零", 0),
    ],
)
def test_large_numbers_and_those_said_short(text, number):
    """亿 took the 万 behind it for its own part: 一亿二千万 gave 1,000,020,000,000."""
    assert whole_number(text) == number


@given(st.integers(1, 9_999), st.integers(1, 9_999))
def test_the_parts_of_a_number_of_亿_add_up(high, low):
    assert whole_number(f"{in_chinese(high)}亿零{in_chinese(low * 10)}") == high * 10**8 + low * 10


@given(st.integers(0, 9), st.sampled_from(["百", "千"]), st.integers(1, 9))
def test_a_last_digit_behind_a_unit_is_of_the_next_lower_unit(first, unit, last):
    digits = "零一二三四五六七八九"
    assert whole_number(f"{digits[first]}{unit}{digits[last]}") == (first or 1) * UNITS[unit] + last * UNITS[unit] // 10


@given(st.integers(0, 99_999_999))
def test_a_written_number_has_no_two_noughts_in_a_row_and_none_at_its_end(number):
    text = in_chinese(number)
    assert "零零" not in text and (number == 0 or not text.endswith("零"))
    assert set(text) <= set(DIGITS) | set(UNITS) | set(LARGE)


@given(st.integers(0, 99_999_999), st.integers(0, 99_999_999))
def test_different_numbers_are_written_differently(one, other):
    assert (in_chinese(one) == in_chinese(other)) == (one == other)


@given(st.text("零一二三四五六七八九十百千万亿廿两", max_size=12))
def test_any_mixture_of_signs_is_a_number_of_at_least_zero_or_none(text):
    number = whole_number(text)
    assert number is None or number >= 0


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("去年3月5日", date(2019, 3, 5)),
        ("去年12月25日", date(2019, 12, 25)),
        ("前年3月5日", date(2018, 3, 5)),
        ("今年3月5日", date(2020, 3, 5)),
        ("今年4月5日", date(2020, 4, 5)),
        ("明年1月5日", date(2021, 1, 5)),
        ("本月5日", date(2020, 3, 5)),
        ("24日至26日开会", date(2020, 3, 24)),
        ("3月24日至26日", date(2020, 3, 24)),
        ("廿四日", date(2020, 3, 24)),
        ("十一日", date(2020, 3, 11)),
        ("2020/3/4", date(2020, 3, 4)),
        ("2020.03.04", date(2020, 3, 4)),
        ("2020 年 3 月 4 日", date(2020, 3, 4)),
        ("二〇一九年十二月三十一日", date(2019, 12, 31)),
        ("昨晚,3月1日通报的", date(2020, 3, 24)),
        ("前天下午", date(2020, 3, 23)),
    ],
)
def test_a_year_or_month_that_is_told_is_not_guessed(text, day):
    """去年3月5日 was read as a day of this year, and of 24日至26日 the second was taken."""
    assert first_date(text, published=PUBLISHED) == day


@pytest.mark.parametrize(
    "text",
    [
        "1000年1月1日",
        "2100年1月1日",
        "2020年3月",
        "3月下旬",
        "20200324",
        "电话13900000000",
        "2020年13月1日",
        "13月5日",
        "去年2月30日",
    ],
)
def test_what_names_no_day_of_the_calendar_names_none(text):
    assert first_date(text, published=PUBLISHED) is None


@pytest.mark.parametrize("text", ["去年3月5日", "今年3月5日", "本月5日", "昨天", "3月5日"])
def test_without_the_day_of_publication_a_year_that_is_counted_from_it_is_open(text):
    assert first_date(text) is None


@given(DAYS, st.sampled_from(["{0.year}年{0.month}月{0.day}日", "{0:%Y-%m-%d}", "{0:%Y.%m.%d}", "{0:%Y/%m/%d}"]))
def test_a_full_date_is_itself_whenever_it_is_read(day, form):
    assert first_date(form.format(day)) == day
    assert first_date(f"会议于{form.format(day)}召开", published=PUBLISHED) == day


@given(DAYS)
def test_a_date_in_chinese_numerals_is_the_same(day):
    year = "".join("〇一二三四五六七八九"[int(sign)] for sign in str(day.year))
    assert first_date(f"{year}年{in_chinese(day.month)}月{in_chinese(day.day)}日") == day


@given(DAYS, st.integers(1, 12), st.integers(1, 31))
def test_the_last_such_day_is_found_by_going_back_day_by_day(published, month, day):
    by_hand = None
    if day <= max(calendar.monthrange(year, month)[1] for year in (2019, 2020)):
        by_hand = published
        while (by_hand.month, by_hand.day) != (month, day):
            by_hand -= timedelta(days=1)
    assert last_such_day(None, month, day, published) == by_hand


@given(DAYS, st.integers(1, 31))
def test_a_lone_day_is_found_by_going_back_day_by_day(published, day):
    by_hand = published
    while by_hand.day != day:
        by_hand -= timedelta(days=1)
    assert last_such_day(None, None, day, published) == by_hand


@given(st.text("0123456789年月日号-/.昨今前天上下午,至去〇一二三十", max_size=30), st.one_of(st.none(), DAYS))
def test_any_text_names_a_day_or_none(text, published):
    found = first_date(text, published=published)
    assert found is None or isinstance(found, date)


def test_a_sentence_is_told_in_the_language_of_the_reader_and_filled_in_both():
    said = Bilingual("第 {line} 行有误", "Line {line} is wrong")
    assert [said.in_language(code) for code in ("zh", "zh-hans", "ZH-CN", "en", "fr")] == [said.zh] * 3 + [said.en] * 2
    assert said.filled(line=7) == Bilingual("第 7 行有误", "Line 7 is wrong")
    with pytest.raises(KeyError):
        said.filled(row=7)
