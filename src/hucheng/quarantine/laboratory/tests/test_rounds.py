"""When a test is owed: windows, rounds, and the ranges that the database is asked by."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.clock import SHANGHAI
from hucheng.quarantine.laboratory.rounds import ROUNDS, landed_range, round_at, window_of

LANDED = datetime(2020, 3, 21, 6, 40, tzinfo=SHANGHAI)
MOMENTS = st.datetimes(datetime(2020, 3, 1), datetime(2020, 5, 1)).map(lambda m: m.replace(tzinfo=SHANGHAI))


@pytest.mark.parametrize(
    ("number", "begins", "ends"),
    [(0, "2020-03-21T06:40", "2020-03-22T06:40"), (7, "2020-03-28", "2020-03-29"), (13, "2020-04-03", "2020-04-04")],
)
def test_windows_of_the_rounds(number, begins, ends):
    expected = tuple(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI) for text in (begins, ends))
    assert window_of(LANDED, number) == expected


@pytest.mark.parametrize(("day", "number"), [(0, 0), (6, 0), (7, 7), (12, 7), (13, 13), (30, 13)])
def test_the_round_is_the_last_that_began(day, number):
    assert round_at(LANDED, LANDED + timedelta(days=day)) == number


def test_before_landing_it_is_the_first_round():
    assert round_at(LANDED, LANDED - timedelta(days=2)) == 0


@given(MOMENTS, MOMENTS)
def test_the_ranges_agree_with_the_round_of_each_person(landed, at):
    fits = []
    for number in ROUNDS:
        first, last = landed_range(number, at)
        if (first is None or landed >= first) and (last is None or landed < last):
            fits.append(number)
    assert fits == [round_at(landed, at)]


@given(MOMENTS, st.sampled_from(ROUNDS[1:]))
def test_a_later_window_is_one_day_of_the_city(landed, number):
    begins, ends = window_of(landed, number)
    assert ends - begins == timedelta(days=1) and begins.astimezone(SHANGHAI).hour == 0
    assert round_at(landed, begins) == number
