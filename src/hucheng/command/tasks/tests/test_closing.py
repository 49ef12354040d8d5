"""Closing tasks with evidence, and the bodies that must stand."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.command.tasks.actions import close_task, require_bodies, set_up_body
from hucheng.command.tasks.models import Body, Task
from hucheng.command.tasks.queries import bodies_seen_by, closed_lately
from hucheng.command.testing import a_body, a_published_meeting, a_task, anybody, refused
from hucheng.core.audit.models import AuditLine
from hucheng.core.places.models import Organisation
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
REASON = {"measure": "", "no_measure": "document follows"}
NOT_DOERS = [role for role in Role if role not in ("command_office", "department", "county", "system")]
NOT_OFFICE = [role for role in Role if role not in ("command_office", "system")]
STANDS = {"charter": "1号文", "head": "江叙白", "members": 9}


def close(task, actor=None, evidence="1号文", at=None):
    return close_task(
        actor=actor or an_actor(Role.COMMAND_OFFICE), task_id=task.pk, evidence=evidence, at=at or after(60)
    )


@pytest.mark.parametrize("role", [Role.COMMAND_OFFICE, Role.DEPARTMENT])
def test_who_closed_when_with_what_stays_with_the_task(role):
    actor = an_actor(role)
    closed = close(a_task(**REASON), actor, evidence="  1号文,第3页\n")
    closed.refresh_from_db()
    assert (closed.closed_at, closed.closed_by_id, closed.evidence) == (after(60), actor.user_id, "1号文,第3页")


def test_a_closing_leaves_its_line_without_the_words_of_the_evidence(office):
    task = close(a_task(**REASON), evidence="王某某的证明")
    line = AuditLine.objects.get(act="command.tasks.close_task")
    assert (line.user_id, line.refused, line.detail) == (
        office.user_id, "", {"task_id": str(task.pk), "gave": str(task.pk), "at": str(after(60))},
    )  # fmt: skip


@pytest.mark.parametrize("words", ["", " ", "\n\t ", "\u3000"])
def test_evidence_in_blanks_closes_nothing_and_the_refusal_is_on_record(words):
    task = a_task(**REASON)
    refused("evidence_missing", close, task=task, evidence=words)
    assert not Task.objects.exclude(closed_at=None).exists()
    assert AuditLine.objects.get(act="command.tasks.close_task").refused == "evidence_missing"


@pytest.mark.parametrize("role", NOT_DOERS)
def test_no_other_role_closes_a_task(role):
    task = a_task(**REASON)
    refused("role_may_not", close, task=task, actor=anybody(role))
    task.refresh_from_db()
    assert task.closed_at is None and task.evidence == ""


def test_a_task_is_closed_once(office):
    task = a_task(**REASON)
    close(task)
    with pytest.raises(Http404):
        close(task, evidence="another", at=after(70))
    task.refresh_from_db()
    assert task.evidence == "1号文" and task.closed_at == after(60)


@pytest.mark.parametrize(("place", "mine"), [(COUNTY, True), (OTHER_COUNTY, False), ("110000", False)])
def test_a_county_closes_its_own_task_alone(place, mine):
    lead = a_task(**REASON, supports=["C-*-LG"])
    part = lead.parts.get(place=COUNTY)
    for task, may in ((part, mine), (lead, False)):
        if may:
            assert close(task, an_actor(Role.COUNTY, place)).closed_at
        else:
            with pytest.raises(Http404):
                close(task, an_actor(Role.COUNTY, place))
    assert Task.objects.exclude(closed_at=None).count() == mine


def test_evidence_does_not_stand_in_for_a_measure_that_is_missed_or_blind():
    task = a_task()
    refused("measure_not_met", close, task=task)
    a_body(required=after(30))
    refused("measure_not_met", close, task=task)
    assert AuditLine.objects.filter(refused="measure_not_met").count() == 2
    assert not Task.objects.exclude(closed_at=None).exists()


def test_a_target_of_its_own_is_what_must_be_met():
    task = a_task(target=50)
    a_body("TF-HOTEL", stands=after(30))
    a_body("TF-MED", required=after(31))
    a_body("TF-INFO", required=after(32))
    refused("measure_not_met", close, task=task)
    Body.objects.filter(unit="TF-INFO").delete()
    assert close(task).closed_at


def test_a_task_may_be_closed_after_its_deadline_and_counts_as_late():
    task = a_task(**REASON)
    closed = close(task, at=after(days=9))
    assert closed.closed_at > closed.due


def test_the_database_holds_no_closed_task_without_evidence_and_none_without_measure_or_reason():
    task = a_task()
    for change in ({"closed_at": after(60)}, {"measure": "", "no_measure": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(**change)


def test_closed_tasks_are_listed_newest_first_and_only_those_in_sight(office):
    lead = a_task(**REASON, supports=["C-*-LG"])
    for minutes, place in enumerate((OTHER_COUNTY, COUNTY), start=60):
        close(lead.parts.get(place=place), an_actor(Role.COUNTY, place), at=after(minutes))
    close(lead, at=after(50))
    assert [task.place for task in closed_lately(office)] == [COUNTY, OTHER_COUNTY, CITY]
    assert [task.place for task in closed_lately(an_actor(Role.COUNTY, COUNTY))] == [COUNTY]
    assert closed_lately(an_actor(Role.COUNTY, "140106")) == []


def test_thirty_closed_tasks_are_listed_at_most(office):
    known = a_published_meeting(**REASON, supports=["C-*-LG", "C-*-EDU", "C-*-HC", "C-*-EMB"])
    open_tasks = Task.objects.filter(directive=known["directive_id"])
    for number, task in enumerate(open_tasks):
        close(task, at=after(60 + number))
    found = closed_lately(office)
    assert len(found) == 30 and open_tasks.count() == 41
    assert found[0].closed_at == after(60 + 40) and found[-1].closed_at == after(60 + 11)


def test_a_body_that_is_required_twice_stays_as_it_was(office):
    first = a_body("TF-HOTEL", stands=after(10))
    (again,) = require_bodies(actor=office, units=["TF-HOTEL"], at=after(100))
    assert again.pk == first.pk and again.required_at == first.required_at and again.set_up_at == after(10)
    assert Body.objects.count() == 1


def test_a_body_stands_in_the_place_of_its_unit(office):
    made = require_bodies(actor=office, units=["C-XD-LG", "TF-MED"], at=after(1))
    assert [body.place for body in made] == [COUNTY, CITY]
    assert [body.unit_id for body in bodies_seen_by(an_actor(Role.COUNTY, COUNTY))] == ["C-XD-LG"]


@pytest.mark.parametrize("units", [["NOBODY"], ["TF-MED", "NOBODY"], ["C-*-LG"], [""]])
def test_a_list_with_an_unknown_body_requires_none_of_it(office, units):
    no = refused("unit_unknown", require_bodies, actor=office, units=units, at=after(1))
    assert units[-1] in str(no.why) and not Body.objects.exists()


@pytest.mark.parametrize("role", NOT_OFFICE)
def test_only_the_office_requires_bodies_and_says_that_they_stand(role):
    body = a_body()
    actor = anybody(role)
    refused("role_may_not", require_bodies, actor=actor, units=["TF-MED"], at=after(1))
    refused("role_may_not", set_up_body, actor=actor, body_id=body.pk, at=after(1), **STANDS)
    body.refresh_from_db()
    assert Body.objects.count() == 1 and body.set_up_at is None


@pytest.mark.parametrize("change", [{"charter": " "}, {"head": ""}, {"head": "\n"}, {"members": 0}, {"members": -1}])
def test_a_body_on_paper_only_does_not_stand(office, change):
    body = a_body()
    refused("body_incomplete", set_up_body, actor=office, body_id=body.pk, at=after(1), **(STANDS | change))
    body.refresh_from_db()
    assert body.set_up_at is None and body.charter == ""


def test_what_makes_a_body_stand_is_kept_without_blanks(office):
    body = a_body()
    set_up_body(
        actor=office, body_id=body.pk, charter=" 1号 ", head=" 江叙白\n", substitute=" 路知微 ", members=1, at=after(5)
    )
    body.refresh_from_db()
    found = (body.charter, body.head, body.substitute, body.members, body.set_up_at)
    assert found == ("1号", "江叙白", "路知微", 1, after(5))


def test_a_body_of_another_place_is_not_found():
    body = a_body()
    stranger = an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY)
    with pytest.raises(Http404):
        set_up_body(actor=stranger, body_id=body.pk, at=after(1), **STANDS)


def test_a_body_that_answers_to_nobody_does_not_stand_however_complete(office):
    body = a_body()
    Organisation.objects.filter(code="TF-HOTEL").update(parent=None)
    refused("no_reporting_line", set_up_body, actor=office, body_id=body.pk, at=after(1), **STANDS)


def test_the_database_holds_no_standing_body_without_charter_head_and_members():
    body = a_body(stands=after(5))
    for change in ({"charter": ""}, {"head": ""}, {"members": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Body.objects.filter(pk=body.pk).update(**change)


def test_bodies_that_do_not_stand_come_first(office):
    a_body("TF-CARE", stands=after(5))
    a_body("TF-SEC")
    a_body("TF-MED", stands=after(5))
    a_body("TF-HOTEL")
    assert [body.unit_id for body in bodies_seen_by(office)] == ["TF-HOTEL", "TF-SEC", "TF-CARE", "TF-MED"]
