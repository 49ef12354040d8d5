"""A question and a day of high danger, each on its whole way in a real browser: zh and en, desk and phone, axe."""

import os
from datetime import datetime

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.design.build import VENDOR
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, a_city, an_actor
from hucheng.stability.bulletins.models import Question
from hucheng.stability.testing import a_season

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("deletable")]
NOW = datetime.fromisoformat("2020-03-21T13:00:00+08:00")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def city_clock(monkeypatch):
    """The server's threads read the same standing clock."""
    monkeypatch.setattr("hucheng.core.clock.now", lambda: NOW)
    monkeypatch.setattr("hucheng.core.clock.today", lambda: NOW.date())


@pytest.fixture(params=["zh-CN", "en-US"])
def locale(request):
    return request.param


@pytest.fixture(params=[1440, 360])
def page(request, chromium, locale):
    size = {"width": request.param, "height": 900}
    context = chromium.new_context(locale=locale, viewport=size, bypass_csp=True)
    opened = context.new_page()
    blocked: list[str] = []
    opened.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    yield opened
    assert [text for text in blocked if "422" not in text] == []
    context.close()


def signed_in(page, live_server, role, place="140100"):
    person = User.objects.get(pk=an_actor(role, place).user_id)
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


def send(page, name, *args):
    page.locator(f"form[action='{reverse(f'stability:{name}', args=args)}'] button.btn").last.click()
    page.wait_for_load_state()


def test_a_question_goes_from_anybody_to_its_answer_in_public(page, live_server, locale):
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

    signed_in(page, live_server, Role.DEPARTMENT)
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
    page.locator("article.answer h2 a").click()
    sound(page)
    page.goto(live_server.url + reverse("stability:bulletin", args=["2020-03-21"]))
    sound(page)


def test_a_noon_becomes_a_grade_and_a_patrol(page, live_server):
    a_city()
    a_season()
    signed_in(page, live_server, Role.COUNTY, COUNTY)
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
