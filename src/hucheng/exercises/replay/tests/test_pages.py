"""The page of the running demonstration: what it shows, to whom, and the way on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from hucheng.core.accounts.models import User
from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, OTHER_COUNTY, an_actor
from hucheng.exercises.replay.models import Advance
from hucheng.exercises.score.models import Finding
from hucheng.exercises.testing import START, a_played_step, an_advance

pytestmark = pytest.mark.django_db
PAGE, GO, MOVING = "/exercises/", "/exercises/advance/", "/exercises/progress/"


@pytest.fixture(autouse=True)
def an_exercise(settings):
    settings.HUCHENG_EXERCISE = True
    set_simulated_clock(actor=SYSTEM, at=START + timedelta(hours=14, minutes=30))


@pytest.fixture
def office(client):
    client.force_login(User.objects.get(pk=an_actor(Role.COMMAND_OFFICE).user_id))
    return client


def shown(client, language="en", path=PAGE) -> str:
    client.cookies["django_language"] = language
    with translation.override(language):
        answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_outside_an_exercise_there_is_no_such_page(office, settings):
    settings.HUCHENG_EXERCISE = False
    assert [office.get(PAGE).status_code, office.get(MOVING).status_code] == [404, 404]
    assert office.post(GO, {"hours": 1}).status_code == 404 and not Advance.objects.exists()


@pytest.mark.parametrize("role", [r for r in Role if r != Role.SYSTEM])
def test_leaders_and_office_open_it_and_nobody_else(client, role):
    actor = an_actor(role, unit="U1" if role in UNIT_ROLES else "")
    client.force_login(User.objects.get(pk=actor.user_id))
    may = role in (Role.LEADING_GROUP, Role.COMMAND_OFFICE)
    assert client.get(PAGE).status_code == (200 if may else 404)
    assert client.post(GO, {"hours": "1"}).status_code == (302 if may else 404)
    assert Advance.objects.exists() == may


def test_the_clock_chip_of_every_page_leads_to_it_for_those_who_may(client, settings):
    for role, leads in ((Role.COMMAND_OFFICE, True), (Role.LEADING_GROUP, True), (Role.ENTRY, False)):
        client.force_login(User.objects.get(pk=an_actor(role).user_id))
        page = client.get("/", follow=True).content.decode()
        assert (f'class="clock" href="{PAGE}"' in page) == leads, role
    client.force_login(User.objects.get(pk=an_actor(Role.COMMAND_OFFICE).user_id))
    settings.HUCHENG_EXERCISE = False
    assert PAGE not in client.get("/", follow=True).content.decode()


def test_it_opens_with_what_was_found(office):
    text = shown(office)
    assert "Every expectation that could be read held." in text and "03-18 20:30" in text
    Finding.objects.create(
        place=CITY, kind="always", name="one bed a person", state="broken", found=2, at=START, broken_at=START
    )
    assert "One expectation did not hold." in shown(office)
    assert "不成立的期望 1 项" in shown(office, "zh-hans") and "一人一床" in shown(office, "zh-hans")


def test_acts_played_refused_and_waiting_are_named_and_counted(office):
    advance = an_advance(ended_on=START)
    for minute in (1, 2, 3):
        a_played_step(minute, "checks.run", advance=advance)
    a_played_step(4, "always", advance=advance)
    a_played_step(5, "flight.land")
    a_played_step(6, "school.accept", outcome="waiting")
    a_played_step(7, "release.run", outcome="refused", code="no_room", why_zh="没有房间", why_en="No room is free")
    text, chinese = shown(office), shown(office, "zh-hans")
    assert "daily checks" in text and "checks.run" in text and 'class="n">3<' in text
    assert "flight landed" not in text and "check of what must always hold" not in text
    assert "schools accepted" in text and "学校验收" in chinese
    assert "No room is free" in text and "no_room" in text and "没有房间" in chinese
    assert '<a href="#refused">One act</a> was refused.' in text


def test_without_refusals_and_waiting_acts_it_says_so(office):
    text = shown(office)
    assert "No rule refused an act of the story." in text
    assert "Every act of the story so far has its room." in text and "Nothing was played yet." in text


@pytest.mark.parametrize(("hours", "later"), [("1", 1), ("6", 6), ("24", 24)])
def test_the_story_is_asked_on_from_what_the_clock_shows(office, hours, later, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(GO, {"hours": hours}).url == PAGE
    asked = Advance.objects.get()
    expected = START + timedelta(hours=14 + later, minutes=30)
    assert timedelta(0) <= asked.until - expected < timedelta(minutes=1)
    assert asked.asked_by.username.startswith("command_office") and DBTaskResult.objects.count() == 1


@pytest.mark.parametrize("hours", ["", "2", "-1", "1000", "one"])
def test_any_other_stretch_is_sent_back(office, hours):
    answer = office.post(GO, {"hours": hours}, headers={"accept-language": "en"})
    assert answer.status_code == 422 and "1 hour, 6 hours or 1 day" in answer.content.decode()
    assert not Advance.objects.exists()


def test_a_second_advance_is_refused_with_the_way_out(office):
    office.post(GO, {"hours": "6"})
    answer = office.post(GO, {"hours": "1"}, headers={"accept-language": "en"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "The story goes on already." in text and "advance_running" in text
    assert Advance.objects.count() == 1


def test_while_it_goes_on_the_page_follows_and_offers_no_button(office):
    advance = an_advance(hours=2)
    a_played_step(30, "flight.land", advance=advance)
    for path in (PAGE, MOVING):
        text = shown(office, path=path)
        assert f'data-follow="{MOVING}"' in text and "25 %" in text and "flight landed" in text
        assert 'name="hours"' not in text
    Advance.objects.update(ended_on=START)
    text = shown(office, path=MOVING)
    assert "data-follow" not in text and text.count('name="hours"') == 3


def test_an_advance_that_nobody_begins_says_what_to_start(office):
    an_advance()
    assert "hucheng demo start" in shown(office)


def test_an_advance_that_stopped_for_good_says_so_and_offers_the_way_on(office):
    advance = an_advance()
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {"advance_id": str(advance.pk)}}, task_path="x", run_after=START,
        backend_name="default", status="FAILED",
    )  # fmt: skip
    text = shown(office)
    assert "goes on behind the last step that stands" in text and "data-follow" not in text and 'name="hours"' in text


def test_when_the_story_is_over_there_is_no_way_on(office):
    set_simulated_clock(actor=SYSTEM, at=START + timedelta(days=44))
    text = shown(office)
    assert "The story is over" in text and 'name="hours"' not in text
    assert office.post(GO, {"hours": "1"}).status_code in (302, 422)


def test_a_command_office_of_a_county_does_not_move_the_citys_story(client):
    client.force_login(User.objects.get(pk=an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY).user_id))
    assert [client.get(PAGE).status_code, client.get(MOVING).status_code] == [404, 404]
    assert client.post(GO, {"hours": "1"}).status_code == 404 and not Advance.objects.exists()


def test_more_rows_cost_no_more_queries(office, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            office.get(PAGE)
        return len(seen)

    advance = an_advance(hours=9)
    a_played_step(0, advance=advance)
    few = queries()
    for minute in range(1, 40):
        outcome = ("played", "waiting", "refused")[minute % 3]
        code = "full" if outcome == "refused" else ""
        a_played_step(minute, f"act.{minute % 7}", advance=advance, outcome=outcome, code=code)
        Finding.objects.create(place=CITY, kind="expect", name=f"n{minute}", at=START, state="held", found=1)
    assert queries() == few <= 25


def test_the_addresses_keep_their_names():
    assert [reverse(f"exercises:{name}") for name in ("demonstration", "advance", "progress")] == [PAGE, GO, MOVING]
