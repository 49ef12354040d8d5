"""The life of trips, in any order of acts: at every minute everybody of the flight is in somebody's hands, once."""

from collections import Counter

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.handover.measures import unaccounted
from hucheng.entry.testing import arrivals_of
from hucheng.quarantine.fleet.actions import disinfect_vehicle
from hucheng.quarantine.fleet.models import Vehicle
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms
from hucheng.quarantine.tests.history import History, everybody_is_where_the_latest_line_says, play
from hucheng.quarantine.transport import actions
from hucheng.quarantine.transport.models import Ride, Trip
from hucheng.quarantine.transport.planning import waiting_for_trip
from hucheng.quarantine.transport.queries import trips_of_flight

TRIPS = st.integers(0, 5)
WHO = st.integers(0, 4)
SOME = st.sets(st.integers(0, 2), min_size=1)
OPEN = {"accepted_at": None, "left_at": None}


class LifeOfTrips(History):
    """A flight of three and two close contacts, two small buses and an ambulance."""

    def begin(self) -> None:
        a_fleet(buses=3, seats=2, drivers=4)
        self.flight = a_flight_with_rooms(general=3, contacts=2)
        self.people = [person.pk for person in arrivals_of(self.flight)]
        self.escort, self.keeper = an_actor(Role.ENTRY), an_actor(Role.QUARANTINE)
        self.house = an_actor(Role.HOUSE, COUNTY, "H01")
        self.at = after(95)
        self.plan_and_publish()

    def trip(self, number):
        """One of the trips that are not over yet."""
        trips = Trip.objects.exclude(state__in=["accepted", "called_off"]).order_by("code")
        return trips[number % len(trips)] if trips else None

    def step(self, act, number, actor=None, **kwargs):
        if trip := self.trip(number):
            return trip, self.attempt(act, actor=actor or self.escort, trip_id=trip.pk, **kwargs)
        return None, ""

    def some_of(self, trip, numbers, **which):
        riders = list(trip.rides.filter(**OPEN, **which).order_by("arrival__seat").values_list("arrival_id", flat=True))
        return [riders[n] for n in numbers if n < len(riders)]

    @rule()
    def plan_and_publish(self):
        act = {"actor": self.keeper, "flight_id": self.flight.pk}
        waiting = len(waiting_for_trip(self.keeper, self.flight.pk))
        self.attempt(actions.plan_trips, leaves=self.at + (after(5) - after(0)), minutes=30, **act)
        planned = Trip.objects.filter(state="planned").count()
        assert self.attempt(actions.publish_trips, **act) == ("" if planned else "nothing_planned")
        assert len(waiting_for_trip(self.keeper, self.flight.pk)) <= waiting

    @rule(number=TRIPS, aboard=SOME, end=st.sampled_from(["bring_back", "accept", "turn_away", "", ""]))
    def drive_to_the_door(self, number, aboard, end):
        """The usual way: some of those listed board, the bus leaves, they are counted off; then what the house says."""
        if (trip := self.trip(number)) and trip.state == "published":
            self.board(number, aboard)
            if end == "bring_back":
                return self.bring_back(number, {0})
            self.leave(number)
            self.count_off(number, {0})
            if end:
                getattr(self, end)(number)
        return None

    @rule(number=TRIPS, numbers=SOME)
    def board(self, number, numbers):
        if trip := self.trip(number):
            people = self.some_of(trip, numbers, boarded_at=None)
            self.step(actions.board, number, arrival_ids=people)

    @rule(number=TRIPS, who=WHO)
    def board_anybody(self, number, who):
        trip, said = self.step(actions.board, number, arrival_ids=[self.people[who]])
        person = Arrival.objects.get(pk=self.people[who])
        if trip and not said and not trip.emergency:
            assert (person.risk == "high") == (trip.risk == "contact")

    @rule(number=TRIPS)
    def leave(self, number):
        before = self.trip(number)
        if before is None:
            return
        empty = not before.rides.filter(boarded_at__isnull=False, left_at=None).exists()
        _trip, said = self.step(actions.depart, number)
        assert said == ("not_at_this_step" if before.state != "published" else "nobody_aboard" if empty else said)

    @rule(number=TRIPS, numbers=SOME)
    def count_off(self, number, numbers):
        if trip := self.trip(number):
            people = self.some_of(trip, numbers, boarded_at__isnull=False)
            _trip, said = self.step(actions.arrive, number, arrival_ids=people)
            assert said == ("" if trip.state in ("departed", "arrived") else "not_at_this_step")

    @rule(number=TRIPS)
    def accept(self, number):
        trip, said = self.step(actions.accept, number, actor=self.house)
        assert said in (("", "nobody_to_accept") if trip and trip.destination == "H01" else ("", "404"))

    @rule(number=TRIPS)
    def turn_away(self, number):
        trip = self.trip(number)
        if trip and trip.destination == "H01":
            _trip, said = self.step(actions.turn_away, number, actor=self.house, why="no power")
            assert said == ("" if trip.state == "arrived" else "not_at_this_step")

    @rule(number=TRIPS, numbers=SOME)
    def bring_back(self, number, numbers):
        if trip := self.trip(number):
            people = self.some_of(trip, numbers, boarded_at__isnull=False)
            _trip, said = self.step(actions.bring_back, number, arrival_ids=people)
            assert said == ("" if people else "not_aboard")

    @rule(number=TRIPS)
    def call_off(self, number):
        if trip := self.trip(number):
            _trip, said = self.step(actions.call_off, number, why="flat tyre")
            assert said == ("" if trip.state in ("planned", "published") else "not_at_this_step")

    @rule(who=WHO)
    def emergency(self, who):
        assert self.attempt(
            actions.send_emergency, actor=self.escort, arrival_ids=[self.people[who]], to="HOSP-A"
        ) == ""  # fmt: skip

    @rule(number=st.integers(0, 3))
    def disinfect(self, number):
        vehicle = Vehicle.objects.order_by("code")[number]
        driving = vehicle.trips.filter(state="departed").exists()
        said = self.attempt(disinfect_vehicle, actor=self.keeper, vehicle_id=vehicle.pk)
        assert said == ("on_the_road" if driving else "")

    @invariant()
    def nobody_is_without_a_holder_and_the_last_line_says_who_it_is(self):
        assert unaccounted(an_actor(Role.LEADING_GROUP), self.at).value == 0
        assert everybody_is_where_the_latest_line_says()

    @invariant()
    def whoever_is_aboard_is_in_the_hands_of_that_trip_and_nobody_else_is(self):
        aboard = Ride.objects.filter(boarded_at__isnull=False, **OPEN).select_related("trip__vehicle", "arrival")
        for ride in aboard:
            hands = f"TF-RECV {ride.trip.vehicle.code if ride.trip.vehicle else '120'}"
            assert (ride.arrival.whereabouts, ride.arrival.holder) == ("transfer", hands)
        on_the_way = set(Arrival.objects.filter(whereabouts="transfer").values_list("pk", flat=True))
        assert on_the_way == {ride.arrival_id for ride in aboard}

    @invariant()
    def nobody_rides_twice_and_no_bus_carries_two_classes_or_too_many(self):
        rides = list(Ride.objects.filter(**OPEN).select_related("trip__vehicle"))
        assert all(count == 1 for count in Counter(ride.arrival_id for ride in rides).values())
        for trip in {ride.trip for ride in rides if not ride.trip.emergency}:
            aboard = [ride for ride in rides if ride.trip == trip and ride.boarded_at]
            assert len({ride.risk for ride in aboard}) <= 1 and len(aboard) <= trip.vehicle.seats

    @invariant()
    def whoever_is_in_a_house_moved_in_and_whoever_moved_in_was_accepted(self):
        inside = set(Arrival.objects.filter(whereabouts="house").values_list("pk", flat=True))
        moved_in = set(Stay.objects.filter(admitted_at__isnull=False).values_list("arrival_id", flat=True))
        accepted = Ride.objects.filter(accepted_at__isnull=False, trip__destination="H01")
        assert inside <= moved_in == set(accepted.values_list("arrival_id", flat=True))

    @invariant()
    def the_list_of_trips_counts_everybody_once(self):
        lines = trips_of_flight(self.keeper, self.flight.pk, self.at)
        aboard = Ride.objects.filter(boarded_at__isnull=False, **OPEN).count()
        assert sum(line.aboard for line in lines) == aboard
        assert all(line.listed >= line.accepted + line.aboard for line in lines)

    @invariant()
    def whoever_was_listed_and_is_not_aboard_is_missing_from_the_minute_the_bus_left(self):
        gone = Trip.objects.filter(state__in=["departed", "arrived", "accepted"])
        assert not Ride.objects.filter(trip__in=gone, boarded_at=None, **OPEN).exists()
        left_behind = Ride.objects.filter(trip__in=gone, boarded_at=None, missing_at__isnull=False)
        assert all(ride.missing_at == ride.trip.departed_at for ride in left_behind.select_related("trip"))

    @invariant()
    def what_is_over_carries_nobody(self):
        over = Ride.objects.filter(trip__state="called_off", boarded_at__isnull=False, **OPEN)
        assert not over.exists()


@pytest.mark.django_db
def test_no_order_of_acts_loses_anybody_between_desk_and_house():
    play(LifeOfTrips, examples=7, steps=16)
