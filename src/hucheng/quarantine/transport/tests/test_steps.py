"""Each step of a trip at its edges: whom it takes, what it leaves behind, and what comes after a change of mind."""

import pytest
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival, Custody
from hucheng.entry.testing import arrivals_of, fact
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.fleet.models import DrivingShift, Vehicle
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, refused, riders_of, trips_of
from hucheng.quarantine.transport import actions
from hucheng.quarantine.transport.models import Ride, Trip

pytestmark = pytest.mark.django_db
HOUSE = (Role.HOUSE, COUNTY, "H01")
IN_THE_BUS = {("transfer", "TF-RECV B01")}


@pytest.fixture
def escort():
    return an_actor(Role.ENTRY)


@pytest.fixture
def house():
    return an_actor(*HOUSE)


@pytest.fixture
def trip():
    a_fleet()
    return trips_of(a_flight_with_rooms(general=3))[0]


def step(act, actor, trip, people=None, at=None, **words):
    if people is not None:
        words["arrival_ids"] = people
    return act(actor=actor, trip_id=trip.pk, at=at or after(98), **words)


def to_the_door(escort, trip, people=None):
    everybody = riders_of(trip) if people is None else people
    step(actions.board, escort, trip, everybody)
    step(actions.depart, escort, trip, at=after(100))
    step(actions.arrive, escort, trip, everybody, at=after(150))
    return everybody


def where(people):
    return sorted(Arrival.objects.filter(pk__in=people).values_list("whereabouts", "holder"))


def test_people_board_in_several_goes_and_each_once(escort, trip):
    first, second, third = riders_of(trip)
    assert step(actions.board, escort, trip, [first]) == 1
    assert step(actions.board, escort, trip, [second, third, third]) == 3
    refused("not_at_the_desk", actions.board, actor=escort, trip_id=trip.pk, arrival_ids=[first], at=after(99))
    assert step(actions.board, escort, trip, []) == 3, "nobody more"


def test_boarding_keeps_class_and_flight_as_they_were_judged_then(escort, trip):
    (person, *_others) = riders_of(trip)
    step(actions.board, escort, trip, [person])
    fact(person, Fact.Kind.CONTACT, "yes", at=after(99))
    ride = Ride.objects.get(arrival_id=person)
    assert (ride.risk, ride.cohort, ride.boarded_at) == ("general", "HU7976/2020-03-21", after(98))
    assert Arrival.objects.get(pk=person).risk == "high"


def test_a_refused_boarding_leaves_everybody_at_the_desk(escort, trip):
    people = riders_of(trip)
    Vehicle.objects.filter(pk=trip.vehicle_id).update(seats=2)
    no = refused("no_seat", actions.board, actor=escort, trip_id=trip.pk, arrival_ids=people, at=after(98))
    assert "2" in str(no.why) and set(where(people)) == {("port", "TY-MOAT")}
    assert not Ride.objects.filter(boarded_at__isnull=False).exists()


def test_somebody_without_a_room_in_that_house_does_not_board(escort, trip):
    person = riders_of(trip)[0]
    Stay.objects.filter(arrival_id=person).update(ended_at=after(97))
    refused("other_house", actions.board, actor=escort, trip_id=trip.pk, arrival_ids=[person], at=after(98))


@pytest.mark.parametrize("cohort", ["general CA910/2020-03-21", "contact HU7976/2020-03-21"])
def test_a_vehicle_that_carried_another_cohort_takes_nobody_unless_life_is_at_stake(escort, trip, cohort):
    Vehicle.objects.filter(pk=trip.vehicle_id).update(cohort=cohort)
    people = riders_of(trip)
    refused("vehicle_not_clean", actions.board, actor=escort, trip_id=trip.pk, arrival_ids=people, at=after(98))
    step(actions.declare_emergency, escort, trip)
    assert step(actions.board, escort, trip, people) == 3


def test_a_vehicle_goes_again_for_its_own_cohort(escort, trip):
    Vehicle.objects.filter(pk=trip.vehicle_id).update(cohort=f"{trip.risk} {trip.cohort}")
    assert step(actions.board, escort, trip, riders_of(trip)) == 3


