"""The numbers the gate answers for, and the order in which passes are listed."""

from datetime import timedelta

import pytest

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, OTHER_COUNTY, after, an_actor
from hucheng.entry.clearance.actions import clear, depart, revoke
from hucheng.entry.clearance.measures import departed_recalled, high_risk_with_pass, retained_share, revoked_at_once
from hucheng.entry.clearance.models import Pass
from hucheng.entry.clearance.queries import latest_passes, open_pass_of, revoked_ids
from hucheng.entry.testing import a_flight, a_landed_flight, a_passenger, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import FactIn, record_facts, triage_flight
from hucheng.entry.triage.models import Fact

pytestmark = pytest.mark.django_db
BOARD = Actor(None, CITY, Role.LEADING_GROUP)
STRANGER = Actor(None, OTHER_COUNTY, Role.LEADING_GROUP)
MEASURES = [high_risk_with_pass, revoked_at_once, departed_recalled, retained_share]


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


def cleared(desk, count=3, number="HU7976"):
    """A flight whose people, seated far apart, all hold a pass from the seventieth minute."""
    the_rules()
    people = [a_passenger(n + 100 * len(number), seat=f"{11 + 9 * n}A") for n in range(count)]
    flight = a_landed_flight(people, number=number)
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(60))
    clear(actor=desk, flight_id=flight.pk, arrival_ids=[a.pk for a in arrivals_of(flight)], at=after(70))
    return flight


def positive(arrival, known, recorded):
    fact = FactIn(arrival.pk, Fact.Kind.TEST, "positive", known, "lab")
    record_facts(actor=an_actor(Role.LABORATORY), facts=[fact], at=recorded)


def test_nobody_of_high_risk_holds_a_pass_before_or_after_a_positive(desk):
    flight = cleared(desk)
    assert high_risk_with_pass(BOARD, after(75)).value == 0
    positive(arrivals_of(flight)[0], after(80), after(80))
    assert Pass.objects.filter(revoked_at=None).count() == 2
    assert high_risk_with_pass(BOARD, after(85)).value == 0


@pytest.mark.parametrize(("seconds", "share"), [(0, 100), (1, 100), (2, 0)])
def test_a_pass_is_taken_back_at_once_within_a_second_of_the_fact(desk, seconds, share):
    flight = cleared(desk)
    known = after(80)
    positive(arrivals_of(flight)[0], known, known + timedelta(seconds=seconds))
    reading = revoked_at_once(BOARD, after(90))
    assert (reading.value, reading.denominator) == (share, 1)


def test_a_pass_that_ran_out_was_not_taken_back_by_a_fact(desk):
    flight = cleared(desk)
    ids = [a.pk for a in arrivals_of(flight)]
    clear(actor=desk, flight_id=flight.pk, arrival_ids=ids, at=after(70 + 12 * 60))
    assert Pass.objects.filter(revoked_because="expired").count() == 3
    assert revoked_at_once(BOARD, after(days=2)).value is None


def test_a_pass_taken_back_by_hand_counts_as_at_once(desk):
    cleared(desk)
    one = Pass.objects.first()
    revoke(actor=desk, pass_id=one.pk, why="left the line", at=after(80))
    assert revoked_at_once(BOARD, after(79)).value is None
    assert revoked_at_once(BOARD, after(80)).value == 100


@pytest.mark.parametrize(("seconds", "share"), [(60, 100), (61, 0)])
def test_whoever_travelled_on_is_recalled_within_a_minute(desk, seconds, share):
    flight = cleared(desk)
    people = arrivals_of(flight)
    depart(actor=desk, flight_id=flight.pk, arrival_ids=[people[0].pk], holder="AIRLINE", at=after(80))
    assert departed_recalled(BOARD, after(90)).value is None
    known = after(100)
    positive(people[0], known, known + timedelta(seconds=seconds))
    reading = departed_recalled(BOARD, after(120))
    assert (reading.value, reading.denominator) == (share, 1)


def test_who_stays_in_the_city_is_everybody_landed_but_those_who_travelled_on_and_the_crew(desk):
    flight = cleared(desk, 4)
    a_landed_flight([a_passenger(900, kind="crew")], number="HU2")
    a_flight("HU3")
    people = arrivals_of(flight)
    depart(actor=desk, flight_id=flight.pk, arrival_ids=[people[0].pk], holder="AIRLINE", at=after(80))
    reading = retained_share(BOARD, after(90))
    assert (reading.numerator, reading.denominator, reading.value) == (3, 4, 75)


@pytest.mark.parametrize("measure", MEASURES)
def test_another_county_reads_nothing_of_this_gate(desk, measure):
    flight = cleared(desk)
    positive(arrivals_of(flight)[0], after(80), after(80))
    assert measure(STRANGER, after(90)).value in (None, 0)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_reading_asks_at_most_twice(desk, measure, django_assert_max_num_queries):
    cleared(desk)
    with django_assert_max_num_queries(2):
        measure(BOARD, after(90))


def test_open_passes_stand_first_then_those_taken_back_last(desk):
    """Where nothing sorts behind a date, on PostgreSQL, the open ones came last and beyond the limit were lost."""
    cleared(desk, 4)
    first, second, third, fourth = Pass.objects.order_by("id")
    revoke(actor=desk, pass_id=first.pk, why="one", at=after(80))
    revoke(actor=desk, pass_id=third.pk, why="two", at=after(90))
    listed = list(latest_passes(desk))
    assert listed[:2] == [second, fourth] and listed[2:] == [third, first]


def test_a_revoked_pass_is_on_the_list_of_the_revoked_while_it_would_have_lived(desk):
    cleared(desk, 1)
    one = Pass.objects.get()
    assert open_pass_of(one.arrival, after(70 + 12 * 60 - 1)) == one
    assert open_pass_of(one.arrival, after(70 + 12 * 60)) is None
    revoke(actor=desk, pass_id=one.pk, why="hand", at=after(80))
    assert open_pass_of(one.arrival, after(81)) is None
    assert revoked_ids(after(70 + 12 * 60 - 1)) == {str(one.pk)}
    assert revoked_ids(after(70 + 12 * 60)) == frozenset()
