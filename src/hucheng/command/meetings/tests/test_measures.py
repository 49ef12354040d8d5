"""Counties at their branch venues, and minutes that became tasks within a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hucheng.command.meetings.models import Attendee, Meeting, Venue
from hucheng.command.meetings.queries import counties_present_at
from hucheng.command.testing import MINUTES, a_meeting, a_published_meeting
from hucheng.core.measures import read
from hucheng.core.places.queries import counties_of
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, MORNING, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
PRESENT, IN_TIME = "command.meetings.counties_present", "command.meetings.minutes_24h"
HELD = date(2020, 3, 20)
LIMIT = datetime(2020, 3, 21, 16, 0, tzinfo=UTC) - timedelta(microseconds=1)
"""24 hours after the end of the day of the meeting, in the city."""


def a_row(number=50, *, branch=True, place=CITY, **fields):
    """A meeting without a text to read, with its main hall and perhaps a branch venue."""
    usual = {"document": "x", "digest": str(number), "original": "x", "clean_text": "x", "received_at": MORNING}
    made = Meeting.objects.create(place=place, number=number, **(usual | fields))
    Venue.objects.create(meeting=made, kind="branch" if branch else "main", name="分会场")
    return made


def sat(meeting, role, venue="分会场"):
    Attendee.objects.create(
        meeting=meeting, number=meeting.attendees.count(), role=role, venue=venue, function="present"
    )


def reading(name, at, place=CITY):
    return read(name, an_actor(Role.LEADING_GROUP, place), at)


def test_the_heads_of_every_county_are_present_as_their_group():
    a_meeting()
    found = reading(PRESENT, after(10))
    assert (found.value, found.numerator, found.denominator) == (100, 10, 10)


@pytest.mark.parametrize(
    ("roles", "present"),
    [
        ([], set()),
        (["小店区委书记", "娄烦县县长"], {"小店区", "娄烦县"}),
        (["小店区委书记", "小店区区长"], {"小店区"}),
        (["市公安局局长"], set()),
        (["各区主要负责同志"], None),
        (["各县(市、区)党政主要负责同志"], None),
    ],
)
def test_counties_are_present_by_name_once_each_or_all_by_their_group(roles, present):
    meeting = a_row()
    for role in roles:
        sat(meeting, role)
    counties = counties_of(CITY)
    found = {county.name_zh for county in counties_present_at(meeting, counties)}
    assert found == ({county.name_zh for county in counties} if present is None else present)


def test_who_sat_in_the_main_hall_was_not_at_a_branch_venue():
    meeting = a_row()
    sat(meeting, "小店区委书记", venue="主会场")
    sat(meeting, "娄烦县县长", venue="娄烦县分会场")
    assert [county.name_zh for county in counties_present_at(meeting, counties_of(CITY))] == ["娄烦县"]


def test_a_county_may_be_named_by_its_venue_alone():
    meeting = a_row()
    sat(meeting, "党政主要负责同志", venue="清徐县分会场")
    assert [county.name_zh for county in counties_present_at(meeting, counties_of(CITY))] == ["清徐县"]


def test_the_latest_meeting_with_branch_venues_is_the_one_that_counts():
    sat(a_row(40, held_on=HELD - timedelta(days=9)), "小店区委书记")
    second = a_row(41, held_on=HELD)
    sat(second, "娄烦县县长")
    sat(second, "清徐县县长")
    a_row(42, held_on=HELD + timedelta(days=1), branch=False)
    a_row(43, held_on=None)
    a_row(44, held_on=HELD + timedelta(days=2), discarded_at=after(1))
    a_row(45, held_on=HELD + timedelta(days=2), received_at=after(500))
    assert reading(PRESENT, after(10)).numerator == 2
    assert reading(PRESENT, after(600)).numerator == 0


def test_a_meeting_that_a_county_held_with_its_towns_says_nothing_of_the_counties_of_the_city():
    sat(a_row(40, held_on=HELD), "小店区委书记")
    sat(a_row(41, held_on=HELD + timedelta(days=1), place="140105"), "各街道主要负责同志")
    assert (reading(PRESENT, after(10)).numerator, reading(PRESENT, after(10)).denominator) == (1, 10)


def test_without_a_meeting_of_many_venues_the_measure_is_blind():
    assert reading(PRESENT, after(10)).value is None
    a_row(branch=False)
    assert reading(PRESENT, after(10)).value is None


@pytest.mark.parametrize(
    ("published", "at", "counted"),
    [
        (None, LIMIT, (0, 0)),
        (None, LIMIT + timedelta(seconds=1), (0, 1)),
        (MORNING, MORNING, (1, 1)),
        (LIMIT, LIMIT, (1, 1)),
        (LIMIT + timedelta(seconds=1), LIMIT + timedelta(days=3), (0, 1)),
        (LIMIT, LIMIT - timedelta(hours=1), (0, 0)),
    ],
)
def test_minutes_have_until_a_day_after_the_end_of_their_day_in_the_city(published, at, counted):
    a_row(held_on=HELD, published_at=published)
    found = reading(IN_TIME, at)
    assert (found.numerator, found.denominator) == counted


def test_meetings_without_a_day_put_aside_or_not_yet_here_do_not_count():
    a_row(40, held_on=None)
    a_row(41, held_on=HELD, discarded_at=after(1))
    a_row(42, held_on=HELD, received_at=after(days=30))
    assert reading(IN_TIME, after(days=9)).value is None
    assert reading(IN_TIME, after(days=31)).value == 0


def test_the_share_of_the_city_holds_its_counties_meetings_and_a_county_its_own():
    a_row(40, held_on=HELD, published_at=MORNING)
    a_row(41, held_on=HELD, place="140105")
    found = {place: reading(IN_TIME, after(days=9), place) for place in (CITY, "140105", "140123")}
    assert [(one.numerator, one.denominator) for one in found.values()] == [(1, 2), (0, 1), (0, 0)]


def test_publishing_on_the_morning_after_is_in_time():
    a_published_meeting()
    assert reading(IN_TIME, after(30)).value == 100


def test_the_heads_are_read_from_the_minutes_themselves():
    a_meeting(
        MINUTES.replace("各县(市、区)党政主要负责同志在各县分会场参加会议", "小店区委书记叶望舒在小店区分会场参加会议")
    )
    assert reading(PRESENT, after(10)).numerator == 1
