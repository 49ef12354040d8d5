"""Triage: reasons, corrections, rules and orders."""

import json

import pytest
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Outcome, Risk, Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import (
    a_flight,
    a_landed_flight,
    arrivals_of,
    declared,
    fact,
    facts,
    fit_to_travel,
    the_rules,
)
from hucheng.entry.triage.actions import (
    FactIn,
    bring_rules_into_force,
    issue_city_order,
    record_facts,
    triage,
    triage_flight,
)
from hucheng.entry.triage.models import Fact, RuleInForce, Triage
from hucheng.entry.triage.tables import entry_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def flight():
    the_rules()
    return a_landed_flight(3)


def judge(flight, minutes=60):
    return triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(minutes))


def test_everybody_is_judged_with_rule_version_and_reason(flight):
    assert judge(flight) == 3
    for row in Triage.objects.all():
        assert row.rule and row.version and row.reason_zh and row.reason_en and row.basis_zh and row.run_by_id
    assert {a.outcome for a in arrivals_of(flight)} == {Outcome.HOLD}


def test_a_judgement_can_be_made_again_from_what_it_kept(flight):
    fit_to_travel(arrivals_of(flight), at=after(30))
    judge(flight)
    for row in Triage.objects.all():
        again = entry_table().decide(row.facts_used, on=row.at.date())
        assert (again.outcome, again.rule, again.version) == (row.code, row.rule, row.version)


def test_the_inputs_are_sealed(flight):
    judge(flight)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT inputs FROM entry_triage")
        assert "temp_c" not in cursor.fetchone()[0]
    assert json.loads(Triage.objects.first().inputs)["test"] == "not_done"


def test_whoever_belongs_in_hospital_does_not_wait_for_the_screening(flight):
    first, second, _third = arrivals_of(flight)
    fact(first.pk, Fact.Kind.TEMPERATURE, "36.5", at=after(20))
    fact(second.pk, Fact.Kind.TEMPERATURE, "38.4", at=after(21))
    assert [a.outcome for a in arrivals_of(flight)] == ["", Outcome.HOSPITAL, ""]


def test_nobody_is_judged_before_landing():
    flight = a_flight()
    with pytest.raises(Refusal) as no:
        judge(flight)
    assert no.value.code == "not_landed"


def test_a_correction_is_a_new_row_and_a_new_judgement(flight):
    person = arrivals_of(flight)[0]
    fit_to_travel([person], at=after(30))
    judge(flight)
    declared([person], at=after(70), symptoms=("cough",))
    person.refresh_from_db()
    assert person.outcome == Outcome.HOSPITAL and person.declarations.count() == 2 and person.triages.count() == 2


def test_a_positive_stands_until_the_hospital_clears_it(flight):
    person = arrivals_of(flight)[0]
    fit_to_travel([person], at=after(30))
    judge(flight)
    fact(person.pk, Fact.Kind.TEST, "positive", at=after(70))
    fact(person.pk, Fact.Kind.TEST, "negative", at=after(80))
    person.refresh_from_db()
    assert person.outcome == Outcome.HOSPITAL
    fact(person.pk, Fact.Kind.CASE, "cleared", at=after(90))
    person.refresh_from_db()
    assert person.outcome == Outcome.ONWARD


def test_of_two_results_of_one_moment_the_graver_counts(flight):
    person = arrivals_of(flight)[0]
    judge(flight, 40)
    medical = an_actor(Role.MEDICAL)
    both = [FactIn(person.pk, Fact.Kind.TEST, value, after(50), "x") for value in ("negative", "pending")]
    record_facts(actor=medical, facts=both, at=after(50))
    assert Triage.objects.filter(arrival=person).latest("at").facts_used["test"] == "pending"


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (Fact.Kind.TEMPERATURE, "3.7", "impossible_temperature"),
        (Fact.Kind.TEMPERATURE, "43.1", "impossible_temperature"),
        (Fact.Kind.TEMPERATURE, "warm", "impossible_temperature"),
        (Fact.Kind.TEST, "perhaps", "unknown_value"),
        (Fact.Kind.CASE, "ill", "unknown_value"),
    ],
)
def test_an_impossible_fact_is_refused_and_nothing_is_kept(flight, kind, value, code):
    first, second, _third = arrivals_of(flight)
    good = FactIn(first.pk, Fact.Kind.TEST, "negative", after(50), "x")
    with pytest.raises(Refusal) as no:
        record_facts(
            actor=an_actor(Role.MEDICAL), facts=[good, FactIn(second.pk, kind, value, after(50), "x")], at=after(50)
        )
    assert no.value.code == code and not Fact.objects.exists()


