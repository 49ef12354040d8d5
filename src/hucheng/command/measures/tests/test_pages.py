"""The page of one measure: what it says, its fourteen days, what is judged by it, its counties."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hucheng.command.measures.models import KeptReading
from hucheng.command.measures.queries import sheet_of
from hucheng.command.testing import a_published_meeting
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.measures import MEASURES
from hucheng.core.measures.registry import readable
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, after, an_actor
from hucheng.quarantine.testing import people_inside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
FREE = "quarantine.requisition.rooms_free_tonight"
SET_UP = "command.tasks.bodies_set_up"


def sign_in(client, role=Role.LEADING_GROUP, place=CITY, language="en"):
    client.cookies["django_language"] = language
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    return client


def page_of(client, measure_id, at=None):
    with frozen_at(at or after(400)):
        return client.get(reverse("command:measure", args=[measure_id]))


def kept(value, days, measure=FREE, place=CITY):
    at = after(400) - timedelta(days=days)
    return KeptReading.objects.create(measure=measure, place=place, at=at, value=value)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_opens_with_the_sentence_and_tells_value_target_and_ground(client, language):
    people_inside(3)
    page = page_of(sign_in(client, language=language), FREE)
    text, measure = page.content.decode(), MEASURES[FREE]
    assert page.status_code == 200
    assert (measure.sentence_zh if language == "zh-hans" else measure.sentence_en) in text
    reading = page.context["line"].reading
    assert f'<b class="t40 num">{reading.value:.0f}</b>' in text and "250" in text and reading.rows_url in text


@pytest.mark.parametrize("measure_id", sorted(readable()))
def test_every_measure_that_is_read_has_a_page(client, measure_id):
    assert page_of(sign_in(client), measure_id).status_code == 200


def test_a_measure_that_cannot_be_read_is_blind_on_its_page(client):
    blind = next(one for one in MEASURES if one not in readable())
    page = page_of(sign_in(client), blind)
    assert page.context["line"].standing.kind == "blind" and "never counts as met" in page.content.decode()
    assert not page.context["tiles"]


def test_a_name_that_the_catalogue_does_not_hold_is_not_found(client):
    assert page_of(sign_in(client), "entry.nothing.at_all").status_code == 404


@pytest.mark.parametrize("role", [Role.ENTRY, Role.MEDICAL, Role.QUARANTINE, Role.LABORATORY])
def test_roles_without_the_board_have_no_page_of_a_measure(client, role):
    assert page_of(sign_in(client, role), FREE).status_code == 404


def test_the_chart_draws_the_kept_readings_of_fourteen_days_and_of_this_place_alone(client):
    kept(10, 15), kept(20, 13), kept(None, 12), kept(30, 1), kept(99, 1, place=COUNTY), kept(98, 2, measure=SET_UP)
    chart = page_of(sign_in(client), FREE).context["chart"]
    shown = json.loads(chart.drawn())
    assert shown["series"][0]["values"] == [20, None, 30] and shown["target"]["value"] == 250
    assert "lowest 20, highest 30, last 30" in chart.sentence


def test_without_a_kept_reading_the_page_says_so(client):
    page = page_of(sign_in(client), FREE)
    assert page.context["chart"].empty and 'class="empty"' in page.content.decode()


def test_the_directives_judged_by_a_measure_are_named_and_no_others(client):
    known = a_published_meeting()
    address = reverse("command:directive", args=[known["directive_id"]])
    assert address in page_of(sign_in(client), SET_UP).content.decode()
    assert address not in page_of(sign_in(client), FREE).content.decode()


def test_each_county_tells_its_own_number_and_is_not_judged_by_the_target_of_the_city(client):
    people_inside(3)
    tiles = {tile.code: tile for tile in page_of(sign_in(client), FREE).context["tiles"]}
    assert len(tiles) == 10 and sum(float(tile.value) for tile in tiles.values()) == float(tiles[COUNTY].value) > 0
    assert not any(tile.word for tile in tiles.values())


def test_a_share_is_judged_for_each_county_and_blind_where_nothing_is_counted(client):
    people_inside(3)
    tiles = {tile.code: tile for tile in page_of(sign_in(client), "quarantine.requisition.certified").context["tiles"]}
    assert tiles[COUNTY].kind == "ok" and {tile.kind for code, tile in tiles.items() if code != COUNTY} == {"blind"}


def test_a_county_sees_its_own_reading_and_no_map():
    people_inside(2)
    sheet = sheet_of(an_actor(Role.COUNTY, COUNTY), FREE, after(400))
    assert sheet.line.reading.value > 0 and not sheet.counties


def test_the_page_asks_no_more_as_readings_gather(client):
    client = sign_in(client)
    page_of(client, FREE)
    with CaptureQueriesContext(connection) as few:
        page_of(client, FREE)
    for day in range(1, 13):
        kept(float(day), day)
    with CaptureQueriesContext(connection) as many:
        page_of(client, FREE)
    assert len(few) == len(many)


def test_tiles_of_the_board_lead_to_their_rows_and_by_their_name_to_the_measure(client):
    people_inside(2)
    with frozen_at(after(400)):
        text = sign_in(client).get(reverse("command:board")).content.decode()
    assert reverse("command:measure", args=["quarantine.lodging.triage_to_room_4h"]) in text
    assert f'class="open" href="{reverse("quarantine:houses")}' in text
