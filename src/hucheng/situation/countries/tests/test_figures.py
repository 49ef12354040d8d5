"""Incidence, pace and freshness say what the numbers hold, or that they cannot be said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.situation.countries.figures import (
    FORTNIGHT,
    Pace,
    Point,
    Way,
    hours_old,
    incidence,
    new_in,
    pace,
    weekly_average,
)

LAST = date(2020, 3, 23)


def points(totals, last=LAST):
    count = len(totals)
    return [Point(last - timedelta(days=count - 1 - n), total, None, None, last, 1) for n, total in enumerate(totals)]


def test_a_week_twice_the_week_before_doubles_in_seven_days():
    found = pace(points([0] + [n * 10 for n in range(1, 8)] + [70 + n * 20 for n in range(1, 8)]))
    assert found.way == Way.DOUBLING and found.days == pytest.approx(7)


def test_half_the_week_before_halves_in_seven_days():
    found = pace(points([0] + [n * 20 for n in range(1, 8)] + [140 + n * 10 for n in range(1, 8)]))
    assert found.way == Way.HALVING and found.days == pytest.approx(7)


@given(rate=st.floats(1.02, 1.6), first=st.integers(200, 2000))
def test_even_growth_is_read_as_its_own_doubling_time(rate, first):
    total, totals = 0.0, [0.0]
    for day in range(14):
        total += first * rate**day
        totals.append(total)
    found = pace(points([round(value) for value in totals]))
    if found.way == Way.DOUBLING:
        import math

        assert found.days == pytest.approx(math.log(2) / math.log(rate), rel=0.02)
    else:
        assert rate**7 < 1.06


@pytest.mark.parametrize(
    ("totals", "way"),
    [
        ([], Way.UNKNOWN),
        ([100] * 14, Way.UNKNOWN),
        ([0] * 8 + [5] * 7, Way.FEW),
        ([0] * 7 + [19] + [60] * 7, Way.FEW),
        ([0] * 7 + [20] + [60] * 7, Way.DOUBLING),
        ([0] * 7 + [100] + [200] * 7, Way.STEADY),
        ([0] * 7 + [100] + [205] * 7, Way.STEADY),
        ([0] * 7 + [100] + [207] * 7, Way.DOUBLING),
        ([0] * 7 + [100] + [100] * 7, Way.HALVING),
        ([0] * 7 + [100] + [90] * 7, Way.CORRECTED),
        ([200] * 7 + [100] + [300] * 7, Way.CORRECTED),
    ],
)
def test_a_pace_that_cannot_be_read_is_said_so(totals, way):
    assert pace(points(totals)).way == way


def test_without_a_new_case_there_is_no_time_to_halve():
    assert pace(points([0] * 7 + [100] * 8)) == Pace(Way.HALVING, None)


def test_a_missing_day_is_not_filled_in():
    holed = [point for point in points([0] * 7 + [100] + [300] * 7) if point.day != LAST - timedelta(days=7)]
    assert pace(holed).way == Way.UNKNOWN and new_in(holed, timedelta(days=7)) is None


def test_incidence_is_new_cases_of_a_fortnight_by_people():
    assert incidence(points([50] + [50] * 13 + [150]), 1_000_000) == pytest.approx(10)
    assert incidence(points([50] * 15), None) is None and incidence(points([50] * 14), 1_000_000) is None
    assert incidence(points([150] + [50] * 14), 1_000_000) is None


def test_a_correction_downward_is_no_negative_count():
    assert new_in(points([100] + [90] * 14), FORTNIGHT) is None
    assert weekly_average(points([100] + [90] * 14)) == [0.0] * 7


@given(st.lists(st.integers(0, 10_000), max_size=40))
def test_no_figure_is_ever_negative(totals):
    series = points(totals)
    assert (new_in(series, FORTNIGHT) or 0) >= 0 and all(value >= 0 for value in weekly_average(series))


def test_a_day_is_as_old_as_the_hours_since_its_end_in_the_city():
    assert hours_old(LAST, datetime(2020, 3, 24, 12, 30, tzinfo=UTC)) == 20.5
    assert hours_old(LAST, datetime(2020, 3, 23, 3, tzinfo=UTC)) == 0
