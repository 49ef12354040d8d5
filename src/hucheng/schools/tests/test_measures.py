"""What the measures of schools read at the edges, and that they are blind where nothing can be read."""

from datetime import date, timedelta

import pytest

from hucheng.core.measures import MEASURES
from hucheng.core.measures.registry import readable
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.schools.plans.measures import plans_complete
from hucheng.schools.readiness.actions import sign
from hucheng.schools.readiness.measures import items_in_place, three_lines_signed
from hucheng.schools.reopening.actions import open_schools
from hucheng.schools.reopening.measures import grade12_on_time, other_grades_ready
from hucheng.schools.testing import (
    RETURN,
    a_school,
    a_stage,
    accepted,
    an_accepted_school,
    county_clerk,
    education,
    head_of,
    on_the_day,
    planned,
    stated,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return an_actor(Role.LEADING_GROUP)


def opened(school, stage, at):
    open_schools(actor=head_of(school.code), key=stage.key, school_ids=[school.pk], at=at)


def test_every_measure_of_a_room_that_stands_is_read():
    wanted = {"schools.readiness.items_in_place", "schools.readiness.three_lines_signed"}
    wanted |= {"schools.plans.complete", "schools.reopening.grade12_on_time", "schools.reopening.other_grades_ready"}
    assert wanted <= readable() & set(MEASURES)


def test_before_a_stage_is_announced_nobody_is_due_and_the_measures_are_blind(leader):
    an_accepted_school()
    for reader in (items_in_place, three_lines_signed, grade12_on_time, other_grades_ready, plans_complete):
        assert reader(leader, after(60)).value is None


def test_without_a_school_that_is_due_the_measures_are_blind(leader):
    a_stage()
    a_school(kind="junior", first_grade=7, last_grade=9, grade12=0)
    for reader in (items_in_place, three_lines_signed, plans_complete):
        assert reader(leader, after(60)).value is None
    assert grade12_on_time(leader, on_the_day(a_stage(), 9)).value is None


def test_items_are_counted_of_ten_at_each_school_due(leader):
    a_stage()
    an_accepted_school("S14010501")
    school = a_school("S14012301")
    stated(school, 1, 2, 3, 4)
    accepted(school, 1, 2, 3)
    reading = items_in_place(leader, after(60))
    assert (reading.numerator, reading.denominator, reading.value) == (13, 20, 65)


def test_a_lapsed_item_no_longer_counts_on_the_day_behind_its_last(leader):
    a_stage()
    school = a_school()
    stated(school, 1, valid_until=date(2020, 3, 25))
    accepted(school, 1)
    assert items_in_place(leader, after(days=4)).numerator == 1
    assert items_in_place(leader, after(days=5)).numerator == 0


def test_a_school_counts_as_signed_with_its_third_line(leader):
    a_stage()
    school = a_school()
    stated(school)
    accepted(school)
    for actor, value in ((head_of(), 0), (county_clerk(), 0), (education(), 100)):
        sign(actor=actor, school_ids=[school.pk], at=MORNING)
        assert three_lines_signed(leader, after(1)).value == value


def test_plans_are_complete_with_all_six_and_the_contingencies_rehearsed(leader):
    a_stage()
    planned(a_school("S14010501"))
    planned(a_school("S14010502"), without="force_supply")
    reading = plans_complete(leader, after(1))
    assert (reading.numerator, reading.denominator) == (1, 2)


def test_a_county_reads_its_own_schools(leader):
    a_stage()
    an_accepted_school("S14010501")
    a_school("S14012301")
    assert items_in_place(an_actor(Role.COUNTY, COUNTY), after(1)).value == 100
    assert items_in_place(an_actor(Role.COUNTY, OTHER_COUNTY), after(1)).value == 0
    assert three_lines_signed(leader, after(1)).value == 50


def test_grade_12_is_blind_until_the_first_lesson_of_its_day(leader):
    stage = a_stage()
    opened(an_accepted_school("S14010501"), stage, on_the_day(stage, 7))
    a_school("S14012301")
    assert grade12_on_time(leader, on_the_day(stage, 8) - timedelta(minutes=1)).value is None
    assert grade12_on_time(leader, on_the_day(stage, 8)).value == 50


def test_a_school_that_opens_on_the_evening_of_the_day_is_on_time_and_the_next_morning_is_not(leader):
    stage = a_stage()
    evening, late = an_accepted_school("S14010501"), an_accepted_school("S14010502")
    opened(evening, stage, on_the_day(stage, 20))
    opened(late, stage, on_the_day(stage, 7) + timedelta(days=1))
    reading = grade12_on_time(leader, on_the_day(stage, 8) + timedelta(days=2))
    assert (reading.numerator, reading.denominator) == (1, 2)


def test_other_grades_are_blind_until_their_week_begins_and_count_who_was_accepted_by_then(leader):
    stage = a_stage("grade-9", (9,), RETURN + timedelta(days=7))
    an_accepted_school("S14010501", kind="complete", first_grade=7, at=on_the_day(stage, 9) - timedelta(days=7))
    an_accepted_school("S14010502", kind="complete", first_grade=7, at=on_the_day(stage, 9) - timedelta(days=6))
    an_accepted_school("S14010503")
    assert other_grades_ready(leader, on_the_day(stage, 9) - timedelta(days=8)).value is None
    reading = other_grades_ready(leader, on_the_day(stage, 9) - timedelta(days=6))
    assert (reading.numerator, reading.denominator) == (1, 2)


def test_the_measures_take_a_fixed_number_of_queries(leader, django_assert_max_num_queries):
    a_stage()
    for n in range(1, 6):
        an_accepted_school(f"S1401050{n}")
    for reader, most in ((items_in_place, 3), (three_lines_signed, 3), (grade12_on_time, 3), (plans_complete, 3)):
        with django_assert_max_num_queries(most):
            reader(leader, after(days=10))
