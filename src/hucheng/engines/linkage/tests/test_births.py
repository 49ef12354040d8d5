"""Dates of birth in the ways of five lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.births import Birth, birth, resident_birth, resident_id

DAYS = st.dates(date(1921, 1, 1), date(2019, 12, 31))
WAYS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%Y%m%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d%b%Y",
    "%d %b %Y",
    "%d%b%y",
)
CHECKED = "110108199003072349"
"""An invented number: Haidian, born 7 March 1990, a woman; its check character is computed below."""


def with_check(first_17):
    return next(first_17 + sign for sign in "0123456789X" if resident_id(first_17 + sign))


@given(DAYS, st.sampled_from(WAYS))
def test_every_way_of_writing_gives_the_day_back(day, way):
    assert birth(day.strftime(way)) == Birth(day, day.year)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("1994", Birth(None, 1994)),
        ("1994年", Birth(None, 1994)),
        ("30JUL94", Birth(date(1994, 7, 30), 1994)),
        ("05SEP03", Birth(date(2003, 9, 5), 2003)),
        ("１９９４－０７－３０", Birth(date(1994, 7, 30), 1994)),
        ("7/30/1994", Birth(date(1994, 7, 30), 1994)),  # the month cannot be 30
        ("1994-02-30", Birth(None, 1994)),
        ("1900-01-00", Birth(None, 1900)),
        ("29FEB19", Birth(None, 2019)),
        ("1994-7-3", Birth(date(1994, 7, 3), 1994)),
        ("民国87年5月6日", Birth(date(1998, 5, 6), 1998)),
        ("民國87.5.6", Birth(date(1998, 5, 6), 1998)),
        ("民国87年", Birth(None, 1998)),
        ("2541-05-09", Birth(date(1998, 5, 9), 1998)),  # the calendar of Thailand
        ("2541", Birth(None, 1998)),
        ("1994-07", Birth(None, 1994)),
        ("1994年7月", Birth(None, 1994)),
        ("1994.0", Birth(None, 1994)),
        ("34545", Birth(date(1994, 7, 30), 1994)),  # the day's number in a spreadsheet
        ("34545.0", Birth(date(1994, 7, 30), 1994)),
        ("1994-07-30 00:00:00", Birth(date(1994, 7, 30), 1994)),
        ("1994-07-30T08:15:00Z", Birth(date(1994, 7, 30), 1994)),
        ("1994/7/30 0:00", Birth(date(1994, 7, 30), 1994)),
        ("July 30, 1994", Birth(date(1994, 7, 30), 1994)),
        ("30 July 1994", Birth(date(1994, 7, 30), 1994)),
        ("约1994年", Birth(None, 1994)),
        ("1994年7月30日生", Birth(date(1994, 7, 30), 1994)),
        ("农历1994年六月廿二", Birth(None, 1994)),
    ],
)
def test_edges(text, known):
    assert birth(text) == known


@pytest.mark.parametrize(
    "text",
    [
        "",
        "不详",
        "3652",
        "99999",
        "0",
        "87",
        "1994-13",
        "abc",
        "30/07/94",
        "--",
        "0000-00-00",
        "1850-01-01",
        "2141-05-09",
        "民国999年",
        "03-02-0004",
    ],
)
def test_what_is_no_date_is_nothing_said(text):
    assert birth(text) == Birth()


@given(st.text(max_size=20))
def test_any_text_gets_an_answer_whose_year_is_that_of_its_day(text):
    found = birth(text)
    assert found.day is None or found.day.year == found.year


@given(DAYS, st.integers(0, 999))
def test_a_resident_number_tells_its_birthday(day, order):
    number = with_check(f"140105{day:%Y%m%d}{order:03}")
    assert resident_birth(number) == Birth(day, day.year)


@given(DAYS, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_and_tells_nothing(day, order, place, more):
    number = with_check(f"140105{day:%Y%m%d}{order:03}")
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert not resident_id(wrong) and resident_birth(wrong) == Birth()


@pytest.mark.parametrize("number", ["", "123", "1" * 18 + "0", "11010819900307234A", "abc"])
def test_other_texts_are_no_resident_numbers(number):
    assert not resident_id(number)
