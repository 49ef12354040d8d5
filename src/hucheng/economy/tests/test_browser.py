"""The wing in a real browser: publish, be refused, report, settle; both languages, desk and phone."""

import os
from datetime import datetime

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.design.build import VENDOR
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, an_actor
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.testing import a_department, a_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("deletable")]
NOW = datetime.fromisoformat("2020-03-24T10:00:00+08:00")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)
    monkeypatch.setattr("hucheng.core.clock.today", lambda: NOW.date())


def signed_in(context, live_server, role, **kwargs):
    page = context.new_page()
    person = User.objects.get(pk=an_actor(role, **kwargs).user_id)
    person.set_password("a-long-word")
    person.save()
    page.goto(f"{live_server.url}/sign-in/")
    page.fill("#id_username", person.username)
    page.fill("#id_password", "a-long-word")
    page.locator("form.frm button").click()
    page.wait_for_load_state()
    return page


def sound(page):
    """No accessibility fault that axe finds, no sideways scroll."""
    page.wait_for_load_state()
    page.add_script_tag(content=(VENDOR / "axe.min.js").read_text(encoding="utf-8"))
    faults = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes[0].html)")
    assert not faults, (page.url, faults)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def press(page, name, *args):
    page.locator(f"form[action='{reverse(f'economy:{name}', args=args)}'] button").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [1440, 360])
def test_a_value_a_day_of_firms_and_a_request_go_through_the_pages(chromium, live_server, locale, width):
    a_draft(a_department(), industry="7.5")
    context = chromium.new_context(locale=locale, viewport={"width": width, "height": 900}, bypass_csp=True)
    desk = signed_in(context, live_server, Role.DEPARTMENT)
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

    other = chromium.new_context(locale=locale, viewport={"width": width, "height": 900}, bypass_csp=True)
    county = signed_in(other, live_server, Role.COUNTY, place=COUNTY)
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
    other.close()
    context.close()
