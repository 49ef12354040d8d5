"""Facts by API, as laboratories and hospitals send them: all or none, known by role, told by code."""

import json

import pytest

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Outcome, Role
from hucheng.core.testing import CITY, COUNTY, MORNING, after, an_actor
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact

pytestmark = pytest.mark.django_db
FACTS = "/api/v1/facts"


@pytest.fixture
def people():
    the_rules()
    flight = a_landed_flight([a_passenger(n, seat=f"{11 + 9 * n}A") for n in range(3)])
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    return arrivals_of(flight)


def key(role, place=CITY):
    actor = an_actor(role, place)
    grant = RoleGrant.objects.get(user_id=actor.user_id, role=role, place=place)
    return {"HTTP_AUTHORIZATION": f"Bearer {make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)}"}


def a_fact(arrival, **said):
    body = {"arrival_id": str(arrival.pk), "kind": "test", "value": "positive", "source": "lab"}
    return body | {"at": after(80).isoformat()} | said


def post(client, facts, auth):
    with frozen_at(after(90)):
        return client.post(FACTS, json.dumps(facts), content_type="application/json", **auth)


def last(client, arrival, auth):
    with frozen_at(after(90)):
        return client.get(f"/api/v1/arrivals/{arrival.pk}/triage", **auth)


def test_a_batch_of_results_is_recorded_and_each_person_judged_again(client, people):
    auth = key(Role.LABORATORY)
    batch = [a_fact(people[0]), a_fact(people[1], value="negative"), a_fact(people[2], kind="temperature", value="38")]
    answer = post(client, batch, auth)
    assert (answer.status_code, answer.json()) == (201, {"recorded": 3})
    told = [last(client, one, auth).json()["outcome"] for one in people]
    assert told == [Outcome.HOSPITAL, Outcome.ONWARD, Outcome.HOSPITAL]


def test_a_judgement_is_told_with_rule_version_and_reasons_in_both_languages(client, people):
    told = last(client, people[0], key(Role.MEDICAL)).json()
    assert set(told) == {"outcome", "risk", "rule", "version", "reason_zh", "reason_en", "at"}
    assert (told["outcome"], told["risk"]) == ("onward", "low") and all(told.values())


def test_before_the_first_judgement_there_is_none_to_tell(client):
    (person,) = arrivals_of(a_landed_flight(1))
    answer = last(client, person, key(Role.MEDICAL))
    assert (answer.status_code, answer.json()) == (200, None)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"value": "maybe"}, "unknown_value"),
        ({"kind": "temperature", "value": "12"}, "impossible_temperature"),
        ({"kind": "symptoms", "value": "plague"}, "unknown_symptom"),
        ({"at": after(91).isoformat()}, "fact_from_the_future"),
    ],
)
@pytest.mark.parametrize(("language", "chinese"), [("zh-hans", True), ("en", False)])
def test_one_fact_that_cannot_be_keeps_the_batch_out_and_is_told_by_code(client, people, said, code, language, chinese):
    client.cookies["django_language"] = language
    before = Fact.objects.count()
    answer = post(client, [a_fact(people[0]), a_fact(people[1], **said)], key(Role.LABORATORY))
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, code) and Fact.objects.count() == before
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told["why"]) == chinese
    assert AuditLine.objects.get(refused=code).act == "entry.triage.record_facts"


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "horoscope"},
        {"source": "x" * 41},
        {"at": "2020-03-21T09:00:00"},
        {"at": "soon"},
        {"arrival_id": "7"},
        {"value": None},
    ],
)
def test_a_body_of_the_wrong_shape_is_422_and_nothing_is_kept(client, people, said):
    before = Fact.objects.count()
    assert post(client, [a_fact(people[0]), a_fact(people[1], **said)], key(Role.LABORATORY)).status_code == 422
    assert Fact.objects.count() == before


@pytest.mark.parametrize("role", [Role.COUNTY, Role.QUARANTINE, Role.COMMAND_OFFICE, Role.RECEIVER])
def test_who_finds_nothing_out_records_nothing(client, people, role):
    answer = post(client, [a_fact(people[0])], key(role))
    assert (answer.status_code, answer.json()["code"]) == (409, "role_may_not")


def test_another_county_neither_records_nor_reads(client, people):
    auth = key(Role.MEDICAL, COUNTY)
    before = Fact.objects.count()
    assert post(client, [a_fact(people[0])], auth).status_code == 404
    assert last(client, people[0], auth).status_code == 404
    assert Fact.objects.count() == before


def test_without_a_key_nobody_is_answered(client, people):
    assert post(client, [a_fact(people[0])], {}).status_code == 401
    assert last(client, people[0], {"HTTP_AUTHORIZATION": "Bearer x"}).status_code == 401
