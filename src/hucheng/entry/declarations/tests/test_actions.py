"""Declarations: each stands, a later one corrects, an adverse one acts at once, and nobody speaks for another."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Destination, Outcome, Role
from hucheng.core.testing import CITY, COUNTY, after, an_actor
from hucheng.entry.clearance.actions import clear
from hucheng.entry.clearance.models import Pass
from hucheng.entry.declarations.actions import DeclarationForm, declare
from hucheng.entry.declarations.forms import DeclareForm
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.declarations.queries import declarations_of, latest_declaration
from hucheng.entry.declarations.symptoms import SYMPTOMS, check_symptoms
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_landed_flight, arrivals_of, declared, fit_to_travel, the_rules
from hucheng.entry.triage.actions import FactIn, record_facts, triage_flight
from hucheng.entry.triage.models import Fact, Triage

pytestmark = pytest.mark.django_db
OWN = Declaration.Means.OWN


@pytest.fixture
def flight():
    the_rules()
    return a_landed_flight(3)


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


def form(arrival, **said):
    return DeclarationForm(
        arrival_id=arrival.pk,
        **({"symptoms": (), "contact_14d": False, "destination": Destination.CAPITAL} | said),
    )


def judged(flight):
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    return arrivals_of(flight)


def test_before_the_screening_a_declaration_judges_nobody(desk, flight):
    people = arrivals_of(flight)
    declare(actor=desk, forms=[form(p, symptoms=("cough",)) for p in people], means=OWN, at=after(5))
    assert not Triage.objects.exists() and Declaration.objects.count() == 3


@pytest.mark.parametrize("code", sorted(SYMPTOMS))
def test_any_symptom_declared_later_ends_onward_travel_at_once(desk, flight, code):
    person, *others = judged(flight)
    clear(actor=desk, flight_id=flight.pk, arrival_ids=[p.pk for p in (person, *others)], at=after(70))
    declare(actor=desk, forms=[form(person, symptoms=(code,))], means=OWN, at=after(80))
    person.refresh_from_db()
    assert person.outcome != Outcome.ONWARD
    assert not Pass.objects.filter(arrival=person, revoked_at=None).exists()
    assert Pass.objects.get(arrival=person).revoked_at == after(80)


def test_declared_contact_and_an_incomplete_form_end_it_too(desk, flight):
    first, second, third = judged(flight)
    forms = [form(first, contact_14d=True), form(second, complete=False), form(third)]
    declare(actor=desk, forms=forms, means=OWN, at=after(80))
    ends = [a.outcome for a in (Arrival.objects.get(pk=p.pk) for p in (first, second, third))]
    assert ends[0] in (Outcome.QUARANTINE, Outcome.HOSPITAL) and ends[1] == Outcome.HOLD
    assert ends[2] == Outcome.ONWARD


def test_the_latest_counts_and_all_stay(desk, flight):
    person = arrivals_of(flight)[0]
    for minute, codes in ((1, ("cough",)), (2, ()), (3, ("fever",))):
        declare(actor=desk, forms=[form(person, symptoms=codes)], means=OWN, at=after(minute))
    assert [d.symptom_codes for d in declarations_of(person)] == [["fever"], [], ["cough"]]
    assert latest_declaration(person).symptom_codes == ["fever"]


def test_a_person_twice_in_a_batch_is_refused_with_the_whole_batch(desk, flight):
    """Which of two forms of one moment counted was left to chance."""
    first, second, _third = arrivals_of(flight)
    forms = [form(second), form(first, symptoms=("cough",)), form(first)]
    with pytest.raises(Refusal) as no:
        declare(actor=desk, forms=forms, means=OWN, at=after(5))
    assert no.value.code == "twice_in_the_batch" and not Declaration.objects.exists()


@pytest.mark.parametrize("codes", [("plague",), ("cough", "Cough"), ("cough;fever",)])
def test_a_symptom_that_nobody_asks_for_is_refused(desk, flight, codes):
    first, second, _third = arrivals_of(flight)
    with pytest.raises(Refusal) as no:
        declare(actor=desk, forms=[form(second), form(first, symptoms=codes)], means=OWN, at=after(5))
    assert no.value.code == "unknown_symptom" and not Declaration.objects.exists()
    assert AuditLine.objects.get(act="entry.declarations.declare").refused == "unknown_symptom"


@pytest.mark.parametrize("value", ["plague", "cough;plague", "cough,fever", "Cough"])
def test_a_symptom_found_by_staff_is_held_to_the_same_list(flight, value):
    person = judged(flight)[0]
    fact = FactIn(person.pk, Fact.Kind.SYMPTOMS, value, after(70), "desk")
    with pytest.raises(Refusal) as no:
        record_facts(actor=an_actor(Role.MEDICAL), facts=[fact], at=after(70))
    assert no.value.code == "unknown_symptom"
    assert not Fact.objects.filter(kind=Fact.Kind.SYMPTOMS).exists()


def test_nothing_found_is_a_finding_too():
    check_symptoms([])
    check_symptoms(["none"])
    check_symptoms([""])


def test_a_traveller_declares_for_nobody_else(flight):
    first, second, _third = arrivals_of(flight)
    traveller = Actor(None, CITY, Role.TRAVELLER, unit=str(first.pk))
    declare(actor=traveller, forms=[form(first)], means=OWN, at=after(5))
    for forms in ([form(second)], [form(first), form(second)]):
        with pytest.raises(Http404):
            declare(actor=traveller, forms=forms, means=OWN, at=after(6))
    assert Declaration.objects.count() == 1
    with pytest.raises(Http404):
        declare(actor=Actor(None, CITY, Role.TRAVELLER), forms=[form(first)], means=OWN, at=after(7))


def test_another_county_declares_for_nobody_here(flight):
    with pytest.raises(Http404):
        declare(actor=an_actor(Role.ENTRY, COUNTY), forms=[form(arrivals_of(flight)[0])], means=OWN, at=after(5))


@pytest.mark.parametrize("column", ["symptoms", "contact_14d", "complete", "at"])
def test_a_declaration_is_never_changed_by_any_hand(flight, column):
    person = arrivals_of(flight)[0]
    declared([person], at=after(5))
    with pytest.raises(IntegrityError, match="entry_declaration_no_update"), transaction.atomic():
        Declaration.objects.filter(arrival=person).update(**{column: Declaration.objects.values_list(column)[:1]})


def test_what_was_declared_stands_sealed(flight):
    person = arrivals_of(flight)[0]
    declared([person], at=after(5), symptoms=("diarrhoea",), contact_14d=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT symptoms, contact_14d FROM entry_declaration")
        stored = " ".join(str(cell) for cell in cursor.fetchone())
    assert "diarrhoea" not in stored and "yes" not in stored
    assert latest_declaration(person).had_contact


class Form(TestCase):
    """The form of the phone and the desk gives exactly what was answered."""

    @given(
        yes=st.sets(st.sampled_from(sorted(SYMPTOMS))),
        contact=st.booleans(),
        to=st.sampled_from(Destination.values),
        countries=st.lists(st.sampled_from(["CAN", "USA", "JPN"]), max_size=3),
    )
    def test_every_answer_arrives_as_given(self, yes, contact, to, countries):
        data = {f"symptom_{code}": "yes" if code in yes else "no" for code in SYMPTOMS}
        data |= {"contact_14d": "yes" if contact else "no", "destination": to, "countries_14d": " , ".join(countries)}
        filled = DeclareForm(data)
        assert filled.is_valid(), filled.errors
        said = filled.as_declaration(None, "en")
        assert (set(said.symptoms), said.contact_14d, said.destination) == (yes, contact, to)
        assert list(said.countries_14d) == countries

    @given(left_out=st.sampled_from([*[f"symptom_{code}" for code in SYMPTOMS], "contact_14d", "destination"]))
    def test_no_answer_is_taken_for_granted(self, left_out):
        data = {f"symptom_{code}": "no" for code in SYMPTOMS} | {"contact_14d": "no", "destination": "capital"}
        filled = DeclareForm({key: value for key, value in data.items() if key != left_out})
        assert not filled.is_valid() and set(filled.errors) == {left_out}
