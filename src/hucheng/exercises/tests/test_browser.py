"""The page of the demonstration in a real browser: let the story go on and see the clock move."""

import os
import threading
from datetime import timedelta

import pytest
from django.db import connection

from hucheng.core.accounts.models import User
from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.design.build import VENDOR
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, an_actor
from hucheng.exercises.replay import background
from hucheng.exercises.replay.models import Advance
from hucheng.exercises.replay.play import play
from hucheng.exercises.score.models import Finding
from hucheng.exercises.testing import START, SmallStory, a_played_step, a_step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("deletable")]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


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


def signed_in(page, live_server, role):
    person = User.objects.get(pk=an_actor(role).user_id)
    person.set_password("a-long-word")
    person.save()
    page.goto(f"{live_server.url}/sign-in/")
    page.fill("#id_username", person.username)
    page.fill("#id_password", "a-long-word")
    page.locator("form.frm button").click()
    page.wait_for_load_state()


def sound(page):
    """No accessibility fault that axe finds, no sideways scroll."""
    page.wait_for_load_state()
    page.add_script_tag(content=(VENDOR / "axe.min.js").read_text(encoding="utf-8"))
    faults = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes[0].html)")
    assert not faults, (page.url, faults)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


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


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_story_goes_on_from_the_page_and_the_clock_moves(chromium, live_server, story, locale, width):
    context = chromium.new_context(locale=locale, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    signed_in(page, live_server, Role.COMMAND_OFFICE)
    page.locator("a.clock").click()
    page.wait_for_url("**/exercises/")
    assert page.locator("h1").count() == 1 and "2020-03-18 06:0" in page.locator("#moving").inner_text()
    sound(page)

    page.locator("button[name=hours][value='6']").click()
    page.wait_for_selector("#moving[data-follow]")
    assert page.locator("button[name=hours]").count() == 0
    sound(page)
    advance = Advance.objects.get()
    played_elsewhere(lambda: play(story, START, START + timedelta(minutes=100), lambda line: None, advance.pk))
    page.wait_for_function("document.querySelector('#moving').innerText.includes('2020-03-18 07:4')")
    assert "25 %" in page.locator("#moving").inner_text() or "24 %" in page.locator("#moving").inner_text()
    sound(page)

    played_elsewhere(lambda: background.play_on.func(advance_id=str(advance.pk)))
    page.wait_for_selector("button[name=hours]")
    assert "2020-03-18 12:0" in page.locator("#moving").inner_text()
    assert "03-18 12:0" in page.locator("a.clock").inner_text()
    assert "flight.land" in page.locator("main").inner_text()
    assert not faults
    context.close()


def test_nothing_of_the_page_is_blocked_by_the_security_policy(chromium, live_server, story):
    context = chromium.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    signed_in(page, live_server, Role.LEADING_GROUP)
    page.goto(f"{live_server.url}/exercises/")
    page.locator("button[name=hours][value='1']").press("Enter")
    page.wait_for_selector("#moving[data-follow]")
    page.wait_for_timeout(2000)
    assert not blocked
    context.close()


def test_without_script_a_link_shows_how_far_it_is(chromium, live_server, story):
    context = chromium.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    signed_in(page, live_server, Role.LEADING_GROUP)
    page.goto(f"{live_server.url}/exercises/")
    page.locator("button[name=hours][value='1']").click()
    advance = Advance.objects.get()
    played_elsewhere(lambda: background.play_on.func(advance_id=str(advance.pk)))
    page.get_by_role("link", name="Look again").click()
    assert "2020-03-18 07:0" in page.locator("#moving").inner_text()
    context.close()
