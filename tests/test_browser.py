"""A traveller and a directive, each on its whole way in a real browser: zh and en, desk and phone, axe on each page."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from hucheng.command.measures.models import KeptReading
from hucheng.command.meetings.models import Meeting
from hucheng.command.testing import MINUTES
from hucheng.core.design.testing import follow, in_a_browser, in_both_views, opened, signed_in, sound
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, a_city, an_actor
from hucheng.engines.manifests import write_paxlst
from hucheng.engines.minutes import damage
from hucheng.entry.clearance.models import Pass
from hucheng.entry.declarations.symptoms import SYMPTOMS
from hucheng.entry.testing import a_flight, a_passenger, arrivals_of, facts, the_rules
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.testing import people_inside

pytestmark = in_a_browser
NOW = datetime.fromisoformat("2020-03-22T10:00:00+08:00")


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)


@in_both_views
def test_a_traveller_goes_from_the_list_to_the_onward_flight(chromium, live_server, tmp_path: Path, locale, width):
    the_rules(NOW)
    flight = a_flight(at=NOW)
    file = tmp_path / "list.edi"
    file.write_bytes(write_paxlst([a_passenger(1)], flight="HU7976", prepared=datetime(2020, 3, 22, 9)))
    page = opened(chromium, locale, width)
    signed_in(page, live_server, an_actor(Role.ENTRY))
    sound(page)

    desk = live_server.url + reverse("entry:flight", args=[flight.pk])
    page.goto(desk)
    page.set_input_files("#list-file", file)
    follow(page.locator("form[enctype] button"))
    follow(page.locator(f"form[action='{reverse('entry:landing', args=[flight.pk])}'] button"))
    sound(page)

    person = arrivals_of(flight)[0]
    phone = opened(chromium, locale, width)
    phone.goto(live_server.url + reverse("entry:own_page", args=[person.access]))
    for code in SYMPTOMS:
        phone.locator(f"input[name=symptom_{code}][value=no]").check()
    phone.locator("input[name=contact_14d][value=no]").check()
    phone.select_option("select[name=destination]", "capital")
    follow(phone.locator("form button.pri"))
    sound(phone)

    facts([person], Fact.Kind.TEMPERATURE, "36.5", at=NOW)
    facts([person], Fact.Kind.TEST, "negative", at=NOW)
    page.goto(desk)
    follow(page.locator(f"form[action='{reverse('entry:judge', args=[flight.pk])}'] button"))
    follow(page.locator(f"form[action='{reverse('entry:clear', args=[flight.pk])}'] button"))
    held = Pass.objects.get(revoked_at=None)
    page.goto(live_server.url + reverse("entry:pass", args=[held.pk]))
    assert page.locator("svg.qr").is_visible()
    sound(page)

    facts([person], Fact.Kind.TEST, "positive", at=NOW)
    phone.goto(live_server.url + reverse("entry:verify"))
    phone.fill("textarea", held.token)
    follow(phone.locator("form button.pri"))
    assert phone.locator("[role=alert]").is_visible()
    sound(phone)
    for each in (page, phone):
        assert not each.blocked
        each.context.close()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize(("role", "unit"), [(Role.LEADING_GROUP, ""), (Role.QUARANTINE, ""), (Role.HOUSE, "H01")])
def test_each_role_finds_a_sound_first_page(chromium, live_server, locale, role, unit):
    page = opened(chromium, locale, 360)
    signed_in(page, live_server, an_actor(role, unit=unit))
    assert page.locator("h1").count() == 1
    sound(page)
    page.context.close()


@in_both_views
def test_a_directive_goes_from_the_document_to_the_board(chromium, live_server, locale, width):
    a_city()
    page = opened(chromium, locale, width)
    signed_in(page, live_server, an_actor(Role.COMMAND_OFFICE))
    page.goto(live_server.url + reverse("command:meetings"))
    sound(page)
    page.fill("#id_text", damage(MINUTES))
    page.fill("#id_article_date", "2020-03-21")
    follow(page.locator("form:has(#id_text) button.pri"))
    sound(page)
    one = Meeting.objects.get().directives.get(text__contains="征用")
    page.goto(f"{page.url}?open={one.pk}")
    sound(page)
    assert page.input_value("#id_lead") == "TF-HOTEL"
    page.fill("#id_due", "2020-03-24T18:00")
    follow(page.locator(f"form[action='{reverse('command:assign', args=[one.pk])}'] button.pri"))
    follow(page.locator(f"form[action='{reverse('command:publish', args=[one.meeting_id])}'] button.pri"))
    for name in ("command:directives", "command:tasks", "command:supervision", "command:duty", "command:bodies"):
        page.goto(live_server.url + reverse(name))
        sound(page)
    page.goto(live_server.url + reverse("command:directive", args=[one.pk]))
    sound(page)
    page.goto(live_server.url + reverse("command:board"))
    assert one.text in page.inner_text("main")
    assert not page.blocked
    page.context.close()


def a_fortnight(measure):
    for day in range(12):
        at = NOW - timedelta(days=day)
        KeptReading.objects.create(measure=measure, place=CITY, at=at, value=80.0 + day)


@pytest.mark.parametrize("scheme", ["dark", "light"])
@in_both_views
def test_the_board_and_the_page_of_a_measure_hold_in_dark_and_light(chromium, live_server, locale, width, scheme):
    a_city()
    people_inside(3)
    a_fortnight("quarantine.requisition.rooms_free_tonight")
    page = opened(chromium, locale, width, color_scheme=scheme)
    signed_in(page, live_server, an_actor(Role.LEADING_GROUP))
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    sound(page)
    page.goto(live_server.url + reverse("command:measure", args=["quarantine.requisition.rooms_free_tonight"]))
    assert page.locator(".plot.on canvas").is_visible() and page.locator(".plot[role=img]").count() == 1
    assert not page.locator(".chart table").is_visible()
    page.keyboard.press("t")
    assert page.locator(".chart table").is_visible() and page.locator(".chart tbody tr").count() == 12
    drawn = page.evaluate("document.querySelector('.plot canvas').toDataURL()")
    page.locator("[data-theme-toggle]").first.click()
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('.plot canvas').toDataURL()") != drawn, "the chart keeps old colours"
    sound(page)
    assert not page.blocked
    page.context.close()


def test_a_page_of_a_measure_is_whole_without_script(chromium, live_server):
    a_city()
    a_fortnight("quarantine.requisition.rooms_free_tonight")
    page = opened(chromium, "en-US", 1440, color_scheme="light")
    signed_in(page, live_server, an_actor(Role.LEADING_GROUP))
    cookies = page.context.cookies()
    shown = opened(chromium, "en-US", 1440, java_script_enabled=False)
    shown.context.add_cookies(cookies)
    shown.goto(live_server.url + reverse("command:measure", args=["quarantine.requisition.rooms_free_tonight"]))
    assert shown.locator(".chart tbody tr").count() == 12 and shown.locator(".chart table").is_visible()
    shown.context.close()
    page.context.close()


def test_a_table_is_filtered_sorted_and_taken_away_as_it_is_seen(chromium, live_server):
    a_city()
    page = opened(chromium, "en-US", 1440, color_scheme="light")
    signed_in(page, live_server, an_actor(Role.LEADING_GROUP))
    page.goto(live_server.url + reverse("command:measures"))
    page.fill("input[data-filter]", "rooms")
    page.click("#t-measures th button >> nth=0")
    seen = page.locator("#t-measures tr[data-key]:visible td:first-child a").all_inner_texts()
    assert 0 < len(seen) < 107 and seen == sorted(seen, key=str.lower)
    assert page.locator("#t-measures th[aria-sort=ascending]").count() == 1
    with page.expect_download() as taken:
        page.click("a[data-export] >> nth=1")
    lines = list(csv.reader(io.StringIO(Path(taken.value.path()).read_text("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == seen
    assert "rooms" not in taken.value.url.split("?")[1]
    sound(page)
    assert not page.blocked
    page.context.close()


@pytest.mark.parametrize("width", [1440, 360])
def test_the_rooms_of_a_house_are_walked_by_arrows(chromium, live_server, width):
    a_city()
    people_inside(3)
    page = opened(chromium, "zh-CN", width, color_scheme="light")
    signed_in(page, live_server, an_actor(Role.QUARANTINE))
    follow(page.locator("#t-houses a"))
    page.locator("a.rm").first.focus()
    first = page.evaluate("document.activeElement.href")
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**room=*")
    assert page.locator("#room").is_visible() and page.locator("a.rm[aria-current=true]").count() == 1
    sound(page)
    assert not page.blocked
    page.context.close()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("command:board", Role.LEADING_GROUP),
        ("entry:flights", Role.ENTRY),
        ("entry:handovers", Role.ENTRY),
        ("quarantine:houses", Role.QUARANTINE),
    ],
)
def test_a_page_is_printed_without_rail_and_buttons_and_its_heads_repeat(chromium, live_server, name, role):
    a_city()
    people_inside(2)
    page = opened(chromium, "zh-CN", 1440, color_scheme="dark")
    signed_in(page, live_server, an_actor(role))
    page.goto(live_server.url + reverse(name))
    page.emulate_media(media="print")
    for gone in (".rail", ".top", ".pnav", ".btn", ".tools", "input[data-filter]"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    heads = page.evaluate("[...document.querySelectorAll('thead')].map(e => getComputedStyle(e).display)")
    assert set(heads) <= {"table-header-group"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")
    assert not page.blocked
    page.context.close()
