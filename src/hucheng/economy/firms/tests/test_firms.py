"""The daily report of firms: append-only, corrected by a further row, summed by county."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.economy.firms.actions import report_firms
from hucheng.economy.firms.measures import resumed, workers_back
from hucheng.economy.firms.models import FirmReport
from hucheng.economy.firms.queries import firms_of, reported_days, sums_of
from hucheng.economy.testing import TODAY, a_day

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def county():
    a_city()
    return an_actor(Role.COUNTY, COUNTY)


def report(actor, *days, at=MORNING):
    return report_firms(actor=actor, reports=list(days), at=at)


def test_a_county_reports_its_day_with_an_audit_line(county):
    (row,) = report(county, a_day())
    assert (row.place, row.resumed, row.revision, row.reported_by_id) == (COUNTY, 90, 0, county.user_id)
    line = AuditLine.objects.get(act="economy.firms.report_firms")
    assert line.refused == "" and line.detail["reports"] == 1


def test_a_correction_is_a_further_row_and_the_last_one_counts(county):
    report(county, a_day())
    (row,) = report(county, a_day(resumed=91, reason="one firm was counted late"), at=after(60))
    assert row.revision == 1 and FirmReport.objects.count() == 2
    assert firms_of(county, after(60)).sums.resumed == 91
    assert [c.reason for c in firms_of(county, after(60)).corrections] == ["one firm was counted late"]


def test_the_same_figures_again_add_nothing(county):
    assert len(report(county, a_day())) == 1 and report(county, a_day(), at=after(5)) == []


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([a_day(resumed=101)], "more_resumed_than_firms"),
        ([a_day(back=1001)], "more_back_than_on_roll"),
        ([a_day(day=TODAY + timedelta(days=1))], "day_to_come"),
        ([a_day(), a_day(resumed=3)], "county_twice"),
        ([a_day(day=YESTERDAY, resumed=1)], "correction_without_reason"),
        ([a_day(day=YESTERDAY, resumed=1, reason="  ")], "correction_without_reason"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(county, days, code):
    report(county, a_day(day=YESTERDAY))
    with pytest.raises(Refusal) as refused:
        report(county, *days)
    assert refused.value.code == code and FirmReport.objects.count() == 1


@pytest.mark.parametrize("place", [OTHER_COUNTY, "140100", "999999", "110105"])
def test_another_county_and_what_is_no_county_are_not_found(county, place):
    with pytest.raises(Http404):
        report(county, a_day(place=place))
    assert not FirmReport.objects.exists()


def test_one_place_out_of_sight_refuses_the_whole_list(county):
    with pytest.raises(Http404):
        report(county, a_day(), a_day(place=OTHER_COUNTY))
    assert not FirmReport.objects.exists()


def test_readers_do_not_report(county):
    with pytest.raises(Refusal) as refused:
        report(an_actor(Role.LEADING_GROUP), a_day())
    assert refused.value.code == "role_may_not"


def test_a_county_sees_its_own_and_the_city_all(county):
    department = an_actor(Role.DEPARTMENT)
    report(department, a_day(), a_day(place=OTHER_COUNTY, above_size=20, resumed=10, on_roll=100, back=90))
    assert [line.county.code for line in firms_of(county, MORNING).lines] == [COUNTY]
    city = firms_of(department, MORNING)
    assert len(city.lines) == 10 and city.silent == 8
    assert (city.sums.above_size, city.sums.resumed) == (120, 100) and city.lowest.county.code == OTHER_COUNTY
    assert reported_days(county, TODAY) == {COUNTY} and len(reported_days(department, TODAY)) == 2


def test_the_measures_sum_the_last_report_of_each_county(county):
    department = an_actor(Role.DEPARTMENT)
    report(department, a_day(day=YESTERDAY, resumed=80), a_day(place=OTHER_COUNTY, day=YESTERDAY, resumed=50))
    report(department, a_day())
    reading = resumed(department, MORNING)
    assert (reading.numerator, reading.denominator, reading.value) == (140, 200, 70)
    assert workers_back(department, MORNING).value == 70


def test_a_report_stands_for_seven_days_and_then_says_nothing(county):
    report(county, a_day())
    assert resumed(county, after(days=6)).value == 90
    assert resumed(county, after(days=7)).value is None is workers_back(county, after(days=7)).value
    assert firms_of(county, after(days=7)).lines[0].report is None


def test_without_a_report_the_measures_are_blind(county):
    assert resumed(county, MORNING).value is None and workers_back(county, MORNING).value is None
    assert firms_of(county, MORNING).lowest is None and sums_of([]).resumed_share is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 1000)), min_size=1, max_size=6))
def test_after_any_corrections_what_counts_is_what_was_said_last(county, said):
    with transaction.atomic():
        for again, back in said:
            report(county, a_day(resumed=again, back=back, reason="again"))
        sums = firms_of(county, MORNING).sums
        assert (sums.resumed, sums.back) == said[-1]
        revisions = list(FirmReport.objects.values_list("revision", flat=True))
        assert revisions == list(range(len(revisions)))
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "fields",
    [
        {"resumed": 101},
        {"back": 1001},
        {"revision": 1, "reason": ""},
        {"revision": 2, "reason": "a gap"},
        {"revision": 0},
    ],
)
def test_the_database_itself_holds_the_rules(county, fields):
    report(county, a_day())
    usual = {"place": COUNTY, "day": TODAY, "above_size": 100, "resumed": 90, "on_roll": 1000, "back": 700}
    with pytest.raises(IntegrityError), transaction.atomic():
        FirmReport.objects.create(**(usual | {"revision": 1, "reason": "x", "reported_at": MORNING} | fields))


def test_a_report_is_never_changed(county):
    report(county, a_day())
    with pytest.raises(IntegrityError), transaction.atomic():
        FirmReport.objects.update(resumed=1)


def test_more_days_ask_no_more_queries(county, django_assert_num_queries):
    department = an_actor(Role.DEPARTMENT)
    report(department, a_day())
    with django_assert_num_queries(2):
        firms_of(department, MORNING)
    for back in range(1, 10):
        report(
            department, a_day(day=TODAY - timedelta(days=back)), a_day(place=OTHER_COUNTY, day=TODAY - timedelta(back))
        )
    with django_assert_num_queries(2):
        told = firms_of(department, MORNING)
    assert len(told.trend) == 10 and told.trend[-1] == 90
    assert date(2020, 3, 12) == min(row.day for row in FirmReport.objects.all())
