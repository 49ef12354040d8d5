"""Two hands at once, on PostgreSQL: one person, two trips; one flight, two planners."""

import pytest
from django.db import OperationalError, connection

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.entry.clearance.tests.test_concurrency import at_once
from hucheng.entry.flights.models import Arrival, Custody, Whereabouts
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, riders_of, trips_of
from hucheng.quarantine.transport.actions import board, plan_trips
from hucheng.quarantine.transport.models import Ride

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgres():
    """These tests run in the pass of the suite that uses PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("runs in the PostgreSQL pass of script/test")


@pytest.mark.parametrize("turn", range(6))
def test_two_hands_board_one_person_on_two_trips_and_one_succeeds(turn):
    a_fleet(buses=4, seats=2)
    first, second = trips_of(a_flight_with_rooms(general=4))
    person, escort = riders_of(first)[0], an_actor(Role.ENTRY)
    act = lambda trip: board(actor=escort, trip_id=trip.pk, arrival_ids=[person], at=after(98))  # noqa: E731
    room = riders_of(second)[0]
    Ride.objects.filter(arrival_id=room).update(left_at=after(97))
    ends = at_once(lambda: act(first), lambda: act(second))
    assert not any(isinstance(end, OperationalError) for end in ends), ends
    assert sorted(getattr(end, "code", "") for end in ends) == ["", "not_at_the_desk"]
    assert Ride.objects.filter(arrival_id=person, left_at=None, boarded_at__isnull=False).count() == 1
    assert Arrival.objects.get(pk=person).whereabouts == Whereabouts.TRANSFER
    assert Custody.objects.filter(arrival_id=person, whereabouts=Whereabouts.TRANSFER).count() == 1


def test_two_planners_of_one_flight_seat_everybody_once():
    a_fleet(buses=4, seats=4)
    flight, keeper = a_flight_with_rooms(general=8), an_actor(Role.QUARANTINE)
    act = lambda: plan_trips(  # noqa: E731
        actor=keeper, flight_id=flight.pk, leaves=after(100), minutes=60, at=after(95)
    )
    ends = at_once(act, act)
    assert all(end is None or isinstance(end, Refusal) for end in ends), ends
    assert Ride.objects.filter(left_at=None).count() == 8
