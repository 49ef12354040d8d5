"""A flight on its way to the house and its samples on theirs, in a real browser: zh and en, desk and phone, axe."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.design.build import VENDOR
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, an_actor
from hucheng.entry.testing import arrivals_of
from hucheng.quarantine.laboratory.models import ResultBatch, ResultRow, Sample
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, results_file
from hucheng.quarantine.transport.models import Trip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("deletable")]
NOW = datetime.fromisoformat("2020-03-21T09:40:00+08:00")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)


def signed_in(chromium, live_server, locale, width, role, *args):
    person = User.objects.get(pk=an_actor(role, *args).user_id)
    person.set_password("a-long-word")
    person.save()
    context = chromium.new_context(locale=locale, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.blocked = []
    page.on("console", lambda message: page.blocked.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/sign-in/")
    page.fill("#id_username", person.username)
    page.fill("#id_password", "a-long-word")
    page.locator("form.frm button").click()
    page.wait_for_load_state()
    return page


def sound(page):
    """No accessibility fault that axe finds, no sideways scroll, nothing blocked by the security policy."""
    page.wait_for_load_state()
    page.add_script_tag(content=(VENDOR / "axe.min.js").read_text(encoding="utf-8"))
    faults = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes[0].html)")
    assert not faults, (page.url, faults)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    assert not page.blocked, page.blocked


def press(page, name, *args):
    page.locator(f"form[action='{reverse(name, args=args)}'] button.pri").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [1440, 360])
def test_a_flight_rides_to_its_house(chromium, live_server, locale, width):
    a_fleet()
    flight = a_flight_with_rooms(general=3)
    escort = signed_in(chromium, live_server, locale, width, Role.QUARANTINE)
    escort.goto(live_server.url + reverse("quarantine:fleet"))
    sound(escort)
    escort.goto(live_server.url + reverse("quarantine:trip_plan", args=[flight.pk]))
    sound(escort)
    escort.fill("#id_minutes", "50")
    escort.locator("form:has(#id_leaves) button").click()
    escort.locator("button[name=publish]").click()
    escort.wait_for_load_state()
    sound(escort)
    trip = Trip.objects.get()
    escort.goto(live_server.url + reverse("quarantine:trip", args=[trip.pk]))
    sound(escort)
    for box in escort.locator("input[name=person]").all():
        box.check()
    press(escort, "quarantine:trip_step", trip.pk, "board")
    press(escort, "quarantine:trip_step", trip.pk, "leave")
    sound(escort)
    for box in escort.locator("input[name=person]").all()[:2]:
        box.check()
    press(escort, "quarantine:trip_step", trip.pk, "arrive")
    sound(escort)
    assert escort.locator(".note.bad li").count() == 1
    house = signed_in(chromium, live_server, locale, width, Role.HOUSE, COUNTY, "H01")
    house.goto(live_server.url + reverse("quarantine:trip", args=[trip.pk]))
    press(house, "quarantine:trip_step", trip.pk, "accept")
    sound(house)
    for name, args in (("trips", ()), ("trip_list", (trip.pk,))):
        escort.goto(live_server.url + reverse(f"quarantine:{name}", args=args))
        sound(escort)
    assert trip.rides.filter(accepted_at__isnull=False).count() == 2


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [1440, 360])
def test_samples_become_results_and_the_rest_is_worked_off(chromium, live_server, tmp_path: Path, locale, width):
    people = arrivals_of(a_flight_with_rooms(general=3))
    lab = signed_in(chromium, live_server, locale, width, Role.LABORATORY)
    assert lab.url.endswith(reverse("quarantine:samples"))
    sound(lab)
    for number, person in enumerate(people, start=1):
        lab.fill(f"input[name='tube-{person.pk}']", f"T{number:04}")
    lab.locator("form:has(#owed) button.pri").click()
    lab.wait_for_load_state()
    lab.locator(f"form[action='{reverse('quarantine:send_samples')}'] button").click()
    lab.wait_for_load_state()
    sound(lab)
    file = tmp_path / "day.csv"
    file.write_bytes(results_file(("T0001", "阴性", ""), ("T000Z", "阴性", ""), ("T0003", "?", "")))
    lab.goto(live_server.url + reverse("quarantine:results"))
    lab.set_input_files("#results-file", file)
    lab.locator("form[enctype] button").click()
    lab.wait_for_load_state()
    sound(lab)
    assert lab.url.endswith(reverse("quarantine:batch", args=[ResultBatch.objects.get().pk]))
    lab.goto(live_server.url + reverse("quarantine:queue"))
    sound(lab)
    row = ResultRow.objects.get(state="unmatched")
    lab.fill("input[name=barcode]", "T0002")
    press(lab, "quarantine:settle_result", row.pk)
    sound(lab)
    for name in ("results", "positives"):
        lab.goto(live_server.url + reverse(f"quarantine:{name}"))
        sound(lab)
    assert sorted(Sample.objects.values_list("result", flat=True)) == ["", "negative", "negative"]
