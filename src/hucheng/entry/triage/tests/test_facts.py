"""Recording facts: by whom, about whom, which values, all or none; and what follows from each in the same act."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import translation

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome, Risk, Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import VALUES, FactIn, record_facts, triage, triage_flight
from hucheng.entry.triage.judgement import ENDS, entry_table
from hucheng.entry.triage.models import Fact, Triage

pytestmark = pytest.mark.django_db
K = Fact.Kind


@pytest.fixture
def flight():
    """Three people far apart, fit to travel and judged so."""
    the_rules()
    flight = a_landed_flight([a_passenger(n, seat=f"{11 + 9 * n}A") for n in range(3)])
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
    return flight


def said(arrival, kind, value, at=80):
    return FactIn(arrival.pk, kind, value, after(at), "test")


def record(*facts, role=Role.MEDICAL, place=CITY, at=80):
    return record_facts(actor=an_actor(role, place), facts=list(facts), at=after(at))


def end_of(arrival):
    arrival.refresh_from_db()
    return arrival.outcome, arrival.risk


@pytest.mark.parametrize(
    ("kind", "value", "end"),
    [
        (K.TEMPERATURE, "37.2", (Outcome.ONWARD, Risk.LOW)),
        (K.TEMPERATURE, "37.3", (Outcome.HOSPITAL, Risk.HIGH)),
        (K.TEMPERATURE, "39.9", (Outcome.HOSPITAL, Risk.HIGH)),
        (K.SYMPTOMS, "none", (Outcome.ONWARD, Risk.LOW)),
        (K.SYMPTOMS, "cough;fatigue", (Outcome.HOSPITAL, Risk.HIGH)),
        (K.TEST, "positive", (Outcome.HOSPITAL, Risk.HIGH)),
        (K.TEST, "pending", (Outcome.HOLD, Risk.MEDIUM)),
        (K.TEST, "invalid", (Outcome.HOLD, Risk.MEDIUM)),
        (K.CASE, "suspected", (Outcome.HOSPITAL, Risk.HIGH)),
        (K.CASE, "asymptomatic", (Outcome.HOSPITAL, Risk.HIGH)),
        (K.CASE, "cleared", (Outcome.ONWARD, Risk.LOW)),
        (K.CONTACT, "yes", (Outcome.QUARANTINE, Risk.HIGH)),
        (K.CONTACT, "no", (Outcome.ONWARD, Risk.LOW)),
    ],
)
def test_each_fact_ends_where_the_table_says_and_the_others_stay(flight, kind, value, end):
    """The threshold of 37.3 °C is that of the national protocol of 2020; it stands in the entry table."""
    person, *others = arrivals_of(flight)
    fact(person.pk, kind, value, at=after(80))
    assert end_of(person) == end
    assert [end_of(one) for one in others] == [(Outcome.ONWARD, Risk.LOW)] * 2


def test_every_decision_of_the_table_has_its_end_and_no_end_is_left_over():
    assert {row.outcome for row in entry_table().rows} == set(ENDS)
    assert all((risk == Risk.LOW) == (outcome == Outcome.ONWARD) for outcome, risk in ENDS.values())


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_every_value_of_a_kind_is_taken(flight, kind):
    person = arrivals_of(flight)[0]
    for minute, value in enumerate(sorted(VALUES[kind])):
        record(said(person, kind, value, 80 + minute), at=80 + minute)
    assert Fact.objects.filter(arrival=person, kind=kind, at__gte=after(80)).count() == len(VALUES[kind])


@pytest.mark.parametrize("value", ["34", "43", "36.55", " 36.5 "])
def test_the_ends_of_what_a_living_person_can_have_are_taken(flight, value):
    record(said(arrivals_of(flight)[0], K.TEMPERATURE, value))
    assert Fact.objects.filter(kind=K.TEMPERATURE, value__isnull=False, at=after(80)).count() == 1


@pytest.mark.parametrize("value", ["33.9", "43.01", "nan", "inf", "-36", "36,5", "", "98.6F"])
def test_any_other_temperature_is_refused_and_nothing_of_the_batch_is_kept(flight, value):
    first, second, _third = arrivals_of(flight)
    before = Fact.objects.count()
    with pytest.raises(Refusal) as no:
        record(said(first, K.TEST, "positive"), said(second, K.TEMPERATURE, value))
    assert no.value.code == "impossible_temperature" and Fact.objects.count() == before
    assert end_of(first) == (Outcome.ONWARD, Risk.LOW)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_refused_temperature_is_said_in_the_readers_language(flight, language):
    with translation.override(language), pytest.raises(Refusal) as no:
        record(said(arrivals_of(flight)[0], K.TEMPERATURE, "50"))
    with translation.override(language):
        assert "50" in str(no.value.why) and "43" in str(no.value.do)
        assert any("\u4e00" <= sign <= "\u9fff" for sign in str(no.value.why)) == (language != "en")


def test_an_unknown_value_is_told_with_the_values_that_there_are(flight):
    with pytest.raises(Refusal) as no:
        record(said(arrivals_of(flight)[0], K.CONTACT, "maybe"))
    assert no.value.code == "unknown_value" and "maybe" in str(no.value.why) and "no, yes" in str(no.value.do)


def test_a_fact_of_this_very_minute_is_no_fact_of_the_future(flight):
    record(said(arrivals_of(flight)[0], K.TEST, "positive", 80), at=80)
    with pytest.raises(Refusal) as no:
        record(said(arrivals_of(flight)[1], K.TEST, "positive", 80.02), at=80)
    assert no.value.code == "fact_from_the_future"


def test_a_fact_of_yesterday_is_weighed_by_when_it_was_known_and_kept_with_when_it_was_written(flight):
    person = arrivals_of(flight)[0]
    record(said(person, K.TEST, "negative", 85), at=85)
    record(said(person, K.TEST, "pending", 82), at=90)
    assert end_of(person) == (Outcome.ONWARD, Risk.LOW)
    late = Fact.objects.get(arrival=person, at=after(82))
    assert late.recorded_at == after(90)


@pytest.mark.parametrize("role", [Role.ENTRY, Role.MEDICAL, Role.LABORATORY])
def test_who_finds_something_may_record_it(flight, role):
    assert len(record(said(arrivals_of(flight)[0], K.TEST, "negative"), role=role)) == 1


@pytest.mark.parametrize("role", [Role.QUARANTINE, Role.COUNTY, Role.COMMAND_OFFICE, Role.LEADING_GROUP])
def test_nobody_else_does(flight, role):
    before = Fact.objects.count()
    with pytest.raises(Refusal) as no:
        record(said(arrivals_of(flight)[0], K.TEST, "negative"), role=role)
    assert no.value.code == "role_may_not" and Fact.objects.count() == before


def test_one_person_out_of_sight_keeps_the_whole_batch_out(flight):
    first, second, _third = arrivals_of(flight)
    before = Fact.objects.count()
    with pytest.raises(Http404):
        record(said(first, K.TEST, "positive"), FactIn(flight.pk, K.TEST, "positive", after(80), "x"))
    for place in (COUNTY, OTHER_COUNTY):
        with pytest.raises(Http404):
            record(said(second, K.TEST, "positive"), place=place)
    assert Fact.objects.count() == before and end_of(first) == (Outcome.ONWARD, Risk.LOW)


def test_an_empty_batch_changes_nothing(flight):
    judged = Triage.objects.count()
    assert record() == [] and Triage.objects.count() == judged


def test_a_batch_over_two_flights_judges_both(flight):
    other = a_landed_flight([a_passenger(n, seat=f"{11 + 9 * n}C") for n in range(10, 12)], number="HU2")
    fit_to_travel(arrivals_of(other), at=after(30))
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=other.pk, because="screening", at=after(60))
    first, second = arrivals_of(flight)[0], arrivals_of(other)[0]
    record(said(first, K.TEST, "positive"), said(second, K.TEMPERATURE, "38"))
    assert {end_of(first), end_of(second)} == {(Outcome.HOSPITAL, Risk.HIGH)}


def test_somebody_not_judged_yet_waits_unless_the_fact_is_grave():
    the_rules()
    flight = a_landed_flight(2)
    first, second = arrivals_of(flight)
    record(said(first, K.TEST, "negative", 20), said(second, K.TEST, "positive", 20), at=20)
    assert end_of(first) == ("", Risk.UNKNOWN) and end_of(second) == (Outcome.HOSPITAL, Risk.HIGH)


@pytest.mark.parametrize(("table", "guard"), [(Fact, "entry_fact_no_update"), (Triage, "entry_triage_no_update")])
def test_what_was_found_and_judged_is_never_changed(flight, table, guard):
    with pytest.raises(IntegrityError, match=guard), transaction.atomic():
        table.objects.update(at=after(999))


def test_a_batch_leaves_one_line_without_any_value(flight):
    people = arrivals_of(flight)
    record(*(said(one, K.TEMPERATURE, "36.9") for one in people))
    line = AuditLine.objects.get(act="entry.triage.record_facts", at=after(80))
    assert line.detail["facts"] == 3 and "36.9" not in str(line.detail)


def test_a_person_is_judged_alone_by_the_desk_and_by_nobody_out_of_sight(flight):
    person = arrivals_of(flight)[0]
    before = Triage.objects.count()
    made = triage(actor=an_actor(Role.ENTRY), arrival_id=person.pk, because="asked", at=after(80))
    assert (made.arrival_id, made.because, made.at) == (person.pk, "asked", after(80))
    assert Triage.objects.count() == before + 1
    with pytest.raises(Http404):
        triage(actor=an_actor(Role.ENTRY, COUNTY), arrival_id=person.pk, because="x", at=after(81))
    with pytest.raises(Http404):
        triage_flight(actor=an_actor(Role.MEDICAL, COUNTY), flight_id=flight.pk, because="x", at=after(81))
    for role in (Role.LABORATORY, Role.COMMAND_OFFICE, Role.QUARANTINE):
        with pytest.raises(Refusal) as no:
            triage(actor=an_actor(role), arrival_id=person.pk, because="x", at=after(82))
        assert no.value.code == "role_may_not"


def test_the_reason_of_a_judgement_is_told_in_the_readers_language(flight):
    one = Triage.objects.first()
    with translation.override("zh-hans"):
        assert (one.reason, one.basis) == (one.reason_zh, one.basis_zh)
    with translation.override("en"):
        assert (one.reason, one.basis) == (one.reason_en, one.basis_en)


def test_a_traveller_sees_the_own_facts_and_judgements_alone(flight):
    first, second, _third = arrivals_of(flight)
    traveller = Actor(None, CITY, Role.TRAVELLER, unit=str(first.pk))
    for rows in (
        Fact.objects.seen_by(traveller),
        Triage.objects.seen_by(traveller),
        Arrival.objects.seen_by(traveller),
    ):
        owners = {getattr(row, "arrival_id", row.pk) for row in rows}
        assert owners == {first.pk} and second.pk not in owners
