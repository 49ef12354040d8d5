"""Each question is answered by what is true: made true or false through the actions that people call."""

from datetime import timedelta

import pytest

from hucheng.command.meetings.models import Meeting
from hucheng.command.testing import a_published_meeting
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import MORNING, a_city, after, an_actor
from hucheng.entry.clearance.actions import clear, confirm_places
from hucheng.entry.clearance.models import Pass
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
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact
from hucheng.exercises.score.questions import Asked, answer
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.testing import people_inside

pytestmark = pytest.mark.django_db
PASSES = "passes ever issued to a person while positive, suspected, feverish, symptomatic or a contact"
ENDS = (
    "passengers and crew of landed flights not in exactly one of: in the port, in transfer, hospital, house, "
    "departed onward, released, crew house"
)


def ask(words, at=None):
    return answer(words, Asked("taiyuan-2020", at or after(300)))


def test_a_question_without_function_is_blind():
    assert ask("schools open for grade 12, in words nobody wrote") is None


def test_flights_and_passengers_count_once_they_have_landed():
    a_flight("ET604", at=MORNING)
    assert ask("diverted flights landed") == 0 == ask("passengers landed")
    a_landed_flight(5)
    assert ask("diverted flights landed") == 1 and ask("passengers landed") == 5
    assert ask("passengers landed", MORNING - timedelta(minutes=1)) == 0


def test_the_first_two_flights_are_known_by_number_and_day():
    stays = people_inside(3)
    assert ask("travellers of F01 and F02 in houses") == len(stays)
    assert ask("travellers of F01 and F02 who left for Beijing") == 0


def test_people_of_landed_flights_stand_in_one_end_each():
    flight = a_landed_flight(4)
    assert ask(ENDS) == 0
    person = arrivals_of(flight)[0]
    type(person).objects.filter(pk=person.pk).update(whereabouts="aboard")
    assert ask(ENDS) == 1


def test_nobody_holds_two_beds():
    people_inside(3)
    assert Stay.objects.exists() and ask("persons with two active stays") == 0


def test_directives_count_when_they_are_published_and_are_work():
    assert ask("action and outcome directives published") == 0
    a_city()
    a_published_meeting()
    Meeting.objects.update(number=43)
    assert ask("action and outcome directives published") >= 1
    Meeting.objects.update(number=42)
    assert ask("action and outcome directives published") == 0


def test_a_task_whose_measure_cannot_be_read_never_stands_as_met():
    a_city()
    a_published_meeting(measure="quarantine.transport.night_trips")
    assert ask("tasks shown as met whose measure has no value") == 0


def a_pass(at=after(200)) -> Pass:
    the_rules()
    flight = a_landed_flight(1)
    people = arrivals_of(flight)
    fit_to_travel(people, at=after(30))
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(40))
    desk, ids = an_actor(Role.ENTRY), [one.pk for one in people]
    confirm_places(actor=desk, flight_id=flight.pk, arrival_ids=ids, at=at)
    clear(actor=desk, flight_id=flight.pk, arrival_ids=ids, at=at)
    return Pass.objects.get()


def test_a_pass_of_somebody_fit_is_no_breach():
    a_pass()
    assert ask(PASSES, after(230)) == 0


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Fact.Kind.TEST, "positive"),
        (Fact.Kind.CASE, "suspected"),
        (Fact.Kind.TEMPERATURE, "37.3"),
        (Fact.Kind.SYMPTOMS, "cough"),
    ],
)
def test_a_pass_of_somebody_known_as_unfit_is_one(kind, value):
    """The gate would not sign it: the fact is told late, as known since before the signature."""
    held = a_pass()
    fact(held.arrival_id, kind, value, at=after(190))
    assert ask(PASSES, after(230)) == 1


def test_a_fact_of_later_is_no_breach_and_each_pass_is_looked_at_in_its_own_hour():
    held = a_pass()
    fact(held.arrival_id, Fact.Kind.TEST, "positive", at=after(240))
    assert ask(PASSES, after(250)) == 0
    fact(held.arrival_id, Fact.Kind.TEST, "positive", at=after(190))
    assert ask(PASSES, after(230)) == 1 and ask(PASSES, after(261)) == 0 and ask(PASSES, after(199)) == 0


def test_somebody_who_declared_symptoms_before_the_signature_is_a_breach():
    held = a_pass()
    declared([held.arrival], at=after(195), symptoms=("cough",), destination=Destination.CAPITAL)
    assert ask(PASSES, after(230)) == 1


def test_a_contact_named_before_the_signature_is_a_breach():
    from hucheng.entry.contacts.models import CloseContact

    held = a_pass()
    CloseContact.objects.create(
        arrival=held.arrival, named_at=after(150), companion=True, crew=False, seat_unknown=False
    )
    assert ask(PASSES, after(230)) == 1


def test_a_mended_reading_does_not_count():
    held = a_pass()
    facts([held.arrival], Fact.Kind.TEMPERATURE, "38.0", at=after(100))
    facts([held.arrival], Fact.Kind.TEMPERATURE, "36.4", at=after(110))
    assert ask(PASSES, after(230)) == 0
