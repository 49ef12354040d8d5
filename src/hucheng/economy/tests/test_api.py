"""Series, values and targets for programs: what is published, refused, typed wrong, repeated or of another place."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.economy.indicators.models import Vintage
from hucheng.economy.outlook.actions import TargetIn, adopt_targets
from hucheng.economy.testing import TODAY, a_department, a_draft, a_value, published

pytestmark = pytest.mark.django_db
API = "/api/v1"
VALUE = {"code": "industry", "period": "2020M02", "value": -11.9, "published_on": "2020-03-20"}


@pytest.fixture
def department():
    return a_department()


def caller(actor):
    grant = RoleGrant.objects.get(user_id=actor.user_id)
    return {"HTTP_AUTHORIZATION": f"Bearer {make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)}"}


def post(client, actor, body, language="en"):
    data = body if isinstance(body, str) else json.dumps(body)
    auth = {**caller(actor), "HTTP_ACCEPT_LANGUAGE": language}
    with frozen_at(after(60)):
        return client.post(f"{API}/indicators/values", data, content_type="application/json", **auth)


def get(client, actor, path):
    with frozen_at(after(60)):
        return client.get(API + path, **caller(actor))


def of(answer, code):
    return next(one for one in answer.json() if one["code"] == code)


def test_values_are_published_once_and_read_as_known_on_a_day(client, department):
    assert post(client, department, [VALUE]).json() == {"new": 1, "known": 0}
    revision = VALUE | {"value": -11.5, "published_on": "2020-03-21", "reason": "verified"}
    assert post(client, department, [VALUE, revision]).json() == {"new": 1, "known": 1}
    (now,) = of(get(client, department, "/indicators"), "industry")["values"]
    (then,) = of(get(client, department, "/indicators?known=2020-03-20"), "industry")["values"]
    assert (float(now["value"]), now["revision"], now["period"]) == (-11.5, 1, "2020M02")
    assert (float(then["value"]), then["revision"]) == (-11.9, 0)
    assert of(get(client, department, "/indicators?known=2020-03-19"), "industry")["values"] == []


def test_a_refusal_is_409_with_its_three_parts_and_keeps_nothing(client, department):
    answer = post(client, department, [VALUE, VALUE | {"code": "steel"}])
    assert answer.status_code == 409 and set(answer.json()) == {"code", "why", "do"}
    assert of(get(client, department, "/indicators"), "industry")["values"] == []


@pytest.mark.parametrize("bad", [{"value": "x"}, {"published_on": "yesterday"}, {"code": None}])
def test_a_body_that_is_not_typed_right_is_422(client, department, bad):
    assert post(client, department, [VALUE | bad]).status_code == 422


def test_targets_are_told_with_the_version_that_counts(client, department):
    a_draft(department, gdp="7")
    (version,) = get(client, department, "/targets?year=2020").json()
    assert version["state"] == "draft" and version["counts"] and version["targets"][0]["code"] == "gdp"
    assert get(client, department, "/targets?year=2020&known=2020-03-17").json() == []
    assert get(client, department, "/targets?year=2019").json() == []


def test_strangers_and_other_roles_learn_nothing(client, department):
    assert client.get(f"{API}/indicators").status_code == 401 == client.post(f"{API}/indicators/values").status_code
    county = an_actor(Role.COUNTY, COUNTY)
    assert get(client, county, "/indicators").json()["code"] == "role_may_not"
    assert get(client, county, "/targets?year=2020").json()["code"] == "role_may_not"
    assert post(client, county, [VALUE]).json()["code"] == "role_may_not"
    elsewhere = an_actor(Role.DEPARTMENT, COUNTY)
    assert get(client, elsewhere, "/indicators").json() == []
    assert post(client, elsewhere, [VALUE]).json()["code"] == "unknown_series"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        "{}",
        json.dumps(VALUE),
        json.dumps([VALUE | {"value": "NaN"}]),
        json.dumps([VALUE | {"value": "Infinity"}]),
        json.dumps([VALUE | {"value": None}]),
        json.dumps([VALUE | {"value": True, "period": 202002}]),
        json.dumps([VALUE | {"published_on": "2020-02-30"}]),
        json.dumps([VALUE | {"published_on": "20.03.2020"}]),
        json.dumps([{name: value for name, value in VALUE.items() if name != "published_on"}]),
        json.dumps([[VALUE]]),
    ],
)
def test_a_body_that_is_no_list_of_typed_values_is_not_taken(client, department, body):
    answer = post(client, department, body)
    assert answer.status_code in (400, 422) and not Vintage.objects.exists()
    assert not AuditLine.objects.filter(act="economy.indicators.publish").exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "steel"}, "unknown_series"),
        ({"period": "2020M13"}, "no_such_period"),
        ({"period": "2" * 5_000}, "no_such_period"),
        ({"value": -100.01}, "impossible_value"),
        ({"value": 1e11}, "too_large"),
        ({"value": 1e300}, "too_large"),
        ({"published_on": "2020-02-28"}, "published_too_early"),
        ({"published_on": "2020-03-22"}, "published_to_come"),
        ({"published_on": "9999-12-31"}, "published_to_come"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_value_that_cannot_stand_is_409_in_the_language_asked_for(client, department, change, code, language):
    answer = post(client, department, [VALUE | change], language)
    told = answer.json()
    assert answer.status_code == 409 and told["code"] == code
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in told["why"] + told["do"])
    assert chinese == (language == "zh-hans") and not Vintage.objects.exists()


def test_in_a_list_the_first_wrong_value_is_named_by_series_and_period(client, department):
    wrong = [VALUE, VALUE | {"code": "retail", "value": -101}, VALUE | {"code": "steel"}]
    told = post(client, department, wrong).json()
    assert told["code"] == "impossible_value" and told["why"].startswith("retail 2020M02: ")
    assert not Vintage.objects.exists()


def test_a_program_that_sends_its_whole_history_each_day_adds_what_is_new(client, department):
    history = [
        VALUE | {"period": f"2019M{month:02}", "value": month, "published_on": "2020-01-22"} for month in range(2, 13)
    ]
    assert post(client, department, history).json() == {"new": 11, "known": 0}
    assert post(client, department, [*history, VALUE]).json() == {"new": 1, "known": 11}
    assert post(client, department, []).json() == {"new": 0, "known": 0}
    assert Vintage.objects.count() == 12


def test_a_value_is_read_back_exactly_as_it_was_sent(client, department):
    sent = ["-11.9", "0.0001", "99999999999.9999"]
    for month, value in enumerate(sent, start=2):
        body = [VALUE | {"period": f"2019M{month}", "value": value, "published_on": "2020-01-22", "source": "press"}]
        assert post(client, department, body).status_code == 200
    (series,) = [one for one in get(client, department, "/indicators").json() if one["code"] == "industry"]
    assert [float(one["value"]) for one in series["values"]] == [float(value) for value in sent]
    assert [one["period"] for one in series["values"]] == ["2019M02", "2019M03", "2019M04"]
    assert (series["area"], series["kind"], series["unit"]) == ("140100", "growth", "% yoy")


def test_series_stand_by_code_and_ask_no_more_queries_for_more_values(
    client, department, django_assert_max_num_queries
):
    with CaptureQueriesContext(connection) as few:
        codes = [one["code"] for one in get(client, department, "/indicators").json()]
    assert codes == sorted(codes) and len(codes) == 18
    published(department, *(a_value("cpi", f"{year}M12", "1", TODAY) for year in range(2000, 2019)))
    with django_assert_max_num_queries(len(few)):
        told = get(client, department, "/indicators").json()
    assert sum(len(one["values"]) for one in told) == 19


@pytest.mark.parametrize("known", ["yesterday", "2020-13-01", "20200321x"])
def test_a_day_that_is_none_is_not_answered(client, department, known):
    assert get(client, department, f"/indicators?known={known}").status_code == 422
    assert get(client, department, f"/targets?year=2020&known={known}").status_code == 422


@pytest.mark.parametrize(("year", "status"), [("", 422), ("soon", 422), ("-1", 200), ("9" * 30, 200), ("2021", 200)])
def test_a_year_without_targets_has_an_empty_list(client, department, year, status):
    a_draft(department, gdp="7")
    answer = get(client, department, f"/targets?year={year}")
    assert answer.status_code == status and (status == 422 or answer.json() == [])


def test_of_several_versions_the_one_in_force_is_marked_and_all_stand(client, department):
    a_draft(department, gdp="8", retail="9")
    targets = [TargetIn("gdp", a_value("gdp", "", "7", TODAY).value)]
    words = {"ground": "congress", "document": "work report", "targets": targets}
    adopt_targets(actor=department, year=2020, state="adopted", dated_on=TODAY, at=MORNING, **words)
    first, second = get(client, department, "/targets?year=2020").json()
    assert (first["number"], first["counts"], second["number"], second["counts"]) == (1, False, 2, True)
    assert second["document"] == "work report" and [float(one["value"]) for one in second["targets"]] == [7.0]
    assert {one["code"] for one in first["targets"]} == {"gdp", "retail"}
    (then,) = get(client, department, "/targets?year=2020&known=2020-03-20").json()
    assert then["counts"] and then["state"] == "draft"


@pytest.mark.parametrize(
    ("role", "place", "reads", "writes"),
    [
        (Role.LEADING_GROUP, "140100", True, "role_may_not"),
        (Role.COMMAND_OFFICE, "140100", True, ""),
        (Role.ENTRY, "140100", False, "role_may_not"),
        (Role.COUNTY, COUNTY, False, "role_may_not"),
        (Role.COMMAND_OFFICE, "110000", True, "unknown_series"),
    ],
)
def test_who_reads_and_who_writes(client, department, role, place, reads, writes):
    actor = an_actor(role, place)
    for path in ("/indicators", "/targets?year=2020"):
        assert get(client, actor, path).status_code == (200 if reads else 409)
    answer = post(client, actor, [VALUE])
    assert (answer.status_code, answer.json().get("code", "")) == (409 if writes else 200, writes)
    assert Vintage.objects.count() == (0 if writes else 1)
