"""Publishing: each value as it was, each revision with its reason, and what was known on a day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.economy.indicators.actions import open_series, publish
from hucheng.economy.indicators.measures import industry_growth, on_time, retail_growth
from hucheng.economy.indicators.models import Indicator, Upload, Vintage
from hucheng.economy.indicators.queries import due_on, indicator_seen_by, known_on, series_seen_by
from hucheng.economy.tables import SERIES, shipped
from hucheng.economy.testing import a_department, a_value, published

pytestmark = pytest.mark.django_db
MARCH_20 = date(2020, 3, 20)


@pytest.fixture
def department():
    return a_department()


def the(code):
    return Indicator.objects.get(code=code)


def code_of(refused):
    return refused.value.code


def test_a_value_is_recorded_with_its_day_and_an_audit_line(department):
    (made,) = published(department, a_value("industry", "2020M02", "-11.9", MARCH_20))
    assert (made.value, made.revision, made.period) == (Decimal("-11.9"), 0, date(2020, 2, 29))
    assert made.source == the("industry").source and made.recorded_at == MORNING
    line = AuditLine.objects.get(act="economy.indicators.publish")
    assert line.user_id == department.user_id and line.detail["values"] == 1


def test_a_revision_is_a_new_row_and_the_first_stays(department):
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 19)))
    (again,) = published(department, a_value("industry", "2020M02", "-11.6", MARCH_20, "source data verified"))
    assert again.revision == 1 and again.reason == "source data verified"
    assert list(the("industry").vintages.values_list("value", flat=True)) == [Decimal("-11.9"), Decimal("-11.6")]


def test_the_same_value_again_adds_nothing(department):
    value = a_value("industry", "2020M02", "-11.9", MARCH_20)
    assert len(published(department, value)) == 1 and published(department, value) == []
    assert Vintage.objects.count() == 1


@pytest.mark.parametrize("value", ["99999999999.9999", "-100", "0", "-99.99996"])
def test_a_value_within_its_limits_is_kept_to_four_places_and_known_again(department, value):
    sent = a_value("industry", "2020M02", value, MARCH_20)
    (made,) = published(department, sent)
    made.refresh_from_db()
    assert made.value == Decimal(value).quantize(Decimal("0.0001")) and published(department, sent) == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (a_value("steel", "2020M02", "1", MARCH_20), "unknown_series"),
        (a_value("gdp", "2020M02", "1", MARCH_20), "no_such_period"),
        (a_value("industry", "2020M03", "1", MARCH_20), "published_too_early"),
        (a_value("industry", "2020M02", "1", date(2020, 3, 22)), "published_to_come"),
        (a_value("industry", "2020M02", "-100.1", MARCH_20), "impossible_value"),
        (a_value("industry", "2020M02", "100000000000", MARCH_20), "too_large"),
        (a_value("new-urban-jobs", "2020M02", "-100000000000", MARCH_20), "too_large"),
        (a_value("retail", "2020M02", "-22", MARCH_20), "no_reason"),
        (a_value("retail", "2020M02", "-22", date(2020, 3, 19), "why"), "two_values_a_day"),
        (a_value("retail", "2020M02", "-22", date(2020, 3, 18), "why"), "older_than_known"),
    ],
)
def test_a_value_that_cannot_stand_is_refused_with_its_reason(department, value, code):
    published(department, a_value("retail", "2020M02", "-22.7", date(2020, 3, 19)))
    with pytest.raises(Refusal) as refused:
        published(department, value)
    assert code_of(refused) == code and str(refused.value.why) and str(refused.value.do)
    assert Vintage.objects.count() == 1
    assert AuditLine.objects.filter(act="economy.indicators.publish", refused=code).exists()


def test_one_wrong_value_refuses_the_whole_list_and_is_named(department):
    values = [a_value("industry", "2020M02", "-11.9", MARCH_20), a_value("gdp", "2020Q1", "-6.9", MARCH_20)]
    with pytest.raises(Refusal) as refused:
        published(department, *values)
    assert "gdp" in str(refused.value.why) and not Vintage.objects.exists()


def test_a_list_may_carry_a_value_and_its_revision(department):
    first = a_value("industry", "2020M02", "-11.9", date(2020, 3, 19))
    made = published(department, first, a_value("industry", "2020M02", "-11.5", MARCH_20, "verified"))
    assert [v.revision for v in made] == [0, 1]


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COUNTY, Role.ENTRY])
def test_readers_and_counties_do_not_publish(department, role):
    with pytest.raises(Refusal) as refused:
        published(an_actor(role), a_value("industry", "2020M02", "-11.9", MARCH_20))
    assert code_of(refused) == "role_may_not"


def test_another_place_has_no_such_series(department):
    stranger = an_actor(Role.DEPARTMENT, COUNTY)
    with pytest.raises(Refusal) as refused:
        published(stranger, a_value("industry", "2020M02", "-11.9", MARCH_20))
    assert code_of(refused) == "unknown_series" and series_seen_by(stranger) == []
    with pytest.raises(Http404):
        indicator_seen_by(stranger, the("industry").pk)


def test_a_higher_place_publishes_for_nobody_else(department):
    """The system sees every city, but a series is of the place of the one who publishes."""
    with pytest.raises(Refusal):
        published(SYSTEM, a_value("industry", "2020M02", "-11.9", MARCH_20))


def test_series_are_opened_once(department):
    assert open_series(actor=department, rows=shipped(SERIES), at=after(10)) == 0
    assert Indicator.objects.count() == len(shipped(SERIES)) == 18


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2020, 3, 17), None), (date(2020, 3, 18), "-12.3"), (date(2020, 3, 19), "-12.3"), (MARCH_20, "-11.9")],
)
def test_what_was_known_on_a_day_is_what_was_published_by_it(department, day, value):
    first = a_value("industry", "2020M02", "-12.3", date(2020, 3, 18))
    published(department, first, a_value("industry", "2020M02", "-11.9", MARCH_20, "verified"))
    lines = known_on(department, day, [the("industry")])[the("industry").pk]
    assert [line.vintage.value for line in lines] == ([Decimal(value)] if value else [])
    if day == MARCH_20:
        assert lines[0].revised_by == pytest.approx(0.4) and len(lines[0].earlier) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(-99, 99)), min_size=1, max_size=8))
def test_whatever_is_sent_the_chain_of_a_period_is_in_order_and_nothing_is_lost(department, sent):
    """Days and values in any order: those refused leave no trace, those taken form one chain by day."""
    taken = set()
    with transaction.atomic():
        for back, value in sent:
            one = a_value("revenue", "2020M02", str(value), MARCH_20 - timedelta(days=back), "again")
            try:
                taken |= {(v.published_on, v.value) for v in published(department, one)}
            except Refusal:
                continue
        chain = list(the("revenue").vintages.all())
        assert [v.revision for v in chain] == list(range(len(chain)))
        days = [v.published_on for v in chain]
        assert days == sorted(set(days)) and {(v.published_on, v.value) for v in chain} == taken
        known = known_on(department, MARCH_20, [the("revenue")])[the("revenue").pk]
        assert known[-1].vintage == chain[-1]
        transaction.set_rollback(True)


def a_row(**fields):
    usual = {"indicator": the("industry"), "period": date(2020, 2, 29), "value": 1, "published_on": MARCH_20}
    return Vintage(**(usual | {"recorded_at": MORNING} | fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"revision": 0},  # a second first
        {"revision": 2, "reason": "x"},  # a gap
        {"revision": 1},  # no reason
        {"revision": 1, "reason": "x", "published_on": date(2020, 3, 1)},  # older than what it revises
        {"period": date(2020, 4, 30)},  # before its period is over
    ],
)
def test_the_database_itself_holds_the_chain(department, fields):
    a_row().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_row(**fields).save(force_insert=True)


def test_a_vintage_and_an_upload_are_never_changed(department):
    a_row().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Vintage.objects.update(value=2)
    Upload.objects.create(place="140100", name="x", received_at=MORNING, rows=1, new=1, same=0, wrong=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.update(new=0, same=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.create(place="140100", name="x", received_at=MORNING, rows=2, new=1, same=0, wrong=0)


def test_nothing_is_due_before_a_series_was_opened(department):
    """On 21 and 22 March the last period whose day is over was due in January."""
    assert due_on(department, MORNING) == due_on(department, after(days=1)) == (0, 0)
    assert on_time(department, after(days=1)).value is None
    assert due_on(department, after(days=2)) == (0, 4) and on_time(department, after(days=2)).value == 0


def test_a_value_is_on_time_up_to_its_day_and_late_behind_it(department):
    """February is due on 22 March: 22 days behind the 29th of February, for the four monthly series of the city."""
    published(department, a_value("industry", "2020M02", "-11.9", MARCH_20))
    late = a_value("retail", "2020M02", "-22.7", date(2020, 3, 23))
    published(department, late, at=after(days=2))
    assert due_on(department, after(days=2)) == (1, 4) and on_time(department, after(days=2)).value == 25


def test_the_day_due_itself_still_counts(department):
    at = after(days=1, minutes=15 * 60)  # 22 March, 23:00 in the city
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 22)), at=at)
    assert due_on(department, after(days=3))[0] == 1


def test_growth_is_blind_until_the_year_has_a_value_and_then_follows_revisions(department):
    published(department, a_value("industry", "2019", "6.6", date(2020, 1, 22)))
    assert industry_growth(department, MORNING).value is None is retail_growth(department, MORNING).value
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 19)))
    assert industry_growth(department, MORNING).value == -11.9
    published(department, a_value("industry", "2020M02", "-11.5", MARCH_20, "verified"))
    reading = industry_growth(department, MORNING)
    assert reading.value == -11.5 and str(the("industry").pk) in reading.rows_url


def test_without_series_growth_is_blind():
    actor = an_actor(Role.DEPARTMENT)
    assert industry_growth(actor, MORNING).value is None and on_time(actor, MORNING).value is None


def test_publishing_more_values_asks_no_more_queries(department, django_assert_num_queries):
    def years(first, last):
        return [a_value("industry", f"{year}M12", "6", date(year + 1, 1, 22)) for year in range(first, last)]

    with django_assert_num_queries(6):
        publish(actor=department, values=years(2000, 2002), at=MORNING)
    with django_assert_num_queries(6):
        publish(actor=department, values=years(2002, 2018), at=MORNING)
