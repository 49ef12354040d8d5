"""Dates as lists write them: every form, both centuries, what is ambiguous, what does not exist."""

import contextlib
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests.dates import (
    EXCEL_DAY_ZERO,
    AmbiguousDate,
    age_on,
    birth_year,
    expiry_year,
    local_time,
    sheet_date,
    short_date,
)

TODAY = date(2020, 3, 21)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1985-04-30", date(1985, 4, 30)),
        ("1985/4/30", date(1985, 4, 30)),
        ("1985.04.30", date(1985, 4, 30)),
        ("1985年4月30日", date(1985, 4, 30)),
        ("1985 年 4 月 30", date(1985, 4, 30)),
        ("19850430", date(1985, 4, 30)),
        ("850430", date(1985, 4, 30)),
        ("30APR1985", date(1985, 4, 30)),
        ("30-Apr-85", date(1985, 4, 30)),
        ("30 April 1985", date(1985, 4, 30)),
        ("30/apr/1985", date(1985, 4, 30)),
        ("30/04/1985", date(1985, 4, 30)),
        ("04/30/1985", date(1985, 4, 30)),
        ("04/04/1985", date(1985, 4, 4)),
        ("31167", date(1985, 4, 30)),
        ("1985-04-30 00:00:00", date(1985, 4, 30)),
        ("1985-04-30T09:15", date(1985, 4, 30)),
        ("  1985-04-30 ", date(1985, 4, 30)),
        ("2000-02-29", date(2000, 2, 29)),
    ],
)
def test_every_form_of_a_sheet_is_read(written, day):
    assert sheet_date(written, TODAY) == day


@pytest.mark.parametrize("written", ["03/04/1985", "12/11/1990", "1-2-2000", "11.12.2001"])
def test_day_and_month_that_could_change_places_are_not_guessed(written):
    with pytest.raises(AmbiguousDate):
        sheet_date(written, TODAY)


@pytest.mark.parametrize(
    "written",
    [
        "", "x", "1985-02-30", "1985-13-01", "1900-02-29", "30/13/1985", "31/31/1985", "0/5/1985", "30XYZ1985", "85043",
        "365", "8504300", "１９８５０４３０", "1985-04", "30APR", "99999999",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match=".*") as no:
        sheet_date(written, TODAY)
    assert not isinstance(no.value, AmbiguousDate)


@pytest.mark.parametrize(
    ("text", "today", "year"),
    [
        ("200321", TODAY, 2020),
        ("200322", TODAY, 1920),
        ("850430", TODAY, 1985),
        ("000101", TODAY, 2000),
        ("991231", date(2000, 1, 1), 1999),
        ("000102", date(2000, 1, 1), 1900),
    ],
)
def test_a_birth_is_in_the_latest_century_that_is_not_after_the_day(text, today, year):
    assert short_date(text, today).year == year


@pytest.mark.parametrize(
    ("text", "year"), [("270812", 2027), ("690101", 2069), ("700101", 2070), ("710101", 1971), ("991231", 1999)]
)
def test_an_expiry_lies_at_most_fifty_years_ahead(text, year):
    assert short_date(text, TODAY, expiry=True).year == year


def test_years_of_four_figures_are_taken_as_they_stand():
    assert short_date("18500101", TODAY).year == 1850 and short_date("20991231", TODAY, expiry=True).year == 2099


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("200321", datetime(2020, 3, 21)),
        ("20200321", datetime(2020, 3, 21)),
        ("2003210915", datetime(2020, 3, 21, 9, 15)),
        ("202003210915", datetime(2020, 3, 21, 9, 15)),
    ],
)
def test_moments_of_messages(text, moment):
    assert local_time(text) == moment


@pytest.mark.parametrize(
    "text", ["", "2003", "20032109", "2003212460", "2002300000", "x", "２００３２１", "20032109151"]
)
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError, match=".*"):
        local_time(text)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1985, 4, 30), date(2020, 4, 29), 34),
        (date(1985, 4, 30), date(2020, 4, 30), 35),
        (date(2000, 2, 29), date(2019, 2, 28), 18),
        (date(2000, 2, 29), date(2019, 3, 1), 19),
        (date(2020, 3, 22), TODAY, -1),
        (TODAY, TODAY, 0),
    ],
)
def test_ages_are_whole_years_on_the_day(birth, day, age):
    assert age_on(birth, day) == age


DAYS = st.dates(date(1921, 1, 1), TODAY)


@given(DAYS)
def test_every_form_gives_the_day_back(day):
    forms = (f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%d%b%Y}")
    assert {sheet_date(form, TODAY) for form in forms} == {day}


@given(DAYS)
def test_the_day_numbers_of_spreadsheets_give_the_day_back(day):
    assert sheet_date(str((day - EXCEL_DAY_ZERO).days), TODAY) == day


@given(st.dates(TODAY - timedelta(days=36500), TODAY))
def test_two_figures_are_enough_for_a_hundred_years(day):
    assert short_date(f"{day:%y%m%d}", TODAY) == day


@given(st.integers(0, 99), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_an_expiry_is_the_latest_within_reach(figures, around):
    year = expiry_year(figures, around)
    assert year % 100 == figures and around.year - 50 < year <= around.year + 50


@given(st.integers(0, 99), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_birth_is_never_after_the_day(figures, today):
    year = birth_year(figures, today, 1, 1)
    assert year % 100 == figures and date(year, 1, 1) <= today < date(year + 100, 1, 1)


@given(st.text(max_size=14))
def test_any_text_is_a_date_or_is_refused(text):
    with contextlib.suppress(ValueError, OverflowError):
        assert isinstance(sheet_date(text, TODAY), date)
