"""A page offers no way to a page that its reader may not open."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import Resolver404, URLResolver, get_resolver, reverse

from hucheng.core.measures import MEASURES, read
from hucheng.core.scope.pages import may_open
from hucheng.core.terms import Role
from hucheng.core.testing import a_city, after, an_actor

UNITS = {Role.HOUSE: "H01", Role.SCHOOL: "S01", Role.TRAVELLER: "00000000-0000-0000-0000-000000000001"}
SIGNED_IN = [role for role in Role if role != Role.SYSTEM]


def in_the_city(role):
    a_city()
    return an_actor(role, unit=UNITS.get(role, ""))


def crumb_for(actor, url):
    request = RequestFactory().get("/")
    request.actor = actor
    return Template("{% load design %}{% crumb 'Results' url %}").render(Context({"request": request, "url": url}))


def pages_without_keys():
    for space, resolver in get_resolver().namespace_dict.items():
        for entry in resolver[1].url_patterns:
            if space != "api-1" and not isinstance(entry, URLResolver) and not entry.pattern.converters:
                yield reverse(f"{space}:{entry.name}"), entry.callback


@pytest.mark.django_db
@pytest.mark.parametrize("role", SIGNED_IN)
def test_may_open_says_what_the_guard_of_the_page_will_do(role):
    actor = in_the_city(role)
    said = {path: may_open(actor, path) for path, _view in pages_without_keys()}
    assert said == {path: getattr(view, "public", False) or role in view.roles for path, view in pages_without_keys()}


def test_a_stranger_opens_public_pages_only():
    assert may_open(None, reverse("stability:answers"))
    assert not may_open(None, reverse("command:board"))


def test_a_query_string_changes_nothing_and_an_unknown_address_is_an_error():
    assert may_open(None, reverse("stability:answers") + "?page=2")
    with pytest.raises(Resolver404):
        may_open(None, "/no/such/page/")


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in SIGNED_IN if role != Role.TRAVELLER])
def test_no_reading_leads_to_a_closed_page(role):
    actor = in_the_city(role)
    ways = [reading.rows_url for name in MEASURES if (reading := read(name, actor, after(60)))]
    assert all(may_open(actor, way) for way in ways if way)


@pytest.mark.django_db
def test_those_who_make_the_calls_are_led_to_them_and_the_leading_group_is_not():
    county, leader = (in_the_city(role) for role in (Role.COUNTY, Role.LEADING_GROUP))
    assert read("quarantine.followup.reached", county, after(60)).rows_url == reverse("quarantine:calls")
    assert read("quarantine.followup.reached", leader, after(60)).rows_url == ""


@pytest.mark.django_db
def test_a_step_of_the_way_that_is_closed_is_named_without_a_link():
    results = reverse("quarantine:results")
    assert results in crumb_for(in_the_city(Role.LABORATORY), results)
    assert "<li>Results</li>" in crumb_for(in_the_city(Role.LEADING_GROUP), results)
    assert "aria-current" in crumb_for(None, "")
