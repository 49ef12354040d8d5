"""What the gate refuses, with its code; and that a refusal leaves everybody where they were."""

import pytest
from django.http import Http404
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.engines.papers import read_revocations, verify_pass
from hucheng.entry.clearance.actions import PASS_LIFE, clear, confirm_places, depart, revoke
from hucheng.entry.clearance.keys import public_key, signing_key
from hucheng.entry.clearance.models import Pass
from hucheng.entry.flights.actions import move
from hucheng.entry.flights.models import Whereabouts
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import bring_rules_into_force, triage_flight
from hucheng.entry.triage.models import Fact, RuleInForce
from hucheng.entry.triage.tables import entry_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


@pytest.fixture
def flight(desk):
    the_rules()
    flight = a_landed_flight([a_passenger(n, seat=f"{11 + 10 * n}A") for n in range(3)])
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(60))
    return flight


def refused(act, code, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert no.value.code == code
    return no.value


def ids(flight):
    return [a.pk for a in arrivals_of(flight)]


def test_only_people_in_the_port_are_cleared(desk, flight):
    first, *_others = ids(flight)
    move(actor=desk, arrival_ids=[first], whereabouts=Whereabouts.TRANSFER, holder="FLEET", at=after(65))
    args = {"actor": desk, "flight_id": flight.pk, "at": after(70)}
    refused(clear, "not_in_the_port", arrival_ids=ids(flight), **args)
    assert not Pass.objects.exists()
    assert len(clear(arrival_ids=ids(flight)[1:], **args)) == 2


def test_one_without_a_valid_pass_keeps_the_whole_list_back(desk, flight):
    clear(actor=desk, flight_id=flight.pk, arrival_ids=ids(flight), at=after(70))
    fact(ids(flight)[0], Fact.Kind.TEMPERATURE, "38.0", at=after(80))
    args = {"actor": desk, "flight_id": flight.pk, "holder": "TY-MOAT"}
    no = refused(depart, "no_valid_pass", arrival_ids=ids(flight), at=after(90), **args)
    assert "其中 1 人" in str(no.why)
    assert {a.whereabouts for a in arrivals_of(flight)} == {Whereabouts.PORT}
    assert depart(arrival_ids=ids(flight)[1:], at=after(90), **args) == 2
    refused(depart, "no_valid_pass", arrival_ids=ids(flight)[1:], at=after(91), **args)


@pytest.mark.parametrize(("minutes", "may"), [(70, True), (70 + 12 * 60 - 1, True), (70 + 12 * 60, False), (69, False)])
def test_a_pass_holds_from_its_first_minute_to_before_its_last(desk, flight, minutes, may):
    person = ids(flight)[0]
    (made,) = clear(actor=desk, flight_id=flight.pk, arrival_ids=[person], at=after(70))
    assert verify_pass(made.token, public_key(), at=after(minutes)).valid == may
    args = {"actor": desk, "flight_id": flight.pk, "arrival_ids": [person], "holder": "X", "at": after(minutes)}
    if may:
        assert depart(**args) == 1
    else:
        refused(depart, "no_valid_pass", **args)


def test_an_expired_pass_makes_room_for_one_new_one(desk, flight):
    person = ids(flight)[0]
    args = {"actor": desk, "flight_id": flight.pk, "arrival_ids": [person]}
    (old,) = clear(**args, at=after(70))
    (new,) = clear(**args, at=after(70) + PASS_LIFE)
    old.refresh_from_db()
    assert old.revoked_because == "expired" and old.adverse_fact_at is None and new.revoked_at is None
    assert clear(**args, at=after(71) + PASS_LIFE) == []


def test_nothing_of_a_stranger_or_of_another_flight_is_cleared(desk, flight):
    other = a_landed_flight(1, number="CA910")
    for act, args in ((clear, {}), (depart, {"holder": "X"})):
        with pytest.raises(Http404):
            act(actor=desk, flight_id=flight.pk, arrival_ids=ids(other), at=after(70), **args)


def test_a_place_is_confirmed_for_people_of_the_flight_only(desk, flight):
    other = a_landed_flight(1, number="CA910")
    with pytest.raises(Http404):
        confirm_places(actor=desk, flight_id=flight.pk, arrival_ids=ids(other), at=after(70))
    with pytest.raises(Http404):
        confirm_places(actor=desk, flight_id=flight.pk, arrival_ids=[*ids(flight), *ids(other)], at=after(70))
    assert not any(a.place_confirmed for a in arrivals_of(flight) + arrivals_of(other))
    assert confirm_places(actor=desk, flight_id=flight.pk, arrival_ids=ids(flight), at=after(71)) == 3


def test_a_revoked_pass_is_on_the_signed_list_until_it_would_have_expired(desk, flight, client):
    (made,) = clear(actor=desk, flight_id=flight.pk, arrival_ids=ids(flight)[:1], at=after(70))
    revoke(actor=desk, pass_id=made.pk, why="lost", at=after(75))
    refused(revoke, "already_revoked", actor=desk, pass_id=made.pk, why="lost", at=after(76))
    for minutes, listed in ((80, True), (70 + 12 * 60, False)):
        with frozen_at(after(minutes)):
            text = client.get(reverse("entry:revocations")).content.decode()
        known = read_revocations(text, public_key())
        assert (str(made.pk) in known.ids) == listed and known.as_of == after(minutes)


def test_another_county_takes_no_pass_back(desk, flight):
    (made,) = clear(actor=desk, flight_id=flight.pk, arrival_ids=ids(flight)[:1], at=after(70))
    with pytest.raises(Http404):
        revoke(actor=an_actor(Role.ENTRY, OTHER_COUNTY), pass_id=made.pk, why="x", at=after(75))
    for role in (Role.LABORATORY, Role.QUARANTINE, Role.COUNTY):
        refused(revoke, "role_may_not", actor=an_actor(role), pass_id=made.pk, why="x", at=after(75))
    made.refresh_from_db()
    assert made.revoked_at is None


def test_the_signing_key_is_made_once_and_is_for_its_owner_alone(tmp_path):
    first = signing_key(tmp_path / "keys")
    assert signing_key(tmp_path / "keys") == first
    (path,) = (tmp_path / "keys").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o077 == 0


def test_each_refusal_at_the_gate_leaves_its_line(desk, flight):
    fact(ids(flight)[0], Fact.Kind.TEST, "pending", at=after(65))
    refused(clear, "not_judged_onward", actor=desk, flight_id=flight.pk, arrival_ids=ids(flight), at=after(70))
    line = AuditLine.objects.get(act="entry.clearance.clear")
    assert (line.refused, line.user_id, line.detail["arrival_ids"]) == ("not_judged_onward", desk.user_id, 3)


@pytest.mark.parametrize("code", ["", "15", "R1", "r15", "R15 ", "R15;R16", "CITY-ORDER"])
def test_what_is_no_number_of_a_rule_never_comes_into_force(code):
    office, colleague = an_actor(Role.COMMAND_OFFICE), an_actor(Role.COMMAND_OFFICE, name="colleague")
    args = {"actor": office, "approved_by": colleague.user_id, "since": after(0), "at": after(0)}
    no = refused(bring_rules_into_force, "unknown_rule", rules=["R15", code], **args)
    assert code in str(no.why) and not RuleInForce.objects.exists()
    assert bring_rules_into_force(rules=["R15"], **args) == 1
    assert bring_rules_into_force(rules=["R15"], **args) == 0


def test_a_table_with_a_gap_comes_into_force_for_nobody(monkeypatch):
    from dataclasses import replace

    from hucheng.entry.triage import actions

    table = entry_table()
    without_end = replace(table, rows=tuple(row for row in table.rows if row.conditions))
    monkeypatch.setattr(actions, "table_in_force", lambda place, at: without_end)
    office, colleague = an_actor(Role.COMMAND_OFFICE), an_actor(Role.COMMAND_OFFICE, name="colleague")
    args = {"actor": office, "approved_by": colleague.user_id, "since": after(0), "at": after(0)}
    refused(bring_rules_into_force, "table_has_a_gap", rules=["R15"], **args)
    assert not RuleInForce.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["entry:gate", "entry:verify"])
