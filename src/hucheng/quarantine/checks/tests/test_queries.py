"""Who is to be checked now and what is due today, counted against the stays one by one."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.quarantine.checks.actions import CheckIn, record_checks
from hucheng.quarantine.checks.measures import done_today
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.checks.queries import STARTS, due_and_done, inside, list_of_now, slot_at
from hucheng.quarantine.lodging.actions import assign_flight
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.release.actions import release
from hucheng.quarantine.testing import a_flight_to_house, a_house, people_inside, with_negative_tests

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 22)
MORNING_OF = after(60, days=1)
Slot = DailyCheck.Slot


@pytest.fixture
def stays():
    return people_inside(3)


@pytest.fixture
def nurse():
    return an_actor(Role.HOUSE, COUNTY, "H01")


def check(nurse, stay, slot=Slot.MORNING, day=DAY, temperature=36.5, at=MORNING_OF):
    one = CheckIn(stay.pk, day, slot, temperature, (), f"{stay.pk}{slot}{day}"[-40:])
    return record_checks(actor=nurse, checks=[one], at=at)


def by_hand(at) -> tuple[int, int]:
    """Due and done so far today, slot by slot and stay by stay."""
    day, due, done = at.astimezone(SHANGHAI).date(), 0, 0
    for slot, hour in (("am", 8), ("pm", 16)):
        begins = datetime.combine(day, time(hour), tzinfo=SHANGHAI)
        for stay in Stay.objects.all():
            here = stay.admitted_at and stay.admitted_at <= begins and not (stay.ended_at and stay.ended_at <= begins)
            if begins <= at and here:
                due += 1
                done += DailyCheck.objects.filter(stay=stay, day=day, slot=slot).exists()
    return due, done


def test_what_is_due_is_what_began_while_somebody_was_inside(nurse, stays):
    """They moved in at 11:00 of the first day; the afternoon slot begins at 16:00, minute 480."""
    check(nurse, stays[0], at=after(days=1, minutes=500))
    for minute in (0, 180, 479, 480, 481, 24 * 60 - 1, 24 * 60, 24 * 60 + 479, 24 * 60 + 480):
        assert due_and_done(nurse, after(minute)) == by_hand(after(minute)), minute


def test_whoever_moves_in_at_the_very_minute_of_a_slot_owes_it(nurse, stays):
    begins = after(480)
    for late, due in ((0, 3), (1, 2)):
        Stay.objects.filter(pk=stays[0].pk).update(admitted_at=begins + timedelta(minutes=late))
        assert due_and_done(nurse, after(600)) == (due, 0) == by_hand(after(600))


def test_whoever_left_before_a_slot_owes_none_and_whoever_left_in_it_does(nurse, stays):
    begins = after(480)
    for end, due in ((begins, 2), (begins + timedelta(minutes=1), 3)):
        Stay.objects.filter(pk=stays[0].pk).update(ended_at=end)
        assert due_and_done(nurse, after(600)) == (due, 0) == by_hand(after(600))


def test_a_check_of_another_slot_or_day_does_not_count_for_this_one(nurse, stays):
    check(nurse, stays[0], Slot.AFTERNOON)
    check(nurse, stays[1], Slot.MORNING, DAY - timedelta(days=1))
    assert due_and_done(nurse, MORNING_OF) == (3, 0)
    assert due_and_done(nurse, after(500, days=1)) == (6, 1)


def test_the_measure_says_its_share_of_what_is_due_and_is_blind_before(nurse, stays):
    assert done_today(nurse, after(300)).value is None
    check(nurse, stays[0])
    reading = done_today(nurse, MORNING_OF)
    assert (reading.numerator, reading.denominator, reading.as_of) == (1, 3, MORNING_OF)
    assert done_today(an_actor(Role.QUARANTINE, OTHER_COUNTY), MORNING_OF).value is None
    assert done_today(an_actor(Role.HOUSE, COUNTY, "H02"), MORNING_OF).value is None


def test_the_list_stands_by_house_room_and_bed_and_marks_what_was_found(nurse, stays):
    check(nurse, stays[1])
    check(nurse, stays[2], temperature=37.3)
    rows = list_of_now(nurse, MORNING_OF)
    assert [row.room for row in rows] == sorted(row.room for row in rows)
    marks = {row.stay_id: (row.done, row.abnormal) for row in rows}
    assert marks == {stays[0].pk: (False, False), stays[1].pk: (True, False), stays[2].pk: (True, True)}
    names = {stay.arrival_id: stay.arrival.person.full_name for stay in stays}
    assert {row.arrival_id: row.name for row in rows} == names and {row.house for row in rows} == {"H01"}


def test_the_list_of_the_afternoon_asks_everybody_again(nurse, stays):
    check(nurse, stays[0])
    assert [row.done for row in list_of_now(nurse, after(479, days=1))].count(True) == 1
    assert not any(row.done for row in list_of_now(nurse, after(480, days=1)))


def test_only_people_who_moved_in_and_did_not_leave_are_on_the_list(nurse):
    """ISS-20: checks only for people who stay."""
    a_house()
    keeper = an_actor(Role.QUARANTINE)
    assign_flight(actor=keeper, flight_id=a_flight_to_house(2).pk, at=after(90))
    assert list_of_now(nurse, MORNING_OF) == [] and not inside(nurse)
    Stay.objects.update(admitted_at=after(180))
    assert len(list_of_now(nurse, MORNING_OF)) == 2


def test_whoever_was_released_is_off_the_list_at_once(nurse, stays):
    with_negative_tests(stays[:1], day=13.2)
    at, keeper = after(60, days=14), an_actor(Role.QUARANTINE)
    release(actor=keeper, stay_id=stays[0].pk, to=Destination.ELSEWHERE, receiver="OTHER-PROV", at=at)
    assert stays[0].pk not in {row.stay_id for row in list_of_now(nurse, at)} and len(list_of_now(nurse, at)) == 2


@pytest.mark.parametrize(
    ("role", "place", "unit", "count"),
    [
        (Role.QUARANTINE, CITY, "", 3),
        (Role.MEDICAL, COUNTY, "", 3),
        (Role.HOUSE, COUNTY, "H02", 0),
        (Role.QUARANTINE, OTHER_COUNTY, "", 0),
        (Role.SCHOOL, COUNTY, "H01", 0),
    ],
)
def test_each_reader_sees_the_people_of_the_own_house_and_place(stays, role, place, unit, count):
    assert len(list_of_now(an_actor(role, place, unit), MORNING_OF)) == count


@pytest.mark.parametrize("count", [1, 9])
def test_the_list_costs_the_same_for_one_and_for_nine(count, django_assert_num_queries):
    people_inside(count)
    keeper = an_actor(Role.QUARANTINE)
    with django_assert_num_queries(3):
        assert len(list_of_now(keeper, MORNING_OF)) == count


@given(st.integers(0, 24 * 60 * 40))
def test_a_slot_is_the_last_that_began_or_the_first_of_the_day(minutes):
    at = after(minutes)
    day, slot = slot_at(at)
    local = at.astimezone(SHANGHAI)
    assert day == local.date() and slot == (Slot.AFTERNOON if local.time() >= STARTS[Slot.AFTERNOON] else Slot.MORNING)
    later_day, later_slot = slot_at(at + timedelta(hours=24))
    assert (later_day - day).days == 1 and later_slot == slot
