"""The page of the demonstration in a real browser: let the story go on and see the clock move."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from playwright.sync_api import expect

from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.design.testing import follow, in_a_browser, in_both_views, opened, signed_in, sound
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, an_actor
from hucheng.exercises.replay import background
from hucheng.exercises.replay.models import Advance
from hucheng.exercises.replay.play import play
from hucheng.exercises.score.models import Finding
from hucheng.exercises.testing import START, SmallStory, a_played_step, a_step

pytestmark = in_a_browser


@pytest.fixture(autouse=True)
def an_exercise(settings, tmp_path):
    settings.HUCHENG_EXERCISE = True
    settings.HOME = tmp_path
    set_simulated_clock(actor=SYSTEM, at=START)
    a_played_step(0, "school.accept", outcome="waiting")
    a_played_step(-1, "release.run", outcome="refused", code="no_room", why_zh="没有房间", why_en="No room is free")
    Finding.objects.create(
        place=CITY, kind="always", name="one bed a person", state="broken", found=2, at=START, broken_at=START
    )


@pytest.fixture
def story(monkeypatch):
    """Steps of four hours, played here and there as the test lets them: no worker, no waiting for one."""
    made = SmallStory([a_step(minute, lambda at: None, "flight.land") for minute in (30, 90, 200, 340)])
    monkeypatch.setattr(background, "Story", lambda name: made)
    return made


def played_elsewhere(work):
    """In another thread, as the worker is another process; its connection is closed behind it."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@in_both_views
def test_the_story_goes_on_from_the_page_and_the_clock_moves(chromium, live_server, story, locale, width):
    page = opened(chromium, locale, width)
    signed_in(page, live_server, an_actor(Role.COMMAND_OFFICE))
    follow(page.locator("a.clock"))
    assert page.url.endswith("/exercises/")
    assert page.locator("h1").count() == 1 and "2020-03-18 06:0" in page.locator("#moving").inner_text()
    sound(page)

    follow(page.locator("button[name=hours][value='6']"))
    page.wait_for_selector("#moving[data-follow]")
    assert page.locator("button[name=hours]").count() == 0
    sound(page)
    advance = Advance.objects.get()
    played_elsewhere(lambda: play(story, START, START + timedelta(minutes=100), lambda line: None, advance.pk))
    expect(page.locator("#moving")).to_contain_text("2020-03-18 07:4", timeout=20_000)
    assert "25 %" in page.locator("#moving").inner_text() or "24 %" in page.locator("#moving").inner_text()
    sound(page)

    played_elsewhere(lambda: background.play_on.func(advance_id=str(advance.pk)))
    page.wait_for_selector("button[name=hours]")
    assert "2020-03-18 12:0" in page.locator("#moving").inner_text()
    assert "03-18 12:0" in page.locator("a.clock").inner_text()
    assert "flight.land" in page.locator("main").inner_text()
    assert not page.blocked
    page.context.close()


def test_nothing_of_the_page_is_blocked_by_the_security_policy(chromium, live_server, story):
    page = opened(chromium, "en-US", 1440)
    signed_in(page, live_server, an_actor(Role.LEADING_GROUP))
    page.goto(f"{live_server.url}/exercises/")
    page.locator("button[name=hours][value='1']").press("Enter")
    page.wait_for_selector("#moving[data-follow]")
    page.wait_for_timeout(2000)
    assert not page.blocked
    page.context.close()


def test_without_script_a_link_shows_how_far_it_is(chromium, live_server, story):
    page = opened(chromium, "en-US", 1440, java_script_enabled=False)
    signed_in(page, live_server, an_actor(Role.LEADING_GROUP))
    page.goto(f"{live_server.url}/exercises/")
    follow(page.locator("button[name=hours][value='1']"))
    advance = Advance.objects.get()
    played_elsewhere(lambda: background.play_on.func(advance_id=str(advance.pk)))
    follow(page.get_by_role("link", name="Look again"))
    assert "2020-03-18 07:0" in page.locator("#moving").inner_text()
    page.context.close()
