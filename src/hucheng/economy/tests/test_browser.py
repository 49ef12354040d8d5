"""The wing in a real browser: publish, be refused, report, settle; both languages, desk and phone."""

from datetime import datetime

import pytest
from django.urls import reverse

from hucheng.core.design.testing import follow, in_a_browser, in_both_views, opened, signed_in, sound
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, an_actor
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.testing import a_department, a_draft

pytestmark = in_a_browser
NOW = datetime.fromisoformat("2020-03-24T10:00:00+08:00")


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)
    monkeypatch.setattr("hucheng.core.clock.today", lambda: NOW.date())


def press(page, name, *args):
    follow(page.locator(f"form[action='{reverse(f'economy:{name}', args=args)}'] button"))


@in_both_views
def test_a_value_a_day_of_firms_and_a_request_go_through_the_pages(chromium, live_server, locale, width):
    a_draft(a_department(), industry="7.5")
    desk = opened(chromium, locale, width)
    signed_in(desk, live_server, an_actor(Role.DEPARTMENT))
    outlook = live_server.url + reverse("economy:outlook")
    for day in ("2020-03-20", "2020-03-23"):  # the second is a revision without its reason
        desk.goto(outlook)
        desk.select_option("#value_code", "industry")
        desk.fill("#value_period", "2020M02")
        desk.fill("#value_value", "-11.9" if day == "2020-03-20" else "-11.5")
        desk.fill("#value_published_on", day)
        press(desk, "publish_value")
        sound(desk)
    assert desk.locator(".refuse[role=alert]").is_visible()
    desk.fill("#value_reason", "verified")
    press(desk, "publish_value")
    assert "−11.5" in desk.inner_text(".say")
    desk.goto(outlook)
    assert "−11.5" in desk.inner_text(".say") and "19" in desk.inner_text(".say")
    data = b"code,period,value,published_on\nretail,2020M02,-22.7,2020-03-20\nretail,2020M02,x,2020-03-20\n"
    desk.set_input_files("#file_file", {"name": "v.csv", "mimeType": "text/csv", "buffer": data})
    press(desk, "send_file")
    sound(desk)
    for name in ("targets", "firms", "requests", "policies", "projects", "supply", "outlook"):
        desk.goto(live_server.url + reverse(f"economy:{name}"))
        sound(desk)

    county = opened(chromium, locale, width)
    signed_in(county, live_server, an_actor(Role.COUNTY, COUNTY))
    county.goto(live_server.url + reverse("economy:firms"))
    for name, value in {"above_size": 100, "resumed": 90, "on_roll": 1000, "back": 700}.items():
        county.fill(f"#id_{name}", str(value))
    press(county, "firms")
    assert "90" in county.inner_text(".say")
    sound(county)
    county.goto(live_server.url + reverse("economy:requests"))
    for name in ("firm", "about", "official"):
        county.fill(f"#id_{name}", f"some {name}")
    press(county, "requests")
    made = FirmRequest.objects.get()
    sound(county)
    county.locator(f"form[action='{reverse('economy:settle_request', args=[made.pk])}'] input[name=answer]").fill(
        "done"
    )
    press(county, "settle_request", made.pk)
    sound(county)
    made.refresh_from_db()
    assert made.answer == "done"
    county.context.close()
    desk.context.close()
