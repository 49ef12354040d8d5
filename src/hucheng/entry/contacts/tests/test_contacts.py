"""Close contacts aboard: who, why, when; worked out again with every new case, never taken back."""

import pytest
from django.db import IntegrityError, transaction

from hucheng.core.terms import Outcome, Risk, Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.entry.contacts.measures import recomputed_in_a_minute
from hucheng.entry.contacts.models import CloseContact, Recomputation
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_landed_flight, a_passenger, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import FactIn, issue_city_order, record_facts, triage_flight
from hucheng.entry.triage.models import Fact

pytestmark = pytest.mark.django_db
SEATS = ("11A", "13C", "14D", "15A", "20A", "30J")


@pytest.fixture
def flight():
    """Six fit people judged; the third is of the party of the one in row 20."""
    the_rules()
    people = [a_passenger(n, seat=s, party="FAMILY" if s in ("14D", "20A") else "") for n, s in enumerate(SEATS)]
    flight = a_landed_flight(people)
    fit_to_travel(Arrival.objects.filter(flight=flight), at=after(30))
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    return flight


def at_seat(flight, seat):
    return Arrival.objects.get(flight=flight, seat=seat)


def contacts():
    return {c.arrival.seat: c for c in CloseContact.objects.select_related("arrival")}


def test_three_rows_to_each_side_and_the_party_are_contacts_with_their_reason(flight):
    fact(at_seat(flight, "14D").pk, Fact.Kind.TEST, "positive", at=after(80))
    named = contacts()
    rows = {seat: c.rows_from_case for seat, c in named.items()}
    assert rows == {"11A": 3, "13C": 1, "15A": 1, "20A": 6}
    assert set(named) == {"11A", "13C", "15A", "20A"} and named["20A"].companion
    assert not any(named[seat].companion for seat in ("11A", "13C", "15A"))
    for seat in named:
        person = at_seat(flight, seat)
        assert (person.outcome, person.risk) == (Outcome.QUARANTINE, Risk.HIGH)
    assert at_seat(flight, "30J").outcome == Outcome.ONWARD


def test_a_second_case_adds_its_contacts_and_the_first_ones_stay_as_named(flight):
    fact(at_seat(flight, "13C").pk, Fact.Kind.TEST, "positive", at=after(80))
    first = {seat: c.named_at for seat, c in contacts().items()}
    fact(at_seat(flight, "30J").pk, Fact.Kind.CASE, "confirmed", at=after(90))
    fact(at_seat(flight, "20A").pk, Fact.Kind.TEST, "positive", at=after(100))
    named = contacts()
    assert {seat: named[seat].named_at for seat in first} == first
    runs = list(Recomputation.objects.order_by("done_at"))
    assert [run.cases for run in runs] == [1, 2, 3]
    assert sum(run.new_contacts for run in runs) == len(named)


def test_the_same_case_told_twice_is_not_counted_twice(flight):
    case = at_seat(flight, "30J")
    fact(case.pk, Fact.Kind.TEST, "positive", at=after(80))
    fact(case.pk, Fact.Kind.TEST, "positive", at=after(85))
    fact(case.pk, Fact.Kind.CASE, "confirmed", at=after(86))
    assert Recomputation.objects.count() == 1


def test_when_the_hospital_rules_the_case_out_its_contacts_are_judged_anew(flight):
    case = at_seat(flight, "13C")
    fact(case.pk, Fact.Kind.TEST, "positive", at=after(80))
    fact(case.pk, Fact.Kind.CASE, "cleared", at=after(90))
    assert at_seat(flight, "11A").outcome == Outcome.ONWARD and at_seat(flight, "11A").risk == Risk.LOW
    assert contacts()["11A"].named_at == after(80)


def test_when_the_case_recovers_its_contacts_stay_contacts(flight):
    case = at_seat(flight, "13C")
    fact(case.pk, Fact.Kind.TEST, "positive", at=after(80))
    fact(case.pk, Fact.Kind.CASE, "recovered", at=after(90))
    assert at_seat(flight, "11A").outcome == Outcome.QUARANTINE


def test_by_order_of_the_city_the_whole_cabin_counts(flight):
    office = an_actor(Role.COMMAND_OFFICE)
    issue_city_order(
        actor=office, needs_place=False, waits_for_flight=False, whole_cabin=True, text="cabin", at=after(70)
    )
    assert at_seat(flight, "30J").outcome == Outcome.ONWARD
    fact(at_seat(flight, "11A").pk, Fact.Kind.TEST, "positive", at=after(80))
    assert {a.outcome for a in Arrival.objects.exclude(seat="11A")} == {Outcome.QUARANTINE}


def test_a_contact_is_named_once_and_never_renamed(flight):
    fact(at_seat(flight, "13C").pk, Fact.Kind.TEST, "positive", at=after(80))
    one = contacts()["11A"]
    with pytest.raises(IntegrityError), transaction.atomic():
        CloseContact.objects.create(
            arrival=one.arrival, named_at=after(90), companion=False, crew=False, seat_unknown=False
        )
    with pytest.raises(IntegrityError, match="entry_closecontact_no_update"), transaction.atomic():
        CloseContact.objects.update(named_at=after(99))


@pytest.mark.parametrize(("seconds", "share"), [(0, 100.0), (60, 100.0), (61, 0.0)])
def test_the_measure_counts_those_worked_out_within_a_minute(flight, seconds, share):
    known = after(80)
    case = FactIn(at_seat(flight, "30J").pk, Fact.Kind.TEST, "positive", known, "lab")
    record_facts(actor=an_actor(Role.LABORATORY), facts=[case], at=after(80 + seconds / 60))
    reading = recomputed_in_a_minute(an_actor(Role.LEADING_GROUP), after(90))
    assert (reading.value, reading.denominator) == (share, 1)
    assert recomputed_in_a_minute(an_actor(Role.ENTRY, OTHER_COUNTY), after(90)).value is None


def test_without_a_case_the_measure_is_blind_not_met(flight):
    assert recomputed_in_a_minute(an_actor(Role.LEADING_GROUP), after(90)).value is None
