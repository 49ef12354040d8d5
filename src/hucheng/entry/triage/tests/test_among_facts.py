"""What is known of a person at a moment: which of several facts counts, and what the table is asked with."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.terms import Destination, Role
from hucheng.core.testing import CITY, OTHER_COUNTY, after, an_actor
from hucheng.entry.clearance.actions import confirm_places
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, declared, fact, facts
from hucheng.entry.triage.actions import issue_city_order
from hucheng.entry.triage.models import Fact
from hucheng.entry.triage.picture import case_status, has_first_result, is_case, picture_of, test_status
from hucheng.entry.triage.tables import entry_table

test_status.__test__ = False  # a query of the house, not a test
TEST, CASE = Fact.Kind.TEST, Fact.Kind.CASE


def known(*told):
    """Facts from (kind, value, minute of the event, minute of the record, the same unless said)."""
    return [
        Fact(kind=kind, value=value, at=after(when), recorded_at=after(recorded[0] if recorded else when))
        for kind, value, when, *recorded in told
    ]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ([], "not_done"),
        ([(TEST, "pending", 1)], "pending"),
        ([(TEST, "pending", 1), (TEST, "negative", 2)], "negative"),
        ([(TEST, "negative", 1), (TEST, "pending", 2)], "pending"),
        ([(TEST, "positive", 1), (TEST, "negative", 2)], "positive"),
        ([(TEST, "positive", 1), (CASE, "cleared", 2)], "negative"),
        ([(TEST, "positive", 1), (CASE, "recovered", 2)], "negative"),
        ([(TEST, "positive", 1), (CASE, "cleared", 2), (TEST, "pending", 3)], "pending"),
        ([(TEST, "positive", 2), (CASE, "cleared", 1)], "positive"),
        ([(TEST, "positive", 2), (CASE, "cleared", 2)], "positive"),
        ([(TEST, "positive", 1), (CASE, "cleared", 2), (TEST, "positive", 3)], "positive"),
        ([(TEST, "positive", 1), (CASE, "confirmed", 2)], "positive"),
        ([(TEST, "invalid", 1), (TEST, "negative", 1)], "invalid"),
        ([(TEST, "negative", 5, 5), (TEST, "pending", 4, 9)], "negative"),
        ([(TEST, "negative", 4, 5), (TEST, "pending", 4, 9)], "pending"),
    ],
    ids=str,
)
def test_which_of_several_tests_counts_whatever_the_order_they_are_read_in(told, status):
    for order in permutations(known(*told)):
        assert test_status(list(order)) == status


@given(st.lists(st.tuples(st.sampled_from([TEST, CASE]), st.integers(0, 9)), max_size=6), st.data())
def test_a_positive_stands_until_the_hospital_clears_it_later(times, data):
    values = {TEST: ["pending", "negative", "positive"], CASE: ["suspected", "confirmed", "cleared", "recovered"]}
    told = known(*((kind, data.draw(st.sampled_from(values[kind])), when) for kind, when in times))
    positive = [f.at for f in told if f.kind == TEST and f.value == "positive"]
    cleared = [f.at for f in told if f.kind == CASE and f.value in ("cleared", "recovered")]
    stands = bool(positive) and not any(at > max(positive) for at in cleared)
    assert (test_status(told) == "positive") == stands


@pytest.mark.parametrize(
    ("told", "status", "case", "first"),
    [
        ([], "none", False, False),
        ([(CASE, "suspected", 1)], "suspected", True, True),
        ([(CASE, "suspected", 1), (CASE, "cleared", 2)], "cleared", False, False),
        ([(CASE, "confirmed", 1), (CASE, "recovered", 2)], "recovered", True, False),
        ([(CASE, "asymptomatic", 1)], "asymptomatic", True, True),
        ([(TEST, "positive", 1)], "none", True, True),
        ([(TEST, "negative", 1)], "none", False, True),
        ([(TEST, "pending", 1)], "none", False, False),
        ([(TEST, "invalid", 1)], "none", False, False),
        ([(TEST, "positive", 1), (CASE, "cleared", 2)], "cleared", False, True),
    ],
    ids=str,
)
def test_who_is_a_case_for_those_around_and_whose_result_is_awaited(told, status, case, first):
    """Somebody recovered was a case when others sat beside them; somebody ruled out was not."""
    seen = known(*told)
    assert (case_status(seen), is_case(seen), has_first_result(seen)) == (status, case, first)


def inputs_of(flight, number=0, minutes=100):
    people = list(Arrival.objects.filter(flight=flight).order_by("seat"))
    return picture_of(people, place=CITY, at=after(minutes)).inputs(people[number].pk)


@pytest.fixture
def flight(db):
    return a_landed_flight([a_passenger(n, seat=seat) for n, seat in enumerate(["11A", "12C", "30D"])])


def test_the_table_can_be_asked_with_everything_that_is_known_of_anybody(flight):
    said = inputs_of(flight)
    assert set(said) == set(entry_table().inputs)
    assert entry_table().decide(said, on=after(0).date()).outcome == "HOLD_DECLARATION"


def test_nothing_known_is_said_as_nothing_and_never_as_well(flight):
    said = inputs_of(flight)
    assert (said["temp_c"], said["test"], said["case_status"], said["declaration_complete"]) == (
        None, "not_done", "none", False,
    )  # fmt: skip
    assert (said["symptoms"], said["contact_14d"], said["rows_from_case"]) == ([], False, None)


def test_symptoms_declared_and_found_count_together(flight):
    person = arrivals_of(flight)[0]
    declared([person], at=after(10), symptoms=("cough",))
    fact(person.pk, Fact.Kind.SYMPTOMS, "fever;cough", at=after(20))
    assert inputs_of(flight)["symptoms"] == ["cough", "fever"]
    fact(person.pk, Fact.Kind.SYMPTOMS, "none", at=after(30))
    assert inputs_of(flight)["symptoms"] == ["cough"]


def test_a_contact_counts_by_the_own_word_or_that_of_others(flight):
    first, second, _third = arrivals_of(flight)
    declared([first], at=after(10), contact_14d=True)
    fact(second.pk, Fact.Kind.CONTACT, "yes", at=after(10))
    assert [inputs_of(flight, n)["contact_14d"] for n in range(3)] == [True, True, False]
    fact(second.pk, Fact.Kind.CONTACT, "no", at=after(20))
    assert inputs_of(flight, 1)["contact_14d"] is False


def test_only_what_was_known_at_the_moment_is_seen(flight):
    person = arrivals_of(flight)[0]
    fact(person.pk, Fact.Kind.TEMPERATURE, "36.5", at=after(20))
    fact(person.pk, Fact.Kind.TEMPERATURE, "38.0", at=after(40))
    assert [inputs_of(flight, minutes=m)["temp_c"] for m in (19, 20, 39, 40)] == [None, 36.5, 36.5, 38.0]


@pytest.mark.parametrize(
    ("destination", "word"),
    [
        (Destination.CAPITAL, "Beijing"),
        (Destination.CITY, "Taiyuan"),
        (Destination.PROVINCE, "other"),
        (Destination.ELSEWHERE, "other"),
    ],
)
def test_the_table_knows_the_capital_the_city_and_elsewhere(flight, destination, word):
    declared(arrivals_of(flight)[:1], at=after(10), destination=destination)
    assert inputs_of(flight)["destination"] == word


def test_a_case_aboard_is_told_to_those_near_it_and_not_to_itself(flight):
    fact(arrivals_of(flight)[0].pk, TEST, "positive", at=after(20))
    assert [inputs_of(flight, n)["rows_from_case"] for n in range(3)] == [None, 1, None]


def test_an_order_of_the_city_reaches_the_table_from_its_minute_on(flight):
    office = an_actor(Role.COMMAND_OFFICE)
    issue_city_order(actor=office, needs_place=True, waits_for_flight=True, whole_cabin=True, text="x", at=after(50))
    fact(arrivals_of(flight)[2].pk, TEST, "positive", at=after(20))
    names = ("order_needs_place", "order_waits_for_flight", "whole_cabin_contacts")
    assert [inputs_of(flight, minutes=49)[name] for name in names] == [False, False, False]
    assert [inputs_of(flight, minutes=50)[name] for name in names] == [True, True, True]
    issue_city_order(actor=office, needs_place=False, waits_for_flight=True, text="y", at=after(60))
    assert [inputs_of(flight, minutes=60)[name] for name in names] == [False, True, False]


def test_the_whole_cabin_does_not_count_the_only_case_as_its_own_contact(flight):
    office = an_actor(Role.COMMAND_OFFICE)
    issue_city_order(actor=office, needs_place=False, waits_for_flight=False, whole_cabin=True, text="x", at=after(5))
    assert [inputs_of(flight, n)["whole_cabin_contacts"] for n in range(3)] == [False, False, False]
    fact(arrivals_of(flight)[0].pk, TEST, "positive", at=after(20))
    assert [inputs_of(flight, n)["whole_cabin_contacts"] for n in range(3)] == [False, True, True]


def test_an_order_of_another_place_is_none_here(flight):
    elsewhere = an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY)
    issue_city_order(actor=elsewhere, needs_place=True, waits_for_flight=True, text="x", at=after(5))
    assert inputs_of(flight)["order_needs_place"] is False


def test_the_results_of_a_flight_are_complete_when_nobody_waits_for_one(flight):
    people = arrivals_of(flight)
    facts(people[:2], TEST, "negative", at=after(10))
    assert inputs_of(flight)["flight_results_complete"] is False
    fact(people[2].pk, CASE, "confirmed", at=after(20))
    assert inputs_of(flight)["flight_results_complete"] is True


def test_crew_is_not_waited_for(db):
    with_crew = a_landed_flight([a_passenger(0, seat="11A"), a_passenger(1, seat="", kind="crew")])
    assert Arrival.objects.filter(flight=with_crew, kind=Arrival.Kind.CREW).count() == 1
    passenger = Arrival.objects.get(flight=with_crew, kind=Arrival.Kind.PASSENGER)
    fact(passenger.pk, TEST, "negative", at=after(10))
    assert inputs_of(with_crew)["flight_results_complete"] is True


def test_a_confirmed_place_is_told(flight):
    person = arrivals_of(flight)[1]
    confirm_places(actor=an_actor(Role.ENTRY), flight_id=flight.pk, arrival_ids=[person.pk], at=after(20))
    assert [inputs_of(flight, n)["place_confirmed"] for n in range(3)] == [False, True, False]


def test_the_picture_of_a_full_flight_takes_as_many_queries_as_that_of_a_small_one(django_assert_num_queries, flight):
    large = a_landed_flight(60, number="CA910")
    for one in (flight, large):
        people = arrivals_of(one)
        facts(people, TEST, "negative", at=after(10))
        with django_assert_num_queries(3):
            picture_of(people, place=CITY, at=after(20))
