"""What the release room answers for, at the edges of its limits."""

from datetime import timedelta

import pytest

from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.quarantine.release.actions import record_call, release
from hucheng.quarantine.release.measures import on_day, reached, without_full_tests
from hucheng.quarantine.release.models import FollowUp, Release
from hucheng.quarantine.testing import people_inside, with_negative_tests

pytestmark = pytest.mark.django_db
DAY_14 = after(60, days=14)


@pytest.fixture
def stays():
    a_city()
    found = people_inside(2)
    with_negative_tests(found, day=13.2)
    return found


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def gone(keeper, stays, at=DAY_14):
    for stay in stays:
        release(actor=keeper, stay_id=stay.pk, to=Destination.CITY, county=COUNTY, receiver="C-XD-LG", at=at)


def test_before_the_first_release_nobody_lacks_a_test_and_no_day_is_judged(keeper, stays):
    assert without_full_tests(keeper, DAY_14).value == 0 and on_day(keeper, DAY_14).value is None


def test_a_release_with_its_last_test_is_whole(keeper, stays):
    gone(keeper, stays)
    assert without_full_tests(keeper, DAY_14).value == 0


@pytest.mark.parametrize("day", [0, 7, 12.9])
def test_a_test_before_the_last_window_does_not_count(keeper, stays, day):
    gone(keeper, stays)
    moved = Release.objects.filter(arrival=stays[0].arrival_id)
    moved.update(decided_at=after(60, days=day) + timedelta(hours=1))
    assert without_full_tests(keeper, DAY_14).value == 1


def test_a_release_that_names_no_test_counts_whatever_else_is_known(keeper, stays):
    gone(keeper, stays)
    Release.objects.filter(arrival=stays[0].arrival_id).update(tests="")
    assert without_full_tests(keeper, DAY_14).value == 1


def test_the_last_minute_of_the_day_is_in_time_and_midnight_is_not(keeper, stays):
    last_minute = after(16 * 60 - 1, days=14)
    gone(keeper, stays[:1], at=last_minute)
    gone(keeper, stays[1:], at=last_minute + timedelta(minutes=1))
    assert on_day(keeper, after(days=15)).value == 50


def test_releases_of_a_fortnight_ago_no_longer_count(keeper, stays):
    gone(keeper, stays)
    assert on_day(keeper, DAY_14 + timedelta(days=13)).denominator == 2
    assert on_day(keeper, DAY_14 + timedelta(days=14)).value is None


def test_another_county_answers_for_its_own_alone(keeper, stays):
    gone(keeper, stays)
    Release.objects.update(tests="")
    assert without_full_tests(keeper, DAY_14).value == 2
    assert without_full_tests(an_actor(Role.QUARANTINE, OTHER_COUNTY), DAY_14).value == 0


def test_calls_are_counted_by_the_day_they_are_owed(keeper, stays):
    gone(keeper, stays)
    tomorrow, county = after(60, days=15), an_actor(Role.COUNTY, COUNTY)
    assert reached(county, DAY_14).value is None
    assert reached(county, tomorrow).value == 0
    first = FollowUp.objects.order_by("day").first()
    record_call(actor=county, follow_up_id=first.pk, symptoms=(), at=tomorrow)
    assert reached(county, tomorrow).value == 50
    assert reached(an_actor(Role.COUNTY, OTHER_COUNTY), tomorrow).value is None
