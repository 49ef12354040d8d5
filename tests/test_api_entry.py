"""Declarations and passes by API: the same acts as the pages, typed, with the same refusals (issue item 5)."""

import json
import uuid

import pytest

from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Outcome, Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.entry.clearance.models import Pass
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.testing import a_landed_flight, arrivals_of, declared, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact
from tests.test_api import API, caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def flight():
    the_rules()
    return a_landed_flight(3)


@pytest.fixture
def judged(flight):
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    return flight


def ask(client, method, path, body=None, auth=None, at=None):
    with frozen_at(at or after(90)):
        if method == "get":
            return client.get(API + path, **auth)
        return client.post(API + path, json.dumps(body), content_type="application/json", **auth)


def well(arrival, **said):
    form = {"arrival_id": str(arrival.pk), "symptoms": [], "contact_14d": False, "destination": "capital"}
    return form | said


def batch(*forms, means="paper"):
    return {"means": means, "declarations": list(forms)}


def test_a_batch_of_declarations_is_taken_and_read_back(client, flight):
    auth, _grant = caller(Role.ENTRY)
    people = arrivals_of(flight)
    forms = [well(p, symptoms=["cough"], countries_14d=["CAN"], needs=["diet"]) for p in people]
    answer = ask(client, "post", "/declarations", batch(*forms), auth)
    assert answer.status_code == 201 and answer.json() == {"taken": 3}
    (told,) = ask(client, "get", f"/arrivals/{people[0].pk}/declarations", auth=auth).json()
    assert told["symptoms"] == ["cough"] and told["contact_14d"] is False and told["countries_14d"] == ["CAN"]
    assert told["means"] == "paper" and told["complete"] is True
    assert {tuple(a.needs) for a in arrivals_of(flight)} == {("diet",)}
    assert AuditLine.objects.filter(act="entry.declarations.declare", refused="").count() == 1


def test_a_second_declaration_corrects_and_the_first_stays(client, judged):
    auth, _grant = caller(Role.ENTRY)
    person = arrivals_of(judged)[0]
    ask(client, "post", "/declarations", batch(well(person, symptoms=["fever"])), auth)
    person.refresh_from_db()
    assert person.outcome == Outcome.HOSPITAL
    latest, first = ask(client, "get", f"/arrivals/{person.pk}/declarations", auth=auth).json()
    assert latest["symptoms"] == ["fever"] and first["symptoms"] == []


def test_reading_declarations_leaves_a_trace(client, judged):
    auth, grant = caller(Role.MEDICAL)
    person = arrivals_of(judged)[0]
    ask(client, "get", f"/arrivals/{person.pk}/declarations", auth=auth)
    trace = ReadTrace.objects.get()
    assert (trace.person_id, trace.user_id, trace.purpose) == (person.person_id, grant.user_id, "declarations")


def test_what_a_traveller_sends_is_from_an_own_phone_whatever_the_body_says(client, flight):
    first, second, _third = arrivals_of(flight)
    auth, _grant = caller(Role.TRAVELLER, unit=str(first.pk))
    assert ask(client, "post", "/declarations", batch(well(first)), auth).status_code == 201
    assert Declaration.objects.get().means == Declaration.Means.OWN
    assert ask(client, "post", "/declarations", batch(well(second)), auth).status_code == 404
    assert ask(client, "get", f"/arrivals/{second.pk}/declarations", auth=auth).status_code == 404
    assert Declaration.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "twice", "code"), [(["plague"], False, "unknown_symptom"), ([], True, "twice_in_the_batch")]
)
@pytest.mark.parametrize(("language", "chinese"), [("zh-hans", True), ("en", False)])
def test_a_batch_with_one_bad_form_is_refused_whole_in_both_languages(
    client, flight, said, twice, code, language, chinese
):
    auth, _grant = caller(Role.ENTRY)
    first, second, _third = arrivals_of(flight)
    forms = [well(first), well(second, symptoms=said), *([well(second)] if twice else [])]
    client.cookies["django_language"] = language
    answer = ask(client, "post", "/declarations", batch(*forms), auth)
    told = answer.json()
    assert answer.status_code == 409 and told["code"] == code
    for part in (told["why"], told["do"]):
        assert any("\u4e00" <= sign <= "\u9fff" for sign in part) == chinese, part
    assert not Declaration.objects.exists()
    assert AuditLine.objects.get(act="entry.declarations.declare").refused == code


