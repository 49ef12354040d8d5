"""Fires and their first response; notices, receipts and tasks with evidence."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.response.actions import (
    TaskIn,
    do_task,
    follow_fire,
    issue_notice,
    receive_notice,
    report_fire,
)
from hucheng.stability.response.measures import first_response_30min, notice_tasks_done
from hucheng.stability.response.models import Fire, FireEntry, FireNotice, NoticeReceipt, NoticeTask
from hucheng.stability.response.queries import fires, notices
from hucheng.stability.testing import TODAY, a_notice, clerk, department, refused

pytestmark = pytest.mark.django_db
CREW, OUT, FACT = FireEntry.Kind.CREW, FireEntry.Kind.OUT, FireEntry.Kind.FACT


@pytest.fixture(autouse=True)
def city():
    a_city()


def a_fire(place=COUNTY, at=MORNING):
    return report_fire(actor=clerk(place), place=place, where="west hill", at=at)


def then(fire, kind, minute, actor=None, entered=None, text=""):
    return follow_fire(
        actor=actor or clerk(),
        fire_id=fire.pk,
        kind=kind,
        happened_at=after(minute),
        at=entered or after(minute),
        text=text,
    )


def test_a_fire_has_its_timeline_in_the_order_of_time():
    fire = a_fire()
    then(fire, CREW, 22, entered=after(40))
    then(fire, FACT, 30, text="wind turns", entered=after(41))
    then(fire, OUT, 95)
    (story,) = fires(clerk(), after(100))
    assert [entry.kind for entry in story.entries] == ["crew", "fact", "out"]
    assert story.minutes == 22 and story.in_time and story.out
    assert not fires(clerk(), after(39))[0].entries, "what is entered later was not known before"


@pytest.mark.parametrize(
    ("kind", "minute", "at", "text", "code"),
    [
        (CREW, -1, 10, "", "fire_time_wrong"),
        (CREW, 11, 10, "", "fire_time_wrong"),
        (OUT, 5, 10, "", "out_before_crew"),
        (FACT, 5, 10, " ", "fire_entry_known"),
    ],
)
def test_a_timeline_is_possible_or_refused(kind, minute, at, text, code):
    fire = a_fire()
    given_ = {"fire_id": fire.pk, "kind": kind, "happened_at": after(minute), "text": text, "at": after(at)}
    refused(code, follow_fire, actor=clerk(), **given_)


def test_a_crew_comes_once_and_a_fire_ends_once():
    fire = a_fire()
    then(fire, CREW, 10)
    refused("fire_entry_known", then, fire=fire, kind=CREW, minute=12)
    then(fire, OUT, 20)
    refused("fire_entry_known", then, fire=fire, kind=OUT, minute=30)


def test_a_fire_of_another_county_is_not_found():
    fire = a_fire()
    with pytest.raises(Http404):
        then(fire, CREW, 10, actor=clerk(OTHER_COUNTY))
    with pytest.raises(Http404):
        report_fire(actor=clerk(OTHER_COUNTY), place=COUNTY, where="x", at=MORNING)
    assert fires(clerk(OTHER_COUNTY), after(1)) == [] and len(fires(department(), after(1))) == 1
    refused("fire_nowhere", report_fire, actor=clerk(), place=COUNTY, where=" ", at=MORNING)
    refused("role_may_not", report_fire, actor=an_actor(Role.LEADING_GROUP), place=COUNTY, where="x", at=MORNING)


@pytest.mark.parametrize(("minute", "value"), [(29, 100), (30, 100), (31, 0)])
def test_the_first_response_counts_to_thirty_minutes_inclusive(minute, value):
    then(a_fire(), CREW, minute)
    assert first_response_30min(department(), after(60)).value == value


def test_a_fire_within_its_time_is_not_judged_and_one_past_it_is_late():
    assert first_response_30min(department(), after(0)).value is None
    a_fire()
    assert first_response_30min(department(), after(30)).value is None
    reading = first_response_30min(department(), after(31))
    assert (reading.numerator, reading.denominator) == (0, 1)
    assert first_response_30min(clerk(OTHER_COUNTY), after(31)).value is None


def test_a_notice_reaches_every_county_with_its_tasks():
    notice = a_notice(tasks=3)
    assert NoticeTask.objects.filter(notice=notice).count() == 30
    (line,) = notices(clerk(), after(1))
    assert (line.tasks, line.done, line.receipts, line.counties, line.mine_received) == (3, 0, 0, 1, False)
    assert notices(department(), after(1))[0].counties == 10


def test_a_county_receives_once_and_for_itself_alone():
    notice = a_notice()
    first = receive_notice(actor=clerk(), notice_id=notice.pk, at=after(5))
    assert receive_notice(actor=clerk(), notice_id=notice.pk, at=after(9)).pk == first.pk
    assert notices(clerk(), after(10))[0].mine_received and not notices(clerk(OTHER_COUNTY), after(10))[0].mine_received
    assert notices(department(), after(10))[0].receipts == 1
    refused("role_may_not", receive_notice, actor=department(), notice_id=notice.pk, at=after(5))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "notice_empty"),
        ({"tasks": []}, "notice_empty"),
        ({"tasks": [TaskIn("", TODAY)]}, "notice_empty"),
        ({"until": TODAY - timedelta(days=1)}, "notice_dates"),
        ({"tasks": [TaskIn("t", date(2020, 6, 1))]}, "notice_dates"),
        ({"tasks": [TaskIn("t", date(2020, 3, 20))]}, "notice_dates"),
    ],
)
def test_a_notice_asks_something_within_its_time(fields, code):
    usual = {"title": "n", "until": date(2020, 5, 31), "tasks": [TaskIn("t", TODAY)], "at": MORNING}
    refused(code, issue_notice, actor=department(), **(usual | fields))
    assert not FireNotice.objects.exists()


def test_a_task_is_done_once_with_evidence_by_its_own_county():
    a_notice(tasks=1)
    task = NoticeTask.objects.get(place=COUNTY)
    refused("no_evidence", do_task, actor=clerk(), task_id=task.pk, evidence=" ", at=after(5))
    with pytest.raises(Http404):
        do_task(actor=clerk(OTHER_COUNTY), task_id=task.pk, evidence="x", at=after(5))
    done = do_task(actor=clerk(), task_id=task.pk, evidence="46 checkpoints manned", at=after(5))
    assert done.done_at == after(5) and done.done_by_id == clerk().user_id
    refused("task_done", do_task, actor=clerk(), task_id=task.pk, evidence="again", at=after(6))


def test_tasks_count_once_their_day_is_over():
    a_notice(tasks=1)
    task = NoticeTask.objects.get(place=COUNTY)
    do_task(actor=clerk(), task_id=task.pk, evidence="done", at=after(5))
    assert notice_tasks_done(department(), after(10)).value is None
    reading = notice_tasks_done(department(), after(0, days=1))
    assert (reading.numerator, reading.denominator, reading.value) == (1, 10, 10.0)
    assert notice_tasks_done(clerk(), after(0, days=1)).value == 100
    assert notices(department(), after(0, days=1))[0].late == 9


@pytest.mark.parametrize("changes", [{"evidence": "x"}, {"done_at": MORNING}])
def test_the_database_knows_no_task_done_without_evidence(changes):
    a_notice(tasks=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeTask.objects.update(**changes)


@pytest.mark.parametrize(
    ("model", "changes"),
    [(Fire, {"where": "x"}), (FireEntry, {"text": "x"}), (FireNotice, {"title": "x"}), (NoticeReceipt, {"place": "x"}),
     (NoticeTask, {"evidence": "other"})],
)  # fmt: skip
def test_what_was_reported_is_never_changed(model, changes):
    then(a_fire(), CREW, 10)
    notice = a_notice(tasks=1)
    receive_notice(actor=clerk(), notice_id=notice.pk, at=after(5))
    for task in NoticeTask.objects.all():
        do_task(actor=department(), task_id=task.pk, evidence="x", at=after(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**changes)


def test_the_database_refuses_a_second_crew_and_a_foretold_fact():
    fire = a_fire()
    then(fire, CREW, 10)
    for wrong in ({"kind": "crew", "happened_at": after(11)}, {"kind": "fact", "happened_at": after(99)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FireEntry.objects.create(fire=fire, entered_at=after(20), **wrong)
