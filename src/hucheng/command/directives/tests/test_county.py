"""A county reads the directives that gave it a task, with its own task and nothing of the others."""

import json

import pytest
from django.http import Http404
from django.urls import reverse

from hucheng.command.directives.actions import accept, edit, merge, reject, split
from hucheng.command.directives.models import Directive
from hucheng.command.directives.queries import directive_to_read, published_by_theme, tasks_to_read
from hucheng.command.tasks.actions import close_task
from hucheng.command.tasks.models import Task
from hucheng.command.testing import a_meeting, a_published_meeting, the_directive
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
COUNTIES = ("C-*-LG",)


@pytest.fixture
def county():
    return an_actor(Role.COUNTY, COUNTY)


def given_to_counties():
    known = a_published_meeting(supports=COUNTIES)
    return Directive.objects.get(pk=known["directive_id"])


def signed_in(client, actor, language="zh-hans"):
    client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = language
    return client


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_link_of_a_county_s_task_list_opens(client, county, language):
    """The list and the supervision linked to a page that answered 404 to the county that held the task."""
    directive = given_to_counties()
    signed_in(client, county, language)
    link = reverse("command:directive", args=[directive.pk])
    with frozen_at(after(40)):
        for name in ("command:tasks", "command:directives"):
            assert link in client.get(reverse(name)).content.decode(), name
        page = client.get(link)
    assert page.status_code == 200 and directive.text in page.content.decode()


def test_a_late_task_s_link_on_the_supervision_page_opens_too(client, county):
    directive = given_to_counties()
    signed_in(client, county)
    with frozen_at(after(0, days=5)):
        page = client.get(reverse("command:supervision"))
        link = reverse("command:directive", args=[directive.pk])
        assert link in page.content.decode() and client.get(link).status_code == 200


def test_it_sees_its_own_task_and_neither_other_counties_nor_the_drafts(client, county):
    directive = given_to_counties()
    assert {task.place for task in tasks_to_read(county, directive)} == {COUNTY}
    assert Task.objects.filter(directive=directive).count() > 2
    with frozen_at(after(40)):
        page = signed_in(client, county).get(reverse("command:directive", args=[directive.pk]))
    assert page.context["changes"] is None and {line.task.place for line in page.context["lines"]} == {COUNTY}


def test_the_office_sees_all_tasks_and_every_change(client):
    directive = given_to_counties()
    with frozen_at(after(40)):
        office = an_actor(Role.COMMAND_OFFICE)
        page = signed_in(client, office).get(reverse("command:directive", args=[directive.pk]))
    assert len(page.context["lines"]) == Task.objects.filter(directive=directive).count()
    assert len(page.context["changes"]) >= 2


def test_the_list_of_a_county_stands_by_its_own_task(county):
    directive = given_to_counties()
    lines = [line for _theme, found in published_by_theme(county, after(40)) for line in found]
    assert [line.directive for line in lines] == [directive] and lines[0].line.task.place == COUNTY
    city = [line for _t, found in published_by_theme(an_actor(Role.LEADING_GROUP), after(40)) for line in found]
    assert all(line.line is None or line.line.task.parent_id is None for line in city)


def test_a_directive_without_a_task_for_it_stays_unknown_to_a_county(county):
    known = a_published_meeting()
    with pytest.raises(Http404):
        directive_to_read(county, known["directive_id"])
    assert not [found for _theme, found in published_by_theme(county, after(40)) if found]


def test_before_it_is_published_no_county_reads_it(county):
    one = the_directive(a_meeting(), "征用")
    with pytest.raises(Http404):
        directive_to_read(county, one.pk)


def test_a_place_of_another_city_reads_nothing():
    directive = given_to_counties()
    for role in (Role.COUNTY, Role.COMMAND_OFFICE, Role.LEADING_GROUP):
        with pytest.raises(Http404):
            directive_to_read(an_actor(role, "110000"), directive.pk)


def test_reading_is_all_a_county_may(client, county):
    directive = given_to_counties()
    signed_in(client, county)
    for name in ("accept", "reject", "edit", "split", "merge", "assign"):
        with frozen_at(after(40)):
            assert client.post(reverse(f"command:{name}", args=[directive.pk])).status_code == 404, name
    for act, args in ((accept, {}), (reject, {}), (split, {"texts": ["a", "b"]}), (merge, {"other_id": directive.pk})):
        with pytest.raises(Refusal) as no:
            act(actor=county, directive_id=directive.pk, at=after(40), **args)
        assert no.value.code == "role_may_not"
    other = Task.objects.get(directive=directive, place=OTHER_COUNTY)
    with pytest.raises(Http404):
        close_task(actor=county, task_id=other.pk, evidence="done", at=after(40))


def test_the_api_tells_a_county_the_same(client, county):
    directive = given_to_counties()
    signed_in(client, county)
    with frozen_at(after(40)):
        told = json.loads(client.get("/api/v1/directives").content)
    assert [line["id"] for line in told] == [str(directive.pk)]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_directive_keeps_its_words(text):
    one = the_directive(a_meeting(), "征用")
    office = an_actor(Role.COMMAND_OFFICE)
    with pytest.raises(Refusal) as no:
        edit(actor=office, directive_id=one.pk, text=text, kind=one.kind, theme=one.theme, at=after(10))
    one.refresh_from_db()
    assert no.value.code == "directive_empty" and "征用" in one.text


def test_the_page_reads_a_measure_once_a_place(client, django_assert_max_num_queries):
    directive = given_to_counties()
    signed_in(client, an_actor(Role.COMMAND_OFFICE))
    with django_assert_max_num_queries(36), frozen_at(after(40)):
        page = client.get(reverse("command:directive", args=[directive.pk]))
    assert len(page.context["lines"]) >= 10
