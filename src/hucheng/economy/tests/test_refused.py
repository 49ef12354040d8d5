"""What the pages of the economy do with a form that cannot stand: 422, the reason, what was typed, nothing stored."""

import html
import re

import pytest
from django.apps import apps
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.policies.models import Policy
from hucheng.economy.projects.models import Blocker
from hucheng.economy.supply.models import Alert
from hucheng.economy.testing import a_busy_department

pytestmark = pytest.mark.django_db
ROWS = {"report_reach": Policy, "clear_blocker": Blocker, "handle_alert": Alert, "settle_request": FirmRequest}
VALUE = {"code": "industry", "period": "2020M02", "value": "-9.25", "published_on": "2020-03-21", "reason": "verified"}
TARGETS = {"year": "2020", "state": "adopted", "dated_on": "2020-03-21", "ground": "congress", "document": "report"}
DAY = {"place": COUNTY, "day": "2020-03-21", "above_size": 4321, "resumed": 95, "on_roll": 1000, "back": 800}
REQUEST = {"place": COUNTY, "firm": "Red Star works", "kind": "power", "about": "steam", "official": "B. Clerk"}
RELIEF = {"name_zh": "贴息", "name_en": "Interest relief", "conditions": "small", "since": "2020-03-21",
          "until": "2020-09-30", "document": "doc 2", "owner": "TY-FIN", "series": ""}  # fmt: skip
REACH = {"day": "2020-03-21", "eligible": 4321, "paid": 40}
PROJECT = {"code": "P7", "name_zh": "桥", "name_en": "Long bridge", "place": COUNTY, "owner": "TY-DRC",
           "start_on": "2020-04-01"}  # fmt: skip
WEEK = {"code": "P1", "day": "2020-03-21", "started": "on", "done": 43, "planned": 44, "reason": ""}
BLOCKER = {"code": "P1", "factor": "power", "text": "no line yet", "owner": "TY-DRC", "since": "2020-03-20"}
PRICE = {"code": "pork", "day": "2020-03-21", "price": "43.21"}
STOCK = {"code": "masks", "day": "2020-03-21", "stock": "4321", "use_a_day": "100"}
SERIES = {"code": "steel", "name_zh": "钢", "name_en": "Steel output", "area": "140100", "unit": "% yoy",
          "period": "month", "kind": "growth", "better": "higher", "due_days": "", "source": "bureau"}  # fmt: skip
GOOD = {"code": "salt", "name_zh": "盐", "name_en": "Table salt", "kind": "food", "unit": "kg", "least_days": 10,
        "week_change": "5.0", "rule_source": "clause 42"}  # fmt: skip


@pytest.fixture
def department():
    return a_busy_department()


@pytest.fixture
def desk(client, department):
    client.force_login(User.objects.get(pk=department.user_id))
    return client


def post(client, name, data, language="en"):
    args = [ROWS[name].objects.get().pk] if name in ROWS else []
    with frozen_at(after(60)):
        return client.post(reverse(f"economy:{name}", args=args), data, headers={"accept-language": language})


def stored():
    """How many rows each table of the wing holds."""
    return {model.__name__: model.objects.count() for model in apps.get_app_config("economy").get_models()}


def typed(answer):
    """What stands in the fields of the page."""
    page = html.unescape(answer.content.decode())
    return set(re.findall(r'<input[^>]* value="([^"]*)"', page)) | set(re.findall(r"<textarea[^>]*>\s*([^<]*)<", page))


