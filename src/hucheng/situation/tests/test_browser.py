"""The department's morning in a real browser: zh and en, desk and phone, axe on each page."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.design.build import VENDOR
from hucheng.core.terms import Role
from hucheng.core.testing import a_city, after, an_actor
from hucheng.situation.countries.models import SeriesFile
from hucheng.situation.importation.models import CaseReport
from hucheng.situation.origins.actions import note_origin
from hucheng.situation.testing import TODAY, a_report, a_table, a_watch, days_up_to, local_counts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("deletable")]
NOW = after(60)
GROWING = [0] + [n * 10 for n in range(1, 8)] + [70 + n * 20 for n in range(1, 8)]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)
    monkeypatch.setattr("hucheng.core.clock.today", lambda: TODAY)


def signed_in(page, live_server):
    person = User.objects.get(pk=an_actor(Role.DEPARTMENT).user_id)
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


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_department_takes_a_series_in_and_watches_its_origin(chromium, live_server, tmp_path: Path, locale, width):
    a_city()
    for number, airport in enumerate(("YYZ", "SVO")):
        note_origin(actor=an_actor(Role.ENTRY), airport=airport, at=after(number))
    a_watch("RU")
    a_report(3, flight="HU7976", found_quarantine=2)
    local_counts([19, 20, 20])
    file = tmp_path / "series.csv"
    rows = [row for code in ("CA", "RU") for row in days_up_to(TODAY, GROWING, code)]
    file.write_bytes(a_table([*rows, ("2020-02-30", "CA", 1)]))
    context = chromium.new_context(locale=locale, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    signed_in(page, live_server)

    page.goto(live_server.url + reverse("situation:series"))
    sound(page)
    assert page.input_value("#id_published_on") == str(TODAY)
    page.set_input_files("#id_file", file)
    page.fill("#id_source", "health commission")
    page.locator("form[enctype] button").click()
    page.wait_for_load_state()
    made = SeriesFile.objects.get()
    assert (made.fresh, made.faulty) == (30, 1) and "2020-02-30" in page.inner_text("main")
    sound(page)

    page.goto(live_server.url + reverse("situation:origins"))
    sound(page)
    page.locator(f"form[action='{reverse('situation:watch')}']:has(input[value=CA]) button").click()
    page.wait_for_load_state()
    assert page.locator("svg.geo path.rt").count() == 2
    page.locator("table[data-sortable] th button").first.click()
    assert page.locator("th[aria-sort=ascending]").count() == 1
    sound(page)
    page.goto(live_server.url + reverse("situation:country", args=["CA"]))
    sound(page)

    page.goto(live_server.url + reverse("situation:importation"))
    sound(page)
    page.locator("td a.btn").click()
    page.fill("#cases_new", "4")
    page.locator("#cases button.pri").first.click()
    page.wait_for_load_state()
    assert CaseReport.objects.get(corrects__isnull=False).new == 4
    sound(page)
    page.goto(live_server.url + reverse("situation:city"))
    sound(page)
    page.goto(live_server.url + reverse("command:board"))
    assert page.locator(f"a[href='{reverse('situation:origins')}']").count() >= 1
    assert not blocked
    context.close()
