"""Periods, days and numbers as files write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.economy.indicators.periods import (
    before,
    day_of,
    label,
    last_period,
    month_end,
    number_of,
    period_of,
    quarter_end,
)

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["2020M02", "2020m2", "2020-02", "2020/2", "2020年2月", "2020年1-2月", "2020 年 1—2 月".replace("—", "–"),
     "２０２０Ｍ０２", "2020-02-01", "2020年02月"],
)  # fmt: skip
def test_a_month_is_read_however_it_is_written(text):
    assert period_of(text, "month") == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("text", "kind", "end"),
    [
        ("2020Q1", "quarter", date(2020, 3, 31)),
        ("2020年一季度", "quarter", date(2020, 3, 31)),
        ("2020年第4季度", "quarter", date(2020, 12, 31)),
        ("2020H1", "quarter", date(2020, 6, 30)),
        ("2020年上半年", "month", date(2020, 6, 30)),
        ("2020", "quarter", date(2020, 12, 31)),
        ("2020年", "month", date(2020, 12, 31)),
        ("2020Q3", "month", date(2020, 9, 30)),
    ],
)
def test_quarters_halves_and_years_end_where_they_end(text, kind, end):
    assert period_of(text, kind) == end


@pytest.mark.parametrize(
    "text", ["", "2020M13", "2020M00", "2020Q5", "Q1", "20200M1", "1899M12", "=2020", "2020H2", "x"]
)
def test_nonsense_is_no_period(text):
    assert period_of(text, "month") is None


def test_a_month_within_a_quarter_is_no_period_of_a_quarterly_series():
    assert period_of("2020M02", "quarter") is None and period_of("2020M03", "quarter") == date(2020, 3, 31)


@given(DAYS, st.sampled_from(["month", "quarter"]))
def test_a_period_is_read_back_from_its_label(day, kind):
    end = month_end(day.year, day.month) if kind == "month" else quarter_end(day)
    assert period_of(label(end, kind), kind) == end


@given(DAYS, st.sampled_from(["month", "quarter"]))
def test_the_last_period_is_over_and_the_next_is_not(day, kind):
    last = last_period(day, kind)
    assert last <= day and before(last, kind) < last
    following = next(d for d in (month_end(last.year + (last.month + n > 12), (last.month + n - 1) % 12 + 1)
                                 for n in ((1,) if kind == "month" else (3,))))  # fmt: skip
    assert following > day and before(following, kind) == last


@pytest.mark.parametrize(
    ("text", "number"),
    [("-2.9", "-2.9"), ("−2.9", "-2.9"), ("－２．９％", "-2.9"), ("1,124.38", "1124.38"), ("+7", "7"), (" 0 ", "0"),
     ("-2.9000000000000004", "-2.9")],
)  # fmt: skip
def test_a_number_is_read_with_its_sign_and_thousands(text, number):
    assert number_of(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "=1+1", "1.2.3", "12,34", "-", "nan", "inf", "1e5", "七", "@SUM(A1)", "9" * 40])
def test_what_a_spreadsheet_might_compute_is_no_number(text):
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("2020-03-20", date(2020, 3, 20)), ("2020年3月20日", date(2020, 3, 20)), ("2020/3/20", date(2020, 3, 20)),
     ("2020-02-30", None), ("2020-13-01", None), ("20200320", None), ("", None)],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_no_day(text, day):
    assert day_of(text) == day
