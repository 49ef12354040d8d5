"""The pages of tasks and bodies: what each role sees and may do, what a form answers, what an export holds."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from openpyxl import load_workbook

from hucheng.command.directives.actions import assign, edit, publish
from hucheng.command.supervision.actions import remind
from hucheng.command.tasks.actions import close_task
from hucheng.command.tasks.models import Body, Task
from hucheng.command.testing import (
    a_body,
    a_meeting,
    a_published_meeting,
    a_task,
    anybody,
    given,
    listed,
    opened,
    sent,
    signed_in,
    the_directive,
)
from hucheng.core.accounts.models import User
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
REASON = {"measure": "", "no_measure": "document follows"}
READERS = {Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.COUNTY}
STANDS = {"charter": "1号文", "head": "江叙白", "substitute": "路知微", "members": 9}


def closed(task, minutes, evidence="1号文"):
    return close_task(actor=an_actor(Role.COMMAND_OFFICE), task_id=task.pk, evidence=evidence, at=after(minutes))


@pytest.mark.parametrize("role", [role for role in Role if role != "system"])
def test_tasks_open_to_those_who_hold_or_chase_them(client, role):
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    assert opened(client, "tasks").status_code == (200 if role in READERS else 404)
    office = role in (Role.COMMAND_OFFICE, Role.LEADING_GROUP)
    assert opened(client, "bodies").status_code == (200 if office else 404)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("41 tasks are open", "Task force quarantine houses", "Blind")),
        ("zh-hans", ("在办任务 41 项", "酒店保障专班", "无读数")),
    ],
)
def test_the_list_says_how_many_are_open_whose_they_are_and_how_they_stand(client, language, words):
    a_published_meeting(supports=["C-*-LG", "C-*-EDU", "C-*-HC", "C-*-EMB"])
    text = opened(signed_in(client, language=language), "tasks", at=after(40)).content.decode()
    assert all(word in text for word in words), [word for word in words if word not in text]


def test_no_task_is_said_in_words(client):
    text = opened(signed_in(client), "tasks").content.decode()
    assert "0 tasks are open" in text and "No open task" in text and "Closed with evidence" not in text


@pytest.mark.parametrize(("role", "may"), [("command_office", True), ("leading_group", False), ("department", True)])
def test_the_form_that_closes_stands_only_before_those_who_may(client, role, may):
    task = a_task(**REASON)
    text = opened(signed_in(client, Role(role)), "tasks", at=after(40)).content.decode()
    assert (reverse("command:close", args=[task.pk]) in text) == may


def test_the_form_that_closes_is_a_form_and_not_the_text_of_one(client):
    a_task(**REASON)
    page = opened(signed_in(client), "tasks", at=after(40)).content.decode()
    assert '<form class="row nowrap noprint"' in page and "&lt;form" not in page


def test_worst_tasks_come_first_and_earlier_deadlines_before_later_ones(client):
    meeting, office = a_meeting(), an_actor(Role.COMMAND_OFFICE)
    for words, due in (("专门机构", after(days=9)), ("征用", after(days=5)), ("高风险", after(100))):
        fields = given(due=due, **REASON)
        assign(actor=office, directive_id=the_directive(meeting, words).pk, given=fields, at=after(10))
    publish(actor=office, meeting_id=meeting.pk, at=after(20))
    rows = [line.task.text for line in opened(signed_in(client), "tasks", at=after(200)).context["table"].rows]
    order = [next(n for n, row in enumerate(rows) if word in row) for word in ("高风险", "征用", "专门机构")]
    assert order == sorted(order) == [0, 1, 2]


def test_a_form_closes_a_task_and_the_list_shows_its_evidence(client):
    task = a_task(**REASON)
    answer = sent(signed_in(client), "close", task.pk, at=after(60), evidence="市政府1号文")
    assert answer.status_code == 302 and answer.url == reverse("command:tasks")
    page = opened(client, "tasks", at=after(61))
    assert not page.context["table"].rows and "市政府1号文" in page.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("A task is closed with evidence", "Nothing was saved")),
        ("zh-hans", ("任务办结须有依据", "您的操作未保存任何内容")),
    ],
)
def test_a_refused_closing_says_why_and_shows_the_list_again(client, language, words):
    task = a_task(**REASON)
    page = sent(signed_in(client, language=language), "close", task.pk, at=after(60), evidence="  ")
    assert page.status_code == 422 and page.context["refusal"].code == "evidence_missing"
    text = page.content.decode()
    assert task.text in text and all(word in text for word in words)


def test_evidence_of_any_length_is_kept_to_two_thousand_signs(client):
    task = a_task(**REASON)
    assert sent(signed_in(client), "close", task.pk, at=after(60), evidence="证" * 9000).status_code == 302
    task.refresh_from_db()
    assert task.evidence == "证" * 2000


def test_another_county_finds_no_task_to_close(client):
    part = a_task(**REASON, supports=["C-*-LG"]).parts.get(place=COUNTY)
    client = signed_in(client, Role.COUNTY, OTHER_COUNTY)
    assert sent(client, "close", part.pk, at=after(60), evidence="x").status_code == 404
    assert not Task.objects.exclude(closed_at=None).exists()


def test_an_export_of_open_tasks_says_deadline_and_state_in_the_city_s_time(client):
    task = a_task(**REASON)
    remind(actor=SYSTEM, at=after(days=3))
    heads, *rows = listed(signed_in(client), "tasks", "open", at=after(days=3))
    assert heads == ["Task", "Unit", "Deadline", "State"] and len(rows) == 1
    assert rows[0] == [
        task.text, "Task force quarantine houses", "2020-03-23 08:00", "Behind reminded once",
    ]  # fmt: skip


def test_an_export_of_closed_tasks_holds_their_evidence_and_no_formula(client):
    closed(a_task(**REASON), 60, '=HYPERLINK("http://x","1号文")')
    heads, row = listed(signed_in(client), "tasks", "closed", at=after(70))
    assert heads == ["Task", "Closed at", "Unit", "Evidence"]
    assert row[1] == "2020-03-21 09:00" and "1号文" in row[3] and not row[3].startswith("=")


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_a_workbook_is_a_formula(client, start):
    meeting, office = a_meeting(), an_actor(Role.COMMAND_OFFICE)
    one = the_directive(meeting, "征用")
    edit(actor=office, directive_id=one.pk, text=f"征{start}", kind=one.kind, theme=one.theme, at=after(5))
    assign(actor=office, directive_id=one.pk, given=given(**REASON), at=after(10))
    publish(actor=office, meeting_id=meeting.pk, at=after(20))
    Task.objects.update(text=start)
    book = opened(signed_in(client), "tasks", at=after(40), **{"as": "xlsx", "table": "open"})
    cells = [cell for row in load_workbook(io.BytesIO(book.content)).active.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    (row,) = listed(client, "tasks", "open", at=after(40))[1:]
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_that_the_page_does_not_have_is_not_found(client):
    assert opened(signed_in(client), "tasks", **{"as": "csv", "table": "bodies"}).status_code == 404


def test_the_list_asks_the_same_however_many_tasks_are_open_and_closed(client):
    lead = a_task(**REASON, supports=["C-*-LG", "C-*-EDU"])
    signed_in(client)
    counts = []
    for part in (None, *lead.parts.all()[:6]):
        if part:
            closed(part, 50)
        with CaptureQueriesContext(connection) as asked:
            opened(client, "tasks", at=after(60))
        counts.append(len(asked))
    assert len(set(counts[1:])) == 1 and counts[1] <= counts[0] + 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("1 of 2 bodies do not stand yet", "to set up")),
        ("zh-hans", ("应成立机构 2 个，尚有 1 个未成立", "待成立")),
    ],
)
def test_the_bodies_page_counts_those_that_do_not_stand(client, language, words):
    a_body("TF-HOTEL", stands=after(5))
    a_body("TF-MED")
    page = opened(signed_in(client, Role.LEADING_GROUP, language=language), "bodies", at=after(10))
    text = page.content.decode()
    assert all(word in text for word in (*words, "江叙白"))
    assert 'name="charter"' not in text and "It must stand" not in text


def test_the_office_requires_a_body_and_sets_it_up_by_form(client):
    assert sent(signed_in(client), "bodies", unit="TF-HOTEL").status_code == 302
    body = Body.objects.get()
    assert reverse("command:set_up_body", args=[body.pk]) in opened(client, "bodies").content.decode()
    assert sent(client, "set_up_body", body.pk, at=after(5), **STANDS).status_code == 302
    body.refresh_from_db()
    assert (body.head, body.members, body.set_up_at) == ("江叙白", 9, after(5))
    assert reverse("command:set_up_body", args=[body.pk]) not in opened(client, "bodies").content.decode()


def test_an_unknown_body_is_refused_on_the_page(client):
    page = sent(signed_in(client), "bodies", unit="NOBODY")
    assert page.status_code == 422 and page.context["refusal"].code == "unit_unknown"
    assert "NOBODY" in page.content.decode() and not Body.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"members": 6000}, "Members"),
        ({"members": ""}, "Members"),
        ({"head": " "}, "Head"),
        ({"charter": "文" * 121}, "Charter"),
    ],
)
def test_a_form_that_says_too_little_or_too_much_names_the_field_and_keeps_the_rest(client, wrong, field):
    body = a_body()
    page = sent(signed_in(client), "set_up_body", body.pk, **(STANDS | wrong))
    text = page.content.decode()
    assert page.status_code == 422 and f"{field}</a>: " in text and 'value="路知微"' in text
    assert not Body.objects.exclude(set_up_at=None).exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in ("system", "command_office")])
def test_nobody_else_sets_a_body_up(client, role):
    body = a_body()
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    assert sent(client, "set_up_body", body.pk, **STANDS).status_code == 404
    answer = sent(client, "bodies", unit="TF-MED")
    assert answer.status_code == (422 if role == Role.LEADING_GROUP else 404)
    assert not Body.objects.exclude(set_up_at=None).exists() and Body.objects.count() == 1


def test_the_office_of_a_county_sees_and_sets_up_its_own_bodies_alone(client):
    city_s, county_s = a_body("TF-HOTEL"), a_body("C-XD-LG")
    signed_in(client, place=COUNTY)
    assert [body.pk for body in opened(client, "bodies").context["bodies"]] == [county_s.pk]
    assert sent(client, "set_up_body", city_s.pk, **STANDS).status_code == 404
    assert sent(client, "set_up_body", county_s.pk, **STANDS).status_code == 302
    assert list(Body.objects.exclude(set_up_at=None).values_list("place", flat=True)) == [COUNTY] != [CITY]


def test_a_deadline_is_shown_in_the_time_of_the_city(client):
    task = a_task(**REASON, due=parse_datetime("2020-03-23T16:30:00Z"))
    text = opened(signed_in(client), "tasks", at=after(40)).content.decode()
    assert task.text in text and "03-24 00:30" in text
