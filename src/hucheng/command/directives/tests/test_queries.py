"""Directives in force: what repeats counts once, the worst first, each reader by its own place."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hucheng.command.directives.actions import accept, assign, edit, merge, publish, reject, split
from hucheng.command.directives.models import Directive
from hucheng.command.directives.queries import (
    clause_of,
    directives_of,
    meeting_day,
    published_by_theme,
    suggestion_for,
    tasks_to_read,
)
from hucheng.command.directives.units import choices, county_units, shown, support_choices
from hucheng.command.measures.standing import Standing
from hucheng.command.meetings.actions import receive_minutes
from hucheng.command.meetings.models import Meeting
from hucheng.command.testing import DAY, MINUTES, a_body, a_meeting, a_published_meeting, given, the_directive
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading
from hucheng.core.places.queries import organisations
from hucheng.core.terms import Role, Theme
from hucheng.core.testing import CITY, COUNTY, MORNING, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
REASON = {"measure": "", "no_measure": "以文件为准"}


def again(number, **fields):
    """A later meeting that demands the houses once more."""
    office, at = an_actor(Role.COMMAND_OFFICE), after(days=1)
    text = MINUTES.replace("四十二", number)
    meeting = receive_minutes(actor=office, name="m.txt", data=text.encode(), article_date=DAY, at=at)
    one = the_directive(meeting, "征用")
    assign(actor=office, directive_id=one.pk, given=given(due=after(days=9), **fields), at=at)
    publish(actor=office, meeting_id=meeting.pk, at=at)
    return one


def in_force(actor, at, known=None):
    return [line for _theme, lines in published_by_theme(actor, at, known) for line in lines]


def test_work_demanded_again_counts_once_as_it_was_last_said(office):
    first = a_published_meeting(clause=15)["directive_id"]
    second = again("四十三", clause=15)
    found = {line.directive.pk for line in in_force(office, after(days=2))}
    assert second.pk in found and first not in found
    third = again("四十四", clause=16)
    assert {second.pk, third.pk} <= {line.directive.pk for line in in_force(office, after(days=2))}


def test_demands_that_are_likened_to_no_line_each_count(office):
    first = a_published_meeting(clause=None)["directive_id"]
    second = again("四十三", clause=None)
    assert {first, second.pk} <= {line.directive.pk for line in in_force(office, after(days=2))}


def test_every_theme_is_named_in_its_order_and_an_empty_one_holds_nothing(office):
    assert published_by_theme(office, after(1)) == [(theme, []) for theme in Theme]
    a_published_meeting()
    themes = [theme for theme, _lines in published_by_theme(office, after(30))]
    assert themes == list(Theme)


def test_in_a_theme_those_without_an_owner_come_first_then_the_worst(office):
    meeting = a_meeting()
    terms = {"专门机构": given(**REASON, due=after(100)), "征用": given(**REASON, due=after(days=9)), "高风险": None}
    for words, each in terms.items():
        one = the_directive(meeting, words)
        edit(actor=office, directive_id=one.pk, text=one.text, kind="action", theme=Theme.GENERAL, at=after(2))
        if each:
            assign(actor=office, directive_id=one.pk, given=each, at=after(3))
        else:
            accept(actor=office, directive_id=one.pk, at=after(3))
    publish(actor=office, meeting_id=meeting.pk, at=after(5))
    lines = dict(published_by_theme(office, after(200)))[Theme.GENERAL]
    assert [line.standing for line in lines] == [None, Standing.BEHIND, Standing.RUNNING]


def test_what_waits_was_set_aside_or_is_a_heading_is_not_in_force(office):
    meeting = a_meeting()
    heading, demand, aside = (the_directive(meeting, words) for words in ("专门机构", "征用", "高风险"))
    edit(actor=office, directive_id=heading.pk, text=heading.text, kind="heading", theme=heading.theme, at=after(2))
    for one in (heading, demand):
        accept(actor=office, directive_id=one.pk, at=after(3))
    reject(actor=office, directive_id=aside.pk, at=after(3))
    publish(actor=office, meeting_id=meeting.pk, at=after(5))
    assert [line.directive.pk for line in in_force(office, after(10))] == [demand.pk]


def test_the_target_is_the_task_s_own_else_the_city_s_and_none_without_a_measure(office):
    found = {}
    for number, fields in (("四十三", {"target": 0}), ("四十四", {}), ("四十五", REASON)):
        one = again(number, clause=None, **fields)
        found[number] = next(line.target for line in in_force(office, after(days=2)) if line.directive.pk == one.pk)
    assert found == {"四十三": 0, "四十四": 100, "四十五": None}


def test_a_reading_taken_already_is_used_for_the_city_and_not_for_a_county(office):
    a_published_meeting(supports=["C-*-LG"])
    a_body("C-XD-LG", required=after(25))
    known = {("command.tasks.bodies_set_up", CITY): Reading(100.0, after(30))}
    (line,) = [line for line in in_force(office, after(30), known) if line.line]
    assert line.standing == Standing.MET
    (line,) = in_force(an_actor(Role.COUNTY, COUNTY), after(30), known)
    assert line.standing == Standing.RUNNING and line.line.task.place == COUNTY


def test_the_lead_s_task_comes_first_and_a_county_reads_its_own_alone(office):
    known = a_published_meeting(supports=["C-*-LG", "C-*-EDU"])
    one = Directive.objects.get(pk=known["directive_id"])
    everything = list(tasks_to_read(office, one))
    assert len(everything) == 21 and everything[0].parent_id is None
    assert {task.place for task in tasks_to_read(an_actor(Role.COUNTY, COUNTY), one)} == {COUNTY}


def test_the_list_asks_the_same_however_many_are_in_force(office):
    a_published_meeting(clause=1)
    with CaptureQueriesContext(connection) as few:
        in_force(office, after(days=2))
    for turn, number in enumerate(("四十三", "四十四", "四十五", "四十六"), start=2):
        again(number, clause=turn, supports=["C-*-LG"])
    with CaptureQueriesContext(connection) as many:
        assert len(in_force(office, after(days=2))) >= 6
    assert len(few) == len(many)


def test_a_meeting_s_directives_stand_in_the_order_of_the_text_without_those_split_or_merged(office):
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    parts = split(actor=office, directive_id=one.pk, texts=[one.text[:3], one.text[3:]], at=after(3))
    rest = [row for row in directives_of(meeting) if row.pk not in {part.pk for part in parts}]
    merge(actor=office, directive_id=rest[-1].pk, other_id=rest[0].pk, at=after(4))
    found = directives_of(meeting)
    assert one.pk not in {row.pk for row in found} and rest[0].pk not in {row.pk for row in found}
    assert [(row.number, row.part) for row in found] == sorted((row.number, row.part) for row in found)


@pytest.mark.parametrize(
    ("held_on", "received_at", "day"),
    [
        (date(2020, 3, 20), MORNING, date(2020, 3, 20)),
        (None, MORNING, date(2020, 3, 21)),
        (None, datetime(2020, 3, 21, 23, 30, tzinfo=SHANGHAI), date(2020, 3, 21)),
        (None, MORNING + timedelta(hours=16), date(2020, 3, 22)),
    ],
)
def test_the_day_of_a_meeting_is_the_one_it_names_else_the_day_in_the_city_when_it_came(held_on, received_at, day):
    assert meeting_day(Meeting(held_on=held_on, received_at=received_at)) == day


def test_a_directive_is_likened_to_a_line_of_the_catalogue_or_to_none(office):
    one = the_directive(a_meeting(), "征用")
    assert clause_of(one) == suggestion_for(one).owner.clause == 15
    edit(actor=office, directive_id=one.pk, text="请假须报告", kind="action", theme=Theme.GENERAL, at=after(3))
    one.refresh_from_db()
    assert clause_of(one) is None


@pytest.mark.parametrize(
    ("codes", "count"),
    [([], 0), (["TY-FIN", "C-XD-LG"], 0), (["C-*-LG"], 10), (["C-*-LG", "C-*-LG"], 10), (["C-*-EDU", "C-*-LG"], 20)],
)
def test_a_pattern_stands_for_that_body_of_each_county_once(codes, count):
    found = [unit.code for unit in county_units(codes)]
    assert len(found) == len(set(found)) == count and found == sorted(found)


def test_bodies_are_offered_by_name_those_of_the_counties_by_pattern_alone():
    known = organisations()
    leads, supports = dict(choices(known)), dict(support_choices(known))
    assert not [code for code in leads if code.startswith("C-")] and "TF-HOTEL" in leads
    assert {code for code in supports if code.startswith("C-")} == {
        f"C-*-{tail}" for tail in ("LG", "HC", "EDU", "ECO", "EMB", "JUS", "COMM")
    }


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Finance Bureau", "county education bureaus", "C-*-NEW", "GONE"]),
        ("zh-hans", ["市财政局", "各县（市、区）教育局", "C-*-NEW", "GONE"]),
    ],
)
def test_codes_are_shown_as_names_and_unknown_ones_as_they_are(language, names):
    with translation.override(language):
        found = shown(["TY-FIN", "C-*-EDU", "C-*-NEW", "GONE"], organisations())
    assert found == names
