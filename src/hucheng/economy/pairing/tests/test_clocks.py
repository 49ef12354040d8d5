"""The clocks of firms' requests: what is owed, what was in time, how old what waits has become; plain counts beside."""

from datetime import datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.economy.pairing.actions import AnswerIn, RequestIn, file_requests, settle_requests
from hucheng.economy.pairing.measures import requests_3d
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.pairing.queries import open_requests, requests_of, settled_in_time
from hucheng.economy.pairing.working_days import end_of_working_day, holidays, is_working_day

pytestmark = pytest.mark.django_db
Kind = FirmRequest.Kind
HOUR = timedelta(hours=1)


@pytest.fixture
def city():
    a_city()
    return an_actor(Role.COMMAND_OFFICE)


def ask(actor, at=MORNING, **fields):
    usual = {
        "place": COUNTY,
        "firm": "steel parts",
        "kind": Kind.PERMITS,
        "about": "36 workers",
        "official": "A. Clerk",
    }
    (made,) = file_requests(actor=actor, requests=[RequestIn(**usual | fields)], at=at)
    return made


def settle(actor, *rows, answer="done", at=MORNING):
    return settle_requests(actor=actor, answers=[AnswerIn(row.pk, answer) for row in rows], at=at)


def refused(act, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.none() | st.integers(0, 200), st.sampled_from([Kind.POWER, Kind.CREDIT])),
        max_size=6,
    ),
    st.integers(0, 400),
)
def test_what_is_owed_late_and_in_time_is_the_plain_count(city, drawn, now):
    """Hours of filing, of the answer behind it, and of the reading: each number counted again one by one."""
    with transaction.atomic():
        due = in_time = 0
        ages = {}
        waiting, late = [], 0
        at = MORNING + now * HOUR
        for filed, settled, kind in drawn:
            row = ask(city, MORNING + filed * HOUR, kind=kind)
            if settled is not None:
                answered = row.filed_at + settled * HOUR
                settle(city, row, at=answered)
                due += filed <= now and min(answered, row.due_at) <= at
                in_time += filed <= now and answered <= at and answered <= row.due_at
                continue
            due += filed <= now and row.due_at <= at
            waiting.append((row.due_at, row.filed_at))
            late += row.due_at < at
            band = next(n for n, limit in enumerate((24, 72, 168, 10**6)) if now - filed < limit)
            ages.setdefault(kind.label, [0, 0, 0, 0])[band] += 1
        assert settled_in_time(city, at) == (in_time, due)
        assert requests_3d(city, at).value == (pytest.approx(100 * in_time / due) if due else None)
        told = requests_of(city, at)
        assert [(line.request.due_at, line.request.filed_at) for line in told.open] == sorted(waiting)
        assert (told.open_count, told.late) == (len(waiting), late) and sum(line.late for line in told.open) == late
        assert {str(kind): row for kind, row, _sum in told.ages} == {str(kind): row for kind, row in ages.items()}
        assert all(total == sum(row) for _kind, row, total in told.ages)
        totals = [total for *_rest, total in told.ages]
        assert totals == sorted(totals, reverse=True)
        transaction.set_rollback(True)


@given(st.datetimes(datetime(2020, 3, 20), datetime(2020, 7, 10)), st.integers(1, 8))
def test_a_later_filing_is_never_owed_sooner_and_a_longer_clock_never_shorter(filed, days):
    filed = filed.replace(tzinfo=SHANGHAI)
    due = end_of_working_day(filed, days)
    assert due.timetz() == time(tzinfo=SHANGHAI) and due > filed
    assert end_of_working_day(filed + HOUR, days) >= due
    assert end_of_working_day(filed, days + 1) >= due + timedelta(days=1)


def test_the_day_of_filing_is_that_of_the_city(city):
    """23:59 of Sunday in the city is 15:59 at Greenwich; a minute later it is Monday, and Thursday is the last day."""
    sunday = ask(city, after(days=1, minutes=16 * 60 - 1))
    monday = ask(city, after(days=1, minutes=16 * 60))
    assert [row.due_day.isoformat() for row in (sunday, monday)] == ["2020-03-25", "2020-03-26"]


@pytest.mark.parametrize("day", sorted(holidays()))
def test_a_day_that_the_table_names_is_worked_or_not_as_it_says(day):
    assert is_working_day(day) == (holidays()[day] == "workday")
    neighbours = (day - timedelta(days=21), day + timedelta(days=21))
    assert all(is_working_day(one) == (one.weekday() < 5) for one in neighbours if one not in holidays())


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_request_is_late_behind_the_end_of_its_clock_and_so_is_its_answer(city, seconds):
    row = ask(city)
    at = row.due_at + timedelta(seconds=seconds)
    told = requests_of(city, at)
    assert (told.late, told.open[0].late) == (int(seconds > 0), seconds > 0)
    settle(city, row, at=at)
    (line,) = requests_of(city, at + HOUR).settled
    assert line.late == (seconds > 0) and requests_of(city, at + HOUR).open == []
    assert settled_in_time(city, at + HOUR) == (int(seconds <= 0), 1)