@pytest.mark.parametrize(
    "body",
    [
        {"declarations": []},
        {"means": "hearsay", "declarations": [{}]},
        {"declarations": [{"arrival_id": "1", "symptoms": [], "contact_14d": False, "destination": "capital"}]},
    ],
)
def test_a_body_of_the_wrong_shape_is_422_and_nothing_is_kept(client, flight, body):
    auth, _grant = caller(Role.ENTRY)
    assert ask(client, "post", "/declarations", body, auth).status_code == 422
    assert not Declaration.objects.exists()


def test_a_destination_that_is_none_is_422(client, flight):
    auth, _grant = caller(Role.ENTRY)
    bad = batch(well(arrivals_of(flight)[0], destination="moon"))
    assert ask(client, "post", "/declarations", bad, auth).status_code == 422


@pytest.mark.parametrize("role", [Role.LABORATORY, Role.LEADING_GROUP, Role.COUNTY, Role.RECEIVER])
def test_who_has_no_need_neither_declares_nor_reads(client, judged, role):
    auth, _grant = caller(role)
    person = arrivals_of(judged)[0]
    for answer in (
        ask(client, "post", "/declarations", batch(well(person)), auth),
        ask(client, "get", f"/arrivals/{person.pk}/declarations", auth=auth),
    ):
        assert answer.status_code == 409 and answer.json()["code"] == "role_may_not"
    assert not ReadTrace.objects.exists()


def test_passes_are_issued_listed_shown_checked_and_taken_back(client, judged):
    auth, _grant = caller(Role.ENTRY)
    path = f"/flights/{judged.pk}/passes"
    ids = [str(a.pk) for a in arrivals_of(judged)]
    answer = ask(client, "post", path, {"arrival_ids": ids}, auth)
    made = answer.json()
    assert answer.status_code == 201 and {one["arrival_id"] for one in made} == set(ids)
    assert ask(client, "post", path, {"arrival_ids": ids}, auth).json() == []
    assert ask(client, "get", f"/passes/{made[0]['id']}", auth=auth).json() == made[0]
    verdict = ask(client, "post", "/passes/verify", {"text": made[0]["token"] + "\n"}, auth).json()
    assert verdict["valid"] and verdict["code"] == "ok" and verdict["flight"] == "HU7976"
    back = ask(client, "post", f"/passes/{made[0]['id']}/revoke", {"why": "lost"}, auth).json()
    assert back["revoked_because"] == "lost" and back["revoked_at"]
    verdict = ask(client, "post", "/passes/verify", {"text": made[0]["token"]}, auth).json()
    assert not verdict["valid"] and verdict["code"] == "revoked" and verdict["why_zh"] and verdict["why_en"]
    again = ask(client, "post", f"/passes/{made[0]['id']}/revoke", {"why": "lost"}, auth)
    assert again.status_code == 409 and again.json()["code"] == "already_revoked"
    listed = ask(client, "get", path, auth=auth).json()
    assert sum(one["revoked_at"] is None for one in listed) == 2 and len(listed) == 3


def test_one_who_may_not_travel_refuses_the_whole_list(client, judged):
    auth, _grant = caller(Role.ENTRY)
    people = arrivals_of(judged)
    fact(people[0].pk, Fact.Kind.TEST, "pending", at=after(70))
    answer = ask(client, "post", f"/flights/{judged.pk}/passes", {"arrival_ids": [str(p.pk) for p in people]}, auth)
    assert answer.status_code == 409 and answer.json()["code"] == "not_judged_onward"
    assert not Pass.objects.exists()


