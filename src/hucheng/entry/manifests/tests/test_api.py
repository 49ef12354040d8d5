"""Lists as JSON and columns by API: the same acts as the pages, with the same refusals."""

import json

import pytest

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, OTHER_COUNTY, after, an_actor
from hucheng.engines.manifests import write_json
from hucheng.entry.flights.models import Arrival
from hucheng.entry.manifests.models import Manifest, SettledColumns
from hucheng.entry.testing import a_flight, a_passenger

pytestmark = pytest.mark.django_db
ONE = {"surname": "TESTWANG", "given": "LIHUA", "birth": "1985-04-30", "document_number": "EZ0000001", "seat": "34F"}
ODD = {"谁": "TESTWANG/LIHUA", "什么": "EZ0000001", "坐哪": "34F"}
SETTLED = {"谁": "name", "什么": "document_number", "坐哪": "seat"}


@pytest.fixture
def flight():
    return a_flight()


def post(client, flight, what, body, role=Role.ENTRY, place="140100"):
    actor = an_actor(role, place)
    grant = RoleGrant.objects.get(user_id=actor.user_id, role=role)
    token = make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)
    with frozen_at(after(10)):
        return client.post(
            f"/api/v1/flights/{flight.pk}/{what}",
            json.dumps(body),
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {token}",
        )


def test_a_list_of_persons_arrives_and_is_accounted_for(client, flight):
    people = [ONE, {**ONE, "document_number": "EZ0000002", "given": "MING", "seat": "34G"}, {"surname": "NOBODY"}]
    answer = post(client, flight, "persons", {"persons": people, "flight": "HU7976", "control_total": 3})
    assert answer.status_code == 201
    assert answer.json() == {
        "rows": 3, "new": 2, "updated": 0, "same": 0, "duplicate": 0, "rejected": 0, "pending": 1,
    }  # fmt: skip
    assert Manifest.objects.get().format == "json" and Manifest.objects.get().control_total == 3


def test_the_same_persons_again_add_nobody(client, flight):
    for expected in ("new", "same"):
        assert post(client, flight, "persons", {"persons": [ONE]}).json()[expected] == 1
    assert Arrival.objects.count() == 1


def test_what_the_engine_writes_the_api_takes(client, flight):
    written = json.loads(write_json([a_passenger(n) for n in range(4)], flight="HU7976"))
    body = {name: written[name] for name in ("persons", "flight", "control_total")}
    assert post(client, flight, "persons", body).json()["new"] == 4
    assert set(Arrival.objects.values_list("destination", flat=True)) == {"capital"}


def test_a_list_of_another_flight_is_refused(client, flight):
    answer = post(client, flight, "persons", {"persons": [ONE], "flight": "CA910"})
    assert answer.status_code == 409 and answer.json()["code"] == "other_flight" and not Manifest.objects.exists()


@pytest.mark.parametrize("body", [{}, {"persons": "all"}, {"persons": [1]}, {"persons": [ONE], "control_total": "x"}])
def test_a_body_of_the_wrong_shape_is_422_and_nothing_is_kept(client, flight, body):
    assert post(client, flight, "persons", body).status_code == 422 and not Manifest.objects.exists()


def test_an_empty_list_is_refused_with_a_next_step(client, flight):
    answer = post(client, flight, "persons", {"persons": []})
    assert answer.status_code == 409 and answer.json()["code"] == "manifest_no_rows" and answer.json()["do"]


def test_columns_settled_by_api_read_the_next_list(client, flight):
    refused = post(client, flight, "persons", {"persons": [ODD]})
    assert refused.status_code == 409 and refused.json()["code"] == "manifest_unknown_columns"
    settled = post(client, flight, "columns", {"columns": SETTLED})
    assert settled.status_code == 201 and settled.json()["source"] == "HU"
    assert settled.json()["columns"] == SETTLED
    assert post(client, flight, "persons", {"persons": [ODD]}).json()["new"] == 1
    assert Arrival.objects.get().seat == "34F"


def test_a_mapping_that_would_not_read_is_409(client, flight):
    answer = post(client, flight, "columns", {"columns": {"谁": "horoscope"}})
    assert answer.status_code == 409 and answer.json()["code"] == "columns_unknown_field"
    assert not SettledColumns.objects.exists()


@pytest.mark.parametrize(("what", "body"), [("persons", {"persons": [ONE]}), ("columns", {"columns": SETTLED})])
def test_another_place_finds_no_flight_and_another_role_may_not(client, flight, what, body):
    assert post(client, flight, what, body, place=OTHER_COUNTY).status_code == 404
    answer = post(client, flight, what, body, role=Role.MEDICAL)
    assert answer.status_code == 409 and answer.json()["code"] == "role_may_not"
    assert not Manifest.objects.exists() and not SettledColumns.objects.exists()