REFUSED = [
    ("publish_value", VALUE | {"period": "2020Q1x"}, "no_such_period", "-9.25"),
    ("publish_value", VALUE | {"reason": ""}, "no_reason", "-9.25"),
    ("publish_value", VALUE | {"value": "-100.5"}, "impossible_value", "-100.5"),
    ("publish_value", VALUE | {"value": "123456789012"}, "too_large", "123456789012"),
    ("publish_value", VALUE | {"published_on": "2020-03-22"}, "published_to_come", "-9.25"),
    ("publish_value", VALUE | {"published_on": "2020-02-28"}, "published_too_early", "-9.25"),
    ("targets", TARGETS | {"value_gdp": "7", "document": " "}, "adopted_without_document", "congress"),
    ("targets", TARGETS | {"value_gdp": "7", "dated_on": "2020-03-22"}, "targets_to_come", "congress"),
    ("targets", TARGETS | {"value_gdp": "7", "dated_on": "2020-03-17"}, "targets_older_than_known", "congress"),
    ("targets", TARGETS, "targets_unclear", "congress"),
    ("firms", DAY, "correction_without_reason", "4321"),
    ("firms", DAY | {"resumed": 4322}, "more_resumed_than_firms", "4321"),
    ("firms", DAY | {"back": 1001}, "more_back_than_on_roll", "4321"),
    ("firms", DAY | {"day": "2020-03-22"}, "day_to_come", "4321"),
    ("policies", RELIEF | {"until": "2020-03-20"}, "policy_ends_early", "Interest relief"),
    ("report_reach", REACH | {"paid": 4322}, "more_paid_than_eligible", "4321"),
    ("report_reach", REACH | {"day": "2020-03-22"}, "day_to_come", "4321"),
    ("report_project", WEEK, "correction_without_reason", "43"),
    ("report_project", {k: v for k, v in WEEK.items() if k != "started"}, "progress_impossible", "43"),
    ("report_project", WEEK | {"day": "2020-03-22"}, "day_to_come", "43"),
    ("name_blocker", BLOCKER | {"since": "2020-03-22"}, "blocker_unclear", "no line yet"),
    ("report_price", PRICE, "correction_without_reason", "43.21"),
    ("report_price", PRICE | {"price": "-43.21"}, "price_of_nothing", "-43.21"),
    ("report_price", PRICE | {"day": "2020-03-22"}, "day_to_come", "43.21"),
    ("report_stock", STOCK, "correction_without_reason", "4321"),
    ("report_stock", STOCK | {"use_a_day": "0"}, "stock_cannot_be_divided", "4321"),
    ("series", SERIES | {"code": "Steel"}, "series_unclear", "Steel output"),
    ("goods", GOOD | {"code": "Salt"}, "good_unclear", "Table salt"),
    ("goods", GOOD | {"week_change": "0"}, "good_unclear", "Table salt"),
]


@pytest.mark.parametrize(("name", "data", "code", "kept"), REFUSED)
def test_a_refused_form_says_why_keeps_what_was_typed_and_stores_nothing(desk, name, data, code, kept):
    before = stored()
    answer = post(desk, name, data)
    assert answer.status_code == 422 and kept in typed(answer)
    assert f">{code}</p>" in answer.content.decode() and stored() == before
    assert AuditLine.objects.filter(refused=code).count() == 1


@pytest.mark.parametrize(("name", "data", "code"), [one[:3] for one in REFUSED[::4]])
def test_a_refusal_is_said_in_chinese(desk, name, data, code):
    page = post(desk, name, data, language="zh-hans").content.decode()
    (card,) = re.findall(r'<section class="card refuse".*?</section>', page, re.DOTALL)
    words = re.sub(r"<[^>]+>", "", card).replace(code, "")
    assert re.search(r"[\u4e00-\u9fff]{4}", words) and not re.search(r"[a-z]{6,}", words), words


