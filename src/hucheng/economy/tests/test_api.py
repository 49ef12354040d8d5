"""Series, values and targets for programs."""

import json

import pytest

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.economy.testing import a_department, a_draft

pytestmark = pytest.mark.django_db
API = "/api/v1"
VALUE = {"code": "industry", "period": "2020M02", "value": -11.9, "published_on": "2020-03-20"}


@pytest.fixture
def department():
    return a_department()


def caller(actor):
    grant = RoleGrant.objects.get(user_id=actor.user_id)
    return {"HTTP_AUTHORIZATION": f"Bearer {make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)}"}


def post(client, values, auth):
    with frozen_at(after(60)):
        return client.post(f"{API}/indicators/values", json.dumps(values), content_type="application/json", **auth)


def get(client, path, auth):
    with frozen_at(after(60)):
        return client.get(API + path, **auth)


def of(answer, code):
    return next(one for one in answer.json() if one["code"] == code)


def test_values_are_published_once_and_read_as_known_on_a_day(client, department):
    auth = caller(department)
    assert post(client, [VALUE], auth).json() == {"new": 1, "known": 0}
    revision = VALUE | {"value": -11.5, "published_on": "2020-03-21", "reason": "verified"}
    assert post(client, [VALUE, revision], auth).json() == {"new": 1, "known": 1}
    (now,) = of(get(client, "/indicators", auth), "industry")["values"]
    (then,) = of(get(client, "/indicators?known=2020-03-20", auth), "industry")["values"]
    assert (float(now["value"]), now["revision"], now["period"]) == (-11.5, 1, "2020M02")
    assert (float(then["value"]), then["revision"]) == (-11.9, 0)
    assert of(get(client, "/indicators?known=2020-03-19", auth), "industry")["values"] == []


def test_a_refusal_is_409_with_its_three_parts_and_keeps_nothing(client, department):
    auth = caller(department)
    answer = post(client, [VALUE, VALUE | {"code": "steel"}], auth)
    assert answer.status_code == 409 and set(answer.json()) == {"code", "why", "do"}
    assert of(get(client, "/indicators", auth), "industry")["values"] == []


@pytest.mark.parametrize("bad", [{"value": "x"}, {"published_on": "yesterday"}, {"code": None}])
def test_a_body_that_is_not_typed_right_is_422(client, department, bad):
    assert post(client, [VALUE | bad], caller(department)).status_code == 422


def test_targets_are_told_with_the_version_that_counts(client, department):
    a_draft(department, gdp="7")
    auth = caller(department)
    (version,) = get(client, "/targets?year=2020", auth).json()
    assert version["state"] == "draft" and version["counts"] and version["targets"][0]["code"] == "gdp"
    assert get(client, "/targets?year=2020&known=2020-03-17", auth).json() == []
    assert get(client, "/targets?year=2019", auth).json() == []


def test_strangers_and_other_roles_learn_nothing(client, department):
    assert get(client, "/indicators", {}).status_code == 401 and post(client, [VALUE], {}).status_code == 401
    county = caller(an_actor(Role.COUNTY, COUNTY))
    assert get(client, "/indicators", county).json()["code"] == "role_may_not"
    assert get(client, "/targets?year=2020", county).json()["code"] == "role_may_not"
    assert post(client, [VALUE], county).json()["code"] == "role_may_not"
    elsewhere = caller(an_actor(Role.DEPARTMENT, COUNTY))
    assert get(client, "/indicators", elsewhere).json() == []
    assert post(client, [VALUE], elsewhere).json()["code"] == "unknown_series"
