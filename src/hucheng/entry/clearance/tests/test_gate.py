"""The gate: in the action, in the database, at the desk."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Outcome, Risk, Role
from hucheng.core.testing import CITY, OTHER_COUNTY, after, an_actor
from hucheng.engines.papers import verify_pass
from hucheng.entry.clearance.actions import PASS_LIFE, clear, confirm_places, depart, revoke
from hucheng.entry.clearance.keys import public_key
from hucheng.entry.clearance.models import Pass, Recall
from hucheng.entry.contacts.models import CloseContact, Recomputation
from hucheng.entry.flights.actions import let_out, move
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, declared, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import issue_city_order, triage_flight
from hucheng.entry.triage.models import Fact, Triage

pytestmark = pytest.mark.django_db
Kind = Fact.Kind


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


@pytest.fixture
def flight(desk):
    """Four people in rows 11, 20, 30 and 40, all fit to travel and judged so."""
    the_rules()
    flight = a_landed_flight([a_passenger(n, seat=f"{row}A") for n, row in enumerate((11, 20, 30, 40))])
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(60))
    return flight


def clear_all(desk, flight, minutes=70):
    ids = [a.pk for a in arrivals_of(flight) if a.outcome == Outcome.ONWARD]
    return clear(actor=desk, flight_id=flight.pk, arrival_ids=ids, at=after(minutes))


def open_passes() -> set:
    return set(Pass.objects.filter(revoked_at=None).values_list("arrival_id", flat=True))


def test_those_judged_onward_get_a_pass_that_verifies_offline(desk, flight):
    passes = clear_all(desk, flight)
    assert len(passes) == 4
    verdict = verify_pass(passes[0].token, public_key(), at=after(80))
    assert verdict.valid and verdict.claims.flight == "HU7976" and verdict.claims.rules_version.startswith("entry")
    assert verify_pass(passes[0].token, public_key(), at=after(70) + PASS_LIFE).code == "expired"


def test_clearing_twice_gives_no_second_pass(desk, flight):
    clear_all(desk, flight)
    assert clear_all(desk, flight) == [] and len(open_passes()) == 4


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.TEMPERATURE, "37.9"), (Kind.TEST, "positive"), (Kind.CASE, "suspected"), (Kind.CONTACT, "yes")],
)
def test_an_adverse_fact_revokes_the_pass_in_the_same_act(desk, flight, kind, value):
    clear_all(desk, flight)
    person = arrivals_of(flight)[0]
    fact(person.pk, kind, value, at=after(80))
    person.refresh_from_db()
    assert person.risk == Risk.HIGH and person.pk not in open_passes()
    lost = Pass.objects.get(arrival=person)
    assert lost.revoked_at == lost.adverse_fact_at == after(80)


def test_a_positive_takes_the_passes_of_its_seat_contacts_too(desk, flight):
    arrivals = arrivals_of(flight)
    near = a_landed_flight(
        [a_passenger(20, seat="11A"), a_passenger(21, seat="13C"), a_passenger(22, seat="30A")], number="CA910"
    )
    people = arrivals_of(near)
    fit_to_travel(people, at=after(30))
    triage_flight(actor=desk, flight_id=near.pk, because="screening", at=after(60))
    clear_all(desk, near)
    clear_all(desk, flight)
    fact(people[0].pk, Kind.TEST, "positive", at=after(90))
    ends = {a.seat: (a.outcome, a.risk) for a in arrivals_of(near)}
    assert ends["11A"][0] == Outcome.HOSPITAL and ends["13C"] == (Outcome.QUARANTINE, Risk.HIGH)
    assert open_passes() == {a.pk for a in arrivals} | {people[2].pk}
    assert CloseContact.objects.get().arrival_id == people[1].pk
    assert Recomputation.objects.get().done_at == after(90)


def test_a_late_positive_recalls_those_who_left(desk, flight):
    clear_all(desk, flight)
    case, *others = arrivals_of(flight)
    gone = others[0]
    Arrival.objects.filter(pk=gone.pk).update(seat="12A")
    depart(actor=desk, flight_id=flight.pk, arrival_ids=[gone.pk], holder="TY-MOAT", at=after(90))
    fact(case.pk, Kind.TEST, "positive", at=after(100))
    recall = Recall.objects.get()
    assert (recall.arrival_id, recall.to, recall.sent_at) == (gone.pk, "BJ-RECV", after(100))


def test_nobody_is_cleared_whose_triage_says_no(desk, flight):
    held = arrivals_of(flight)[0]
    fact(held.pk, Kind.TEST, "pending", at=after(65))
    with pytest.raises(Refusal) as no:
        clear(actor=desk, flight_id=flight.pk, arrival_ids=[a.pk for a in arrivals_of(flight)], at=after(70))
    assert no.value.code == "not_judged_onward" and not open_passes()
    assert AuditLine.objects.get(act="entry.clearance.clear").refused == "not_judged_onward"


def test_nobody_is_cleared_before_being_judged(desk):
    the_rules()
    flight = a_landed_flight(2)
    with pytest.raises(Refusal):
        clear(actor=desk, flight_id=flight.pk, arrival_ids=[arrivals_of(flight)[0].pk], at=after(10))


def test_nobody_departs_without_a_valid_pass(desk, flight):
    person = arrivals_of(flight)[0]
    args = {"actor": desk, "flight_id": flight.pk, "arrival_ids": [person.pk], "holder": "TY-MOAT"}
    with pytest.raises(Refusal):
        depart(**args, at=after(80))
    clear_all(desk, flight)
    with pytest.raises(Refusal):
        depart(**args, at=after(70) + PASS_LIFE)
    assert depart(**args, at=after(80)) == 1
    person.refresh_from_db()
    assert person.whereabouts == Whereabouts.DEPARTED


def test_there_is_no_third_way_out(desk, flight):
    person = arrivals_of(flight)[0]
    for way in (Whereabouts.DEPARTED, Whereabouts.RELEASED, Whereabouts.SENT_BACK):
        with pytest.raises(Refusal) as no:
            move(actor=desk, arrival_ids=[person.pk], whereabouts=way, holder="X", at=after(80))
        assert no.value.code == "no_third_way_out"
    with pytest.raises(Refusal):
        let_out(actor=desk, arrival_id=person.pk, holder="X", at=after(80))


def test_a_pass_is_revoked_by_one_hand_and_never_comes_back(desk, flight):
    (first, *_rest) = clear_all(desk, flight)
    revoke(actor=desk, pass_id=first.pk, why="hand", at=after(75))
    with pytest.raises(Refusal):
        revoke(actor=desk, pass_id=first.pk, why="hand", at=after(76))
    assert clear(actor=desk, flight_id=flight.pk, arrival_ids=[first.arrival_id], at=after(77))


def test_the_city_order_waits_for_every_first_result(desk):
    the_rules()
    office = an_actor(Role.COMMAND_OFFICE)
    issue_city_order(actor=office, needs_place=True, waits_for_flight=True, text="order", at=after(0))
    flight = a_landed_flight([a_passenger(1, seat="11A"), a_passenger(2, seat="30A")])
    first, second = arrivals_of(flight)
    declared([first, second], at=after(10))
    for person in (first, second):
        fact(person.pk, Kind.TEMPERATURE, "36.5", at=after(20))
    triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(30))
    fact(first.pk, Kind.TEST, "negative", at=after(40))
    first.refresh_from_db()
    assert first.last_triage.rule == "CITY-ORDER" and first.outcome == Outcome.HOLD
    fact(second.pk, Kind.TEST, "negative", at=after(50))
    first.refresh_from_db()
    assert first.outcome == Outcome.QUARANTINE  # no confirmed place
    confirm_places(actor=desk, flight_id=flight.pk, arrival_ids=[first.pk], at=after(60))
    first.refresh_from_db()
    assert first.outcome == Outcome.ONWARD


@pytest.mark.parametrize(
    ("sql", "guard"),
    [
        ("UPDATE entry_arrival SET outcome='onward', risk='low' WHERE id=%s", "status_changes_only_by_a_triage"),
        ("UPDATE entry_arrival SET outcome='quarantine' WHERE id=%s", "status_changes_only_by_a_triage"),
        ("UPDATE entry_arrival SET whereabouts='departed' WHERE id=%s", "nobody_travels_on_without_a_pass"),
        ("UPDATE entry_triage SET outcome='onward' WHERE arrival_id=%s", "entry_triage_no_update"),
        ("UPDATE entry_fact SET value='x' WHERE arrival_id=%s", "entry_fact_no_update"),
        ("UPDATE entry_declaration SET complete=TRUE WHERE arrival_id=%s", "entry_declaration_no_update"),
        ("UPDATE entry_custody SET holder='x' WHERE arrival_id=%s", "entry_custody_no_update"),
    ],
)
def test_a_hand_at_the_database_is_refused(desk, flight, sql, guard):
    """NEW-18: status changes only by a health event, whoever writes."""
    person = arrivals_of(flight)[0]
    fact(person.pk, Kind.TEST, "positive", at=after(80))
    with pytest.raises(IntegrityError, match=guard), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [person.pk.hex if connection.vendor == "sqlite" else person.pk])


def test_the_database_refuses_a_pass_without_its_triage(desk, flight):
    person = arrivals_of(flight)[0]
    fact(person.pk, Kind.TEST, "positive", at=after(80))
    earlier = Triage.objects.filter(arrival=person, outcome=Outcome.ONWARD).first()
    with pytest.raises(IntegrityError, match="a_pass_needs_a_triage"), transaction.atomic():
        Pass.objects.create(arrival=person, triage=earlier, issued_at=after(81), expires_at=after(90), token="x")


def test_the_database_refuses_to_stretch_or_revive_a_pass(desk, flight):
    first = clear_all(desk, flight)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Pass.objects.filter(pk=first.pk).update(expires_at=after(days=30))
    revoke(actor=desk, pass_id=first.pk, why="hand", at=after(75))
    with pytest.raises(IntegrityError), transaction.atomic():
        Pass.objects.filter(pk=first.pk).update(revoked_at=None)


def test_another_county_sees_and_clears_nobody(flight):
    stranger = an_actor(Role.ENTRY, OTHER_COUNTY)
    for act, args in [
        (clear, {"arrival_ids": []}),
        (depart, {"arrival_ids": [], "holder": "X"}),
        (confirm_places, {"arrival_ids": []}),
    ]:
        with pytest.raises(Http404):
            act(actor=stranger, flight_id=flight.pk, at=after(90), **args)


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.ENTRY, Role.SYSTEM)])
def test_only_the_entry_task_force_clears(flight, role):
    actor = an_actor(role, CITY, unit="X")
    with pytest.raises(Refusal) as no:
        clear(actor=actor, flight_id=flight.pk, arrival_ids=[], at=after(90))
    assert no.value.code == "role_may_not"


def test_someone_not_bound_for_the_capital_stays(desk):
    the_rules()
    flight = a_landed_flight(1)
    fit_to_travel(arrivals_of(flight), at=after(10))
    declared(arrivals_of(flight), at=after(20), destination=Destination.ELSEWHERE)
    triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(30))
    assert arrivals_of(flight)[0].last_triage.rule == "R16"
