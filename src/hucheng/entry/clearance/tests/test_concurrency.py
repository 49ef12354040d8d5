"""Two hands at once, on PostgreSQL: a pass and a positive result of one person, in every interleaving."""

import threading

import pytest
from django.db import OperationalError, connection, connections

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Outcome, Risk, Role
from hucheng.core.testing import after, an_actor
from hucheng.entry.clearance.actions import clear, depart
from hucheng.entry.clearance.models import Pass
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgres():
    """These tests run in the pass of the suite that uses PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("runs in the PostgreSQL pass of script/test")


def at_once(*acts) -> list[Exception | None]:
    """Run the acts in threads of their own that start together; refusals and deadlocks are given back."""
    start = threading.Barrier(len(acts))
    ends: list[Exception | None] = [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            act()
        except (Refusal, OperationalError) as no:
            ends[place] = no
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return ends


@pytest.fixture
def flight():
    the_rules()
    flight = a_landed_flight([a_passenger(n, seat=f"{11 + 10 * n}A") for n in range(4)])
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    return flight


@pytest.mark.parametrize("turn", range(6))
def test_a_pass_and_a_positive_of_the_same_minute_never_both_stand(flight, turn):
    desk, person = an_actor(Role.ENTRY), arrivals_of(flight)[0]
    an_actor(Role.MEDICAL)
    ends = at_once(
        lambda: clear(actor=desk, flight_id=flight.pk, arrival_ids=[person.pk], at=after(70)),
        lambda: fact(person.pk, Fact.Kind.TEST, "positive", at=after(70)),
        lambda: depart(actor=desk, flight_id=flight.pk, arrival_ids=[person.pk], holder="TY-MOAT", at=after(71)),
    )
    assert not any(isinstance(end, OperationalError) for end in ends), ends
    person.refresh_from_db()
    assert person.risk == Risk.HIGH and person.outcome == Outcome.HOSPITAL
    assert not Pass.objects.filter(revoked_at=None).exists()
    assert person.whereabouts in (Whereabouts.PORT, Whereabouts.DEPARTED)
    assert person.whereabouts == Whereabouts.PORT or person.recalls.exists()


def test_eight_hands_clear_one_person_and_one_pass_stands(flight):
    desk, person = an_actor(Role.ENTRY), arrivals_of(flight)[0]
    act = lambda: clear(actor=desk, flight_id=flight.pk, arrival_ids=[person.pk], at=after(70))  # noqa: E731
    assert at_once(*[act] * 8) == [None] * 8
    assert Pass.objects.count() == 1


def test_facts_about_different_people_of_a_flight_do_not_block_each_other_for_ever(flight):
    people = arrivals_of(flight)
    an_actor(Role.MEDICAL)
    acts = [lambda p=p: fact(p.pk, Fact.Kind.TEST, "positive", at=after(70)) for p in people]
    assert at_once(*acts) == [None] * 4
    assert set(Arrival.objects.values_list("outcome", flat=True)) == {Outcome.HOSPITAL}