def test_a_departure_marks_the_vehicle_with_its_cohort_and_the_minute(escort, trip):
    step(actions.board, escort, trip, riders_of(trip))
    gone = step(actions.depart, escort, trip, at=after(103))
    assert (gone.state, gone.departed_at, gone.night) == ("departed", after(103), False)
    assert Vehicle.objects.get(pk=trip.vehicle_id).cohort == "general HU7976/2020-03-21"


@pytest.mark.parametrize(("starts", "ends", "may"), [(100, 220, True), (101, 220, False), (100, 219, False)])
def test_the_shift_covers_the_way_out_and_back_to_the_minute(escort, trip, starts, ends, may):
    DrivingShift.objects.update(starts_at=after(starts), ends_at=after(ends))
    step(actions.board, escort, trip, riders_of(trip))
    if may:
        assert step(actions.depart, escort, trip, at=after(100)).state == "departed"
    else:
        no = refused("driver_hours", actions.depart, actor=escort, trip_id=trip.pk, at=after(100))
        assert str(no.do) and Trip.objects.get(pk=trip.pk).departed_at is None


def test_a_bus_without_anybody_found_at_the_door_has_everybody_missing(escort, trip, house):
    people = riders_of(trip)
    step(actions.board, escort, trip, people)
    step(actions.depart, escort, trip, at=after(100))
    step(actions.arrive, escort, trip, [], at=after(150))
    assert Ride.objects.filter(missing_at=after(150)).count() == 3 and set(where(people)) == {
        ("transfer", "TF-RECV B01")
    }
    refused("nobody_to_accept", actions.accept, actor=house, trip_id=trip.pk, at=after(151))


def test_a_second_count_at_the_door_keeps_the_time_of_the_first(escort, trip):
    first, *others = to_the_door(escort, trip)
    step(actions.arrive, escort, trip, [first], at=after(170))
    trip.refresh_from_db()
    assert trip.arrived_at == after(150) and Ride.objects.get(arrival_id=others[0]).counted_at == after(150)


def test_people_turned_away_are_counted_and_offered_again(escort, trip, house):
    people = to_the_door(escort, trip)
    turned = step(actions.turn_away, house, trip, at=after(155), why="  no power  ")
    assert (turned.state, turned.why) == ("departed", "no power") and set(where(people)) == {
        ("transfer", "TF-RECV B01")
    }
    refused("not_at_this_step", actions.turn_away, actor=house, trip_id=trip.pk, why="again", at=after(156))
    step(actions.arrive, escort, trip, people, at=after(170))
    assert step(actions.accept, house, trip, at=after(175)) == 3
    assert set(where(people)) == {("house", "H01")}
    trip.refresh_from_db()
    assert trip.arrived_at == after(150), "when it first stood at the door"


def test_an_accepted_trip_is_not_turned_away_nor_accepted_twice(escort, trip, house):
    to_the_door(escort, trip)
    step(actions.accept, house, trip, at=after(155))
    refused("not_at_this_step", actions.turn_away, actor=house, trip_id=trip.pk, why="late", at=after(156))
    refused("nobody_to_accept", actions.accept, actor=house, trip_id=trip.pk, at=after(157))
    assert Custody.objects.filter(whereabouts="house").count() == 3


def test_somebody_who_steps_off_before_the_bus_leaves_may_ride_after_all(escort, trip):
    person, *others = riders_of(trip)
    step(actions.board, escort, trip, [person, *others])
    assert step(actions.bring_back, escort, trip, [person], at=after(99)) == 1
    assert where([person]) == [("port", "TY-MOAT")] and Trip.objects.get(pk=trip.pk).state == "published"
    assert step(actions.board, escort, trip, [person], at=after(100)) == 3
    assert Ride.objects.get(trip=trip, arrival_id=person).left_at is None


