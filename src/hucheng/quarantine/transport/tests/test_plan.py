"""Planning: everybody with a room has a seat or is told why not; cohorts apart; nights and hours kept."""

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.entry.testing import arrivals_of
from hucheng.quarantine.fleet.models import DrivingShift, Vehicle
from hucheng.quarantine.fleet.rules import CLEANING, Run, drives_at_night, vehicle_free, within_hours
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, trips_of
from hucheng.quarantine.transport.actions import call_off, plan_trips, publish_trips
from hucheng.quarantine.transport.models import Ride, Trip
from hucheng.quarantine.transport.planning import propose_trips

KEEPER = Role.QUARANTINE


@pytest.fixture
def keeper(db):
    return an_actor(KEEPER)


def plan(keeper, flight, *, leaves=None, minutes=60):
    return plan_trips(actor=keeper, flight_id=flight.pk, leaves=leaves or after(100), minutes=minutes, at=after(95))


def test_one_act_gives_everybody_with_a_room_a_seat(keeper):
    a_fleet()
    flight = a_flight_with_rooms(general=14, contacts=3)
    done = plan(keeper, flight)
    assert done.riders == 17 and not done.left
    assert Ride.objects.filter(left_at=None).count() == 17 == Ride.objects.values("arrival").distinct().count()
    for trip in Trip.objects.all():
        assert trip.rides.count() <= trip.vehicle.seats and trip.destination == "H01" and trip.driver
    assert AuditLine.objects.filter(act="quarantine.transport.plan_trips", refused="").count() == 1


def test_classes_never_share_a_vehicle(keeper):
    a_fleet()
    plan(keeper, a_flight_with_rooms(general=2, contacts=2))
    riders = {(t.risk, r.arrival.risk) for t in Trip.objects.all() for r in t.rides.select_related("arrival")}
    assert riders == {("general", "medium"), ("contact", "high")} and Trip.objects.count() == 2


def test_two_vehicles_or_drivers_are_never_in_two_places(keeper):
    a_fleet(buses=4, seats=4, drivers=4)
    plan(keeper, a_flight_with_rooms(general=12, contacts=4))
    trips = list(Trip.objects.all())
    assert len(trips) == len({t.vehicle_id for t in trips}) == len({t.driver_id for t in trips}) == 4


def test_who_finds_no_vehicle_goes_with_the_next_wave(keeper):
    a_fleet(buses=1, seats=5, drivers=1)
    done = plan(keeper, a_flight_with_rooms(general=8))
    assert [len(t.stays) for t in done.trips] == [5, 3] and not done.left
    assert done.trips[1].leaves >= done.trips[0].leaves + 2 * (after(60) - after(0))


def test_a_driver_never_drives_over_eight_hours(keeper):
    a_fleet(buses=1, seats=2, drivers=1)
    done = plan(keeper, a_flight_with_rooms(general=8), minutes=150)
    assert [t.leaves for t in done.trips] == [after(100)]
    assert len(done.left) == 6 and all("超时" in str(one.why) for one in done.left)


@pytest.mark.parametrize(("buses", "drivers"), [(0, 3), (3, 0)])
def test_without_vehicle_or_driver_everybody_is_named_with_what_to_do(keeper, buses, drivers):
    a_fleet(buses=buses, drivers=drivers)
    done = plan(keeper, a_flight_with_rooms(general=3))
    assert not done.trips and len(done.left) == 3 and all(str(one.why) and str(one.do) for one in done.left)


def test_nobody_is_planned_onto_the_road_at_night(keeper):
    """INQ-33: at 01:30 the way of an hour would touch two o'clock."""
    a_fleet()
    DrivingShift.objects.update(ends_at=after(days=2))
    flight = a_flight_with_rooms(general=3)
    done = plan(keeper, flight, leaves=after(17.5 * 60))
    assert not done.trips and len(done.left) == 3
    assert plan(keeper, flight, leaves=after(17 * 60 - 1)).riders == 3


def test_planning_twice_seats_nobody_twice(keeper):
    a_fleet()
    flight = a_flight_with_rooms(general=3)
    plan(keeper, flight)
    assert plan(keeper, flight).riders == 0 and Ride.objects.count() == 3


