"""Opening series, watching goods, listing projects, and the rows behind each number."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.economy.firms.actions import report_firms
from hucheng.economy.indicators.actions import open_series
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.projects.actions import BlockerIn, ProgressIn, ProjectIn, list_projects, report_blockers
from hucheng.economy.projects.actions import report_projects as report
from hucheng.economy.projects.models import Blocker, KeyProject
from hucheng.economy.supply.actions import PriceIn, StockIn, open_goods, report_prices, report_stocks
from hucheng.economy.supply.models import Good
from hucheng.economy.tables import GOODS, SERIES, shipped
from hucheng.economy.testing import TODAY, a_day, a_department

pytestmark = pytest.mark.django_db
SERIES_ROW = shipped(SERIES)[0] | {"code": "steel"}
GOOD_ROW = shipped(GOODS)[0] | {"code": "salt"}


@pytest.fixture
def department():
    return a_department()


@pytest.fixture
def desk(client, department):
    return sign_in(client, department)


def sign_in(client, actor):
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def get(client, name, *args, language="en", **query):
    with frozen_at(after(60)):
        return client.get(reverse(f"economy:{name}", args=args), query, headers={"accept-language": language})


def post(client, name, data, *args):
    with frozen_at(after(60)):
        return client.post(reverse(f"economy:{name}", args=args), data, headers={"accept-language": "en"})


@pytest.mark.parametrize(
    "change",
    [
        {"code": "=SUM(A1)"}, {"code": "Steel"}, {"code": ""}, {"name_zh": " "}, {"name_en": ""}, {"source": ""},
        {"unit": "tons"}, {"kind": "guess"}, {"period": "day"}, {"better": "louder"}, {"area": "14"},
        {"due_days": "soon"}, {"due_days": "-1"},
    ],
)  # fmt: skip
def test_a_series_that_is_not_whole_refuses_the_whole_table(department, change):
    before = Indicator.objects.count()
    with pytest.raises(Refusal) as refused:
        open_series(actor=department, rows=[SERIES_ROW, SERIES_ROW | change], at=MORNING)
    assert refused.value.code == "series_unclear" and Indicator.objects.count() == before


@pytest.mark.parametrize(
    "change",
    [
        {"code": "Salt"}, {"name_zh": ""}, {"name_en": " "}, {"rule_source": ""}, {"least_days": "-1"},
        {"least_days": "many"}, {"week_change": "0"}, {"week_change": "5 %"}, {"kind": "toys"}, {"unit": "box"},
    ],
)  # fmt: skip
def test_a_good_without_its_rule_refuses_the_whole_table(department, change):
    with pytest.raises(Refusal) as refused:
        open_goods(actor=department, rows=[GOOD_ROW, GOOD_ROW | change], at=MORNING)
    assert refused.value.code == "good_unclear" and Good.objects.count() == 9


def test_two_rows_of_one_code_open_one_series_by_the_first(department):
    assert open_series(actor=department, rows=[SERIES_ROW, SERIES_ROW | {"unit": "%"}], at=MORNING) == 1
    assert Indicator.objects.get(code="steel").unit == SERIES_ROW["unit"]


def test_two_cities_keep_series_of_the_same_code(department):
    other = an_actor(Role.DEPARTMENT, "110000")
    assert open_series(actor=other, rows=[SERIES_ROW], at=MORNING) == 1
    assert open_series(actor=department, rows=[SERIES_ROW], at=MORNING) == 1
    assert Indicator.objects.filter(code="steel").count() == 2
    assert list(Indicator.objects.seen_by(other).values_list("place", flat=True)) == ["110000"]


@pytest.mark.parametrize("what", [("series", open_series, SERIES_ROW), ("goods", open_goods, GOOD_ROW)])
def test_only_keepers_open_what_is_kept(department, what):
    _name, act, row = what
    for role in (Role.LEADING_GROUP, Role.COUNTY):
        with pytest.raises(Refusal) as refused:
            act(actor=an_actor(role), rows=[row], at=MORNING)
        assert refused.value.code == "role_may_not"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["series", "goods", "project_list"])
def test_the_tables_open_in_both_languages_full_and_empty(client, name, language):
    a_city()
    sign_in(client, an_actor(Role.COMMAND_OFFICE))
    assert get(client, name, language=language).status_code == 200
    a_department()
    assert get(client, name, language=language).status_code == 200


@pytest.mark.parametrize(("name", "count"), [("series", 18), ("goods", 9)])
def test_an_empty_city_begins_with_the_shipped_table(client, name, count):
    a_city()
    sign_in(client, an_actor(Role.DEPARTMENT))
    assert b'name="shipped"' in get(client, name).content
    assert post(client, name, {"shipped": "1"}).status_code == 302
    model = Indicator if name == "series" else Good
    assert model.objects.count() == count and b'name="shipped"' not in get(client, name).content


def test_a_series_a_good_and_a_project_are_added_from_their_pages(desk):
    assert post(desk, "series", SERIES_ROW).status_code == 302 and Indicator.objects.filter(code="steel").exists()
    assert post(desk, "goods", GOOD_ROW).status_code == 302 and Good.objects.get(code="salt").least_days == 10
    project = {
        "code": "P1", "name_zh": "路", "name_en": "Road", "place": COUNTY, "owner": "TY-DRC", "start_on": "2020-04-01",
    }  # fmt: skip
    assert post(desk, "project_list", project).status_code == 302 and KeyProject.objects.get().owner == "TY-DRC"
    for name in ("series", "goods", "project_list"):
        assert post(desk, name, {}).status_code == 422
    assert post(desk, "series", SERIES_ROW | {"code": "UPPER"}).status_code == 422


@pytest.mark.parametrize("name", ["series", "goods", "project_list"])
def test_what_a_reader_sends_to_a_table_finds_nothing(client, department, name):
    sign_in(client, an_actor(Role.LEADING_GROUP))
    assert post(client, name, {"shipped": "1"}).status_code == 404
    assert b'method="post"' not in get(client, name).content.split(b'<main id="main">')[1]


def test_a_good_opens_its_reports_with_their_corrections(desk, department):
    report_prices(actor=department, prices=[PriceIn("pork", TODAY, Decimal("54.30"))], at=MORNING)
    report_prices(actor=department, prices=[PriceIn("pork", TODAY, Decimal("55"), "typing error")], at=after(5))
    stocks = [StockIn("pork", TODAY, Decimal(1200), Decimal(100))]
    report_stocks(actor=department, stocks=stocks, at=MORNING)
    pork = Good.objects.get(code="pork")
    text = get(desk, "good", pork.pk).content.decode()
    assert "54.30" in text and "55.00" in text and "typing error" in text and "Stock for 12 days" in text
    assert get(desk, "good", Good.objects.get(code="rice").pk, language="zh-hans").status_code == 200


def test_a_county_opens_its_reports_with_who_and_why(desk, department):
    report_firms(actor=department, reports=[a_day()], at=MORNING)
    report_firms(actor=department, reports=[a_day(resumed=95, reason="counted late")], at=after(5))
    text = get(desk, "county", COUNTY).content.decode()
    assert "95 of 100" in text and "counted late" in text and ">90<" in text
    assert get(desk, "county", OTHER_COUNTY, language="zh-hans").status_code == 200
    assert get(desk, "county", "140100").status_code == get(desk, "county", "nowhere").status_code == 404


def test_strangers_find_no_row_behind_a_number(client, department):
    sign_in(client, an_actor(Role.COUNTY, OTHER_COUNTY))
    assert get(client, "county", COUNTY).status_code == 404 and get(client, "county", OTHER_COUNTY).status_code == 200
    sign_in(client, an_actor(Role.DEPARTMENT, COUNTY))
    assert get(client, "good", Good.objects.first().pk).status_code == 404
    assert get(client, "good", uuid4()).status_code == 404
    assert get(client, "indicator", Indicator.objects.first().pk).status_code == 404


@pytest.fixture
def projects(department):
    rows = [
        ProjectIn(f"P{n}", f"项目{n}", f"Project {n}", COUNTY if n < 60 else OTHER_COUNTY, "TY-DRC", date(2020, 3, 1))
        for n in range(64)
    ]
    list_projects(actor=department, projects=rows, at=MORNING)
    told = [ProgressIn("P1", True, 5, 9), ProgressIn("P2", True, 9, 9), ProgressIn("P3", False, 0, 0)]
    report(actor=department, day=TODAY, reports=told, at=MORNING)
    blocker = BlockerIn("P2", Blocker.Factor.LAND, "land", "TY-DRC", TODAY - timedelta(days=2))
    report_blockers(actor=department, blockers=[blocker], at=MORNING)
    return department


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 64), ({"county": OTHER_COUNTY}, 4), ({"state": "behind"}, 1), ({"state": "blocked"}, 1),
     ({"state": "waiting"}, 62), ({"county": OTHER_COUNTY, "state": "behind"}, 0), ({"state": "<script>"}, 64)],
)  # fmt: skip
def test_the_list_of_projects_opens_the_rows_of_each_number(client, projects, asked, count):
    sign_in(client, projects)
    answer = get(client, "project_list", **asked)
    assert answer.context["count"] == count and "<script>alert" not in answer.content.decode()
    assert len(answer.context["page"].object_list) == min(count, 50)


def test_a_county_lists_its_own_projects_without_a_form(client, projects):
    sign_in(client, an_actor(Role.COUNTY, OTHER_COUNTY))
    answer = get(client, "project_list", county=COUNTY)
    assert answer.context["count"] == 0
    assert get(client, "project_list").context["count"] == 4 and b"List the project" not in answer.content
    assert post(client, "project_list", {}).status_code == 404


def test_long_lists_ask_no_more_queries(client, projects, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, projects)
    get(client, "project_list")
    with CaptureQueriesContext(connection) as before:
        get(client, "project_list", county=OTHER_COUNTY)
    with django_assert_max_num_queries(len(before)):
        get(client, "project_list")
