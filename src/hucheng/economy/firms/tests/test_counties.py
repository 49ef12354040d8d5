"""The city's firms by county and by day: plain sums as witness, edges of freshness, who sees what."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
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
from hucheng.economy.firms.queries import Sums, county_reports, firms_of, fresh_reports, reported_days, sums_of
from hucheng.economy.testing import TODAY, a_day

pytestmark = pytest.mark.django_db
COUNTIES = (COUNTY, "140106", OTHER_COUNTY)


@pytest.fixture
def department():
    a_city()
    return an_actor(Role.DEPARTMENT)


def report(actor, *days, at=MORNING):
    return report_firms(actor=actor, reports=list(days), at=at)


def back(days, **fields):
    return a_day(day=TODAY - timedelta(days=days), **fields)


def refused(act, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


FIGURES = st.tuples(
    st.sampled_from(COUNTIES), st.integers(0, 16), *(st.integers(0, 50) for _n in range(4))
)  # county, days ago, resumed, not resumed, back, not back


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(FIGURES, max_size=9))
def test_city_county_and_trend_are_the_plain_sums_of_what_was_said_last(department, said):
    with transaction.atomic():
        last = {}
        for place, ago, again, closed, here, away in said:
            day = back(ago, place=place, above_size=again + closed, resumed=again, on_roll=here + away, back=here)
            report(department, replace(day, reason="counted again"))
            last[place, ago] = (again + closed, again, here + away, here)
        fresh = {}
        for (place, ago), row in sorted(last.items(), reverse=True):
            if ago < 7:
                fresh[place] = (ago, row)
        told = firms_of(department, MORNING)
        total = tuple(map(sum, zip(*(row for _ago, row in fresh.values()), strict=True))) or (0, 0, 0, 0)
        assert told.sums == Sums(*total)
        for line in told.lines:
            ago, row = fresh.get(line.county.code, (None, (0, 0, 0, 0)))
            assert (line.sums, line.today, line.report is None) == (Sums(*row), ago == 0, ago is None)
        assert told.silent == 10 - sum(ago == 0 for ago, _row in fresh.values())
        days = sorted({ago for _place, ago in last if ago < 14}, reverse=True)
        by_day = [[last[place, ago] for place in COUNTIES if (place, ago) in last] for ago in days]
        shares = [(sum(row[1] for row in rows), sum(row[0] for row in rows)) for rows in by_day]
        assert told.trend == [100 * some / every if every else None for some, every in shares]
        for reader, (some, every) in ((resumed, total[1::-1]), (workers_back, total[:1:-1])):
            assert reader(department, MORNING).value == (pytest.approx(100 * some / every) if every else None)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("sums", "resumed_share", "back_share"),
    [((0, 0, 0, 0), None, None), ((4, 1, 0, 0), 25, None), ((1, 1, 8, 2), 100, 25), ((3, 0, 3, 0), 0, 0)],
)
def test_shares_are_per_cent_and_of_nothing_there_is_none(sums, resumed_share, back_share):
    told = Sums(*sums)
    assert (told.resumed_share, told.back_share) == (resumed_share, back_share)


def test_the_lowest_county_is_the_one_with_the_smallest_share_and_none_without_firms(department):
    report(
        department,
        a_day(above_size=10, resumed=9),
        a_day(place=OTHER_COUNTY, above_size=100, resumed=80),
        a_day(place="140106", above_size=0, resumed=0),
    )
    told = firms_of(department, MORNING)
    assert told.lowest.county.code == OTHER_COUNTY and told.lowest.sums.resumed_share == 80
    assert [line.county.code for line in told.lines] == sorted(line.county.code for line in told.lines)


def test_a_reading_of_an_earlier_hour_knows_no_later_report(department):
    report(department, a_day(resumed=50))
    report(department, a_day(resumed=90, reason="counted late"), at=after(60))
    assert resumed(department, after(59)).value == 50 and resumed(department, after(60)).value == 90
    assert fresh_reports(department, after(-1)) == {}


def test_the_day_of_a_report_begins_at_midnight_in_the_city(department):
    tomorrow = back(-1)
    late = after(minutes=16 * 60 - 1)
    assert refused(report_firms, actor=department, reports=[tomorrow], at=late) == "day_to_come"
    assert len(report(department, tomorrow, at=after(minutes=16 * 60))) == 1
    assert firms_of(department, late).sums == sums_of([])
    assert firms_of(department, after(minutes=16 * 60)).silent == 9


def test_corrections_of_the_fortnight_are_shown_the_last_ten(department):
    report(department, back(14), back(0, place=OTHER_COUNTY))
    report(department, back(14, reason="too old to be shown", resumed=1))
    for ago in range(12, 0, -1):
        report(department, back(ago))
        report(department, back(ago, resumed=80, reason=f"{ago} days ago"))
    told = firms_of(department, MORNING).corrections
    assert [row.reason for row in told] == [f"{ago} days ago" for ago in range(10, 0, -1)]


def test_a_county_opens_its_sixty_latest_reports_with_shares_and_reporters(department):
    for ago in range(61):
        report(department, back(ago, resumed=ago))
    clerk = an_actor(Role.COUNTY, COUNTY)
    report(clerk, back(0, resumed=50, reason="counted late"), at=after(5))
    told = county_reports(clerk, COUNTY)
    assert told.county.code == COUNTY and len(told.lines) == 60
    first, second = told.lines[:2]
    assert (first.report.revision, first.sums.resumed_share, first.report.reported_by_id) == (1, 50, clerk.user_id)
    assert (second.report.revision, second.sums.resumed_share) == (0, 0)
    days = [line.report.day for line in told.lines]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("role", "place", "asked"),
    [
        (Role.COUNTY, COUNTY, OTHER_COUNTY),
        (Role.LEADING_GROUP, "110000", COUNTY),
        (Role.LEADING_GROUP, "140100", "140100"),
        (Role.LEADING_GROUP, "140100", "140199"),
        (Role.LEADING_GROUP, "140100", ""),
    ],
)
def test_what_is_no_county_in_sight_has_no_reports(department, role, place, asked):
    report(department, a_day())
    with pytest.raises(Http404):
        county_reports(an_actor(role, place), asked)


def test_a_county_that_never_reported_opens_empty_and_is_silent(department):
    told = county_reports(department, OTHER_COUNTY)
    assert told.lines == [] and firms_of(department, MORNING).silent == 10


def test_days_reported_are_those_in_sight(department):
    report(department, a_day(), back(1, place=OTHER_COUNTY))
    assert reported_days(department, TODAY) == {COUNTY}
    assert reported_days(department, TODAY - timedelta(days=1)) == {OTHER_COUNTY}
    assert reported_days(an_actor(Role.COUNTY, COUNTY), TODAY - timedelta(days=1)) == set()


def test_several_days_of_several_counties_are_corrected_each_in_its_own_chain(department):
    report(department, a_day(), a_day(place=OTHER_COUNTY))
    again = report(
        department, a_day(resumed=91, reason="one more"), a_day(place=OTHER_COUNTY), a_day(place="140106"), at=after(5)
    )
    assert [(row.place, row.revision) for row in again] == [(COUNTY, 1), ("140106", 0)]
    assert FirmReport.objects.count() == 4


def test_a_reason_of_a_first_report_is_not_kept_and_a_long_one_is_cut(department):
    (first,) = report(department, a_day(reason="no correction at all"))
    (again,) = report(department, a_day(resumed=1, reason=" " + "x" * 300), at=after(5))
    assert first.reason == "" and again.reason == "x" * 200


def test_nothing_reported_is_nothing_stored(department):
    assert report(department) == [] and not FirmReport.objects.exists()


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.ENTRY])
def test_readers_report_no_firms(department, role):
    actor = an_actor(role)
    assert refused(report_firms, actor=actor, reports=[a_day()], at=MORNING) == "role_may_not"
    assert AuditLine.objects.filter(user_id=actor.user_id, refused="role_may_not").count() == 1


def test_the_measures_name_their_rows_and_their_time(department):
    report(department, a_day())
    for reader, counts in ((resumed, (90, 100)), (workers_back, (700, 1000))):
        reading = reader(department, after(7))
        assert (reading.numerator, reading.denominator, reading.as_of) == (*counts, after(7))
        assert reading.rows_url.endswith("/firms/")


@pytest.mark.parametrize(("place", "value"), [(COUNTY, 90), (OTHER_COUNTY, None), ("110000", None), ("140000", 90)])
def test_each_place_reads_its_own_firms(department, place, value):
    report(department, a_day())
    assert resumed(an_actor(Role.LEADING_GROUP, place), MORNING).value == value
