"""What the board reads of the trips: as driven, emergencies included."""

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, riders_of, trips_of
from hucheng.quarantine.transport.actions import arrive, board, declare_emergency, depart
from hucheng.quarantine.transport.measures import cohorts_mixed, night_trips, triage_to_bus
from hucheng.quarantine.transport.models import Ride, Trip

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return an_actor(Role.LEADING_GROUP)


@pytest.fixture
def trips():
    a_fleet()
    return sorted(trips_of(a_flight_with_rooms(general=3, contacts=2)), key=lambda trip: trip.risk, reverse=True)


def run(trip, *, boards, leaves):
    escort = an_actor(Role.ENTRY)
    board(actor=escort, trip_id=trip.pk, arrival_ids=riders_of(trip), at=boards)
    depart(actor=escort, trip_id=trip.pk, at=leaves)


def test_the_way_to_the_bus_is_the_median_from_judgement_to_boarding(leader, trips):
    assert triage_to_bus(leader, after(200)).value is None
    run(trips[0], boards=after(98), leaves=after(100))
    run(trips[1], boards=after(110), leaves=after(112))
    assert triage_to_bus(leader, after(200)).value == 38
    assert triage_to_bus(leader, after(97)).value is None
    assert triage_to_bus(leader, after(days=15)).value is None


def test_an_emergency_does_not_flatter_the_median(leader, trips):
    declare_emergency(actor=an_actor(Role.MEDICAL), trip_id=trips[0].pk, at=after(97))
    run(trips[0], boards=after(98), leaves=after(100))
    assert triage_to_bus(leader, after(200)).value is None


@pytest.mark.parametrize(
    ("left", "arrived", "counted"), [(1070, 1080, 0), (1070, 1081, 1), (1259, 1270, 1), (1260, 1300, 0)]
)
def test_a_trip_counts_by_the_hours_it_was_driven(leader, trips, left, arrived, counted):
    """02:00 in the city is 1,080 minutes after that morning, 05:00 is 1,260."""
    Trip.objects.filter(pk=trips[0].pk).update(
        departed_at=after(left), arrived_at=after(arrived), state="accepted", emergency=True
    )
    assert night_trips(leader, after(1400)).value == counted
    assert night_trips(leader, after(left - 1)).value == 0


def test_a_vehicle_that_is_late_on_the_road_at_two_counts_while_it_drives(leader, trips):
    Trip.objects.filter(pk=trips[0].pk).update(departed_at=after(1000), state="departed")
    assert night_trips(leader, after(1080)).value == 0
    assert night_trips(leader, after(1081)).value == 1


def test_a_trip_mixed_past_the_rule_by_an_emergency_counts(leader, trips):
    general, contacts = trips
    run(general, boards=after(98), leaves=after(100))
    assert cohorts_mixed(leader, after(200)).value == 0
    declare_emergency(actor=an_actor(Role.MEDICAL), trip_id=contacts.pk, at=after(97))
    stranger = Ride.objects.filter(trip=general).first()
    Ride.objects.filter(pk=stranger.pk).update(boarded_at=None, left_at=after(99))
    from hucheng.entry.flights.models import Arrival, Whereabouts

    Arrival.objects.filter(pk=stranger.arrival_id).update(whereabouts=Whereabouts.PORT)
    escort = an_actor(Role.ENTRY)
    people = [*riders_of(contacts), stranger.arrival_id]
    board(actor=escort, trip_id=contacts.pk, arrival_ids=people, at=after(101))
    assert cohorts_mixed(leader, after(200)).value == 1
    assert cohorts_mixed(leader, after(99)).value == 0
    assert cohorts_mixed(an_actor(Role.LEADING_GROUP, OTHER_COUNTY), after(200)).value == 0


def test_the_night_is_read_on_the_whole_way(leader, trips):
    run(trips[0], boards=after(98), leaves=after(100))
    arrive(actor=an_actor(Role.ENTRY), trip_id=trips[0].pk, arrival_ids=riders_of(trips[0]), at=after(1100))
    assert night_trips(leader, after(1200)).value == 1
