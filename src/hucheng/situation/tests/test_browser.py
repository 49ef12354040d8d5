"""The department's morning in a real browser: zh and en, desk and phone, axe on each page."""

from pathlib import Path

import pytest
from django.urls import reverse

from hucheng.core.design.testing import follow, in_a_browser, in_both_views, opened, signed_in, sound
from hucheng.core.terms import Role
from hucheng.core.testing import a_city, after, an_actor
from hucheng.situation.countries.models import SeriesFile
from hucheng.situation.importation.models import CaseReport
from hucheng.situation.origins.actions import note_origin
from hucheng.situation.testing import TODAY, a_report, a_table, a_watch, days_up_to, local_counts

pytestmark = in_a_browser
NOW = after(60)
GROWING = [0] + [n * 10 for n in range(1, 8)] + [70 + n * 20 for n in range(1, 8)]


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)
    monkeypatch.setattr("hucheng.core.clock.today", lambda: TODAY)


@in_both_views
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
    page = opened(chromium, locale, width)
    signed_in(page, live_server, an_actor(Role.DEPARTMENT))

    page.goto(live_server.url + reverse("situation:series"))
    sound(page)
    assert page.input_value("#id_published_on") == str(TODAY)
    page.set_input_files("#id_file", file)
    page.fill("#id_source", "health commission")
    follow(page.locator("form[enctype] button"))
    made = SeriesFile.objects.get()
    assert (made.fresh, made.faulty) == (30, 1) and "2020-02-30" in page.inner_text("main")
    sound(page)

    page.goto(live_server.url + reverse("situation:origins"))
    sound(page)
    follow(page.locator(f"form[action='{reverse('situation:watch')}']:has(input[value=CA]) button"))
    assert page.locator("svg.geo path.rt").count() == 2
    page.locator("table[data-sortable] th button").first.click()
    assert page.locator("th[aria-sort=ascending]").count() == 1
    sound(page)
    page.goto(live_server.url + reverse("situation:country", args=["CA"]))
    sound(page)

    page.goto(live_server.url + reverse("situation:importation"))
    sound(page)
    follow(page.locator("td a.btn"))
    page.fill("#cases_new", "4")
    follow(page.locator("#cases button.pri").first)
    assert CaseReport.objects.get(corrects__isnull=False).new == 4
    sound(page)
    page.goto(live_server.url + reverse("situation:city"))
    sound(page)
    page.goto(live_server.url + reverse("command:board"))
    assert page.locator(f"a[href='{reverse('situation:origins')}']").count() >= 1
    assert not page.blocked
    page.context.close()
