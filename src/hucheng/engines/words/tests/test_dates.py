"""Dates of reports: what is said, what the day of publication adds, what stays unknown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.words.dates import first_date, last_such_day

PUBLISHED = date(2020, 3, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3月24日,会议召开", date(2020, 3, 24)),
        ("三月二十四日上午", date(2020, 3, 24)),
        ("12月31日", date(2019, 12, 31)),
        ("2021年1月5日", date(2021, 1, 5)),
        ("二〇二〇年三月三日", date(2020, 3, 3)),
        ("2020-03-21 11:13:17", date(2020, 3, 21)),
        ("昨天下午", date(2020, 3, 24)),
        ("昨晚,市里", date(2020, 3, 24)),
        ("今天上午,市里开会", date(2020, 3, 25)),
        ("24日晚", date(2020, 3, 24)),
        ("2月29日", date(2020, 2, 29)),
        ("30号,领导小组开会", date(2020, 1, 30)),
    ],
)
def test_dates_are_resolved_against_the_day_of_publication(text, day):
    assert first_date(text, published=PUBLISHED) == day


@pytest.mark.parametrize("text", ["3月24日", "昨天下午", "24日晚", "没有日子", ""])
def test_without_publication_only_a_stated_year_makes_a_date(text):
    assert first_date(text) is None


@pytest.mark.parametrize("text", ["2月30日", "13月1日", "0日", "2021年2月29日"])
def test_days_that_no_calendar_has_are_unknown(text):
    assert first_date(text, published=PUBLISHED) is None


@pytest.mark.parametrize("text", ["日报告", "隔离14天", "当前形势", "今天的局面来之不易", "昨"])
def test_words_that_only_look_like_days(text):
    assert first_date(text, published=PUBLISHED) is None


def test_the_first_date_counts():
    assert first_date("3月20日通报,3月22日开会", published=PUBLISHED) == date(2020, 3, 20)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 360))
def test_a_day_and_month_never_fall_after_publication(published, back):
    day = published - timedelta(days=back)
    found = last_such_day(None, day.month, day.day, published)
    assert found == day


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 26))
def test_a_lone_day_is_the_last_such_day(published, back):
    day = published - timedelta(days=back)
    assert first_date(f"{day.day}日上午", published=published) == day
