"""Who calls the API: a token or a session, never both and never a guess; the session is safe from other sites."""

import hashlib
import json

import pytest
from django.test import Client

from hucheng.core.accounts.actions import end_grant, grant_role, make_token
from hucheng.core.accounts.models import ApiToken, RoleGrant, User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, MORNING, a_city, after, an_actor
from hucheng.entry.testing import a_landed_flight, arrivals_of

pytestmark = pytest.mark.django_db
MEASURES, MEETINGS, FACTS = "/api/v1/measures", "/api/v1/meetings", "/api/v1/facts"
TEXT = {
    "text": "3月21日,市疫情防控工作领导小组召开第四十二次会议。会议要求,要做好防控工作。",
    "article_date": "2020-03-21",
}


def grant_of(role=Role.COMMAND_OFFICE, place=CITY) -> RoleGrant:
    actor = an_actor(role, place, "U1" if role in UNIT_ROLES else "")
    return RoleGrant.objects.get(user_id=actor.user_id, role=role, place=place)


def bearer(grant: RoleGrant) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)}"}


def signed_in(grant: RoleGrant, **options) -> Client:
    client = Client(**options)
    client.force_login(grant.user)
    return client


def get(client, path=MEASURES, **headers):
    with frozen_at(after(0)):
        return client.get(path, **headers)


def post(client, body, path=MEETINGS, **headers):
    with frozen_at(after(600)):
        return client.post(path, json.dumps(body), content_type="application/json", **headers)


class TestSessions:
    def test_whoever_is_signed_in_reads_without_a_token(self):
        assert get(signed_in(grant_of())).status_code == 200

    def test_a_form_of_another_site_changes_nothing(self):
        strict = signed_in(grant_of(), enforce_csrf_checks=True)
        assert post(strict, TEXT).status_code == 403
        assert not AuditLine.objects.filter(act__endswith="receive_minutes").exists()

    def test_with_the_token_of_ones_own_page_it_does(self):
        a_city()
        strict = signed_in(grant_of(), enforce_csrf_checks=True)
        with frozen_at(after(0)):
            strict.get("/purposes/")
        secret = strict.cookies["csrftoken"].value
        assert post(strict, TEXT, HTTP_X_CSRFTOKEN=secret).status_code == 200

    @pytest.mark.parametrize("lost", ["role", "person", "session"])
    def test_a_session_ends_with_its_role_its_person_or_itself(self, lost):
        grant = grant_of()
        client = signed_in(grant)
        if lost == "role":
            end_grant(actor=SYSTEM, grant_id=grant.pk, at=after(0))
        elif lost == "person":
            User.objects.update(is_active=False)
        else:
            client.logout()
        assert get(client).status_code == 401

    def test_a_person_of_two_roles_calls_in_the_one_they_chose(self):
        grant = grant_of(Role.LEADING_GROUP)
        given = {"user_id": grant.user_id, "place": CITY, "at": after(1)}
        other = grant_role(actor=SYSTEM, role=Role.LABORATORY, **given)
        client = signed_in(grant)
        assert get(client).status_code == 200
        client.post("/role/", {"grant": str(other.pk)})
        told = get(client)
        assert told.status_code == 409 and told.json()["code"] == "role_may_not"


