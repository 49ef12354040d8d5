"""What the pages of the economy show of a row in each of its states, in both languages."""

import html
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.economy.firms.actions import report_firms
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.pairing.actions import AnswerIn, RequestIn, file_requests, settle_requests
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.policies.actions import PolicyIn, publish_policy
from hucheng.economy.projects.actions import ProgressIn, ProjectIn, list_projects, report_projects
from hucheng.economy.supply.actions import PriceIn, StockIn, handle_alert, report_prices, report_stocks
from hucheng.economy.supply.models import Alert, Good
from hucheng.economy.testing import TODAY, a_day, a_department, a_draft, a_value, published

pytestmark = pytest.mark.django_db
NOW = after(60)


@pytest.fixture
def department():
    return a_department()


@pytest.fixture
def desk(client, department):
    client.force_login(User.objects.get(pk=department.user_id))
    return client


def page(client, name, *args, language="en", at=NOW, **query):
    with frozen_at(at):
        answer = client.get(reverse(f"economy:{name}", args=args), query, headers={"accept-language": language})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def words(text):
    """The text of a piece of a page, its tags left out."""
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", text)).strip()


def row(text, name):
    """The words of the last row of a table that names something."""
    rows = [words(one) for one in re.findall(r"<tr>.*?</tr>", text, re.DOTALL)]
    return [one for one in rows if name in one][-1]


def a_price(actor, code, value, back=0):
    prices = [PriceIn(code, TODAY - timedelta(days=back), Decimal(value))]
    return report_prices(actor=actor, prices=prices, at=NOW)


def a_stock(actor, code, amount):
    return report_stocks(actor=actor, stocks=[StockIn(code, TODAY, Decimal(amount), Decimal(100))], at=NOW)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", {"flour": "short", "rice": "price moved", "oil": "within the rule", "pork": "Blind"}),
        ("zh-hans", {"flour": "不足", "rice": "价格异动", "oil": "正常", "pork": "无读数"}),
    ],
)
def test_each_good_is_short_moved_within_its_rule_or_blind(desk, department, language, said):
    """A good that is short and whose price moved is called short: the stock comes first."""
    for code, now in (("flour", "6"), ("rice", "5.3"), ("oil", "5.25")):
        a_price(department, code, "5", 7)
        a_price(department, code, now)
    a_stock(department, "flour", 999)
    a_stock(department, "oil", 1_000)
    text = page(desk, "supply", language=language)
    for code, word in said.items():
        good = Good.objects.get(code=code)
        assert word in row(text, good.name_zh if language == "zh-hans" else good.name_en)


@pytest.mark.parametrize(
    ("language", "price", "stock"),
    [
        ("en", "−20 % in a week; the rule allows 5 %", "9.9 days of stock; the rule wants 10"),
        ("zh-hans", "一周变动 −20%，规则上限 5%", "库存可用 9.9 天，规则下限 10 天"),
    ],
)
def test_an_alert_says_what_the_rule_found_and_once_closed_what_was_done(desk, department, language, price, stock):
    a_price(department, "flour", "5", 7)
    a_price(department, "flour", "4")
    a_stock(department, "masks", 990)
    text = page(desk, "supply", language=language)
    assert price in text and stock in text
    for alert in Alert.objects.all():
        handle_alert(actor=department, alert_id=alert.pk, answer="<em>released</em>", at=NOW)
    text = page(desk, "supply", language=language, at=after(70))
    assert price not in text and stock not in text and text.count("<em>released</em>") == 2


def test_what_was_done_is_shown_as_text(desk, department):
    (alert,) = a_stock(department, "masks", 1)
    handle_alert(actor=department, alert_id=alert.pk, answer="<em>released</em>", at=NOW)
    with frozen_at(after(70)):
        answer = desk.get(reverse("economy:supply"))
    assert b"<em>released</em>" not in answer.content and b"&lt;em&gt;released" in answer.content


@pytest.mark.parametrize(
    ("language", "lowest", "silent"),
    [("en", "Lowest: ", "no report of the last week"), ("zh-hans", "最低为", "近一周没有报告")],
)
def test_firms_name_the_lowest_county_to_the_city_and_not_to_a_county(client, department, language, lowest, silent):
    report_firms(actor=department, reports=[a_day(), a_day(place=OTHER_COUNTY, resumed=5)], at=NOW)
    client.force_login(User.objects.get(pk=department.user_id))
    text = page(client, "firms", language=language)
    assert lowest in text and text.count(silent) == 8
    client.force_login(User.objects.get(pk=an_actor(Role.COUNTY, COUNTY).user_id))
    text = page(client, "firms", language=language)
    assert lowest not in text and silent not in text and text.count("<tr>") == 2  # the head and its own line


