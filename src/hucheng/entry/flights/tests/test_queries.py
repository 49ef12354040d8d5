"""Lists of flights and people: each against a count by hand, in its order, within its edges, and in sight only."""

from collections import Counter
from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Destination, Outcome, Risk, Role
from hucheng.core.testing import CITY, COUNTY, after, an_actor
from hucheng.entry.flights.actions import change_flight, land, move
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.flights.queries import (
    arrival_of_key,
    arrival_seen_by,
    arrivals_on,
    cards,
    coming_flights,
    flight_seen_by,
    flights_seen_by,
    landed_lately,
    waiting_for_room,
)
from hucheng.entry.testing import a_flight, a_landed_flight, a_passenger, arrivals_of, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact

pytestmark = pytest.mark.django_db
DESK = Actor(None, CITY, Role.ENTRY)
STRANGER = Actor(None, COUNTY, Role.ENTRY)
TODAY = date(2020, 3, 21)


def judge(flight, minutes=60):
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(minutes))


def a_mixed_flight(number="HU7976"):
    """Seats far apart: one of the crew, one who declared nothing, one ill, one contact from elsewhere, one fit."""
    the_rules()
    people = [a_passenger(n, seat=f"{11 + 9 * n}A") for n in range(4)]
    flight = a_landed_flight([*people, a_passenger(9, seat="01A", kind="crew")], number=number)
    everybody = arrivals_of(flight)
    fit_to_travel(everybody[2:], at=after(30))
    fact(everybody[2].pk, Fact.Kind.TEMPERATURE, "38.5", at=after(40))
    fact(everybody[3].pk, Fact.Kind.CONTACT, "yes", at=after(40))
    judge(flight)
    return flight


def test_the_ends_of_a_flight_sum_to_its_people():
    flight = a_mixed_flight()
    late = a_flight("HU7978", at=after(60))
    lines = {line.flight.pk: line for line in flights_seen_by(DESK)}
    line = lines[flight.pk]
    by_hand = Counter(one.outcome for one in Arrival.objects.filter(flight=flight))
    assert {outcome.value: getattr(line, outcome.value) for outcome in Outcome} == {
        outcome.value: by_hand[outcome.value] for outcome in Outcome
    }
    assert line.people == 5 == sum(by_hand.values()) and line.waiting == by_hand[""]
    assert lines[late.pk].people == 0


def test_flights_stand_latest_first_and_no_more_than_asked_for():
    flights = [a_flight(f"HU{n}", at=after(n * 60)) for n in range(4)]
    assert [line.flight for line in flights_seen_by(DESK)] == flights[::-1]
    assert [line.flight for line in flights_seen_by(DESK, limit=2)] == [flights[3], flights[2]]


def test_the_list_of_flights_asks_twice_however_many_there_are(django_assert_num_queries):
    for n in range(3):
        a_landed_flight(2, number=f"HU{n}")
    with django_assert_num_queries(2):
        flights_seen_by(DESK)


@pytest.mark.parametrize(
    ("expected", "shown"),
    [(-24 * 60, False), (-24 * 60 + 1, True), (0, True), (48 * 60, True), (48 * 60 + 1, False)],
)
def test_a_flight_is_coming_from_a_day_late_to_two_days_ahead(expected, shown):
    now = after(days=3)
    flight = a_flight()
    change_flight(
        actor=an_actor(Role.ENTRY), flight_id=flight.pk, scheduled_landing=after(expected, days=3), at=after(1)
    )
    assert [one.flight for one in coming_flights(DESK, now)] == ([flight] if shown else [])


@pytest.mark.parametrize(("ago", "shown"), [(0, True), (24 * 60 - 1, True), (24 * 60, False)])
def test_a_flight_that_landed_is_shown_for_a_day(ago, shown):
    flight = a_flight()
    land(actor=an_actor(Role.ENTRY), flight_id=flight.pk, holder="TY-MOAT", at=after(0))
    assert bool(coming_flights(DESK, after(ago))) == shown


