"""Requests of firms: a clock of three working days, a named official, ages, and an answer in words; NEW-29."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.economy.pairing.actions import AnswerIn, RequestIn, file_requests, settle_requests
from hucheng.economy.pairing.measures import requests_3d
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.pairing.queries import requests_of
from hucheng.economy.pairing.working_days import end_of_working_day, holidays, is_working_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    a_city()
    return an_actor(Role.COUNTY, COUNTY)


def ask(actor, at=MORNING, **fields):
    usual = {
        "place": COUNTY,
        "firm": "steel parts",
        "kind": FirmRequest.Kind.PERMITS,
        "about": "36 workers from another province",
        "official": "A. Clerk",
    }
    (made,) = file_requests(actor=actor, requests=[RequestIn(**(usual | fields))], at=at)
    return made


def settle(actor, one, answer="permits given", at=MORNING):
    return settle_requests(actor=actor, answers=[AnswerIn(getattr(one, "pk", one), answer)], at=at)


@pytest.mark.parametrize(
    ("filed", "last_day"),
    [
        ("2020-03-23T09:00", "2020-03-26"),  # Monday: Tuesday, Wednesday, Thursday
        ("2020-03-26T17:59", "2020-03-31"),  # Thursday: over the weekend
        ("2020-03-21T08:00", "2020-03-25"),  # Saturday
        ("2020-04-03T10:00", "2020-04-09"),  # Friday before Qingming: 4 to 6 April are no working days
        ("2020-04-23T10:00", "2020-04-27"),  # Thursday: Sunday 26 April is worked
        ("2020-04-30T10:00", "2020-05-08"),  # before Labour Day, 1 to 5 May
        ("2020-05-07T10:00", "2020-05-11"),  # Thursday: Saturday 9 May is worked
    ],
)
def test_three_working_days_pass_over_weekends_and_holidays(filed, last_day):
    due = end_of_working_day(datetime.fromisoformat(filed).replace(tzinfo=SHANGHAI), 3)
    assert due == datetime.fromisoformat(last_day).replace(tzinfo=SHANGHAI) + timedelta(days=1)


@given(st.datetimes(datetime(2019, 1, 1), datetime(2022, 1, 1)), st.integers(1, 10))
def test_exactly_so_many_working_days_lie_between_filing_and_the_end_of_the_clock(filed, days):
    filed = filed.replace(tzinfo=SHANGHAI)
    due = end_of_working_day(filed, days)
    first, last = filed.date() + timedelta(days=1), (due - timedelta(minutes=1)).date()
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert sum(is_working_day(day) for day in between) == days and is_working_day(last)


def test_the_table_of_holidays_differs_from_the_week_or_says_why():
    assert all(kind in ("holiday", "workday") for kind in holidays().values())
    assert all(day.weekday() >= 5 for day, kind in holidays().items() if kind == "workday")
    assert not is_working_day(date(2020, 4, 6)) and is_working_day(date(2020, 4, 7))


def test_a_request_is_filed_with_its_clock_and_its_official(county):
    one = ask(county)
    assert one.due_day == date(2020, 3, 25) and one.official == "A. Clerk" and one.filed_by_id == county.user_id
    line = AuditLine.objects.get(act="economy.pairing.file_requests")
    assert line.detail["requests"] == 1 and "steel" not in str(line.detail)


@pytest.mark.parametrize("field", ["firm", "about", "official"])
def test_a_request_without_firm_words_or_official_is_refused(county, field):
    with pytest.raises(Refusal) as refused:
        ask(county, **{field: "  "})
    assert refused.value.code == "request_incomplete" and not FirmRequest.objects.exists()


@pytest.mark.parametrize("place", [OTHER_COUNTY, "140100", "999999"])
def test_another_county_and_what_is_no_county_are_not_found(county, place):
    with pytest.raises(Http404):
        ask(county, place=place)


def test_an_answer_stops_the_clock_once(county):
    one = ask(county)
    assert settle(county, one, at=after(60)) == 1
    one.refresh_from_db()
    assert (one.settled_at, one.answer, one.settled_by_id) == (after(60), "permits given", county.user_id)
    with pytest.raises(Refusal) as refused:
        settle(county, one, at=after(90))
    assert refused.value.code == "request_not_settled"


@pytest.mark.parametrize("answer", ["", "  "])
def test_nothing_is_settled_without_words(county, answer):
    one = ask(county)
    with pytest.raises(Refusal):
        settle(county, one, answer)
    one.refresh_from_db()
    assert one.settled_at is None


def test_another_county_neither_sees_nor_settles(county):
    one, stranger = ask(county), an_actor(Role.COUNTY, OTHER_COUNTY)
    assert requests_of(stranger, MORNING).open == []
    for what in (one, uuid4()):
        with pytest.raises(Http404):
            settle(stranger, what)
    with pytest.raises(Refusal) as refused:
        settle(an_actor(Role.LEADING_GROUP), one)
    assert refused.value.code == "role_may_not"


def test_one_that_is_not_found_settles_none_of_the_list(county):
    one = ask(county)
    with pytest.raises(Http404):
        settle_requests(actor=county, answers=[AnswerIn(one.pk, "x"), AnswerIn(uuid4(), "x")], at=MORNING)
    one.refresh_from_db()
    assert one.settled_at is None


def test_the_measure_counts_what_is_due_or_settled(county):
    one, other, _third = ask(county), ask(county, firm="b"), ask(county, firm="c", at=after(days=1))
    assert requests_3d(county, MORNING).value is None
    settle(county, one, at=after(60))
    reading = requests_3d(county, after(60))
    assert (reading.numerator, reading.denominator, reading.value) == (1, 1, 100)
    assert requests_3d(county, other.due_at - timedelta(seconds=1)).value == 100
    at_the_end = requests_3d(county, other.due_at)
    assert (at_the_end.numerator, at_the_end.denominator) == (1, 3)  # both others are due on the same Wednesday
    settle(county, other, at=other.due_at + timedelta(seconds=1))
    assert requests_3d(county, after(days=6)).numerator == 1


def test_an_answer_at_the_last_moment_is_in_time(county):
    one = ask(county)
    settle(county, one, at=one.due_at)
    assert requests_3d(county, one.due_at).value == 100


def test_the_page_puts_the_most_urgent_first_and_ages_what_waits(county):
    ask(county, firm="new", at=after(days=5))
    ask(county, firm="old")
    ask(county, firm="power", kind=FirmRequest.Kind.POWER, at=after(days=3))
    told = requests_of(county, after(days=6))
    assert [line.request.firm for line in told.open] == ["old", "power", "new"]
    assert (told.open_count, told.late, told.open[0].late, told.open[0].county) == (3, 1, True, told.open[1].county)
    rows = {kind: counts for kind, counts, _total in told.ages}
    assert rows[FirmRequest.Kind.PERMITS.label] == [0, 1, 1, 0]  # one day is the band from one, six days from three
    assert rows[FirmRequest.Kind.POWER.label] == [0, 0, 1, 0] and sum(total for *_r, total in told.ages) == 3


def test_the_database_itself_holds_the_rules(county):
    one = ask(county)
    rows = FirmRequest.objects.filter(pk=one.pk)
    for change in (
        {"due_at": one.filed_at},
        {"official": ""},
        {"settled_at": after(1)},
        {"answer": "words without a time"},
        {"settled_at": after(-1), "answer": "before it was filed"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    settle(county, one, at=after(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(answer="something else")


def test_more_requests_ask_no_more_queries(county, django_assert_num_queries):
    ask(county)
    with django_assert_num_queries(3):
        requests_of(county, MORNING)
    for n in range(30):
        ask(county, firm=str(n))
    with django_assert_num_queries(3):
        assert len(requests_of(county, MORNING).open) == 31
