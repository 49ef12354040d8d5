"""The pages: in both languages, for those who may open them, with a refusal that says why."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.economy.firms.actions import report_firms
from hucheng.economy.indicators.models import Indicator, Upload, Vintage
from hucheng.economy.outlook.models import TargetVersion
from hucheng.economy.pairing.actions import RequestIn, file_requests
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.policies.actions import PolicyIn, publish_policy
from hucheng.economy.policies.models import Policy, PolicyCount
from hucheng.economy.projects.actions import (
    BlockerIn,
    report_blockers,
)
from hucheng.economy.projects.models import Blocker, ProjectReport
from hucheng.economy.supply.actions import PriceIn, report_prices
from hucheng.economy.supply.models import Alert, PriceReport, StockReport
from hucheng.economy.testing import TODAY, a_busy_department, a_day, a_value, published

pytestmark = pytest.mark.django_db
PAGES = ("outlook", "targets", "firms", "requests", "policies", "projects", "supply")
LANGUAGES = ("zh-hans", "en")
MARCH_20 = date(2020, 3, 20)


@pytest.fixture
def department():
    """A city with something in every room."""
    return a_busy_department()


@pytest.fixture
def desk(client, department):
    client.force_login(User.objects.get(pk=department.user_id))
    return client


def get(client, name, *args, language="en", **query):
    with frozen_at(after(60)):
        return client.get(reverse(f"economy:{name}", args=args), query, headers={"accept-language": language})


def post(client, name, data, *args, language="en"):
    with frozen_at(after(60)):
        return client.post(reverse(f"economy:{name}", args=args), data, headers={"accept-language": language})


def sentence(answer):
    text = re.search(r'<p class="say">(.*?)</p>', answer.content.decode(), re.DOTALL)[1]
    return re.sub(r"<[^>]+>", "", text).strip()


SAID = {
    (
        "outlook",
        "en",
    ): "of 1 with a value of this year 0 are reached. Furthest below: Value added of industry above size, "
    "−11.9 % against 7.5 %, 19.4 points short.",
    ("outlook", "zh-hans"): "差距最大的是规上工业增加值：−11.9%，目标 7.5%，相差 19.4 个百分点。",
    ("targets", "en"): "Version 1 of 2020-03-18 (Draft) counts for 2020.",
    ("targets", "zh-hans"): "2020 年以 2020-03-18 第 1 版（草案）为准。",
    ("firms", "en"): "130 of 200 firms above size work again (65 %), with 70 % of their people.",
    ("firms", "zh-hans"): "规上企业 200 户，已复工 130 户（65%），员工返岗率 70%。",
    ("requests", "en"): "One request is open, 0 beyond its three working days.",
    ("requests", "zh-hans"): "待办企业诉求 1 件，其中超三个工作日 0 件。",
    ("policies", "en"): "How far relief has reached is not reported yet.",
    ("policies", "zh-hans"): "尚无政策兑现情况报告。",
    (
        "projects",
        "en",
    ): "1 of 1 key projects have started (100 %); 0 keep to their plan. One blocker is open, 1 for over",
    ("projects", "zh-hans"): "重点项目 1 个，已开复工 1 个（100%），按期推进 0 个。",
    ("supply", "en"): "The shortest stock is Masks: 5 days. One alert is open, 0 for over 48 hours.",
    ("supply", "zh-hans"): "可用天数最少的是口罩：5 天。 待处置预警 1 条，其中超 48 小时 0 条。",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_with_one_sentence_that_is_computed(desk, name, language):
    answer = get(desk, name, language=language)
    assert answer.status_code == 200 and SAID[name, language] in sentence(answer)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_an_empty_city_is_told_so(client, name, language):
    actor = an_actor(Role.COMMAND_OFFICE)
    client.force_login(User.objects.get(pk=actor.user_id))
    answer = get(client, name, language=language)
    assert answer.status_code == 200 and sentence(answer)


@pytest.mark.parametrize("name", PAGES)
def test_readers_read_and_find_no_form(client, department, name):
    client.force_login(User.objects.get(pk=an_actor(Role.LEADING_GROUP).user_id))
    answer = get(client, name)
    main = answer.content.decode().split('<main id="main">')[1]
    assert answer.status_code == 200 and 'method="post"' not in main


@pytest.mark.parametrize("name", ["targets", "firms", "requests", "policies", "publish_value", "report_price"])
def test_what_a_reader_sends_finds_nothing(client, department, name):
    client.force_login(User.objects.get(pk=an_actor(Role.LEADING_GROUP).user_id))
    assert post(client, name, {}).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_county_opens_what_it_reports_and_nothing_else(client, department, name):
    client.force_login(User.objects.get(pk=an_actor(Role.COUNTY, COUNTY).user_id))
    answer = get(client, name)
    assert answer.status_code == (200 if name in ("firms", "requests", "projects") else 404)


def test_another_county_sees_neither_request_nor_project_nor_firms(client, department):
    client.force_login(User.objects.get(pk=an_actor(Role.COUNTY, "140106").user_id))
    for name, secret in (("requests", "steel parts"), ("projects", "Example road"), ("firms", ">90<")):
        answer = get(client, name)
        assert answer.status_code == 200 and secret not in answer.content.decode()
    request, blocker = FirmRequest.objects.get(), Blocker.objects.get()
    assert post(client, "settle_request", {"answer": "x"}, request.pk).status_code == 404
    assert post(client, "clear_blocker", {"answer": "x"}, blocker.pk).status_code == 404


def test_the_tracker_states_the_pace_and_what_it_assumes(desk):
    text = get(desk, "outlook").content.decode()
    assert "44.4 %" in text and "31 days, to 03-31" in text and "306 days, to 12-31" in text
    assert "spread evenly over its days" in text and "Rent relief" in text and "Blind" in text
    assert "revised" in text and "2020M02" in text


def test_the_page_of_a_past_day_knows_what_was_known_then(desk):
    text = get(desk, "outlook", on="2020-03-19").content.decode()
    assert "−12.3" in text and "−11.9" not in text and "As it was known on 2020-03-19" in text
    for nonsense in ("2020-13-01", "tomorrow", "2999-01-01", "'--"):
        assert "−11.9" in get(desk, "outlook", on=nonsense).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_series_shows_every_vintage_with_its_reason(desk, language):
    industry = Indicator.objects.get(code="industry")
    text = get(desk, "indicator", industry.pk, language=language).content.decode()
    assert "−11.9" in text and "−12.3" in text and "source data verified" in text and "2020-03-18" in text
    empty = get(desk, "indicator", Indicator.objects.get(code="retail").pk, language=language)
    assert empty.status_code == 200


def test_a_value_is_published_from_the_page(desk):
    value = {"code": "retail", "period": "2020M02", "value": "-22.7", "published_on": "2020-03-20"}
    answer = post(desk, "publish_value", value)
    assert answer.status_code == 302 and Vintage.objects.filter(indicator__code="retail").count() == 1
    assert post(desk, "publish_value", value).status_code == 302
    assert Vintage.objects.filter(indicator__code="retail").count() == 1


@pytest.mark.parametrize(
    ("language", "word"), [("en", "no reason is given for another"), ("zh-hans", "该期已有数值，未写修订原因。")]
)
def test_a_refused_value_is_422_and_keeps_what_was_typed(desk, language, word):
    value = {"code": "industry", "period": "2020M02", "value": "-9.25", "published_on": "2020-03-21"}
    answer = post(desk, "publish_value", value, language=language)
    assert answer.status_code == 422 and word in answer.content.decode() and "-9.25" in answer.content.decode()


def test_a_form_that_is_not_filled_in_is_422(desk):
    for name, args in (
        ("publish_value", ()), ("send_file", ()), ("targets", ()), ("firms", ()), ("requests", ()), ("policies", ()),
        ("report_project", ()), ("name_blocker", ()), ("report_price", ()), ("report_stock", ()),
        ("report_reach", (Policy.objects.get().pk,)),
    ):  # fmt: skip
        assert post(desk, name, {}, *args).status_code == 422, name


def test_a_file_goes_in_and_what_is_wrong_can_be_taken_back(desk):
    text = "code,period,value,published_on\nretail,2020M02,-22.7,2020-03-20\nretail,2020M02,x,2020-03-20\n"
    answer = post(desk, "send_file", {"file": SimpleUploadedFile("v.csv", text.encode())})
    upload = Upload.objects.get()
    assert answer.url == reverse("economy:upload", args=[upload.pk])
    for language, word in (("en", "The value is not a number."), ("zh-hans", "数值不是数字。")):
        page = get(desk, "upload", upload.pk, language=language)
        assert word in page.content.decode() and page.status_code == 200
    listed = get(desk, "rows_to_mend", upload.pk)
    assert listed["Content-Type"].startswith("text/csv") and b"not_a_number" not in listed.content
    assert "v.csv" in get(desk, "outlook").content.decode()
    mended = listed.content.replace(b"retail,2020M02,x,", b"investment,2020M02,-15.8,")
    assert post(desk, "send_file", {"file": SimpleUploadedFile("w.csv", mended)}).status_code == 302
    assert Vintage.objects.filter(indicator__code="investment").exists()


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x00\x01" * 50, "姓名,年龄\n".encode("gb18030")])
def test_a_file_that_is_no_table_of_values_is_422(desk, data):
    answer = post(desk, "send_file", {"file": SimpleUploadedFile("v.csv", data)})
    assert answer.status_code == 422 and "values_" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_file_of_another_place_is_not_found(client, department):
    upload = Upload.objects.create(place="140100", name="x", received_at=MORNING, rows=0, new=0, same=0, wrong=0)
    client.force_login(User.objects.get(pk=an_actor(Role.DEPARTMENT, COUNTY).user_id))
    assert get(client, "upload", upload.pk).status_code == get(client, "rows_to_mend", upload.pk).status_code == 404


def test_the_workbook_holds_every_vintage(desk):
    answer = get(desk, "vintages_xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) == 1 + Vintage.objects.count() and rows[1][:3] == ("gdp-china", "2019Q4", 6.1)


def test_targets_are_adopted_from_the_page_and_need_their_document(desk):
    version = {"year": "2020", "state": "adopted", "dated_on": "2020-03-21", "ground": "the congress", "document": ""}
    aims = {"value_gdp": "7", "relation_gdp": "about", "value_industry": "7.5", "relation_industry": "="}
    answer = post(desk, "targets", version | aims)
    assert answer.status_code == 422 and "name the document" in answer.content.decode()
    assert post(desk, "targets", version | aims | {"document": "work report"}).status_code == 302
    made = TargetVersion.objects.get(state="adopted")
    assert made.targets.count() == 2 and made.document == "work report"


def test_a_day_of_firms_is_reported_and_corrected_from_the_page(client, department):
    client.force_login(User.objects.get(pk=an_actor(Role.COUNTY, COUNTY).user_id))
    day = {"place": COUNTY, "day": "2020-03-21", "above_size": 100, "resumed": 95, "on_roll": 1000, "back": 800}
    refused = post(client, "firms", day)
    assert refused.status_code == 422 and "Say why the figures change" in refused.content.decode()
    assert post(client, "firms", day | {"reason": "counted late"}).status_code == 302
    assert "95 of 100" in sentence(get(client, "firms"))
    assert post(client, "firms", day | {"place": OTHER_COUNTY}).status_code == 422  # not among the choices


def test_prices_stocks_and_alerts_are_kept_from_the_page(desk):
    price = {"code": "rice", "day": "2020-03-21", "price": "6.20"}
    assert post(desk, "report_price", price).status_code == 302 and PriceReport.objects.count() == 2
    assert post(desk, "report_price", price | {"price": "0"}).status_code == 422
    stock = {"code": "rice", "day": "2020-03-21", "stock": "900", "use_a_day": "100"}
    assert post(desk, "report_stock", stock).status_code == 302 and StockReport.objects.count() == 2
    alert = Alert.objects.get(good__code="rice")
    assert post(desk, "handle_alert", {"answer": ""}, alert.pk).status_code == 422
    assert post(desk, "handle_alert", {"answer": "released"}, alert.pk).status_code == 302
    assert "released" in get(desk, "supply").content.decode()


def test_projects_and_blockers_are_kept_from_the_page(desk):
    week = {"code": "P1", "day": "2020-03-21", "started": "on", "done": 5, "planned": 5}
    assert post(desk, "report_project", week).status_code == 422
    assert post(desk, "report_project", week | {"reason": "survey"}).status_code == 302
    assert ProjectReport.objects.count() == 2
    blocker = {"code": "P1", "factor": "power", "text": "no line", "owner": "TY-DRC", "since": "2020-03-20"}
    assert post(desk, "name_blocker", blocker).status_code == 302
    made = Blocker.objects.get(factor="power")
    assert post(desk, "clear_blocker", {"answer": " "}, made.pk).status_code == 422
    assert post(desk, "clear_blocker", {"answer": "line laid"}, made.pk).status_code == 302
    assert "0 keep" not in sentence(get(desk, "projects"))


def test_requests_are_filed_and_settled_from_the_page(client, department):
    client.force_login(User.objects.get(pk=an_actor(Role.COUNTY, COUNTY).user_id))
    one = {"place": COUNTY, "firm": "pharma", "kind": "power", "about": "steam", "official": "B. Clerk"}
    assert post(client, "requests", one).status_code == 302
    made = FirmRequest.objects.get(firm="pharma")
    assert "B. Clerk" in get(client, "requests").content.decode()
    assert post(client, "settle_request", {"answer": ""}, made.pk).status_code == 422
    assert post(client, "settle_request", {"answer": "boiler lent"}, made.pk).status_code == 302
    assert "boiler lent" in get(client, "requests").content.decode()


def test_relief_is_published_and_its_reach_reported_from_the_page(desk):
    relief = {
        "name_zh": "贷款贴息", "name_en": "Interest relief", "conditions": "small\n\nexporting", "since": "2020-03-21",
        "until": "2020-09-30", "document": "doc 2", "owner": "TY-FIN", "series": "",
    }  # fmt: skip
    assert post(desk, "policies", relief | {"until": "2020-03-01"}).status_code == 422
    assert post(desk, "policies", relief).status_code == 302
    made = Policy.objects.get(name_en="Interest relief")
    assert made.conditions == ["small", "exporting"]
    reach = {"day": "2020-03-21", "eligible": 100, "paid": 140}
    assert post(desk, "report_reach", reach, made.pk).status_code == 422
    assert post(desk, "report_reach", reach | {"paid": 40}, made.pk).status_code == 302
    assert PolicyCount.objects.get().paid == 40 and "40 of 100" in sentence(get(desk, "policies"))


@pytest.mark.parametrize("name", PAGES)
def test_what_people_typed_is_shown_as_text(desk, department, name):
    evil = "<script>alert(1)</script>"
    file_requests(actor=department, requests=[RequestIn(COUNTY, evil, FirmRequest.Kind.OTHER, evil, evil)], at=MORNING)
    report_blockers(
        actor=department, blockers=[BlockerIn("P1", Blocker.Factor.LAND, evil, "TY-DRC", TODAY)], at=MORNING
    )
    policy = PolicyIn(evil, evil, [evil], TODAY, TODAY, evil, "TY-FIN", "industry")
    publish_policy(actor=department, policy=policy, at=MORNING)
    assert evil not in get(desk, name).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_more_queries_as_rows_grow(desk, department, name, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get(desk, name)
    with CaptureQueriesContext(
        connection,
    ) as before:
        get(desk, name)
    for n in range(12):
        request = RequestIn(COUNTY, f"firm {n}", FirmRequest.Kind.POWER, "steam", "B. Clerk")
        file_requests(actor=department, requests=[request], at=MORNING)
        blocker = BlockerIn("P1", Blocker.Factor.LAND, f"land {n}", "TY-DRC", TODAY)
        report_blockers(actor=department, blockers=[blocker], at=MORNING)
        policy = PolicyIn("减", f"Relief {n}", ["small"], TODAY, date(2020, 6, 30), "doc", "TY-FIN", "retail")
        publish_policy(actor=department, policy=policy, at=MORNING)
        published(department, a_value("revenue", f"{2000 + n}M12", "6", date(2001 + n, 1, 22)))
        price = PriceIn("pork", TODAY - timedelta(days=n + 1), Decimal("54.3"))
        report_prices(actor=department, prices=[price], at=MORNING)
        report_firms(actor=department, reports=[a_day(day=TODAY - timedelta(days=n + 1))], at=MORNING)
    with django_assert_max_num_queries(len(before)):
        get(desk, name)