def test_expected_flights_stand_before_landed_ones_and_tell_whether_their_list_is_here():
    landed = a_landed_flight(2, number="HU1")
    bare, soon = a_flight("HU3", at=after(60)), a_flight("HU2")
    coming = coming_flights(DESK, after(120))
    assert [(one.flight, one.people, one.has_list) for one in coming] == [
        (soon, 0, False),
        (bare, 0, False),
        (landed, 2, True),
    ]
    assert coming_flights(STRANGER, after(120)) == []


def test_at_most_twelve_flights_are_coming():
    for n in range(14):
        a_flight(f"HU{n}", at=after(n))
    coming = coming_flights(DESK, after(30))
    assert [one.flight.number for one in coming] == [f"HU{n}" for n in range(12)]


@pytest.mark.parametrize(("days", "lately"), [(0, True), (13.99, True), (14, False)])
def test_a_flight_counts_as_lately_landed_for_fourteen_days(days, lately):
    flight = a_landed_flight(1)
    assert (landed_lately(DESK, after(days=days)) == [flight.pk]) == lately
    assert landed_lately(STRANGER, after()) == []


def test_a_flight_that_lands_later_has_not_landed_yet():
    flight = a_flight()
    land(actor=an_actor(Role.ENTRY), flight_id=flight.pk, holder="TY-MOAT", at=after(300))
    assert landed_lately(DESK, after(299)) == [] and landed_lately(DESK, after(300)) == [flight.pk]


def test_whoever_waits_for_a_room_is_judged_for_quarantine_and_still_in_the_port():
    flight = a_mixed_flight()
    _crew, _bare, ill, contact, fit = arrivals_of(flight)
    waiting = waiting_for_room(DESK, today=TODAY)
    in_quarantine = set(Arrival.objects.filter(outcome=Outcome.QUARANTINE).values_list("pk", flat=True))
    assert {one.card.arrival_id for one in waiting} == in_quarantine
    assert contact.pk in in_quarantine and not {ill.pk, fit.pk} & in_quarantine
    assert {one.card.arrival_id for one in waiting if one.close_contact} == {contact.pk}
    assert {one.cohort for one in waiting} == {"HU7976/2020-03-21"}
    move(actor=an_actor(Role.ENTRY), arrival_ids=[contact.pk], whereabouts=Whereabouts.HOUSE, holder="H", at=after(70))
    assert contact.pk not in {one.card.arrival_id for one in waiting_for_room(DESK, today=TODAY)}


def test_the_longest_waiting_stand_first_then_by_seat():
    the_rules()
    first = a_landed_flight([a_passenger(n, seat=f"{30 - 10 * n}A") for n in range(2)], number="HU1")
    second = a_landed_flight([a_passenger(n, seat=f"{130 - 10 * n}C") for n in range(10, 12)], number="HU2")
    for flight, minutes in ((second, 60), (first, 90)):
        for person in arrivals_of(flight):
            fit_to_travel([person], at=after(30))
            fact(person.pk, Fact.Kind.CONTACT, "yes", at=after(31))
        judge(flight, minutes)
    seats = [(one.card.flight, one.card.seat) for one in waiting_for_room(DESK, today=TODAY)]
    assert [flight for flight, _seat in seats] == ["HU2", "HU2", "HU1", "HU1"]
    assert [seat for flight, seat in seats if flight == "HU1"] == sorted(s for f, s in seats if f == "HU1")
    only = waiting_for_room(DESK, today=TODAY, flight_id=first.pk)
    assert {one.card.flight for one in only} == {"HU1"} and len(only) == 2


def test_waiting_for_a_room_is_one_question_and_shows_a_stranger_nobody(django_assert_num_queries):
    a_mixed_flight()
    with django_assert_num_queries(1):
        assert waiting_for_room(DESK, today=TODAY)
    assert waiting_for_room(STRANGER, today=TODAY) == []


def test_a_card_tells_what_other_rooms_need_and_nothing_of_documents():
    flight = a_mixed_flight()
    fit = Arrival.objects.get(flight=flight, seat="38A")
    card = cards(DESK, [fit.pk], today=TODAY)[fit.pk]
    person = fit.person
    assert (card.name, card.sex, card.seat, card.flight) == (person.full_name, person.sex, "38A", "HU7976")
    assert (card.risk, card.outcome, card.rule) == (fit.risk, fit.outcome, fit.last_triage.rule)
    assert person.document_number not in str(card) and person.birth not in str(card)