@pytest.mark.parametrize(
    ("hours", "band"),
    [(0, 0), (23.99, 0), (24, 1), (71.99, 1), (72, 2), (167.99, 2), (168, 3), (5_000, 3)],
)
def test_what_waits_is_aged_by_whole_days(city, hours, band):
    ask(city)
    told = requests_of(city, MORNING + hours * HOUR)
    assert told.bands == ("0-1", "1-3", "3-7", "7+")
    assert told.ages == [(Kind.PERMITS.label, [int(n == band) for n in range(4)], 1)]


def test_the_page_holds_a_hundred_open_and_a_dozen_settled_and_counts_the_rest(city):
    many = [RequestIn(COUNTY, f"firm {n}", Kind.OTHER, "x", "A. Clerk") for n in range(114)]
    rows = file_requests(actor=city, requests=many, at=MORNING)
    for n, row in enumerate(rows[:13]):
        settle(city, row, at=after(n))
    told = requests_of(city, after(60))
    assert (len(told.open), told.open_count, len(told.settled)) == (100, 101, 12)
    assert [line.request.firm for line in told.settled] == [f"firm {n}" for n in range(12, 0, -1)]
    assert told.ages[0][2] == 101 == len(open_requests(city))


def test_a_county_is_owed_its_own_and_the_city_all(city):
    mine, other = ask(city), ask(city, place=OTHER_COUNTY)
    settle(city, mine, at=after(1))
    for place, counts in ((COUNTY, (1, 1)), (OTHER_COUNTY, (0, 0)), ("140100", (1, 1)), ("110000", (0, 0))):
        actor = an_actor(Role.LEADING_GROUP, place)
        assert settled_in_time(actor, after(2)) == counts
    assert open_requests(an_actor(Role.COUNTY, COUNTY)) == [] and open_requests(city) == [other]
    assert open_requests(an_actor(Role.COUNTY, OTHER_COUNTY)) == [other]


def test_a_county_that_left_the_table_is_shown_by_its_code(city):
    FirmRequest.objects.create(
        place="140199", firm="x", kind="other", about="x", official="x", filed_at=MORNING, due_at=after(days=3)
    )
    assert requests_of(city, MORNING).open[0].county == "140199"


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.ENTRY])
def test_readers_file_nothing_and_settle_nothing(city, role):
    row, actor = ask(city), an_actor(role)
    told = RequestIn(COUNTY, "x", Kind.OTHER, "x", "x")
    assert refused(file_requests, actor=actor, requests=[told], at=MORNING) == "role_may_not"
    assert refused(settle_requests, actor=actor, answers=[AnswerIn(row.pk, "x")], at=MORNING) == "role_may_not"
    assert FirmRequest.objects.filter(settled_at=None).count() == 1
    assert AuditLine.objects.filter(user_id=actor.user_id, refused="role_may_not").count() == 2


def test_one_incomplete_request_keeps_the_whole_list_out(city):
    right = RequestIn(COUNTY, "x", Kind.OTHER, "x", "x")
    wrong = RequestIn(COUNTY, "x", Kind.OTHER, "x", "\t")
    assert refused(file_requests, actor=city, requests=[right, wrong], at=MORNING) == "request_incomplete"
    assert not FirmRequest.objects.exists()


def test_several_are_settled_at_once_or_none(city):
    first, second = ask(city), ask(city, firm="b")
    both = [AnswerIn(first.pk, "lent " + "x" * 500), AnswerIn(second.pk, " \n")]
    assert refused(settle_requests, actor=city, answers=both, at=after(1)) == "request_not_settled"
    assert len(open_requests(city)) == 2
    assert settle(city, first, second, answer=" lent " + "x" * 500, at=after(1)) == 2
    first.refresh_from_db()
    assert len(first.answer) == 400 and first.answer.startswith("lent ") and first.settled_at == after(1)
    assert settle_requests(actor=city, answers=[], at=after(2)) == 0


def test_what_a_firm_says_stays_out_of_the_audit_line(city):
    row = ask(city, firm="Red Star works", about="a secret order", official="B. Clerk")
    settle(city, row, answer="granted in silence", at=after(1))
    lines = AuditLine.objects.filter(act__startswith="economy.pairing.")
    assert [line.detail for line in lines.order_by("at")] == [
        {"requests": 1, "at": str(MORNING)},
        {"answers": 1, "at": str(after(1))},
    ]


def test_the_measure_names_its_rows_and_its_time(city):
    settle(city, ask(city))
    reading = requests_3d(city, after(7))
    assert (reading.value, reading.as_of) == (100, after(7)) and reading.rows_url.endswith("/requests/")