def test_the_gate_answers_each_text_in_both_languages_and_keeps_none(client, desk, flight, language, name):
    (made,) = clear(actor=desk, flight_id=flight.pk, arrival_ids=ids(flight)[:1], at=after(70))
    client.cookies["django_language"] = language
    client.force_login(User.objects.get(pk=desk.user_id))
    for text, valid in ((made.token, True), (made.token[:-1], False), ("HUC1:" + "A" * 900, False), ("<b>x", False)):
        with frozen_at(after(80)):
            page = client.post(reverse(name), {"text": text})
        html = page.content.decode()
        assert page.context["verdict"].valid == valid and "<b>x" not in html
        told = page.context["verdict"].why.in_language(language)
        assert told in html
    assert not AuditLine.objects.filter(at=after(80)).exists()


def test_the_gate_asks_no_more_of_the_database_as_passes_are_many(client, desk, django_assert_max_num_queries):
    the_rules()
    client.force_login(User.objects.get(pk=desk.user_id))
    for count, number in ((2, "HU1"), (40, "HU2")):
        flight = a_landed_flight(count, number=number)
        fit_to_travel(arrivals_of(flight), at=after(30))
        triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(60))
        made = clear(actor=desk, flight_id=flight.pk, arrival_ids=ids(flight), at=after(70))
        with django_assert_max_num_queries(6), frozen_at(after(80)):
            assert client.post(reverse("entry:gate"), {"text": made[0].token}).context["verdict"].valid
        with django_assert_max_num_queries(6), frozen_at(after(80)):
            assert client.get(reverse("entry:passes")).status_code == 200
