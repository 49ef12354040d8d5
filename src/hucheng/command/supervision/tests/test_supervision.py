"""One reminder a day, notes with a clock, the roster."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.command.duty.actions import ShiftIn, fill_roster, hand_over, swap
from hucheng.command.duty.models import Shift, ShiftChange
from hucheng.command.duty.queries import leader_today, roster
from hucheng.command.supervision.actions import answer_note, remind, send_note
from hucheng.command.supervision.models import Reminder
from hucheng.command.supervision.queries import supervision_of
from hucheng.command.testing import a_published_meeting, opened, refused, signed_in
from hucheng.core.jobs.models import DailyRun
from hucheng.core.measures import read
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
TODAY = MORNING.date()


def days(count, first=0):
    return [ShiftIn(TODAY + timedelta(days=n), f"L{n % 10:02}", f"D{n % 10:02}") for n in range(first, first + count)]


def test_a_unit_is_reminded_once_a_day(office):
    a_published_meeting()
    assert [remind(actor=SYSTEM, at=after(minutes)) for minutes in (60, 120)] == [1, 0]
    assert remind(actor=SYSTEM, at=after(60, days=1)) == 1
    assert Reminder.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.update(standing=4)


def test_late_tasks_stand_with_their_unit(office):
    a_published_meeting(measure="", no_measure="document follows", due=after(days=1))
    supervision = supervision_of(office, after(days=2))
    assert supervision.late == 1 and supervision.units[0].unit.code == "TF-HOTEL"


def test_a_note_has_a_clock_and_one_answer(office):
    county = an_actor(Role.COUNTY, COUNTY)
    first = send_note(actor=office, unit="C-XD-LG", about="两人去向不明", at=after(0))
    second = send_note(actor=office, unit="C-XD-LG", about="名单", at=after(0))
    answer_note(actor=county, note_id=first.pk, answer="已找到", at=after(60))
    refused("answered", answer_note, actor=county, note_id=first.pk, answer="again", at=after(70))
    refused("answer_empty", answer_note, actor=county, note_id=second.pk, answer=" ", at=after(70))
    refused("unit_unknown", send_note, actor=office, unit="NOBODY", about="x", at=after(0))
    with pytest.raises(Http404):
        answer_note(actor=an_actor(Role.COUNTY, "140123"), note_id=second.pk, answer="x", at=after(80))
    assert read("command.supervision.notes_answered_24h", office, after(days=2)).value == 50


def test_the_roster_is_filled_swapped_and_handed_over(office):
    fill_roster(actor=office, shifts=days(13), at=after(0))
    assert read("command.duty.roster_filled_14d", office, after(1)).numerator == 13
    assert [day.shift is None for day in roster(office, after(1))].count(True) == 1
    swap(actor=office, first=TODAY, second=TODAY + timedelta(days=1), why="away", at=after(2))
    assert leader_today(office, after(3)).leader == "L01"
    assert ShiftChange.objects.filter(why="away").count() == 2
    hand_over(actor=office, day=TODAY, note="两架航班在途", at=after(600))
    assert read("command.duty.days_without_handover", office, after(days=2)).value == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.update(leader="")


def test_what_the_roster_refuses(office):
    past = TODAY - timedelta(days=1)
    refused("day_over", fill_roster, actor=office, shifts=[ShiftIn(past, "L")], at=after(0))
    refused("day_twice", fill_roster, actor=office, shifts=days(1) + days(1), at=after(0))
    refused("no_leader", fill_roster, actor=office, shifts=[ShiftIn(TODAY, " ")], at=after(0))
    fill_roster(actor=office, shifts=days(2), at=after(0))
    refused("cannot_swap", swap, actor=office, first=TODAY, second=TODAY, why="", at=after(1))
    refused("day_to_come", hand_over, actor=office, day=TODAY + timedelta(days=1), note="x", at=after(1))
    refused("note_empty", hand_over, actor=office, day=TODAY, note=" ", at=after(1))


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ["Daily work failed today.", "tried again at"]), ("zh-hans", ["今日有每日任务失败。", "重试"])],
)
def test_daily_work_that_failed_is_told_to_the_office_and_not_to_a_county(client, language, told):
    run = {"name": "command.supervision.remind", "failure": "OSError, actions.py:12 remind"}
    DailyRun.objects.create(day=TODAY, ran_at=after(30), again_at=after(31), **run)
    text = opened(signed_in(client, language=language), "supervision", at=after(30)).content.decode()
    assert all(words in text for words in (*told, *run.values()))
    county = opened(signed_in(client, Role.COUNTY, COUNTY), "supervision", at=after(30)).content.decode()
    assert run["failure"] not in county
    assert run["failure"] not in opened(signed_in(client), "supervision", at=after(days=1)).content.decode()