def test_a_project_is_blind_behind_on_its_plan_or_not_started(desk, department):
    told = [ProgressIn("P1", True, 5, 9), ProgressIn("P2", True, 9, 9), ProgressIn("P3", False, 0, 0)]
    rows = [ProjectIn(f"P{n}", f"项目{n}", f"Project {n}", COUNTY, "TY-DRC", TODAY) for n in range(1, 5)]
    list_projects(actor=department, projects=rows, at=NOW)
    report_projects(actor=department, day=TODAY, reports=told, at=NOW)
    for language, said in (("en", ["Behind", "on its plan", "Not started", "Blind"]),
                           ("zh-hans", ["落后", "按期", "未开工", "无读数"])):  # fmt: skip
        text = page(desk, "project_list", language=language)
        name = "项目" if language == "zh-hans" else "Project "
        assert [word in row(text, f"{name}{n}") for n, word in enumerate(said, start=1)] == [True] * 4


def test_a_list_of_projects_says_how_many_it_shows_and_keeps_what_was_asked(desk, department):
    rows = [ProjectIn(f"P{n}", f"项目{n}", f"Project {n}", COUNTY, "TY-DRC", TODAY) for n in range(51)]
    list_projects(actor=department, projects=rows, at=NOW)
    text = page(desk, "project_list", county=COUNTY, state="waiting")
    assert "51 key projects are shown." in text and f'value="{COUNTY}" selected' in text
    assert 'value="waiting" selected' in text and "Project 50" in page(desk, "project_list", page=1)
    assert text.count("<tr>") == 51 and page(desk, "project_list", page=2).count("<tr>") == 2
    assert "One key project is shown." not in text and "No key project is shown" in page(
        desk, "project_list", county="x"
    )


@pytest.mark.parametrize(
    ("language", "draft", "lowest", "never", "open_ones"),
    [
        ("en", "The targets of 2020 are still a draft of 2020-03-18.", "Lowest growth published this year: ",
         "never seen so high", "Open, without target or value yet:"),
        ("zh-hans", "2020 年目标仍为 2020-03-18 草案。", "今年已发布的最低增速：",
         "历史上从未达到", "已设立、尚无目标和数值："),
    ],
)  # fmt: skip
def test_the_outlook_says_what_the_targets_are_and_what_was_never_seen(
    desk, department, language, draft, lowest, never, open_ones
):
    published(department, a_value("retail", "2020M02", "-22.7", date(2020, 3, 20)))
    text = page(desk, "outlook", language=language)
    assert lowest in text and "−22.7" in text and draft not in text and never not in text
    a_draft(department, retail="8", gdp="7")
    text = page(desk, "outlook", language=language)
    assert draft in text and never in text and open_ones in text and lowest not in text
    assert draft not in page(desk, "outlook", language=language, on="2020-03-17")


def test_a_series_tells_how_it_counts_when_it_is_due_and_how_far_it_was_revised(desk, department):
    published(department, a_value("industry", "2020M02", "-12.3", date(2020, 3, 18)))
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 20), "verified"))
    text = page(desk, "indicator", Indicator.objects.get(code="industry").pk)
    assert "−11.9 % yoy" in text and "One period was revised." in text and "22 days after the period" in text
    assert ">0.4<" in text and "Higher is better" in text and "verified" in text
    text = page(desk, "indicator", Indicator.objects.get(code="cpi").pk)
    assert "No value is published yet." in text and "no calendar" in text and "Lower is better" in text


def test_the_table_of_series_names_the_area_of_each(desk):
    text = page(desk, "series")
    areas = {"product of the nation": "nation", "product of Shanxi": "province", "Retail sales": "city"}
    for name, area in areas.items():
        assert f" {area} " in row(text, name)
    assert "18 series are open." in text and 'name="shipped"' not in text


def test_relief_shows_its_end_while_it_runs_and_its_days_once_over(desk, department):
    policy = PolicyIn(
        "减免", "Rent relief", ["small firm", "nobody dismissed"], TODAY, date(2020, 3, 31), "doc", "TY-FIN"
    )
    publish_policy(actor=department, policy=policy, at=NOW)
    text = page(desk, "policies")
    assert "runs until 2020-03-31" in text and "<li>small firm</li><li>nobody dismissed</li>" in text
    text = page(desk, "policies", at=after(days=11))
    assert "runs until" not in text and "2020-03-21 – 2020-03-31" in text


def test_a_request_shows_its_last_day_and_then_its_answer(desk, department):
    told = RequestIn(COUNTY, "Red Star works", FirmRequest.Kind.POWER, "steam for the night", "B. Clerk")
    (made,) = file_requests(actor=department, requests=[told], at=NOW)
    text = page(desk, "requests")
    assert "03-25" in row(text, "Red Star works") and "B. Clerk" in text and 'class="st bad"' not in text
    assert 'class="st bad"' in page(desk, "requests", at=after(days=5))
    settle_requests(actor=department, answers=[AnswerIn(made.pk, "boiler lent")], at=after(days=5))
    text = page(desk, "requests", at=after(days=5))
    assert "boiler lent" in row(text, "Red Star works") and 'class="st bad"' in text and "No request waits" in text
