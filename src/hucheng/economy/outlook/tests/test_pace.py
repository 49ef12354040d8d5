"""The needed pace: applied, it hits the target exactly; more asked means more needed; NEW-28."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.economy.indicators.periods import month_end
from hucheng.economy.outlook.pace import needed_a_day, needed_growth, paces, share_of_base

GROWTH = st.floats(-100, 200)
SHARE = st.floats(0, 0.99)
MONTHS = st.builds(month_end, st.integers(2001, 2099), st.integers(1, 11))


def growth_of_whole(so_far, rest, share):
    """Both parts grow from their own part of a base of 100."""
    return 100 * share * (1 + so_far / 100) + 100 * (1 - share) * (1 + rest / 100) - 100


@given(GROWTH, GROWTH, SHARE)
def test_applied_to_the_rest_the_needed_growth_hits_the_target(so_far, target, share):
    needed = needed_growth(so_far, target, share)
    assert growth_of_whole(so_far, needed, share) == pytest.approx(target, abs=1e-6)


@given(GROWTH, GROWTH, SHARE, st.floats(0.1, 50))
def test_a_higher_target_needs_more_and_a_better_start_needs_less(so_far, target, share, more):
    assert needed_growth(so_far, target + more, share) > needed_growth(so_far, target, share)
    assert needed_growth(so_far + more, target, share) <= needed_growth(so_far, target, share)


@given(GROWTH, st.floats(0.1, 100), st.floats(0, 0.9), st.floats(0.001, 0.09))
def test_behind_the_target_every_day_that_passes_raises_what_is_needed(target, gap, share, later):
    so_far = target - gap
    assert needed_growth(so_far, target, share + later) > needed_growth(so_far, target, share)


@given(GROWTH, SHARE)
def test_on_the_target_the_same_growth_is_needed_and_without_a_value_the_target_itself(target, share):
    assert needed_growth(target, target, share) == pytest.approx(target, abs=1e-6)
    assert needed_growth(-50.0, target, 0.0) == target


@pytest.mark.parametrize("share", [1.0, 1.5, -0.01])
def test_a_share_outside_its_limits_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        needed_growth(0.0, 7.0, share)


def test_as_the_rest_vanishes_what_is_needed_grows_without_limit():
    needed = [needed_growth(-8.7, 7.5, share) for share in (0.5, 0.9, 0.99, 0.999)]
    assert needed == sorted(needed) and needed[-1] > 10_000


def test_far_ahead_the_target_is_reached_whatever_comes():
    assert needed_growth(200.0, 7.0, 0.9) < -100


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.integers(1, 366))
def test_what_a_day_must_add_ends_a_total_at_its_target(so_far, target, days):
    assert so_far + days * needed_a_day(so_far, target, days) == pytest.approx(target, abs=1e-3)


def test_a_total_without_a_day_left_is_refused():
    with pytest.raises(ValueError, match="no day"):
        needed_a_day(1, 2, 0)


@given(MONTHS)
def test_the_base_is_published_in_part_and_more_of_it_each_month(published_to):
    year_end = date(published_to.year, 12, 31)
    share = share_of_base(published_to, year_end)
    assert 0 < share < 1 and share_of_base(None, year_end) == 0
    if published_to.month > 1:
        assert share_of_base(month_end(published_to.year, published_to.month - 1), year_end) < share


@given(MONTHS, GROWTH, GROWTH)
def test_both_horizons_lead_to_the_target_from_any_month(published_to, so_far, target):
    quarter, year = paces(growth=True, so_far=so_far, target=target, published_to=published_to, today=published_to)
    assert published_to < quarter.until <= year.until == date(published_to.year, 12, 31)
    for pace in (quarter, year):
        share = share_of_base(published_to, pace.until)
        assert growth_of_whole(so_far, pace.needed, share) == pytest.approx(target, abs=1e-6)
        assert pace.days == (pace.until - published_to).days
    if so_far < target:
        assert quarter.needed >= year.needed - 1e-9


def test_february_of_2020_by_hand():
    """59 of the 90 days of the first quarter of 2019 are published: (7.5 - 59/90 x -11.9) / (31/90) = 44.42."""
    quarter, year = paces(
        growth=True, so_far=-11.9, target=7.5, published_to=date(2020, 2, 29), today=date(2020, 3, 24)
    )
    assert (quarter.until, quarter.days) == (date(2020, 3, 31), 31)
    assert quarter.needed == pytest.approx((7.5 + 59 / 90 * 11.9) / (31 / 90)) == pytest.approx(44.42, abs=0.01)
    assert year.needed == pytest.approx((7.5 + 59 / 365 * 11.9) / (306 / 365)) and year.days == 306


def test_what_the_city_needed_in_autumn_2020_it_did_not_reach():
    """Industry stood at 0.7 % after three quarters; 27.7 % in the fourth would have reached 7.5 %. It ended at 3.2."""
    _quarter, year = paces(
        growth=True, so_far=0.7, target=7.5, published_to=date(2020, 9, 30), today=date(2020, 10, 28)
    )
    assert year.needed == pytest.approx(27.68, abs=0.1) and year.days == 92
    assert growth_of_whole(0.7, year.needed, share_of_base(date(2020, 9, 30), date(2020, 12, 31))) == pytest.approx(7.5)


def test_behind_a_quarter_the_next_is_meant_and_behind_the_year_none():
    quarter, _year = paces(
        growth=True, so_far=-8.7, target=7.5, published_to=date(2020, 3, 31), today=date(2020, 4, 22)
    )
    assert quarter.until == date(2020, 6, 30) and quarter.days == 91
    whole = paces(growth=True, so_far=3.2, target=7.5, published_to=date(2020, 12, 31), today=date(2020, 12, 31))
    assert whole == (None, None)


def test_before_the_first_value_the_quarter_of_today_is_meant():
    quarter, year = paces(growth=True, so_far=None, target=7.0, published_to=None, today=date(2020, 5, 4))
    assert (quarter.until, quarter.needed, year.needed) == (date(2020, 6, 30), 7.0, 7.0)


def test_a_total_is_asked_of_the_quarter_by_its_days():
    quarter, year = paces(
        growth=False, so_far=12_000, target=83_000, published_to=date(2020, 2, 29), today=date(2020, 3, 24)
    )
    assert year.needed == pytest.approx((83_000 - 12_000) / 306)
    assert quarter.needed == pytest.approx((83_000 * 91 / 366 - 12_000) / 31)