def test_called_off_people_are_planned_again(keeper):
    a_fleet()
    flight = a_flight_with_rooms(general=3)
    (trip,) = trips_of(flight)
    call_off(actor=keeper, trip_id=trip.pk, why="flat tyre", at=after(97))
    assert plan(keeper, flight).riders == 3


def test_the_judgement_is_dated_by_the_first_of_its_kind(keeper):
    a_fleet()
    flight = a_flight_with_rooms(general=2)
    from hucheng.entry.testing import facts
    from hucheng.entry.triage.models import Fact

    facts(arrivals_of(flight), Fact.Kind.TEST, "pending", at=after(80))
    plan(keeper, flight)
    assert set(Ride.objects.values_list("judged_at", flat=True)) == {after(60)}


def test_nothing_planned_is_nothing_to_publish(keeper):
    a_fleet()
    flight = a_flight_with_rooms(general=1)
    with pytest.raises(Refusal) as no:
        publish_trips(actor=keeper, flight_id=flight.pk, at=after(96))
    assert no.value.code == "nothing_planned"


@pytest.mark.parametrize(("leaves", "minutes"), [(90, 60), (100, 0), (100, 1441)])
def test_a_time_behind_or_an_impossible_way_is_refused(keeper, leaves, minutes):
    flight = a_flight_with_rooms(general=1)
    with pytest.raises(Refusal) as no:
        plan(keeper, flight, leaves=after(leaves), minutes=minutes)
    assert no.value.code == "no_such_time"


def test_another_county_plans_nothing(keeper):
    a_fleet()
    flight = a_flight_with_rooms(general=2)
    stranger = an_actor(KEEPER, OTHER_COUNTY)
    assert plan(stranger, flight).riders == 0
    with pytest.raises(Refusal):
        publish_trips(actor=stranger, flight_id=flight.pk, at=after(96))
    trip = trips_of(flight)[0]
    with pytest.raises(Http404):
        call_off(actor=stranger, trip_id=trip.pk, why="x", at=after(97))


def test_a_role_without_the_task_is_refused_and_leaves_a_line(keeper):
    flight = a_flight_with_rooms(general=1)
    with pytest.raises(Refusal) as no:
        plan(an_actor(Role.COUNTY), flight)
    assert no.value.code == "role_may_not"
    assert AuditLine.objects.filter(act="quarantine.transport.plan_trips", refused="role_may_not").exists()


def test_proposing_asks_no_more_as_people_grow(keeper, django_assert_max_num_queries):
    a_fleet(buses=6)
    flight = a_flight_with_rooms(general=20, contacts=4)
    with django_assert_max_num_queries(6):
        assert propose_trips(keeper, flight.pk, leaves=after(100), minutes=60).riders == 24


RUNS = st.builds(
    lambda start, minutes, cohort: Run(after(start), minutes, cohort),
    st.integers(0, 2000),
    st.integers(1, 200),
    st.sampled_from(["a", "b"]),
)


@given(RUNS, st.lists(RUNS, max_size=5))
def test_a_free_vehicle_is_back_and_clean_in_time(run, others):
    if vehicle_free(run, others):
        for other in others:
            first, second = sorted((run, other), key=lambda one: one.leaves)
            pause = CLEANING if first.cohort != second.cohort else after(0) - after(0)
            assert second.leaves >= first.back + pause


@given(st.lists(RUNS, min_size=1, max_size=8))
def test_accepted_runs_never_sum_over_eight_hours_in_any_day(runs):
    taken: list[Run] = []
    for run in runs:
        if within_hours(run, taken):
            taken.append(run)
    for end in (one.back for one in taken):
        start = end - (after(days=1) - after(0))
        driven = sum(max((min(o.back, end) - max(o.leaves, start)).total_seconds(), 0) for o in taken)
        assert driven <= 8 * 3600


@given(st.integers(0, 3000), st.integers(1, 300))
def test_a_way_by_day_never_touches_two_to_five(start, minutes):
    from hucheng.core.clock import SHANGHAI

    moments = [after(start + n + 0.5).astimezone(SHANGHAI) for n in range(minutes)]
    assert drives_at_night(after(start), minutes) == any(2 <= moment.hour < 5 for moment in moments)


def test_a_vehicle_belongs_to_its_place(keeper):
    a_fleet()
    assert Vehicle.objects.seen_by(an_actor(KEEPER, OTHER_COUNTY)).count() == 0
