"""A question and a day of high danger, each on its whole way in a real browser: zh and en, desk and phone, axe."""

from datetime import datetime

import pytest
from django.urls import reverse

from hucheng.core.design.testing import follow, in_a_browser, in_both_views, opened, signed_in, sound
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, a_city, an_actor
from hucheng.stability.bulletins.models import Question
from hucheng.stability.testing import a_season

pytestmark = in_a_browser
NOW = datetime.fromisoformat("2020-03-21T13:00:00+08:00")


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)
    monkeypatch.setattr("hucheng.core.clock.today", lambda: NOW.date())


@pytest.fixture
def page(chromium, locale, width):
    page = opened(chromium, locale, width)
    yield page
    assert not page.blocked
    page.context.close()


def send(page, name, *args):
    follow(page.locator(f"form[action='{reverse(f'stability:{name}', args=args)}'] button.btn").last)


@in_both_views
def test_a_question_goes_from_anybody_to_its_answer_in_public(page, live_server, locale, width):
    a_city()
    public = live_server.url + reverse("stability:answers")
    page.goto(public)
    sound(page)
    page.fill("#ask_text", "请打 13812345678 告诉我何时返校")
    send(page, "ask")
    assert page.locator("[role=alert]").first.is_visible() and not Question.objects.exists()
    sound(page)
    page.fill("#ask_text", "高三何时返校")
    send(page, "ask")
    assert Question.objects.get().answer is None

    signed_in(page, live_server, an_actor(Role.DEPARTMENT))
    page.goto(live_server.url + reverse("stability:questions"))
    sound(page)
    question = Question.objects.get()
    page.goto(f"{page.url}?open={question.pk}")
    sound(page)
    told = {"matter_zh": "高三何时返校？", "matter_en": "When does grade 12 return?", "text_zh": "三月二十五日起",
            "text_en": "From 25 March", "source": "省教育厅", "since": "2020-03-21"}  # fmt: skip
    for name, text in told.items():
        page.fill(f"#answer_{name}", text)
    page.select_option("#answer_office", "TY-EDU")
    send(page, "answer_question", question.pk)
    send(page, "publish_bulletin")
    page.context.clear_cookies()
    page.goto(public)
    shown = page.inner_text("main")
    assert ("三月二十五日起" if locale == "zh-CN" else "From 25 March") in shown and "省教育厅" in shown
    sound(page)
    follow(page.locator("article.answer h2 a"))
    sound(page)
    page.goto(live_server.url + reverse("stability:bulletin", args=["2020-03-21"]))
    sound(page)


@in_both_views
def test_a_noon_becomes_a_grade_and_a_patrol(page, live_server, locale, width):
    a_city()
    a_season()
    signed_in(page, live_server, an_actor(Role.COUNTY, COUNTY))
    page.goto(live_server.url + reverse("stability:weather"))
    sound(page)
    for humidity in ("137", "12"):
        for name, value in {"temp_c": "24", "rh_pct": humidity, "wind_kmh": "40", "rain_mm": "0"}.items():
            page.fill(f"#report_{name}", value)
        send(page, "report_weather")
        assert page.locator("[role=alert]").count() == (1 if humidity == "137" else 0)
    sound(page)
    page.goto(live_server.url + reverse("stability:fire"))
    assert page.locator("td .pill.bad, td .pill.warn").first.is_visible()
    sound(page)
    page.goto(live_server.url + reverse("stability:county", args=[COUNTY]))
    page.fill("#plan_due", "2020-03-21T17:00")
    page.fill("#plan_checkpoints", "K1, K2")
    send(page, "plan_patrols", COUNTY)
    page.locator("input[name=patrols]").first.check()
    page.fill("#prove_team", "三队")
    page.fill("#prove_done_at", "2020-03-21T12:30")
    send(page, "prove_patrols", COUNTY)
    assert page.locator("td .st.ok").count() == 1 and "12:30" in page.inner_text("main")
    sound(page)
    for name in ("fires", "notices"):
        page.goto(live_server.url + reverse(f"stability:{name}"))
        sound(page)
