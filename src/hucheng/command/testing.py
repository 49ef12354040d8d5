"""Makers for tests: minutes taken in, directives published, pages opened, refusals heard."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hucheng.command.directives.actions import Assignment, accept, assign, publish
from hucheng.command.directives.models import Directive
from hucheng.command.meetings.actions import receive_minutes
from hucheng.command.meetings.models import Meeting
from hucheng.command.tasks.actions import require_bodies, set_up_body
from hucheng.command.tasks.models import Body, Task
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, MORNING, after, an_actor

MINUTES = (
    "3月20日,市疫情防控工作领导小组召开第四十二次会议。市委书记、市疫情防控工作领导小组组长秦望舒主持会议并讲话。\n"
    "会议要求,要设立专门机构,两日内征用一批酒店,坚决防止高风险人员离并进京。\n"
    "各县(市、区)党政主要负责同志在各县分会场参加会议。\n"
)
DAY = date(2020, 3, 21)


def a_meeting(text: str = MINUTES, name: str = "minutes.txt") -> Meeting:
    """Minutes taken in on the first morning."""
    office = an_actor(Role.COMMAND_OFFICE)
    return receive_minutes(actor=office, name=name, data=text.encode(), article_date=DAY, at=MORNING)


def the_directive(meeting: Meeting, words: str) -> Directive:
    """The directive that holds these words."""
    return meeting.directives.exclude(state__in=("split", "merged")).get(text__contains=words)


def given(**fields: object) -> Assignment:
    """An assignment to the city's task force of houses, due in two days."""
    usual = {"lead": "TF-HOTEL", "due": MORNING + timedelta(days=2), "measure": "command.tasks.bodies_set_up"}
    return Assignment(**(usual | fields))


def a_published_meeting(**fields: object) -> dict[str, UUID]:
    """A meeting whose directive of the houses is assigned and published; its identifiers as the addresses name them."""
    office = an_actor(Role.COMMAND_OFFICE)
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    assign(actor=office, directive_id=one.pk, given=given(**fields), at=after(10))
    accept(actor=office, directive_id=the_directive(meeting, "专门机构").pk, at=after(10))
    publish(actor=office, meeting_id=meeting.pk, at=after(20))
    return {"meeting_id": meeting.pk, "directive_id": one.pk, "task_id": one.tasks.get(parent=None).pk}


def a_task(**fields: object) -> Task:
    """The lead's task of a published directive; by default the measure of the bodies judges it."""
    return Task.objects.get(pk=a_published_meeting(**fields)["task_id"])


def a_body(code: str = "TF-HOTEL", *, stands: datetime | None = None, required: datetime = MORNING) -> Body:
    """A body that must stand, and does from the time given on."""
    office = an_actor(Role.COMMAND_OFFICE)
    (body,) = require_bodies(actor=office, units=[code], at=required)
    if stands:
        set_up_body(actor=office, body_id=body.pk, charter="1号文", head="江叙白", members=9, at=stands)
        body.refresh_from_db()
    return body


def anybody(role: Role, place: str = CITY) -> Actor:
    """Somebody in this role, bound to a unit where the role is."""
    return an_actor(role, place, "H01" if role in UNIT_ROLES else "")


def refused(code: str, act: Callable[..., object], **fields: object) -> Refusal:
    """The refusal of an act that must say no: this code, a fact and a next step."""
    try:
        act(**fields)
    except Refusal as no:
        assert (no.code, bool(str(no.why)), bool(str(no.do))) == (code, True, True), no.code
        return no
    raise AssertionError(f"{code} was expected, and nothing was refused")


def signed_in(client: Client, role: Role = Role.COMMAND_OFFICE, place: str = CITY, language: str = "en") -> Client:
    """A browser of somebody in this role."""
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    client.cookies["django_language"] = language
    return client


def opened(client: Client, name: str, *args: object, at: datetime = MORNING, **query: object) -> HttpResponse:
    """The answer to looking at an address of this wing."""
    return _asked(client.get, name, args, at, query)


def sent(client: Client, name: str, *args: object, at: datetime = MORNING, **fields: object) -> HttpResponse:
    """The answer to a form sent to an address of this wing."""
    return _asked(client.post, name, args, at, fields)


def listed(client: Client, name: str, table: str, *, at: datetime = MORNING) -> list[list[str]]:
    """The rows of a page's table as its CSV holds them, the heads first."""
    file = opened(client, name, at=at, **{"as": "csv", "table": table})
    assert file.status_code == 200, file.status_code
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))


def _asked(ask: Callable[..., Any], name: str, args: tuple[object, ...], at: datetime, data: object) -> HttpResponse:
    with frozen_at(at):
        answer: HttpResponse = ask(reverse(f"command:{name}", args=args), data)
    return answer
