"""A flight on its way to the house and its samples on theirs, in a real browser: zh and en, desk and phone, axe."""

from datetime import datetime
from pathlib import Path

import pytest
from django.urls import reverse

from hucheng.core.design.testing import follow, in_a_browser, in_both_views, opened, signed_in, sound
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, an_actor
from hucheng.entry.testing import arrivals_of
from hucheng.quarantine.laboratory.models import ResultBatch, ResultRow, Sample
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, results_file
from hucheng.quarantine.transport.models import Trip

pytestmark = in_a_browser
NOW = datetime.fromisoformat("2020-03-21T09:40:00+08:00")


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)


def desk_of(chromium, live_server, locale, width, actor):
    page = opened(chromium, locale, width)
    signed_in(page, live_server, actor)
    return page


def press(page, name, *args):
    follow(page.locator(f"form[action='{reverse(name, args=args)}'] button.pri"))


@in_both_views
def test_a_flight_rides_to_its_house(chromium, live_server, locale, width):
    a_fleet()
    flight = a_flight_with_rooms(general=3)
    escort = desk_of(chromium, live_server, locale, width, an_actor(Role.QUARANTINE))
    escort.goto(live_server.url + reverse("quarantine:fleet"))
    sound(escort)
    escort.goto(live_server.url + reverse("quarantine:trip_plan", args=[flight.pk]))
    sound(escort)
    escort.fill("#id_minutes", "50")
    follow(escort.locator("form:has(#id_leaves) button"))
    follow(escort.locator("button[name=publish]"))
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
    house = desk_of(chromium, live_server, locale, width, an_actor(Role.HOUSE, COUNTY, "H01"))
    house.goto(live_server.url + reverse("quarantine:trip", args=[trip.pk]))
    press(house, "quarantine:trip_step", trip.pk, "accept")
    sound(house)
    for name, args in (("trips", ()), ("trip_list", (trip.pk,))):
        escort.goto(live_server.url + reverse(f"quarantine:{name}", args=args))
        sound(escort)
    assert trip.rides.filter(accepted_at__isnull=False).count() == 2
    for page in (escort, house):
        assert not page.blocked
        page.context.close()


@in_both_views
def test_samples_become_results_and_the_rest_is_worked_off(chromium, live_server, tmp_path: Path, locale, width):
    people = arrivals_of(a_flight_with_rooms(general=3))
    lab = desk_of(chromium, live_server, locale, width, an_actor(Role.LABORATORY))
    assert lab.url.endswith(reverse("quarantine:samples"))
    sound(lab)
    for number, person in enumerate(people, start=1):
        lab.fill(f"input[name='tube-{person.pk}']", f"T{number:04}")
    follow(lab.locator("form:has(#owed) button.pri"))
    follow(lab.locator(f"form[action='{reverse('quarantine:send_samples')}'] button"))
    sound(lab)
    file = tmp_path / "day.csv"
    file.write_bytes(results_file(("T0001", "阴性", ""), ("T000Z", "阴性", ""), ("T0003", "?", "")))
    lab.goto(live_server.url + reverse("quarantine:results"))
    lab.set_input_files("#results-file", file)
    follow(lab.locator("form[enctype] button"))
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
    assert not lab.blocked
    lab.context.close()