def test_a_trip_is_over_when_the_last_has_come_back_and_not_before(escort, trip):
    first, *others = to_the_door(escort, trip)
    step(actions.bring_back, escort, trip, [first], at=after(160))
    assert Trip.objects.get(pk=trip.pk).state == "arrived"
    step(actions.bring_back, escort, trip, others, at=after(161))
    assert Trip.objects.get(pk=trip.pk).state == "called_off"
    refused("not_aboard", actions.bring_back, actor=escort, trip_id=trip.pk, arrival_ids=others, at=after(162))


def test_a_reason_is_kept_up_to_what_its_field_holds(escort, trip):
    assert step(actions.call_off, escort, trip, why="胎" * 300).why == "胎" * 200


def test_numbers_of_trips_are_counted_on_for_a_flight(escort, trip):
    flight = trip.flight
    step(actions.call_off, escort, trip, why="flat tyre")
    actions.plan_trips(actor=escort, flight_id=flight.pk, leaves=after(120), minutes=60, at=after(99))
    sent = actions.send_emergency(actor=escort, arrival_ids=[arrivals_of(flight)[0].pk], to="HOSP-A", at=after(100))
    assert [t.code for t in Trip.objects.order_by("code")] == [f"HU7976/0321-0{n}" for n in (1, 2, 3)]
    assert sent.code.endswith("-03") and str(sent) == sent.code


def test_an_emergency_from_a_house_keeps_bed_and_room_until_the_person_is_back_or_released(escort, trip, house):
    person, *_others = to_the_door(escort, trip)
    step(actions.accept, house, trip, at=after(155))
    sent = actions.send_emergency(actor=house, arrival_ids=[person], to="HOSP-A", at=after(300))
    stay = Stay.objects.get(arrival_id=person)
    assert (sent.origin, sent.destination, sent.risk, sent.emergency) == ("H01", "HOSP-A", "", True)
    assert stay.ended_at is None and Room.objects.get(pk=stay.room_id).state == "taken"
    medic = an_actor(Role.MEDICAL)
    step(actions.arrive, medic, sent, [person], at=after(320))
    assert step(actions.accept, medic, sent, at=after(321)) == 1 and where([person]) == [("hospital", "HOSP-A")]


def test_a_second_emergency_takes_somebody_over_from_the_first(escort, trip):
    person = riders_of(trip)[0]
    first, second = (
        actions.send_emergency(actor=escort, arrival_ids=[person], to="HOSP-A", at=after(minute)) for minute in (98, 99)
    )
    assert Ride.objects.get(trip=first).left_at == after(99) and riders_of(second) == [person]
    assert (first.vehicle.code, second.vehicle) == ("A01", None), "the only ambulance is on the road"


def test_whoever_has_left_is_sent_nowhere(escort, trip):
    person = riders_of(trip)[0]
    Arrival.objects.filter(pk=person).update(whereabouts="released", holder="OTHER-PROV")
    refused("has_left", actions.send_emergency, actor=escort, arrival_ids=[person], to="HOSP-A", at=after(98))
    assert Trip.objects.count() == 1


def test_the_flag_of_an_emergency_leaves_its_line_and_changes_nothing_else(escort, trip):
    before = Trip.objects.filter(pk=trip.pk).values().get()
    step(actions.declare_emergency, an_actor(Role.MEDICAL), trip)
    assert Trip.objects.filter(pk=trip.pk).values().get() == before | {"emergency": True}
    assert AuditLine.objects.get(act="quarantine.transport.declare_emergency").detail["trip_id"] == str(trip.pk)


@pytest.mark.parametrize("stranger", [(Role.QUARANTINE, OTHER_COUNTY, ""), (Role.ENTRY, "310100", "")], ids=str)
def test_another_place_steps_no_trip(escort, trip, stranger):
    to_the_door(escort, trip)
    actor, people = an_actor(*stranger), riders_of(trip)
    acts = [
        (actions.declare_emergency, {}),
        (actions.board, {"arrival_ids": people}),
        (actions.arrive, {"arrival_ids": people}),
        (actions.bring_back, {"arrival_ids": people}),
        (actions.call_off, {"why": "x"}),
    ]
    for act, words in acts:
        with pytest.raises(Http404):
            act(actor=actor, trip_id=trip.pk, at=after(160), **words)
    assert Trip.objects.get(pk=trip.pk).state == "arrived"
