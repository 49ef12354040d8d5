"""A published directive gives tasks: to its lead, to the counties that support it; a second assignment moves them."""

import pytest
from django.db import IntegrityError, transaction

from hucheng.command.directives.actions import accept, assign, edit, publish
from hucheng.command.directives.models import Directive
from hucheng.command.directives.queries import published_by_theme
from hucheng.command.tasks.actions import close_task
from hucheng.command.tasks.give import give_tasks
from hucheng.command.tasks.models import Task
from hucheng.command.testing import a_meeting, a_published_meeting, a_task, given, the_directive
from hucheng.core.places.queries import counties_of
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
REASON = {"measure": "", "no_measure": "document follows"}


def given_again(task, at=None, **fields):
    office = an_actor(Role.COMMAND_OFFICE)
    assign(actor=office, directive_id=task.directive_id, given=given(**fields), at=at or after(60))
    task.refresh_from_db()
    return task


def terms(task):
    return task.text, task.due, task.measure, task.target, task.no_measure


def test_the_lead_s_task_says_what_the_directive_says():
    task = a_task(target=80)
    one = task.directive
    assert terms(task) == terms(one) and task.target == 80
    assert (task.unit_id, task.place, task.given_at, task.parent_id) == ("TF-HOTEL", CITY, after(20), None)


def test_a_pattern_gives_one_task_to_that_body_of_every_county():
    lead = a_task(supports=["C-*-LG", "C-*-EDU"])
    counties = {place.code for place in counties_of(CITY)}
    held = {(task.unit_id.rsplit("-", 1)[1], task.place) for task in lead.parts.all()}
    assert held == {(tail, code) for tail in ("LG", "EDU") for code in counties} and len(counties) == 10
    assert {terms(task) for task in lead.parts.all()} == {terms(lead)}


@pytest.mark.parametrize("supports", [["TY-FIN"], ["C-XD-LG"], ["TY-FIN", "TY-HC"], []])
def test_bodies_named_one_by_one_support_without_a_task_of_their_own(supports):
    lead = a_task(supports=supports)
    assert lead.directive.supports == supports and not lead.parts.exists()


def test_a_pattern_named_twice_gives_its_tasks_once():
    assert a_task(supports=["C-*-LG", "C-*-LG"]).parts.count() == 10


@pytest.mark.parametrize("kind", [Directive.Kind.HEADING, Directive.Kind.STANCE])
def test_headings_and_stances_give_no_task(office, kind):
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    edit(actor=office, directive_id=one.pk, text=one.text, kind=kind, theme=one.theme, at=after(5))
    assign(actor=office, directive_id=one.pk, given=given(), at=after(10))
    publish(actor=office, meeting_id=meeting.pk, at=after(20))
    assert not Task.objects.exists()


def test_a_directive_without_a_lead_gives_no_task_until_it_has_one(office):
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    accept(actor=office, directive_id=one.pk, at=after(5))
    publish(actor=office, meeting_id=meeting.pk, at=after(20))
    one.refresh_from_db()
    assert give_tasks(one, after(21)) is None and not Task.objects.exists()
    assign(actor=office, directive_id=one.pk, given=given(), at=after(30))
    task = Task.objects.get()
    assert (task.directive_id, task.given_at) == (one.pk, after(30))


def test_an_assignment_before_publishing_gives_no_task_yet(office):
    one = the_directive(a_meeting(), "征用")
    assign(actor=office, directive_id=one.pk, given=given(), at=after(10))
    assert not Task.objects.exists()


def test_giving_again_changes_nothing(office):
    task = a_task(supports=["C-*-LG"])
    before = sorted(Task.objects.values_list("pk", "unit", "given_at"))
    assert give_tasks(task.directive, after(500)).pk == task.pk
    assert sorted(Task.objects.values_list("pk", "unit", "given_at")) == before


def test_a_second_assignment_moves_the_lead_s_task_and_keeps_when_it_was_given():
    task = a_task()
    moved = given_again(task, lead="C-XD-LG", due=after(days=4), **REASON)
    assert (moved.unit_id, moved.place, moved.due, moved.measure) == ("C-XD-LG", COUNTY, after(days=4), "")
    assert moved.given_at == after(20) and Task.objects.count() == 1


def test_a_second_assignment_after_the_lead_closed_gives_a_new_task_and_leaves_the_closed_one_as_it_was(office):
    closed = a_task(**REASON, supports=["C-*-LG"])
    part = closed.parts.get(place=COUNTY)
    for task in (closed, part):
        close_task(actor=office, task_id=task.pk, evidence="1号文", at=after(30))
    before = Task.objects.filter(pk=closed.pk).values().get()
    given_again(closed, lead="C-XD-LG", due=after(days=9), supports=["C-*-LG"])
    assert Task.objects.filter(pk=closed.pk).values().get() == before
    new = Task.objects.get(parent=None, closed_at=None)
    assert (new.unit_id, new.due, new.given_at) == ("C-XD-LG", after(days=9), after(60))
    assert new.parts.count() == 9 and list(closed.parts.all()) == [part]
    told = [one.line.task for _theme, lines in published_by_theme(office, after(61)) for one in lines if one.line]
    assert told == [new]


def test_open_tasks_of_counties_follow_and_closed_ones_stay_as_they_were_closed(office):
    lead = a_task(**REASON, supports=["C-*-LG"])
    done = lead.parts.get(place=COUNTY)
    close_task(actor=office, task_id=done.pk, evidence="1号文", at=after(30))
    given_again(lead, due=after(days=9), supports=["C-*-LG"])
    done.refresh_from_db()
    assert (done.due, done.measure, done.evidence) == (after(days=2), "", "1号文")
    others = lead.parts.filter(closed_at=None)
    assert others.count() == 9 and {terms(task) for task in others} == {terms(lead)}


def test_a_county_that_joins_later_gets_its_task_then():
    lead = a_task(supports=["C-*-LG"])
    given_again(lead, at=after(90), supports=["C-*-LG", "C-*-EMB"])
    when = {task.unit_id.rsplit("-", 1)[1]: task.given_at for task in lead.parts.all()}
    assert lead.parts.count() == 20 and when == {"LG": after(20), "EMB": after(90)}


def test_the_database_gives_a_directive_one_lead_s_task_and_a_unit_one_part():
    lead = a_task(supports=["C-*-LG"])
    twin = {"directive": lead.directive, "place": CITY, "text": "x", "given_at": after(0), "due": after(1), **REASON}
    for more in ({"unit_id": "TY-HQ"}, {"unit_id": "C-XD-LG", "parent": lead}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.create(**twin, **more)


def test_every_published_meeting_s_tasks_hang_on_published_directives():
    known = a_published_meeting(supports=["C-*-LG"])
    states = Task.objects.values_list("directive__state", "directive__meeting_id").distinct()
    assert list(states) == [("published", known["meeting_id"])]
