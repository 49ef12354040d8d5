"""Counts of the weeks: the share and the line of weeks against a count by hand, every version, and who may report."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.employment.actions import CountIn, report_jobs
from hucheng.stability.employment.measures import key_groups_placed, zero_job_households
from hucheng.stability.employment.models import Group, HouseholdCount, JobCount
from hucheng.stability.employment.queries import GroupLine, fresh, groups, households
from hucheng.stability.testing import TODAY, clerk, department, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    a_city()


def week(*counts, day=TODAY, at=MORNING, actor=None, households=None):
    told = [CountIn(*one) for one in counts]
    return report_jobs(actor=actor or department(), day=day, counts=told, households=households, at=at)


def trend(group, at):
    (line,) = [line for line in groups(department(), at) if line.group == group]
    return line.trend


REPORTS = st.lists(
    st.tuples(st.integers(-20, 0), st.sampled_from(Group), st.integers(0, 4), st.integers(0, 4)), max_size=10
)
"""Day before today, group, registered, and how many less were placed."""


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=REPORTS, known=st.integers(0, 10))
def test_shares_and_lines_are_those_of_a_count_by_hand(reports, known):
    with transaction.atomic():
        latest = {}
        for minute, (day, group, registered, less) in enumerate(reports):
            placed = max(0, registered - less)
            week((group, registered, placed), day=TODAY + timedelta(days=day), at=after(minute))
            if minute <= known:
                latest[group, day] = (registered, placed)
        at = after(known)
        newest = {group: max((day for one, day in latest if one == group), default=None) for group in Group}
        counted = [latest[group, day] for group, day in newest.items() if day is not None and day >= -14]
        reading = key_groups_placed(department(), at)
        assert reading.denominator == sum(registered for registered, _placed in counted)
        assert reading.numerator == sum(placed for _registered, placed in counted)
        for line in groups(department(), at):
            days = sorted(day for group, day in latest if group == line.group)
            weeks = [latest[line.group, day] for day in days[-8:]]
            assert line.trend == [100 * placed / registered for registered, placed in weeks if registered]
            assert (line.latest is None) == (not days)
        transaction.set_rollback(True)


def test_every_group_has_its_line_in_order_even_without_a_count():
    week((Group.LAID_OFF, 10, 5))
    lines = groups(department(), after(1))
    assert [line.group for line in lines] == list(Group)
    assert [line.share for line in lines] == [None, None, None, 50]


def test_a_group_of_nobody_has_no_share():
    (row,) = week((Group.POOR, 0, 0))
    assert GroupLine(Group.POOR, row, []).share is None and trend(Group.POOR, after(1)) == []
    assert key_groups_placed(department(), after(1)).value is None, "nobody registered is nothing to judge"


def test_eight_weeks_are_shown_and_the_latest_stands_last():
    for n in range(10):
        week((Group.GRADUATES, 10, n), day=TODAY - timedelta(days=7 * (9 - n)))
    assert trend(Group.GRADUATES, after(1)) == [20, 30, 40, 50, 60, 70, 80, 90]


def test_an_older_week_sent_later_does_not_become_the_latest():
    week((Group.GRADUATES, 10, 9), households=1)
    for minute, number in ((4, 7), (5, 8)):
        week((Group.GRADUATES, 10, 1), day=TODAY - timedelta(days=7), at=after(minute), households=number)
    assert key_groups_placed(department(), after(6)).value == 90
    assert zero_job_households(department(), after(6)).value == 1
    assert trend(Group.GRADUATES, after(6)) == [10, 90]


def test_a_stale_group_beside_a_fresh_one_is_left_out_of_the_share():
    week((Group.GRADUATES, 10, 0), day=TODAY - timedelta(days=15))
    week((Group.MIGRANTS, 10, 10), day=TODAY - timedelta(days=14))
    reading = key_groups_placed(department(), MORNING)
    assert (reading.numerator, reading.denominator) == (10, 10)


@pytest.mark.parametrize(("minutes", "days", "is_fresh"), [(959, 14, True), (960, 14, False), (0, 14, True)])
def test_a_count_is_stale_when_the_fifteenth_day_begins_in_the_city(minutes, days, is_fresh):
    (row,) = week((Group.POOR, 1, 1))
    assert fresh(row, after(minutes, days=days)) == is_fresh


def test_each_group_and_the_households_count_their_own_versions():
    week((Group.POOR, 5, 1), (Group.MIGRANTS, 5, 1), households=3)
    week((Group.POOR, 5, 2), at=after(1))
    week(at=after(2), households=4)
    week((Group.POOR, 5, 3), day=TODAY - timedelta(days=1), at=after(3))
    versions = JobCount.objects.values_list("group", "day", "version")
    assert sorted(versions) == sorted([
        ("migrants", TODAY, 1), ("poor_households", TODAY, 1), ("poor_households", TODAY, 2),
        ("poor_households", TODAY - timedelta(days=1), 1),
    ])  # fmt: skip
    assert list(HouseholdCount.objects.order_by("version").values_list("version", "without_work")) == [(1, 3), (2, 4)]
    assert households(department(), after(1)).without_work == 3
    assert households(department(), after(2)).without_work == 4 and households(department(), after(-1)) is None


def test_the_same_day_of_two_places_is_no_correction():
    week((Group.POOR, 5, 1))
    (row,) = week((Group.POOR, 9, 9), actor=clerk(OTHER_COUNTY), at=after(1))
    assert (row.version, row.place) == (1, OTHER_COUNTY)
    assert key_groups_placed(department(), after(2)).value == 20


@pytest.mark.parametrize(
    ("counts", "house", "code"),
    [
        ([(Group.POOR, 5, 5)], None, ""),
        ([(Group.POOR, 0, 0)], None, ""),
        ([], 0, ""),
        ([(Group.POOR, 5, 6)], None, "jobs_counts"),
        ([(Group.POOR, -1, -2)], None, "jobs_counts"),
        ([(Group.POOR, 5, 1), (Group.MIGRANTS, 1, 2)], None, "jobs_counts"),
        ([(Group.POOR, 5, 1)], -1, "jobs_counts"),
        ([], None, "jobs_counts"),
    ],
)
def test_a_report_is_taken_whole_or_not_at_all(counts, house, code):
    given_ = {"actor": department(), "day": TODAY, "counts": [CountIn(*one) for one in counts], "at": MORNING}
    if code:
        refused(code, report_jobs, households=house, **given_)
        assert not JobCount.objects.exists() and not HouseholdCount.objects.exists()
    else:
        assert len(report_jobs(households=house, **given_)) == len(counts)
        assert HouseholdCount.objects.count() == (house is not None)


@pytest.mark.parametrize(("minutes", "code"), [(959, "jobs_day"), (960, "")])
def test_a_day_may_be_counted_from_its_first_minute_in_the_city(minutes, code):
    tomorrow = {"day": TODAY + timedelta(days=1), "counts": [CountIn(Group.POOR, 1, 1)], "at": after(minutes)}
    if code:
        refused(code, report_jobs, actor=department(), **tomorrow)
    else:
        assert report_jobs(actor=department(), **tomorrow)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTY, Role.DEPARTMENT, Role.SYSTEM}))
def test_nobody_but_county_and_department_reports(role):
    refused("role_may_not", week, actor=an_actor(role, unit="x"), households=1)
    assert not HouseholdCount.objects.exists()


def test_a_report_is_on_record_with_its_day_and_the_number_of_groups():
    week((Group.POOR, 5, 1), (Group.MIGRANTS, 5, 1), households=3)
    line = AuditLine.objects.get(act="stability.employment.report_jobs")
    assert line.user_id == department().user_id and not line.refused
    assert line.detail == {"day": "2020-03-21", "counts": 2, "households": 3, "at": str(MORNING)}


def test_reading_asks_one_query_however_many_weeks(django_assert_num_queries):
    actor = department()
    for n in range(20):
        week(*((group, 10, 1) for group in Group), day=TODAY - timedelta(days=n), households=1)
    with django_assert_num_queries(1):
        groups(actor, MORNING)
    with django_assert_num_queries(1):
        households(actor, MORNING)


def test_measures_lead_to_the_page_and_say_their_moment():
    week((Group.POOR, 5, 1), households=3)
    for measure in (key_groups_placed, zero_job_households):
        reading = measure(department(), after(7))
        assert (reading.as_of, reading.rows_url) == (after(7), "/stability/employment/")


def test_the_database_keeps_one_count_a_version():
    week((Group.POOR, 5, 1), households=1)
    row = {"place": "140100", "day": TODAY, "version": 1, "reported_at": MORNING}
    with pytest.raises(IntegrityError), transaction.atomic():
        JobCount.objects.create(group=Group.POOR, registered=1, placed=1, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdCount.objects.create(without_work=1, **row)
