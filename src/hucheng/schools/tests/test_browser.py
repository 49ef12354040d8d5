"""A school on its way to opening, in a real browser: it states, the county accepts, three sign, it opens."""

from datetime import datetime

import pytest
from django.urls import reverse

from hucheng.core.design.testing import follow, in_a_browser, in_both_views, opened, signed_in, sound
from hucheng.core.testing import a_city
from hucheng.schools.readiness.actions import declare
from hucheng.schools.readiness.items import TEN
from hucheng.schools.readiness.models import State
from hucheng.schools.reopening.models import Opening
from hucheng.schools.testing import (
    a_school,
    a_stage,
    a_statement,
    county_clerk,
    education,
    head_of,
    items_of,
    planned,
    stated,
)

pytestmark = in_a_browser
BEFORE = datetime.fromisoformat("2020-03-18T10:00:00+08:00")
NOW = datetime.fromisoformat("2020-03-30T07:00:00+08:00")


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)


class Desk:
    """Somebody at a screen of their own."""

    def __init__(self, chromium, live_server, actor, locale, width):
        self.page = opened(chromium, locale, width)
        self.server = live_server.url
        signed_in(self.page, live_server, actor)

    def opens(self, name, *args):
        self.page.goto(self.server + reverse(f"schools:{name}", args=args))
        sound(self.page)
        return self.page

    def presses(self, name, *args, value=""):
        form = f"form[action='{reverse(f'schools:{name}', args=args)}'] button"
        self.follows(self.page.locator(form + (f"[value={value}]" if value else "")).first)

    def follows(self, target):
        follow(target)
        sound(self.page)

    def closes(self):
        assert not self.page.blocked
        self.page.context.close()


@in_both_views
def test_a_school_states_is_accepted_signs_and_opens(chromium, live_server, locale, width):
    a_city()
    stage = a_stage(at=BEFORE)
    school = a_school(at=BEFORE)
    planned(school, BEFORE, without="force_supply")
    stated(school, *(number for number in TEN if number != 5), at=NOW)
    head, clerk, bureau = (
        Desk(chromium, live_server, a, locale, width) for a in (head_of(), county_clerk(), education())
    )

    page = head.opens("workbench")
    assert page.locator("ol.ten > li").count() == 10
    head.follows(page.locator("ol.ten > li").nth(4).locator("a"))
    page.locator("input[name=in_place][value=yes]").check()
    page.fill("#id_evidence", "every room holds three")
    page.fill("#id_figure", "4")
    page.fill("#id_valid_until", "2020-06-30")
    head.follows(page.locator("form.stack button.pri"))
    assert page.locator(".refuse .mono").inner_text() == "beyond_the_limit"
    assert page.input_value("#id_evidence") == "every room holds three"
    page.fill("#id_figure", "3")
    follow(page.locator("form.stack button.pri"))
    page.locator("details summary").first.click()
    page.select_option("#piece_kind", "force_supply")
    page.fill("#piece_title", "Wen Qinghe")
    page.fill("#piece_people", "5")
    head.presses("file_piece", school.pk)
    head.presses("sign", school.pk)

    clerk.follows(clerk.opens("matrix").locator(".mx td a").first)
    clerk.presses("inspect", school.pk, value="accepted")
    assert {item.state(NOW.date()) for item in items_of(school)} == {State.IN_PLACE}
    clerk.presses("sign", school.pk)
    bureau.opens("school", school.pk)
    bureau.presses("sign", school.pk)

    head.opens("workbench")
    head.presses("open_school", school.pk, stage.key)
    assert Opening.objects.get().school_id == school.pk
    for name in ("matrix", "reopening", "sheets"):
        bureau.opens(name)
    head.opens("school", school.pk)
    for desk in (head, clerk, bureau):
        desk.closes()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_pages_with_gaps_closings_and_empty_places_are_sound_on_a_phone(chromium, live_server, locale):
    a_city()
    bureau = Desk(chromium, live_server, education(), locale, 360)
    for name in ("matrix", "reopening", "sheets"):
        bureau.opens(name)
    a_stage(at=BEFORE)
    school = a_school(at=BEFORE)
    lack = [a_statement(5, in_place=False, evidence="12 间住 4 人" * 12, figure=4, valid_until=None)]
    declare(actor=head_of(), school_id=school.pk, statements=lack, at=NOW)
    for name, args in (("matrix", ()), ("reopening", ()), ("school", (school.pk,))):
        bureau.opens(name, *args)
    bureau.closes()
    head = Desk(chromium, live_server, head_of("S14010577"), locale, 360)
    assert head.opens("workbench").locator("h1").count() == 1
    head.closes()
