"""The API: the same acts, typed; who calls is known; a refusal is 409 with its three parts."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.dateparse import parse_datetime

from hucheng.command.testing import MINUTES
from hucheng.core.accounts.actions import end_grant, make_token
from hucheng.core.accounts.models import RoleGrant
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.engines.manifests import write_paxlst
from hucheng.entry.testing import a_flight, a_passenger, arrivals_of
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.testing import people_inside

pytestmark = pytest.mark.django_db
API = "/api/v1"


def caller(role, place="140100", unit=""):
    actor = an_actor(role, place, unit)
    grant = RoleGrant.objects.get(user_id=actor.user_id, role=role)
    token = make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)
    return {"HTTP_AUTHORIZATION": f"Bearer {token}"}, grant


def post(client, path, body, auth):
    with frozen_at(after(60, days=1)):
        return client.post(API + path, json.dumps(body), content_type="application/json", **auth)


def a_check(stay, **changes):
    body = {
        "stay_id": str(stay.pk),
        "day": "2020-03-22",
        "slot": "am",
        "temperature": 36.5,
        "key": f"key-{stay.pk.hex[:8]}",
    }
    return body | changes


def test_the_description_names_every_operation_with_its_refusal(client):
    told = client.get(f"{API}/openapi.json").json()
    assert {f"{API}/checks", f"{API}/facts", f"{API}/measures"} <= set(told["paths"])
    for path in told["paths"].values():
        for operation in path.values():
            assert operation["summary"] and operation.get("security")


@pytest.mark.parametrize("path", ["/checks", "/facts"])
@pytest.mark.parametrize("auth", [{}, {"HTTP_AUTHORIZATION": "Bearer nonsense"}])
def test_strangers_are_not_answered(client, path, auth):
    assert post(client, path, [], auth).status_code == 401


def test_checks_come_in_batches_and_count_once(client):
    stays = people_inside(3)
    auth, _grant = caller(Role.HOUSE, COUNTY, "H01")
    batch = [a_check(stay) for stay in stays]
    assert post(client, "/checks", batch, auth).json() == {"new": 3, "known": 0, "abnormal": 0}
    assert post(client, "/checks", batch, auth).json() == {"new": 0, "known": 3, "abnormal": 0}
    refused = post(client, "/checks", [a_check(stays[0], key="another-key")], auth)
    assert refused.status_code == 409 and set(refused.json()) == {"code", "why", "do"}
    assert post(client, "/checks", [a_check(stays[0], temperature=365)], auth).status_code == 422
    assert DailyCheck.objects.count() == 3


def test_another_house_finds_nobody(client):
    (stay,) = people_inside(1)
    auth, _grant = caller(Role.HOUSE, COUNTY, "H02")
    assert post(client, "/checks", [a_check(stay)], auth).status_code == 404


def test_a_token_ends_with_its_role(client):
    people_inside(1)
    auth, grant = caller(Role.HOUSE, COUNTY, "H01")
    end_grant(actor=SYSTEM, grant_id=grant.pk, at=MORNING)
    assert post(client, "/checks", [], auth).status_code == 401


def test_a_laboratory_reports_and_the_judgement_can_be_read(client):
    (stay,) = people_inside(1)
    auth, _grant = caller(Role.LABORATORY)
    fact = {
        "arrival_id": str(stay.arrival_id),
        "kind": "test",
        "value": "positive",
        "at": after(300).isoformat(),
        "source": "x",
    }
    assert post(client, "/facts", [fact], auth).json() == {"recorded": 1}
    told = client.get(f"{API}/arrivals/{stay.arrival_id}/triage", **auth).json()
    assert told["outcome"] == "hospital" and told["reason_zh"] and parse_datetime(told["at"]) == after(60, days=1)
    assert post(client, "/facts", [fact | {"value": "perhaps"}], auth).json()["code"] == "unknown_value"


def test_an_airline_sends_its_list(client):
    flight = a_flight()
    auth, _grant = caller(Role.ENTRY)
    data = write_paxlst([a_passenger(1)], flight="HU7976", prepared=MORNING.replace(tzinfo=None))
    for wanted in ("new", "same"):
        with frozen_at(after(10)):
            file = SimpleUploadedFile("x.edi", data)
            answer = client.post(f"{API}/flights/{flight.pk}/manifests", {"file": file}, **auth)
        assert answer.status_code == 201 and answer.json()[wanted] == 1 == answer.json()["rows"]
    assert len(arrivals_of(flight)) == 1


def test_measures_tell_what_is_blind(client):
    auth, _grant = caller(Role.LEADING_GROUP)
    with frozen_at(after(0)):
        rows = client.get(f"{API}/measures", **auth).json()
    assert len(rows) > 100 and all(row["value"] is not None or row["standing"] == "blind" for row in rows)
    house, _grant = caller(Role.HOUSE, COUNTY, "H01")
    assert client.get(f"{API}/measures", **house).status_code == 409


def test_minutes_become_directives_with_an_owner(client):
    a_city()
    office, _grant = caller(Role.COMMAND_OFFICE)
    leader, _grant = caller(Role.LEADING_GROUP)
    body = {"text": MINUTES, "article_date": "2020-03-21"}
    assert post(client, "/meetings", body, leader).json()["code"] == "role_may_not"
    meeting = post(client, "/meetings", body, office).json()
    assert meeting["number"] == 42 and post(client, "/meetings", body, office).json()["code"] == "document_known"
    one = next(line for line in meeting["directives"] if "征用" in line["text"])
    act = f"/directives/{one['id']}/assign"
    assert post(client, act, {"lead": "NOBODY", "due": "2020-03-24T10:00:00Z"}, office).status_code == 409
    given = {"lead": "TF-HOTEL", "due": "2020-03-24T10:00:00Z", "no_measure": "a list follows"}
    assert post(client, act, given, office).json()["state"] == "accepted"
    (published,) = post(client, f"/meetings/{meeting['id']}/publish", {}, leader).json()
    with frozen_at(after(120, days=1)):
        (line,) = client.get(f"{API}/directives", **leader).json()
        assert client.get(f"{API}/meetings/{meeting['id']}", **office).json()["directives"]
    assert line["id"] == published["id"] and line["standing"] == "running"