def test_somebody_not_judged_has_a_card_without_a_rule():
    (person,) = arrivals_of(a_landed_flight(1))
    card = cards(DESK, [person.pk], today=TODAY)[person.pk]
    assert (card.risk, card.outcome, card.rule) == (Risk.UNKNOWN, "", "")


def test_cards_of_people_out_of_sight_are_left_out_and_all_come_in_one_question(django_assert_num_queries):
    people = arrivals_of(a_landed_flight(5))
    wanted = [one.pk for one in people] + [uuid4()]
    with django_assert_num_queries(1):
        assert set(cards(DESK, wanted, today=TODAY)) == {one.pk for one in people}
    assert cards(STRANGER, wanted, today=TODAY) == {}


@pytest.mark.parametrize(
    ("today", "age"),
    [
        (date(2020, 3, 20), 9),
        (date(2020, 3, 21), 10),
        (date(2021, 3, 20), 10),
        (date(2010, 3, 21), 0),
        (date(2024, 2, 29), 13),
    ],
)
def test_a_birthday_counts_from_its_day(today, age):
    (person,) = arrivals_of(a_landed_flight(1))
    person.person.birth = "2010-03-21"
    person.person.save(update_fields=["birth"])
    assert cards(DESK, [person.pk], today=today)[person.pk].age == age


def test_an_unknown_birth_is_no_age():
    (person,) = arrivals_of(a_landed_flight(1))
    person.person.birth = ""
    person.person.save(update_fields=["birth"])
    assert cards(DESK, [person.pk], today=TODAY)[person.pk].age is None


def test_people_of_a_flight_stand_by_kind_and_seat():
    flight = a_mixed_flight()
    rows = [(one.kind, one.seat) for one in arrivals_on(DESK, flight.pk)]
    assert rows == sorted(rows) and len(rows) == 5
    assert not arrivals_on(STRANGER, flight.pk)


def test_a_key_opens_its_own_page_and_any_other_nothing():
    first, second = arrivals_of(a_landed_flight(2))
    assert arrival_of_key(first.access) == first and first.access != second.access
    for key in (first.pk, uuid4()):
        with pytest.raises(Http404):
            arrival_of_key(key)


def test_a_stranger_and_a_wrong_identifier_find_neither_flight_nor_person():
    flight = a_landed_flight(1)
    (person,) = arrivals_of(flight)
    assert flight_seen_by(DESK, flight.pk) == flight and arrival_seen_by(DESK, person.pk) == person
    for actor, wanted in ((STRANGER, None), (DESK, uuid4())):
        with pytest.raises(Http404):
            flight_seen_by(actor, wanted or flight.pk)
        with pytest.raises(Http404):
            arrival_seen_by(actor, wanted or person.pk)


def test_a_declared_destination_is_not_a_new_order_of_the_list():
    flight = a_mixed_flight()
    before = [one.pk for one in arrivals_on(DESK, flight.pk)]
    Arrival.objects.filter(flight=flight, seat="29A").update(destination=Destination.CITY)
    assert [one.pk for one in arrivals_on(DESK, flight.pk)] == before


class Ends(TestCase):
    """The line of a flight against a count by hand, over any mix of facts."""

    @settings(max_examples=10)
    @given(st.lists(st.sampled_from(["36.5", "38.5", ""]), min_size=1, max_size=4), st.booleans())
    def test_every_person_is_in_exactly_one_end(self, temperatures, judged):
        the_rules()
        people = [a_passenger(n, seat=f"{11 + 9 * n}A") for n in range(len(temperatures))]
        flight = a_landed_flight(people, number="HU9")
        for person, temperature in zip(arrivals_of(flight), temperatures, strict=True):
            if temperature:
                fact(person.pk, Fact.Kind.TEMPERATURE, temperature, at=after(30))
        if judged:
            judge(flight)
        (line,) = flights_seen_by(DESK)
        ends = [line.hospital, line.quarantine, line.onward, line.hold, line.refused, line.waiting]
        assert sum(ends) == line.people == len(temperatures)
        assert line.hospital == temperatures.count("38.5")
