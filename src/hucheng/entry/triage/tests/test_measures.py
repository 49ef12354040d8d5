"""How quick and how well explained the triage is: values at their edges, blind without anybody, each place its own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_flight, a_landed_flight, a_passenger, arrivals_of, the_rules
from hucheng.entry.triage.actions import triage, triage_flight
from hucheng.entry.triage.measures import median_minutes, triaged_in_two_hours, with_reasons

pytestmark = pytest.mark.django_db
BOARD = Actor(None, CITY, Role.LEADING_GROUP)
STRANGER = Actor(None, OTHER_COUNTY, Role.LEADING_GROUP)


def judge(arrival, minutes):
    triage(actor=an_actor(Role.MEDICAL), arrival_id=arrival.pk, because="screening", at=after(minutes))


@pytest.fixture
def flight():
    the_rules()
    return a_landed_flight(3)


@pytest.mark.parametrize("measure", [triaged_in_two_hours, median_minutes, with_reasons])
def test_before_anybody_landed_each_measure_is_blind(measure):
    a_flight()
    assert measure(BOARD, after(60)).value is None


def test_the_hundred_and_twentieth_minute_is_in_time_and_the_next_second_is_not(flight):
    people = arrivals_of(flight)
    judge(people[0], 119)
    judge(people[1], 120)
    judge(people[2], 120 + 1 / 60)
    reading = triaged_in_two_hours(BOARD, after(200))
    assert (reading.numerator, reading.denominator) == (2, 3)
    assert reading.value == pytest.approx(200 / 3)


def test_a_flight_counts_from_two_hours_after_its_landing(flight):
    assert triaged_in_two_hours(BOARD, after(119)).value is None
    assert triaged_in_two_hours(BOARD, after(120)).value == 0


def test_a_judgement_made_again_does_not_spoil_what_was_in_time(flight):
    for person in arrivals_of(flight):
        judge(person, 30)
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="again", at=after(600))
    assert triaged_in_two_hours(BOARD, after(700)).value == 100
    assert median_minutes(BOARD, after(700)).value == 30


def test_a_flight_of_a_fortnight_ago_neither_hides_nor_excuses_todays(flight):
    assert triaged_in_two_hours(BOARD, after(days=13.9)).value == 0
    assert triaged_in_two_hours(BOARD, after(days=14)).value is None


def test_crew_is_nobodys_waiting_passenger():
    the_rules()
    flight = a_landed_flight([a_passenger(0), a_passenger(1, kind="crew")])
    for kind, minutes in (("passenger", 10), ("crew", 50)):
        judge(Arrival.objects.get(flight=flight, kind=kind), minutes)
    assert triaged_in_two_hours(BOARD, after(130)).denominator == 1
    assert median_minutes(BOARD, after(130)).value == 10


@pytest.mark.parametrize(
    ("waits", "middle"), [([10], 10), ([10, 40], 25), ([10, 40, 90], 40), ([10, 20, 40, 90], 30), ([0, 0, 0, 60], 0)]
)
def test_the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle(waits, middle):
    """Of an even number the later of the two was told."""
    the_rules()
    flight = a_landed_flight(len(waits))
    for person, wait in zip(arrivals_of(flight), waits, strict=True):
        judge(person, wait)
    assert median_minutes(BOARD, after(200)).value == middle


def test_a_judgement_of_later_is_not_known_yet(flight):
    people = arrivals_of(flight)
    judge(people[0], 30)
    judge(people[1], 90)
    assert median_minutes(BOARD, after(60)).value == 30
    assert with_reasons(BOARD, after(60)).denominator == 1
    assert with_reasons(BOARD, after(90)).denominator == 2


def test_every_judgement_of_the_table_carries_its_reasons(flight):
    for person in arrivals_of(flight):
        judge(person, 30)
    reading = with_reasons(BOARD, after(60))
    assert (reading.value, reading.denominator) == (100, 3)


@pytest.mark.parametrize("measure", [triaged_in_two_hours, median_minutes, with_reasons])
def test_another_county_reads_nothing_of_the_port(flight, measure):
    for person in arrivals_of(flight):
        judge(person, 30)
    assert measure(BOARD, after(200)).value is not None
    assert measure(STRANGER, after(200)).value is None


@pytest.mark.parametrize("measure", [triaged_in_two_hours, median_minutes, with_reasons])
def test_a_reading_asks_at_most_twice_however_many_flew(measure, flight, django_assert_max_num_queries):
    a_landed_flight([a_passenger(n) for n in range(100, 140)], number="HU2")
    with django_assert_max_num_queries(2):
        measure(BOARD, after(200))


class InTwoHours(TestCase):
    """The share against a count by hand, over any mix of waits."""

    @settings(max_examples=15)
    @given(waits=st.lists(st.one_of(st.none(), st.integers(0, 240)), min_size=1, max_size=5))
    def test_the_share_is_that_of_a_count_by_hand(self, waits):
        the_rules()
        flight = a_landed_flight(len(waits), number="HU9")
        told = [(wait, person) for person, wait in zip(arrivals_of(flight), waits, strict=True) if wait is not None]
        for wait, person in sorted(told, key=lambda one: one[0]):
            judge(person, wait)
        quick = sum(wait is not None and wait <= 120 for wait in waits)
        reading = triaged_in_two_hours(BOARD, after(250))
        assert (reading.numerator, reading.denominator) == (quick, len(waits))
