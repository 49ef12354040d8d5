"""Directives for programs: the same acts and refusals as the pages, typed, and nothing outside the caller's place."""

import json
import uuid

import pytest
from django.utils.dateparse import parse_datetime

from hucheng.command.directives.models import Directive
from hucheng.command.meetings.models import Meeting
from hucheng.command.tasks.models import Task
from hucheng.command.testing import (
    DAY,
    MINUTES,
    a_body,
    a_meeting,
    a_published_meeting,
    anybody,
    signed_in,
    the_directive,
)
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
API = "/api/v1"
TERMS = {"lead": "TF-HOTEL", "due": "2020-03-23T18:00:00+08:00", "measure": "command.tasks.bodies_set_up"}
OFFICE = {Role.COMMAND_OFFICE, Role.LEADING_GROUP}


def asked(client, path, body=None, *, raw=None, at=None):
    """The answer to a question, or with a body to an act."""
    with frozen_at(at or after(30)):
        if body is None and raw is None:
            return client.get(API + path)
        return client.post(API + path, raw or json.dumps(body), content_type="application/json")


def test_a_program_walks_from_the_minutes_to_the_task(client):
    signed_in(client)
    made = asked(client, "/meetings", {"text": MINUTES, "article_date": str(DAY)}).json()
    assert (made["number"], made["held_on"]) == (42, "2020-03-20") and len(made["directives"]) >= 3
    one = next(one for one in made["directives"] if "征用" in one["text"])
    assert (one["state"], one["lead"], one["standing"]) == ("proposed", None, None)
    given = asked(client, f"/directives/{one['id']}/assign", TERMS).json()
    assert (given["state"], given["lead"]) == ("accepted", "TF-HOTEL")
    assert parse_datetime(given["due"]) == parse_datetime(TERMS["due"])
    (published,) = asked(client, f"/meetings/{made['id']}/publish", {}).json()
    assert published["state"] == "published" and Task.objects.get().directive_id == uuid.UUID(one["id"])
    a_body(stands=after(20))
    (line,) = asked(client, "/directives").json()
    assert (line["id"], line["label"], line["standing"]) == (one["id"], one["label"], "met")


def test_a_meeting_is_read_again_as_it_was_answered(client):
    signed_in(client)
    made = asked(client, "/meetings", {"text": MINUTES, "article_date": str(DAY)}).json()
    assert asked(client, f"/meetings/{made['id']}").json() == made


@pytest.mark.parametrize("role", [role for role in Role if role != "system"])
def test_each_role_is_answered_its_part_and_told_no_otherwise(client, role):
    known = a_published_meeting()
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    statuses = {
        "list": asked(client, "/directives").status_code,
        "meeting": asked(client, f"/meetings/{known['meeting_id']}").status_code,
        "receive": asked(client, "/meetings", {"text": MINUTES.replace("第四十二次", "第四十次")}).status_code,
        "publish": asked(client, f"/meetings/{known['meeting_id']}/publish", {}).json()["code"],
    }
    reads, decides = role in OFFICE | {Role.DEPARTMENT, Role.COUNTY}, role in OFFICE
    assert statuses == {
        "list": 200 if reads else 409, "meeting": 200 if decides else 409,
        "receive": 200 if role == Role.COMMAND_OFFICE else 409,
        "publish": "nothing_confirmed" if decides else "role_may_not",
    }  # fmt: skip


def test_a_refusal_is_said_in_three_parts_and_changes_nothing(client):
    a_meeting()
    answer = asked(signed_in(client), "/meetings", {"text": MINUTES})
    assert answer.status_code == 409 and answer.json()["code"] == "document_known"
    assert set(answer.json()) == {"code", "why", "do"} and all(answer.json().values())
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"lead": "NOBODY"}, "unit_unknown"),
        ({"due": "2020-03-20T18:00:00+08:00"}, "deadline_over"),
        ({"measure": "no.such"}, "measure_unknown"),
        ({"measure": ""}, "no_measure_no_reason"),
        ({"supports": ["C-*-NONE"]}, "unit_unknown"),
    ],
)
def test_an_assignment_that_is_not_whole_is_refused_by_its_code(client, terms, code):
    one = the_directive(a_meeting(), "征用")
    answer = asked(signed_in(client), f"/directives/{one.pk}/assign", TERMS | terms)
    assert answer.status_code == 409 and answer.json()["code"] == code
    assert not Directive.objects.exclude(assigned_at=None).exists()


@pytest.mark.parametrize(
    "terms",
    [
        {"due": "2020-03-23T18:00:00"},
        {"due": "soon"},
        {"target": "many"},
        {"lead": None},
        {"supports": "C-*-LG"},
        {"no_measure": "因" * 201},
    ],
)
def test_what_is_no_assignment_at_all_is_told_apart_from_a_refusal(client, terms):
    one = the_directive(a_meeting(), "征用")
    assert asked(signed_in(client), f"/directives/{one.pk}/assign", TERMS | terms).status_code == 422


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_target_that_is_no_number_is_not_taken(client, number):
    """A target of minus infinity would have every value meet it."""
    one = the_directive(a_meeting(), "征用")
    raw = json.dumps(TERMS)[:-1] + f', "target": {number}}}'
    assert asked(signed_in(client), f"/directives/{one.pk}/assign", raw=raw).status_code == 422
    assert not Directive.objects.exclude(target=None).exists()


def test_a_program_s_assignment_is_likened_to_the_catalogue_like_a_person_s(client):
    one = the_directive(a_meeting(), "征用")
    asked(signed_in(client), f"/directives/{one.pk}/assign", TERMS)
    one.refresh_from_db()
    assert one.clause == 15


@pytest.mark.parametrize(("fields", "status"), [({"text": "会" * 400_001}, 422), ({"name": "n" * 121}, 422), ({}, 200)])
def test_a_text_is_taken_up_to_its_limit(client, fields, status):
    assert asked(signed_in(client), "/meetings", {"text": MINUTES} | fields).status_code == status


@pytest.mark.parametrize("place", [COUNTY, OTHER_COUNTY, "110000"])
def test_another_place_finds_neither_meeting_nor_directive(client, place):
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    signed_in(client, place=place)
    assert asked(client, f"/meetings/{meeting.pk}").status_code == 404
    assert asked(client, f"/meetings/{meeting.pk}/publish", {}).status_code == 404
    assert asked(client, f"/directives/{one.pk}/assign", TERMS).status_code == 404
    assert asked(client, "/directives").json() == []


@pytest.mark.parametrize("path", ["/directives", "/measures", "/meetings/00000000-0000-0000-0000-000000000000"])
def test_who_is_not_signed_in_is_not_answered(client, path):
    assert asked(client, path).status_code == 401
