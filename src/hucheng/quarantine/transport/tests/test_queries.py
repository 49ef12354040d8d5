"""Trips as desk, escort and house see them: which day, which order, who stands where; counted against the rides."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.quarantine.fleet.models import DrivingShift
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, riders_of, trips_of
from hucheng.quarantine.transport import actions
from hucheng.quarantine.transport.models import Ride, Trip
from hucheng.quarantine.transport.planning import run_of, runs_of_driver, waiting_for_trip
from hucheng.quarantine.transport.queries import (
    flight_of_trips,
    rides_of,
    trip_seen_by,
    trips_of_day,
    trips_of_flight,
)

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2020, 3, 21), date(2020, 3, 22)
HOUSE = (Role.HOUSE, COUNTY, "H01")


@pytest.fixture
def escort():
    return an_actor(Role.ENTRY)


@pytest.fixture
def trips():
    a_fleet(buses=4, seats=3)
    return trips_of(a_flight_with_rooms(general=6, contacts=2))


def board(escort, trip, people=None, at=None):
    ids = riders_of(trip) if people is None else people
    actions.board(actor=escort, trip_id=trip.pk, arrival_ids=ids, at=at or after(98))


def drive(escort, trip, *, left_behind=0, lost=0):
    """Board, leave and count off, some of them left behind at the desk, some lost on the way."""
    people = riders_of(trip)
    board(escort, trip, people[left_behind:])
    actions.depart(actor=escort, trip_id=trip.pk, at=after(100))
    there = people[left_behind : len(people) - lost]
    actions.arrive(actor=escort, trip_id=trip.pk, arrival_ids=there, at=after(150))


def counted(trip) -> tuple[int, int, int, int]:
    """Listed, aboard, missing, accepted; counted ride by ride."""
    rides = list(Ride.objects.filter(trip=trip))
    open_ones = [ride for ride in rides if ride.left_at is None]
    return (
        len([ride for ride in rides if ride.left_at is None or ride.missing_at]),
        len([ride for ride in open_ones if ride.boarded_at and not ride.accepted_at]),
        len([ride for ride in rides if ride.missing_at and not ride.accepted_at]),
        len([ride for ride in rides if ride.accepted_at]),
    )


def told(line) -> tuple[int, int, int, int]:
    return line.listed, line.aboard, line.missing, line.accepted


@pytest.mark.parametrize(("left_behind", "lost"), [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0)])
def test_the_numbers_of_a_trip_are_those_of_its_rides(escort, trips, left_behind, lost):
    drive(escort, trips[0], left_behind=left_behind, lost=lost)
    actions.accept(actor=an_actor(*HOUSE), trip_id=trips[0].pk, at=after(160))
    for line in trips_of_flight(escort, trips[0].flight_id, after(170)):
        assert told(line) == counted(line.trip)
    line = next(line for line in trips_of_flight(escort, trips[0].flight_id, after(170)) if line.trip == trips[0])
    assert told(line) == (3, lost, left_behind + lost, 3 - left_behind - lost)


def test_a_trip_belongs_to_the_day_of_the_city_on_which_it_leaves(escort, trips):
    edges = [
        (after(-8 * 60 - 1), None),
        (after(-8 * 60), TODAY),
        (after(16 * 60 - 1), TODAY),
        (after(16 * 60), TOMORROW),
    ]
    Trip.objects.update(state="accepted", departed_at=after(0))
    for leaves, day in edges:
        Trip.objects.filter(pk=trips[0].pk).update(departs_at=leaves)
        shown = {
            of: any(line.trip == trips[0] for line in trips_of_day(escort, of, after(0))) for of in (TODAY, TOMORROW)
        }
        assert [of for of, there in shown.items() if there] == ([day] if day else [])


@pytest.mark.parametrize(
    ("state", "stays"),
    [("planned", False), ("published", True), ("departed", True), ("arrived", True), ("accepted", False),
     ("called_off", False)],
)  # fmt: skip
def test_a_trip_that_is_still_open_stays_in_sight_on_the_next_day(escort, trips, state, stays):
    """A trip that was to leave before midnight vanished from the list with the people aboard."""
    Trip.objects.exclude(pk=trips[0].pk).update(state="accepted", departed_at=after(0))
    Trip.objects.filter(pk=trips[0].pk).update(state=state, departed_at=after(100))
    assert [line.trip.pk for line in trips_of_day(escort, TOMORROW, after(days=1))] == [trips[0].pk] * stays
    assert trips[0].pk in {line.trip.pk for line in trips_of_day(escort, TODAY, after(200))}


def test_open_trips_stand_before_those_that_are_over_each_by_its_hour(escort, trips):
    for minutes, (trip, state) in enumerate(zip(trips, ("accepted", "published", "called_off"), strict=False)):
        Trip.objects.filter(pk=trip.pk).update(state=state, departed_at=after(0), departs_at=after(100 - minutes))
    lines = trips_of_day(escort, TODAY, after(200))
    over = [line.trip.state in ("accepted", "called_off") for line in lines]
    assert over == sorted(over)
    for part in (False, True):
        hours = [line.trip.departs_at for line, is_over in zip(lines, over, strict=True) if is_over == part]
        assert hours == sorted(hours)


@pytest.mark.parametrize(
    ("state", "minute", "stuck"),
    [("departed", 190, False), ("departed", 191, True), ("arrived", 191, True), ("accepted", 400, False),
     ("published", 400, False)],
)  # fmt: skip
def test_a_trip_is_stuck_half_an_hour_behind_its_way(escort, trips, state, minute, stuck):
    """ISS-18: it left at minute 100 for a way of 60."""
    Trip.objects.filter(pk=trips[0].pk).update(state=state, departed_at=after(100))
    line = next(x for x in trips_of_day(escort, TODAY, after(minute)) if x.trip == trips[0])
    assert line.stuck == stuck


@pytest.mark.parametrize(
    ("role", "place", "unit", "sees"),
    [
        (Role.ENTRY, CITY, "", True),
        (Role.LEADING_GROUP, "140000", "", True),
        (*HOUSE, True),
        (Role.HOUSE, COUNTY, "H02", False),
        (Role.ENTRY, OTHER_COUNTY, "", False),
        (Role.TRAVELLER, CITY, "somebody", False),
    ],
)
def test_each_reader_sees_the_trips_to_the_own_place_and_house(trips, role, place, unit, sees):
    reader = an_actor(role, place, unit)
    assert len(trips_of_day(reader, TODAY, after(97))) == len(trips_of_flight(reader, trips[0].flight_id, after(97)))
    assert bool(trips_of_day(reader, TODAY, after(97))) == sees
    if sees:
        assert trip_seen_by(reader, trips[0].pk) == trips[0]
    else:
        with pytest.raises(Http404):
            trip_seen_by(reader, trips[0].pk)


def test_the_flight_of_a_plan_is_found_by_its_own_city_alone(trips):
    assert flight_of_trips(an_actor(Role.QUARANTINE), trips[0].flight_id).number == "HU7976"
    with pytest.raises(Http404):
        flight_of_trips(an_actor(Role.QUARANTINE, "310100"), trips[0].flight_id)


def test_whoever_rides_elsewhere_is_off_the_list_and_whoever_is_missing_stays_on_it(escort, trips):
    first, second = [trip for trip in trips if trip.risk == "general"][:2]
    *_two, absent = riders_of(first)
    board(escort, second, riders_of(second)[:2])
    board(escort, second, [absent])
    assert absent not in [ride.arrival_id for ride in rides_of(first)]
    missing = riders_of(first)[0]
    board(escort, first, riders_of(first)[1:])
    actions.depart(actor=escort, trip_id=first.pk, at=after(100))
    assert missing in [ride.arrival_id for ride in rides_of(first)]


def test_riders_of_one_party_stand_together_by_seat(escort, trips):
    Arrival.objects.filter(pk__in=riders_of(trips[0])[1:]).update(party="AAA")
    parties = [(ride.arrival.party, ride.arrival.seat) for ride in rides_of(trips[0])]
    assert parties == sorted(parties)


def test_waiting_is_whoever_has_a_room_is_at_the_desk_and_rides_nowhere(escort, trips):
    flight = trips[0].flight_id
    assert not waiting_for_trip(escort, flight)
    actions.call_off(actor=escort, trip_id=trips[0].pk, why="flat tyre", at=after(97))
    people = {stay.arrival_id for stay in waiting_for_trip(escort, flight).values()}
    assert people == set(Ride.objects.filter(trip=trips[0]).values_list("arrival_id", flat=True))
    one = next(iter(people))
    Arrival.objects.filter(pk=one).update(whereabouts="hospital")
    assert {stay.arrival_id for stay in waiting_for_trip(escort, flight).values()} == people - {one}


def test_a_run_is_as_planned_until_it_was_driven(escort, trips):
    trip = trips[0]
    assert run_of(trip).leaves == after(100) and run_of(trip).cohort == f"{trip.risk} {trip.cohort}"
    assert not runs_of_driver(trip.driver_id, after(100), but=trips[1].pk)
    board(escort, trip)
    actions.depart(actor=escort, trip_id=trip.pk, at=after(107))
    (run,) = runs_of_driver(trip.driver_id, after(110), but=trips[1].pk)
    assert (run.leaves, run.back) == (after(107), after(227))
    assert not runs_of_driver(trip.driver_id, after(110), but=trip.pk)


def test_lists_cost_the_same_for_one_trip_and_for_four(escort, trips):
    DrivingShift.objects.update(ends_at=after(days=1))
    asked = []
    for shown in (1, len(trips)):
        Trip.objects.update(departs_at=after(days=3))
        Trip.objects.filter(pk__in=[trip.pk for trip in trips[:shown]]).update(departs_at=after(100))
        Trip.objects.exclude(pk__in=[trip.pk for trip in trips[:shown]]).update(state="called_off")
        with CaptureQueriesContext(connection) as queries:
            assert len(trips_of_day(escort, TODAY, after(97))) == shown
        Trip.objects.update(state="published")
        asked.append(len(queries))
    assert asked == [1, 1]