class TestTokens:
    def test_a_program_needs_no_csrf_and_no_session(self):
        a_city()
        strict = Client(enforce_csrf_checks=True)
        assert post(strict, TEXT, **bearer(grant_of())).status_code == 200

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "bearer nonsense", "Token nonsense"])
    def test_any_other_header_is_nobody(self, header):
        grant_of()
        answer = get(Client(), HTTP_AUTHORIZATION=header)
        assert answer.status_code == 401 and answer.json() == {"detail": "Unauthorized"}

    def test_a_token_in_the_address_is_nobody(self):
        token = bearer(grant_of())["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
        assert get(Client(), f"{MEASURES}?token={token}&Authorization=Bearer%20{token}").status_code == 401

    def test_the_word_bearer_is_read_in_any_case(self):
        header = bearer(grant_of())["HTTP_AUTHORIZATION"]
        assert get(Client(), HTTP_AUTHORIZATION=header.replace("Bearer", "bearer")).status_code == 200

    def test_a_bad_token_is_not_saved_by_a_good_session(self):
        """A program that sends a wrong token must learn it, though a browser of the same person is signed in."""
        assert get(signed_in(grant_of()), HTTP_AUTHORIZATION="Bearer nonsense").status_code == 401

    def test_a_token_speaks_for_its_own_grant_and_not_for_the_session_beside_it(self):
        leader, house = grant_of(Role.LEADING_GROUP), grant_of(Role.HOUSE, COUNTY)
        told = get(signed_in(leader), **bearer(house))
        assert told.status_code == 409 and told.json()["code"] == "role_may_not"

    def test_an_ended_token_is_nobody_while_its_sister_lives(self):
        grant = grant_of()
        first, second = bearer(grant), bearer(grant)
        gone = first["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
        ApiToken.objects.filter(digest=hashlib.sha256(gone.encode()).hexdigest()).update(ended_at=after(1))
        assert get(Client(), **first).status_code == 401 and get(Client(), **second).status_code == 200

    def test_what_a_program_does_stands_in_its_grants_name_and_role(self):
        a_city()
        grant = grant_of()
        post(Client(), TEXT, **bearer(grant))
        line = AuditLine.objects.get(act="command.meetings.receive_minutes")
        assert (line.user_id, line.role, line.place) == (grant.user_id, Role.COMMAND_OFFICE, CITY)


class TestAnswers:
    def fact(self, **changes):
        (arrival,) = arrivals_of(a_landed_flight(1))
        given = {"kind": "test", "value": "negative", "at": after(300).isoformat(), "source": "x"}
        return given | {"arrival_id": str(arrival.pk)} | changes

    @pytest.mark.parametrize(("language", "ascii_only"), [("en", True), ("zh-hans", False)])
    def test_a_refusal_speaks_the_language_that_was_asked_for(self, language, ascii_only):
        auth = bearer(grant_of(Role.HOUSE, COUNTY))
        told = get(Client(), HTTP_ACCEPT_LANGUAGE=language, **auth).json()
        assert told["code"] == "role_may_not" and told["why"].isascii() == told["do"].isascii() == ascii_only

    def test_what_is_out_of_sight_and_what_is_not_there_answer_alike(self):
        body = [self.fact()]
        elsewhere = bearer(grant_of(Role.LABORATORY, "110000"))
        nowhere = [body[0] | {"arrival_id": "00000000-0000-4000-8000-000000000000"}]
        here = bearer(grant_of(Role.LABORATORY))
        answers = [post(Client(), body, FACTS, **elsewhere), post(Client(), nowhere, FACTS, **here)]
        assert [one.status_code for one in answers] == [404, 404] and answers[0].json() == answers[1].json()

    @pytest.mark.parametrize("changes", [{"arrival_id": "1"}, {"at": "yesterday"}, {"kind": None}])
    def test_a_body_that_does_not_fit_is_named_field_by_field_and_does_nothing(self, changes):
        told = post(Client(), [self.fact(**changes)], FACTS, **bearer(grant_of(Role.LABORATORY)))
        (field,) = changes
        assert told.status_code == 422 and any(field in map(str, fault["loc"]) for fault in told.json()["detail"])
        assert not AuditLine.objects.filter(act__endswith="record_facts").exists()

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"null"])
    def test_what_is_no_json_is_refused_without_a_trace_of_the_house(self, body):
        auth = bearer(grant_of(Role.LABORATORY))
        told = Client().post(FACTS, body, content_type="application/json", **auth)
        assert told.status_code in (400, 422) and b"Traceback" not in told.content and b"hucheng" not in told.content