def test_a_fact_from_the_future_is_refused(flight):
    with pytest.raises(Refusal) as no:
        record_facts(
            actor=an_actor(Role.MEDICAL),
            facts=[FactIn(arrivals_of(flight)[0].pk, Fact.Kind.TEST, "negative", after(60), "x")],
            at=after(50),
        )
    assert no.value.code == "fact_from_the_future"


def test_another_county_records_nothing(flight):
    with pytest.raises(Http404):
        triage(actor=an_actor(Role.MEDICAL, COUNTY), arrival_id=arrivals_of(flight)[0].pk, because="x", at=after(60))


def test_a_rule_needs_two_people():
    office = an_actor(Role.COMMAND_OFFICE)
    with pytest.raises(Refusal) as no:
        bring_rules_into_force(actor=office, rules=["R15"], approved_by=office.user_id, since=after(0), at=after(0))
    assert no.value.code == "one_hand_only" and not RuleInForce.objects.exists()


def test_without_the_rules_in_force_nobody_travels_on():
    flight = a_landed_flight(1)
    fit_to_travel(arrivals_of(flight), at=after(30))
    judge(flight)
    assert arrivals_of(flight)[0].outcome == Outcome.QUARANTINE
    the_rules(after(70))
    assert arrivals_of(flight)[0].outcome == Outcome.ONWARD


def test_an_order_of_the_city_judges_all_again(flight):
    fit_to_travel(arrivals_of(flight), at=after(30))
    judge(flight)
    assert {a.outcome for a in arrivals_of(flight)} == {Outcome.ONWARD}
    office = an_actor(Role.COMMAND_OFFICE)
    issue_city_order(actor=office, needs_place=True, waits_for_flight=False, text="places", at=after(80))
    assert {a.outcome for a in arrivals_of(flight)} == {Outcome.QUARANTINE}


def test_a_contact_is_high_risk_and_someone_bound_elsewhere_is_not(flight):
    people = arrivals_of(flight)
    fit_to_travel(people, at=after(30))
    declared(people[:1], at=after(40), destination=Destination.ELSEWHERE)
    Arrival.objects.filter(pk=people[0].pk).update(seat="60A")
    judge(flight)
    fact(people[1].pk, Fact.Kind.TEST, "positive", at=after(80))
    ends = {a.pk: (a.outcome, a.risk) for a in arrivals_of(flight)}
    assert ends[people[0].pk] == (Outcome.QUARANTINE, Risk.MEDIUM)
    assert ends[people[2].pk] == (Outcome.QUARANTINE, Risk.HIGH)


def test_judging_a_full_flight_needs_few_queries(django_assert_max_num_queries):
    the_rules()
    flight = a_landed_flight(120)
    facts(arrivals_of(flight), Fact.Kind.TEMPERATURE, "36.5", at=after(10))
    with django_assert_max_num_queries(40):
        judge(flight)


@pytest.mark.parametrize("minutes", [79.99, 70, 61])
def test_a_judgement_whose_clock_was_read_before_a_fact_came_in_does_not_overlook_it(flight, minutes):
    """Waiting for the lock of a flight, a judgement kept its earlier time and undid what was written meanwhile."""
    person, other, _third = arrivals_of(flight)
    Arrival.objects.filter(pk=other.pk).update(seat="60A")
    fit_to_travel([person, other], at=after(30))
    judge(flight)
    fact(person.pk, Fact.Kind.TEST, "positive", at=after(80))
    declared([other], at=after(80), symptoms=("fever",))
    judge(flight, minutes)
    for one in (person, other):
        one.refresh_from_db()
        assert one.outcome == Outcome.HOSPITAL
        assert one.last_triage == one.triages.order_by("at", "id").last() or one.last_triage.at >= after(80)
