"""The rail: every role is led only to what it may open, to its own room first, and always knows where it is."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils.translation import override

from hucheng.config import navigation as rail
from hucheng.config.settings import WINGS
from hucheng.core.accounts.models import User
from hucheng.core.accounts.pages import HOMES
from hucheng.core.clock import frozen_at
from hucheng.core.design.build import wanted_icons
from hucheng.core.design.templatetags.design import first_places
from hucheng.core.navigation import Section
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, after, an_actor

SRC = Path(rail.__file__).parents[1]
PEOPLE = [role for role in Role if role != Role.SYSTEM]
OFFERED = rail._offered()


def seen_by(role: Role, path: str = "/"):
    request = RequestFactory().get(path)
    request.actor = Actor(None, CITY, role, "H01" if role in UNIT_ROLES else "")
    return rail.navigation(request)


def items_of(role: Role, path: str = "/"):
    return [item for section in seen_by(role, path)["nav"] for item in section["items"]]


@pytest.fixture(params=[False, True], ids=["real", "exercise"])
def installation(request, settings):
    settings.HUCHENG_EXERCISE = request.param
    return request.param


class TestWhatIsOffered:
    @pytest.mark.parametrize("item", OFFERED, ids=lambda item: item.url_name)
    def test_an_item_is_offered_to_roles_that_may_open_its_page(self, item):
        view = resolve(reverse(item.url_name)).func
        assert item.roles and item.roles <= view.roles, sorted(item.roles - view.roles)
        assert item.icon in wanted_icons()

    @pytest.mark.parametrize("item", OFFERED, ids=lambda item: item.url_name)
    def test_an_item_has_words_in_both_languages(self, item):
        told = {}
        for language in ("zh-hans", "en"):
            with override(language):
                told[language] = str(item.label)
        assert told["zh-hans"] != told["en"] and told["en"].isascii()

    def test_no_page_is_offered_twice(self):
        names = [item.url_name for item in OFFERED]
        assert len(set(names)) == len(names)

    def test_the_system_has_no_rail(self):
        assert not [item for item in OFFERED if Role.SYSTEM in item.roles]

    def test_every_wing_with_a_rail_is_gathered(self):
        with_rail = [wing for wing in WINGS if re.search(r"^navigation = ", source_of(wing), re.MULTILINE)]
        assert {item.url_name.partition(":")[0] for item in OFFERED} == set(with_rail)

    def test_items_stand_by_section_and_order(self):
        assert [(item.section, item.order) for item in OFFERED] == sorted(
            (item.section, item.order) for item in OFFERED
        )


def source_of(wing: str) -> str:
    return (SRC / wing / "urls.py").read_text(encoding="utf-8")


class TestWhatARoleSees:
    @pytest.mark.parametrize("role", PEOPLE)
    def test_every_place_of_the_rail_may_be_opened_by_who_sees_it(self, role, installation):
        for item in items_of(role):
            assert role in resolve(item["url"]).func.roles, item["url"]

    @pytest.mark.parametrize("role", PEOPLE)
    def test_sections_keep_their_order_and_none_is_empty(self, role):
        titles = [section["title"] for section in seen_by(role)["nav"]]
        assert titles == [title for title in rail.TITLES.values() if title in titles]
        assert all(section["items"] for section in seen_by(role)["nav"])
        assert set(rail.TITLES) == set(Section)

    @pytest.mark.parametrize("role", PEOPLE)
    def test_at_each_place_exactly_one_item_says_where_one_is(self, role):
        for place in items_of(role):
            current = [item["url"] for item in items_of(role, place["url"]) if item["current"]]
            assert place["url"] in current, "a place of the rail does not know itself"
            assert len(current) == 1, (place["url"], current)

    def test_signed_out_people_have_no_rail(self):
        request = RequestFactory().get("/")
        assert rail.navigation(request) == {"nav": []}
        request.actor = None
        assert rail.navigation(request) == {"nav": []}

    @pytest.mark.parametrize("role", PEOPLE)
    def test_the_clock_is_moved_in_an_exercise_only_and_by_those_who_may(self, role, installation):
        shown = seen_by(role)
        leads = role in (Role.LEADING_GROUP, Role.COMMAND_OFFICE) and installation
        assert (shown["clock_page"] == reverse(rail.CLOCK_PAGE)) == leads
        assert ("/exercises/" in [item["url"] for item in items_of(role)]) == leads

    @pytest.mark.parametrize("role", PEOPLE)
    def test_a_phone_has_the_first_four_places_in_their_order(self, role):
        shown = seen_by(role)["nav"]
        assert first_places(shown) == items_of(role)[:4]

    @pytest.mark.parametrize("nav", [None, [], [{"items": []}]])
    def test_a_phone_without_places_has_an_empty_bar(self, nav):
        assert first_places(nav) == []


class TestTheWayIn:
    @pytest.mark.parametrize("role", PEOPLE)
    def test_every_role_has_a_room_of_its_own_that_it_may_open(self, role):
        assert role in resolve(reverse(HOMES[role])).func.roles

    @pytest.mark.django_db
    @pytest.mark.parametrize("role", PEOPLE)
    def test_the_front_door_leads_there(self, client, role):
        actor = an_actor(role, unit="H01" if role in UNIT_ROLES else "")
        client.force_login(User.objects.get(pk=actor.user_id))
        assert client.get("/").url == reverse(HOMES[role])

    @pytest.mark.django_db
    def test_signed_out_people_and_people_without_a_role_are_shown_the_sign_in_page(self, client):
        assert client.get("/").url == "/sign-in/"
        client.force_login(User.objects.create(username="new"))
        assert client.get("/").url == "/sign-in/"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.ENTRY, Role.QUARANTINE, Role.COUNTY, Role.DEPARTMENT])
def test_the_rail_of_a_page_holds_the_places_of_the_role_and_marks_the_open_one(client, role):
    client.force_login(User.objects.get(pk=an_actor(role).user_id))
    client.cookies["django_language"] = "en"
    with frozen_at(after(60)):
        page = client.get(reverse(HOMES[role]))
    text = page.content.decode()
    listed = re.findall(r'<a class="n" href="([^"]+)"( aria-current="page")?>', text)
    assert [unescape(url) for url, _here in listed] == [item["url"] for item in items_of(role)]
    assert [url for url, here in listed if here] == [reverse(HOMES[role])]