WRONG = [
    ("publish_value", VALUE, {"code": "steel", "period": "", "value": "1.23456", "published_on": "2020-02-30"}),
    ("publish_value", VALUE, {"value": "NaN", "period": "2020M02-2020M03", "reason": "x" * 201}),
    ("targets", TARGETS, {"year": "1999", "state": "wished", "dated_on": "", "ground": "", "value_gdp": "seven"}),
    ("firms", DAY, {"place": "140199", "above_size": "-1", "resumed": "", "on_roll": "1.5", "back": 10_000_001}),
    ("requests", REQUEST, {"place": "140100", "firm": " ", "kind": "gold", "about": "x" * 401, "official": ""}),
    ("policies", RELIEF, {"name_zh": "", "owner": "NOBODY", "since": "soon", "document": "", "series": "gdp-china"}),
    ("report_reach", REACH, {"day": "", "eligible": "-1", "paid": "many"}),
    ("project_list", PROJECT, {"code": "two words", "name_en": "", "place": "110105", "owner": "", "start_on": "x"}),
    ("report_project", WEEK, {"code": "P9", "day": "", "done": 101, "planned": -1}),
    ("name_blocker", BLOCKER, {"code": "P9", "factor": "weather", "text": "", "owner": "NOBODY", "since": ""}),
    ("report_price", PRICE, {"code": "steel", "day": "2020-13-01", "price": "1.234"}),
    ("report_stock", STOCK, {"stock": "1.23", "use_a_day": ""}),
    ("series", SERIES, {"code": "a b", "name_zh": "", "area": "110000", "unit": "t", "due_days": 366, "source": ""}),
    ("goods", GOOD, {"kind": "toys", "unit": "box", "least_days": 0, "week_change": "100.1", "rule_source": ""}),
]
PREFIXES = {"publish_value": "value", "report_reach": "reach", "report_project": "week", "name_blocker": "blocker",
            "report_price": "price", "report_stock": "stock"}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("name", "data", "wrong"), WRONG)
def test_each_wrong_field_is_named_beside_itself_and_no_other(desk, name, data, wrong, language):
    before = stored()
    answer = post(desk, name, data | wrong, language)
    marked = set(re.findall(r'id="(\w+)_error"', answer.content.decode()))
    assert answer.status_code == 422
    assert marked == {f"{PREFIXES.get(name, 'id')}_{field}" for field in wrong}
    assert stored() == before and not AuditLine.objects.exclude(refused="").exists()


@pytest.mark.parametrize(("name", "data"), [(one[0], one[1]) for one in WRONG])
def test_the_same_form_filled_in_right_is_taken(desk, name, data):
    reason = {"reason": "counted again"} if name in ("firms", "report_project", "report_price", "report_stock") else {}
    more = {"value_gdp": "7"} if name == "targets" else {}
    before = stored()
    answer = post(desk, name, data | reason | more)
    assert answer.status_code == 302, answer.content.decode()
    assert sum(stored().values()) > sum(before.values())


ANSWERED = ["clear_blocker", "handle_alert", "settle_request"]


@pytest.mark.parametrize("name", ANSWERED)
def test_what_waits_is_answered_once_in_words(desk, name):
    for empty in ({}, {"answer": ""}, {"answer": " \t"}):
        assert post(desk, name, empty).status_code == 422
    assert post(desk, name, {"answer": "seen to"}).status_code == 302
    again = post(desk, name, {"answer": "once more"})
    assert again.status_code == 422 and ROWS[name].objects.get().answer == "seen to"


@pytest.mark.parametrize("name", [*ANSWERED, "report_reach", "publish_value", "report_price", "report_stock"])
def test_a_reader_of_another_place_or_role_answers_nothing(client, department, name):
    for actor in (
        an_actor(Role.LEADING_GROUP),
        an_actor(Role.COUNTY, OTHER_COUNTY),
        an_actor(Role.DEPARTMENT, "110000"),
        an_actor(Role.ENTRY),
    ):
        client.force_login(User.objects.get(pk=actor.user_id))
        answer = post(client, name, {"answer": "x", **PRICE, **REACH})
        strange = actor.place == "110000" and name in ("publish_value", "report_price", "report_stock")
        assert answer.status_code == (422 if strange else 404), (name, actor)


@pytest.mark.parametrize("name", ["publish_value", "send_file", *ROWS, "report_price", "report_project"])
def test_what_only_takes_forms_shows_no_page(desk, name):
    args = [ROWS[name].objects.get().pk] if name in ROWS else []
    assert desk.get(reverse(f"economy:{name}", args=args)).status_code == 405
