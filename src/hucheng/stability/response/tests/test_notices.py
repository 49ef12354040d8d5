"""The life of a notice: to every county the same, received and done by each for itself, judged when its day is over."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.places.queries import counties_of
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.response.actions import TaskIn, do_task, issue_notice, receive_notice
from hucheng.stability.response.measures import notice_tasks_done
from hucheng.stability.response.models import FireNotice, NoticeReceipt, NoticeTask
from hucheng.stability.response.queries import notices, tasks_of
from hucheng.stability.testing import TODAY, a_notice, clerk, department, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    a_city()


def done(task, at=None, evidence="seen on the spot", actor=None):
    return do_task(actor=actor or department(), task_id=task.pk, evidence=evidence, at=at or after(5))


def received(notice, place=COUNTY, minute=5):
    return receive_notice(actor=clerk(place), notice_id=notice.pk, at=after(minute))


def test_every_county_of_the_city_has_the_same_tasks_in_their_order():
    tasks = [TaskIn(" burn no paper ", TODAY), TaskIn("man the checkpoints", TODAY + timedelta(days=2))]
    notice = issue_notice(
        actor=department(), title=" Qingming ", until=TODAY + timedelta(days=9), tasks=tasks, at=MORNING
    )
    assert (notice.title, notice.place, notice.issued_by_id) == ("Qingming", CITY, department().user_id)
    told = [(1, "burn no paper", TODAY), (2, "man the checkpoints", TODAY + timedelta(days=2))]
    for county in counties_of(CITY):
        rows = NoticeTask.objects.filter(notice=notice, place=county.code)
        assert list(rows.order_by("number").values_list("number", "text", "due")) == told


def test_words_beyond_their_room_are_cut():
    notice = issue_notice(
        actor=department(), title="t" * 300, until=TODAY, tasks=[TaskIn("x" * 400, TODAY)], at=MORNING
    )
    assert notice.title == "t" * 200 and set(NoticeTask.objects.values_list("text", flat=True)) == {"x" * 300}
    task = done(NoticeTask.objects.first(), evidence=" e" + "e" * 600)
    assert task.evidence == "e" * 500


@pytest.mark.parametrize(
    ("until", "due", "at", "code"),
    [
        (0, 0, after(0), ""),
        (0, 1, after(0), "notice_dates"),
        (5, 5, after(0), ""),
        (5, 6, after(0), "notice_dates"),
        (5, -1, after(0), "notice_dates"),
        (-1, -1, after(0), "notice_dates"),
        (0, 0, after(16 * 60 - 1), ""),
        (0, 0, after(16 * 60), "notice_dates"),
    ],
)
def test_days_of_a_notice_lie_between_today_and_its_end(until, due, at, code):
    given_ = {
        "actor": department(), "title": "n", "until": TODAY + timedelta(days=until), "at": at,
        "tasks": [TaskIn("a", TODAY + timedelta(days=due))],
    }  # fmt: skip
    if code:
        refused(code, issue_notice, **given_)
        assert not FireNotice.objects.exists() and not NoticeTask.objects.exists()
    else:
        assert issue_notice(**given_).until == given_["until"]


def test_one_wrong_task_of_many_sends_nothing():
    good = TaskIn("a", TODAY)
    for wrong, code in ((TaskIn("  ", TODAY), "notice_empty"), (TaskIn("b", date(2021, 1, 1)), "notice_dates")):
        given_ = {"title": "n", "until": TODAY, "tasks": [good, wrong], "at": MORNING}
        refused(code, issue_notice, actor=department(), **given_)
    assert not NoticeTask.objects.exists()
    assert set(AuditLine.objects.values_list("refused", flat=True)) == {"", "notice_empty", "notice_dates"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DEPARTMENT, Role.SYSTEM}))
def test_only_the_department_sends_a_notice(role):
    given_ = {"title": "n", "until": TODAY, "tasks": [TaskIn("a", TODAY)], "at": MORNING}
    refused("role_may_not", issue_notice, actor=an_actor(role, unit="x"), **given_)
    assert not FireNotice.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTY, Role.SYSTEM}))
def test_only_a_county_confirms_and_only_county_and_department_do_tasks(role):
    notice = a_notice(tasks=1)
    actor = an_actor(role, COUNTY, unit="x")
    refused("role_may_not", receive_notice, actor=actor, notice_id=notice.pk, at=after(5))
    task = NoticeTask.objects.get(place=COUNTY)
    if role == Role.DEPARTMENT:
        assert done(task, actor=actor).done_by_id == actor.user_id
    else:
        refused("role_may_not", done, task=task, actor=actor)
    assert not NoticeReceipt.objects.exists()


def test_the_first_receipt_stands_with_who_and_when():
    notice = a_notice()
    first = received(notice)
    again = received(notice, minute=50)
    assert (again.pk, again.received_at, again.received_by_id) == (first.pk, after(5), clerk().user_id)
    assert NoticeReceipt.objects.count() == 1


def test_what_is_not_there_or_not_theirs_is_not_found():
    notice = a_notice(tasks=1)
    stranger = Actor(clerk().user_id, "110105", Role.COUNTY)
    for actor, which in ((clerk(), uuid4()), (stranger, notice.pk)):
        with pytest.raises(Http404):
            receive_notice(actor=actor, notice_id=which, at=after(5))
    with pytest.raises(Http404):
        do_task(actor=department(), task_id=uuid4(), evidence="x", at=after(5))
    with pytest.raises(Http404):
        done(NoticeTask.objects.get(place=COUNTY), actor=clerk(OTHER_COUNTY))


def test_a_county_sees_its_own_share_and_the_city_the_whole():
    old, new = a_notice(tasks=2), a_notice(tasks=1)
    received(old)
    received(old, OTHER_COUNTY)
    for task in NoticeTask.objects.filter(notice=old, place=COUNTY):
        done(task)
    own = {line.notice: line for line in notices(clerk(), after(10))}
    assert (own[old].tasks, own[old].done, own[old].receipts, own[old].counties) == (2, 2, 1, 1)
    assert own[old].mine_received and not own[new].mine_received
    city = {line.notice: line for line in notices(department(), after(10))}
    assert (city[old].tasks, city[old].done, city[old].receipts, city[old].counties) == (20, 2, 2, 10)
    assert (city[new].tasks, city[new].done, city[new].receipts) == (10, 0, 0)
    assert not city[old].mine_received, "the city is no county"


def test_notices_stand_newest_first_and_ask_three_queries_however_many(django_assert_num_queries):
    first = a_notice()
    second = issue_notice(
        actor=department(), title="second", until=TODAY, tasks=[TaskIn("a", TODAY)], at=after(1)
    )  # fmt: skip
    actor = department()
    with django_assert_num_queries(3):
        assert [line.notice for line in notices(actor, after(5))] == [second, first]
    for _n in range(5):
        received(a_notice(tasks=4))
    with django_assert_num_queries(3):
        assert len(notices(actor, after(5))) == 7


@pytest.mark.parametrize(("days", "late"), [(0, 0), (0.66, 0), (0.67, 10), (3, 10)])
def test_a_task_is_late_when_its_day_is_over_in_the_city(days, late):
    a_notice(tasks=1)
    (line,) = notices(department(), after(0, days=days))
    assert line.late == late


def test_tasks_stand_with_the_open_ones_first_then_by_day_and_number():
    tasks = [TaskIn("later", TODAY + timedelta(days=3)), TaskIn("first", TODAY), TaskIn("second", TODAY)]
    issue_notice(actor=department(), title="n", until=TODAY + timedelta(days=3), tasks=tasks, at=MORNING)
    assert [task.text for task in tasks_of(clerk(), COUNTY)] == ["first", "second", "later"]
    done(NoticeTask.objects.get(place=COUNTY, text="first"))
    assert [task.text for task in tasks_of(clerk(), COUNTY)] == ["second", "later", "first"]
    assert tasks_of(clerk(), OTHER_COUNTY) == [] and len(tasks_of(department(), OTHER_COUNTY)) == 3


TASKS = st.lists(st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(0, 6))), min_size=1, max_size=4)
"""A task: the day on which it is due, and the day on which its county does it or never."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tasks=TASKS, day=st.integers(0, 7))
def test_tasks_done_are_those_of_a_count_by_hand(tasks, day):
    with transaction.atomic():
        wanted = [TaskIn(f"task {n}", TODAY + timedelta(days=due)) for n, (due, _done) in enumerate(tasks)]
        issue_notice(actor=department(), title="n", until=TODAY + timedelta(days=9), tasks=wanted, at=MORNING)
        for number, (_due, when) in enumerate(tasks, start=1):
            if when is not None:
                done(NoticeTask.objects.get(place=COUNTY, number=number), after(60, days=when), actor=clerk())
        over = [when for due, when in tasks if due < day]
        in_time = sum(when is not None and when <= day for when in over)
        reading = notice_tasks_done(clerk(), after(60, days=day))
        assert (reading.numerator, reading.denominator) == (in_time, len(over))
        city = notice_tasks_done(department(), after(60, days=day))
        assert (city.numerator, city.denominator) == (in_time, 10 * len(over))
        assert city.rows_url == "/stability/notices/"
        transaction.set_rollback(True)


def test_a_notice_of_tomorrow_is_no_part_of_today():
    a_notice(tasks=1)
    assert notice_tasks_done(department(), MORNING - timedelta(minutes=1)).denominator == 0


@pytest.mark.parametrize("change", [{"text": "other"}, {"due": TODAY + timedelta(days=9)}, {"done_at": None}], ids=str)
def test_the_database_keeps_a_task_that_was_done(change):
    a_notice(tasks=1)
    task = done(NoticeTask.objects.get(place=COUNTY))
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeTask.objects.filter(pk=task.pk).update(**change)


def test_the_database_keeps_one_receipt_a_county_and_one_task_a_number():
    notice = a_notice(tasks=1)
    received(notice)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeReceipt.objects.create(notice=notice, place=COUNTY, received_at=after(9))
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeTask.objects.create(notice=notice, place=COUNTY, number=1, text="x", due=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        FireNotice.objects.create(place=CITY, title="", until=TODAY, issued_at=MORNING)
