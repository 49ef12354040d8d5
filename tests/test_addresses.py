"""Every address with every role, in place and out of it, signed in and out (ISS-26)."""

import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hucheng.command.testing import a_published_meeting
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, a_city, after, an_actor
from hucheng.entry.testing import arrivals_of
from hucheng.quarantine.testing import a_flight_to_house, a_house

pytestmark = pytest.mark.django_db
PUBLIC = {
    "home", "sign_in", "sign_out", "set_language", "purposes",
    "entry:own_page", "entry:verify", "entry:key", "entry:keys", "entry:verifier", "entry:revocations",
    "quarantine:own_stay", "quarantine:own_check", "quarantine:own_ask", "quarantine:own_help",
    "quarantine:own_appeal",
    "stability:answers", "stability:answer", "stability:ask", "stability:bulletin",
}  # fmt: skip
"""The only addresses that answer without sign-in."""


def addresses(resolver: URLResolver, space: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            if entry.namespace != "api-1":
                yield from addresses(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}{entry.name}", entry


ALL = [(name, pattern) for name, pattern in addresses(get_resolver()) if not name.startswith("api-")]


@pytest.fixture
def city():
    a_city()
    house = a_house()
    flight = a_flight_to_house(1)
    known = a_published_meeting()
    return {**known, "flight_id": flight.pk, "arrival_id": arrivals_of(flight)[0].pk, "house_id": house.pk,
            "access": arrivals_of(flight)[0].access}  # fmt: skip


def address(name, pattern, known):
    names = pattern.pattern.converters
    return reverse(name, kwargs={key: known.get(key, uuid.uuid4()) for key in names})


@pytest.mark.parametrize(("name", "pattern"), ALL, ids=[name for name, _p in ALL])
def test_every_address_says_who_may_open_it(name, pattern):
    view = pattern.callback
    assert getattr(view, "public", False) == (name in PUBLIC)
    assert name in PUBLIC or view.roles


def test_signed_out_people_are_sent_to_sign_in(client, city):
    for name, pattern in ALL:
        if name in PUBLIC:
            continue
        for method in (client.get, client.post):
            answer = method(address(name, pattern, city))
            assert answer.status_code == 302 and "/sign-in/" in answer.url, name


@pytest.mark.parametrize("role", [r for r in Role if r != Role.SYSTEM])
def test_a_role_opens_its_own_addresses_and_no_other(client, city, role):
    unit = str(city["arrival_id"]) if role == Role.TRAVELLER else "H01"
    actor = an_actor(role, unit=unit if role in ("house", "school", "traveller") else "")
    client.force_login(User.objects.get(pk=actor.user_id))
    with frozen_at(after(200)):
        for name, pattern in ALL:
            if name in PUBLIC:
                continue
            answer = client.get(address(name, pattern, city))
            if role not in pattern.callback.roles:
                assert answer.status_code == 404, name
            else:
                assert answer.status_code in (200, 302, 404, 405), (name, answer.status_code)


@pytest.mark.parametrize("role", [Role.ENTRY, Role.MEDICAL, Role.QUARANTINE, Role.COMMAND_OFFICE, Role.LEADING_GROUP])
def test_outside_its_place_a_role_finds_nothing(client, city, role):
    actor = an_actor(role, OTHER_COUNTY)
    client.force_login(User.objects.get(pk=actor.user_id))
    with frozen_at(after(200)):
        for name, pattern in ALL:
            keys = set(pattern.pattern.converters)
            if keys & {
                "flight_id",
                "arrival_id",
                "house_id",
                "meeting_id",
                "directive_id",
                "task_id",
            } and role in getattr(pattern.callback, "roles", ()):
                url = address(name, pattern, city)
                if name != "quarantine:plan":
                    assert client.get(url).status_code in (404, 405), name
                    assert client.post(url).status_code in (404, 405, 422, 302), name


def test_the_way_in_leads_each_role_to_its_own_room(client):
    for role in (Role.LEADING_GROUP, Role.ENTRY, Role.QUARANTINE):
        client.force_login(User.objects.get(pk=an_actor(role).user_id))
        with frozen_at(after(0)):
            assert client.get("/", follow=True).status_code == 200