@pytest.mark.parametrize("text", ["", "HUC1:", "HUC1:%%%%", "HUC1:" + "0" * 3000, "护城"])
def test_any_text_gets_a_verdict_and_none_of_them_holds(client, judged, text):
    auth, _grant = caller(Role.RECEIVER)
    verdict = ask(client, "post", "/passes/verify", {"text": text}, auth)
    assert verdict.status_code == 200 and verdict.json()["valid"] is False and not verdict.json()["holder"]


def test_a_pass_expires_by_itself_for_the_verifier(client, judged):
    auth, _grant = caller(Role.ENTRY)
    ids = [str(arrivals_of(judged)[0].pk)]
    (made,) = ask(client, "post", f"/flights/{judged.pk}/passes", {"arrival_ids": ids}, auth).json()
    late = ask(client, "post", "/passes/verify", {"text": made["token"]}, auth, at=after(90 + 12 * 60)).json()
    assert (late["valid"], late["code"]) == (False, "expired")


def test_only_the_entry_task_force_issues_and_only_its_readers_read(client, judged):
    for role in (Role.MEDICAL, Role.QUARANTINE, Role.LEADING_GROUP):
        auth, _grant = caller(role)
        told = ask(client, "post", f"/flights/{judged.pk}/passes", {"arrival_ids": []}, auth)
        assert told.status_code == 409 and told.json()["code"] == "role_may_not"
    auth, _grant = caller(Role.COUNTY)
    assert ask(client, "get", f"/flights/{judged.pk}/passes", auth=auth).status_code == 409


def test_another_county_finds_neither_flight_nor_pass_nor_person(client, judged):
    auth, _grant = caller(Role.ENTRY)
    ids = [str(arrivals_of(judged)[0].pk)]
    (made,) = ask(client, "post", f"/flights/{judged.pk}/passes", {"arrival_ids": ids}, auth).json()
    stranger, _grant = caller(Role.ENTRY, OTHER_COUNTY)
    for method, path, body in (
        ("post", f"/flights/{judged.pk}/passes", {"arrival_ids": ids}),
        ("get", f"/flights/{judged.pk}/passes", None),
        ("get", f"/passes/{made['id']}", None),
        ("post", f"/passes/{made['id']}/revoke", {"why": "mine"}),
        ("get", f"/arrivals/{ids[0]}/declarations", None),
        ("get", f"/arrivals/{ids[0]}/triage", None),
        ("post", "/declarations", batch(well(arrivals_of(judged)[0]))),
    ):
        assert ask(client, method, path, body, stranger).status_code == 404, path
    assert Pass.objects.get().revoked_at is None
    assert ask(client, "get", f"/passes/{uuid.uuid4()}", auth=auth).status_code == 404


def test_a_time_without_its_zone_is_refused_as_a_bad_body(client, judged):
    """A naive time crashed the comparison with the clock."""
    auth, _grant = caller(Role.LABORATORY)
    body = {"arrival_id": str(arrivals_of(judged)[0].pk), "kind": "test", "value": "negative", "source": "lab"}
    assert ask(client, "post", "/facts", [body | {"at": "2020-03-21T01:00:00"}], auth).status_code == 422
    assert ask(client, "post", "/facts", [body | {"at": "2020-03-21T09:00:00+08:00"}], auth).status_code == 201


def test_a_batch_asks_no_more_of_the_database_as_it_grows(client, django_assert_max_num_queries):
    the_rules()
    auth, _grant = caller(Role.ENTRY)
    for count, number in ((3, "HU1"), (90, "HU2")):
        people = arrivals_of(a_landed_flight(count, number=number))
        with django_assert_max_num_queries(16):
            answer = ask(client, "post", "/declarations", batch(*[well(p) for p in people]), auth)
        assert answer.json() == {"taken": count}


def test_a_declaration_of_another_day_does_not_hide_a_later_one(client, flight):
    auth, _grant = caller(Role.ENTRY)
    person = arrivals_of(flight)[0]
    declared([person], at=after(10), symptoms=("cough",))
    ask(client, "post", "/declarations", batch(well(person)), auth, at=after(20))
    latest, first = ask(client, "get", f"/arrivals/{person.pk}/declarations", auth=auth).json()
    assert (latest["symptoms"], first["symptoms"]) == ([], ["cough"])
