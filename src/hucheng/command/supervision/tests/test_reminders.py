"""One reminder a task and day, told apart at midnight in the city; only what needs a hand is reminded of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hucheng.command.measures.standing import Standing
from hucheng.command.supervision.actions import remind
from hucheng.command.supervision.daily import remind_units
from hucheng.command.supervision.models import Reminder
from hucheng.command.supervision.queries import open_lines, supervision_of
from hucheng.command.tasks.actions import close_task
from hucheng.command.tasks.models import Task
from hucheng.command.testing import a_body, a_task, anybody, refused
from hucheng.core.audit.models import AuditLine
from hucheng.core.jobs.jobs import DAILY
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
REASON = {"measure": "", "no_measure": "document follows"}


def reminded(at, actor=SYSTEM):
    return remind(actor=actor, at=at)


@pytest.mark.parametrize(
    ("times", "made"),
    [
        ([(21, 15, 59), (21, 16, 0)], [1, 1]),
        ([(21, 16, 0), (22, 15, 59)], [1, 0]),
        ([(21, 0, 30), (21, 15, 59), (22, 0, 30)], [1, 0, 1]),
    ],
)
def test_a_new_day_begins_at_midnight_in_the_city(times, made):
    a_task()
    assert [reminded(datetime(2020, 3, *time, tzinfo=UTC)) for time in times] == made
    assert Reminder.objects.values("task", "day").distinct().count() == sum(made)


def test_a_reminder_says_of_which_day_it_is_and_how_the_task_stood():
    task = a_task(**REASON)
    reminded(datetime(2020, 3, 23, 16, 30, tzinfo=UTC))
    row = Reminder.objects.get()
    assert (row.task_id, row.day, row.standing) == (task.pk, date(2020, 3, 24), Standing.BEHIND)


@pytest.mark.parametrize(
    ("minutes", "made"), [(60, 0), (20 + 0.8 * 2860 - 1, 0), (20 + 0.8 * 2860, 1), (2880, 1), (2881, 1)]
)
def test_a_task_without_a_measure_is_reminded_of_in_the_last_fifth_of_its_time(minutes, made):
    a_task(**REASON)
    assert reminded(after(minutes)) == made


def test_a_blind_task_is_reminded_of_at_once_and_a_met_one_never():
    a_task()
    assert reminded(after(30)) == 1
    a_body(stands=after(40))
    assert reminded(after(days=9)) == 0


def test_a_closed_task_is_reminded_of_no_more(office):
    task = a_task(**REASON)
    assert reminded(after(days=3)) == 1
    close_task(actor=office, task_id=task.pk, evidence="1号文", at=after(10, days=3))
    assert reminded(after(days=4)) == 0 and Reminder.objects.count() == 1


def test_each_county_is_reminded_of_its_own_task_and_the_lead_of_its_own():
    a_task(supports=["C-*-LG"])
    assert reminded(after(30)) == 11
    places = set(Reminder.objects.values_list("task__place", flat=True))
    assert len(places) == 11 and {CITY, COUNTY, OTHER_COUNTY} <= places


def test_the_office_of_a_county_reminds_there_alone_and_the_rest_follow():
    a_task(supports=["C-*-LG"])
    assert reminded(after(30), an_actor(Role.COMMAND_OFFICE, COUNTY)) == 1
    assert reminded(after(40)) == 10


@pytest.mark.parametrize("role", [role for role in Role if role not in ("command_office", "system")])
def test_nobody_else_reminds(role):
    a_task()
    refused("role_may_not", remind, actor=anybody(role), at=after(30))
    assert not Reminder.objects.exists()


def test_the_house_reminds_every_morning_at_half_past_eight_and_leaves_its_line():
    a_task()
    one = DAILY["command.supervision.remind"]
    assert (one.at.hour, one.at.minute) == (8, 30)
    remind_units(at=after(30))
    assert Reminder.objects.count() == 1
    assert AuditLine.objects.get(act="command.supervision.remind").user_id is None


def test_the_database_holds_one_reminder_a_task_and_day_and_lets_none_change():
    task = a_task()
    reminded(after(30))
    day = Reminder.objects.get().day
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(task=task, day=day, at=after(40), standing=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.update(day=day + timedelta(days=1))


def test_the_list_of_open_tasks_says_how_often_each_was_reminded_of(office):
    a_task(supports=["C-*-LG"])
    for day in range(3):
        reminded(after(30, days=day))
    assert {line.task.reminded for line in open_lines(office, after(days=3))} == {3}


def test_open_tasks_are_counted_by_how_they_stand_and_grouped_by_unit_worst_first(office):
    lead = a_task(supports=["C-*-LG"])
    a_body("C-XD-LG", stands=after(25))
    a_body("C-LF-LG", required=after(25))
    at = after(days=3)
    found = supervision_of(office, at)
    lines = open_lines(office, at)
    assert sum(found.counts.values()) == len(lines) == 11
    assert found.counts[Standing.MET] == 1 and found.late == found.counts[Standing.BEHIND] == 2
    assert found.counts[Standing.BLIND] == 8
    listed = [line for unit in found.units for line in unit.lines]
    assert len(listed) == 10 and all(line.standing.needs_a_hand for line in listed)
    assert [unit.lines[0].standing for unit in found.units] == sorted(unit.lines[0].standing for unit in found.units)
    assert all(line.task.unit_id == unit.unit.code for unit in found.units for line in unit.lines)
    assert {unit.unit.code for unit in found.units[:2]} == {lead.unit_id, "C-LF-LG"}


def test_a_county_supervises_its_own_tasks_and_another_city_none():
    a_task(supports=["C-*-LG"])
    own = supervision_of(an_actor(Role.COUNTY, COUNTY), after(30))
    assert [unit.unit.code for unit in own.units] == ["C-XD-LG"] and sum(own.counts.values()) == 1
    assert supervision_of(an_actor(Role.COUNTY, "110000"), after(30)).units == []


def test_reminding_asks_the_same_of_the_database_for_tasks_of_one_place(office):
    lead = a_task(supports=["C-*-LG", "C-*-EDU", "C-*-HC"])
    Task.objects.filter(parent=lead).update(place=CITY)
    counts = []
    for day, closed in enumerate((25, 0)):
        keep = Task.objects.filter(parent=lead)[:closed]
        Task.objects.filter(pk__in=[task.pk for task in keep]).update(closed_at=after(25), evidence="x")
        with CaptureQueriesContext(connection) as asked:
            reminded(after(30, days=day))
        counts.append(len(asked))
        Task.objects.update(closed_at=None)
    assert counts[0] == counts[1]
