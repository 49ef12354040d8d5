"""Trips: desk, trip, house; at every minute somebody holds everybody, and whoever is missing is seen at once."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Risk, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival, Custody, Whereabouts
from hucheng.entry.handover.measures import unaccounted
from hucheng.entry.testing import arrivals_of, fact
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.care.actions import flag_emergency
from hucheng.quarantine.fleet.actions import disinfect_vehicle
from hucheng.quarantine.fleet.models import DrivingShift, Vehicle
from hucheng.quarantine.lodging.actions import admit
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, a_house_ordered, riders_of, trips_of
from hucheng.quarantine.transport import actions
from hucheng.quarantine.transport.models import Ride, Trip

pytestmark = pytest.mark.django_db
HOUSE = (Role.HOUSE, COUNTY, "H01")


@pytest.fixture
def escort():
    return an_actor(Role.ENTRY)


@pytest.fixture
def flight():
    a_fleet()
    return a_flight_with_rooms(general=4, contacts=2)


@pytest.fixture
def trips(flight):
    """The trip of the others and the trip of the contacts."""
    return sorted(trips_of(flight), key=lambda trip: trip.risk, reverse=True)


def board(escort, trip, people=None, at=None):
    ids = riders_of(trip) if people is None else people
    return actions.board(actor=escort, trip_id=trip.pk, arrival_ids=ids, at=at or after(98))


def leave(escort, trip, at=None):
    return actions.depart(actor=escort, trip_id=trip.pk, at=at or after(100))


def arrive(escort, trip, people=None, at=None):
    ids = riders_of(trip) if people is None else people
    return actions.arrive(actor=escort, trip_id=trip.pk, arrival_ids=ids, at=at or after(155))


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refusal) as no:
        act(*args, **kwargs)
    assert no.value.code == code


def hands(people):
    return set(Arrival.objects.filter(pk__in=people).values_list("whereabouts", "holder"))


def test_custody_passes_from_the_desk_to_the_trip_to_the_house(escort, trips):
    trip = trips[0]
    people = riders_of(trip)
    assert hands(people) == {(Whereabouts.PORT, "TY-MOAT")}
    assert board(escort, trip) == 4
    assert hands(people) == {(Whereabouts.TRANSFER, f"TF-RECV {trip.vehicle.code}")}
    leave(escort, trip)
    arrive(escort, trip)
    assert hands(people) == {(Whereabouts.TRANSFER, f"TF-RECV {trip.vehicle.code}")}
    assert actions.accept(actor=an_actor(*HOUSE), trip_id=trip.pk, at=after(160)) == 4
    assert hands(people) == {(Whereabouts.HOUSE, "H01")}
    assert not Stay.objects.filter(arrival_id__in=people, admitted_at=None).exists()
    trip.refresh_from_db()
    assert trip.state == Trip.State.ACCEPTED and not trip.rides.filter(accepted_at=None).exists()


def test_nobody_is_without_a_holder_at_any_step(escort, trips):
    steps = [board, leave, arrive, lambda e, t: actions.accept(actor=an_actor(*HOUSE), trip_id=t.pk, at=after(160))]
    for step in steps:
        step(escort, trips[0])
        assert unaccounted(an_actor(Role.LEADING_GROUP), after(170)).value == 0
    for person in riders_of(trips[0]):
        line = Custody.objects.filter(arrival_id=person).order_by("at", "step").values_list("whereabouts", flat=True)
        assert list(line) == ["aboard", "port", "transfer", "house"]


def test_whoever_does_not_board_is_missing_at_once_and_stays_with_the_desk(escort, trips):
    *aboard, absent = riders_of(trips[0])
    board(escort, trips[0], aboard)
    leave(escort, trips[0])
    assert hands([absent]) == {(Whereabouts.PORT, "TY-MOAT")}
    ride = Ride.objects.get(arrival_id=absent)
    assert ride.missing_at == ride.left_at == after(100)


def test_whoever_is_missing_at_the_door_stays_on_the_trips_count(escort, trips):
    *there, absent = riders_of(trips[0])
    board(escort, trips[0])
    leave(escort, trips[0])
    arrive(escort, trips[0], there)
    assert actions.accept(actor=an_actor(*HOUSE), trip_id=trips[0].pk, at=after(160)) == 3
    assert hands([absent]) == {(Whereabouts.TRANSFER, f"TF-RECV {trips[0].vehicle.code}")}
    ride = Ride.objects.get(arrival_id=absent)
    assert ride.missing_at == after(155) and ride.accepted_at is None
    arrive(escort, trips[0], [absent], at=after(180))
    assert actions.accept(actor=an_actor(*HOUSE), trip_id=trips[0].pk, at=after(181)) == 1
    assert hands([absent]) == {(Whereabouts.HOUSE, "H01")}


def test_a_house_turns_a_trip_away_with_a_reason_and_the_people_stay_with_it(escort, trips):
    """ISS-18: a transfer needs the sender's release and the receiver's acceptance."""
    people, house = riders_of(trips[0]), an_actor(*HOUSE)
    board(escort, trips[0])
    leave(escort, trips[0])
    arrive(escort, trips[0])
    refused("reason_missing", actions.turn_away, actor=house, trip_id=trips[0].pk, why=" ", at=after(160))
    actions.turn_away(actor=house, trip_id=trips[0].pk, why="no power", at=after(160))
    assert hands(people) == {(Whereabouts.TRANSFER, f"TF-RECV {trips[0].vehicle.code}")}
    refused("nobody_to_accept", actions.accept, actor=house, trip_id=trips[0].pk, at=after(161))
    assert actions.bring_back(actor=escort, trip_id=trips[0].pk, arrival_ids=people, at=after(220)) == 4
    assert hands(people) == {(Whereabouts.PORT, "TY-MOAT")}
    trips[0].refresh_from_db()
    assert trips[0].state == Trip.State.CALLED_OFF


def test_a_house_cannot_take_people_before_the_escort_hands_them_over(escort, trips):
    house = an_actor(*HOUSE)
    board(escort, trips[0])
    leave(escort, trips[0])
    refused("nobody_to_accept", actions.accept, actor=house, trip_id=trips[0].pk, at=after(120))
    stays = [stay.pk for stay in Stay.objects.filter(arrival_id__in=riders_of(trips[0]))]
    refused("on_a_trip", admit, actor=house, stay_ids=stays, at=after(120))


def test_the_sender_calls_a_trip_off_before_it_leaves(escort, trips):
    people = riders_of(trips[0])
    board(escort, trips[0], people[:2])
    refused("reason_missing", actions.call_off, actor=escort, trip_id=trips[0].pk, why="", at=after(99))
    actions.call_off(actor=escort, trip_id=trips[0].pk, why="flat tyre", at=after(99))
    assert hands(people) == {(Whereabouts.PORT, "TY-MOAT")}
    refused("not_at_this_step", board, escort, trips[0], people)
    assert not Ride.objects.filter(arrival_id__in=people, left_at=None).exists()


def test_somebody_at_the_wrong_bus_of_the_same_cohort_rides_there(escort):
    a_fleet(buses=4, seats=2)
    first, second = trips_of(a_flight_with_rooms(general=4))
    person = riders_of(first)[0]
    board(escort, second, riders_of(second)[:1])
    assert board(escort, second, [person]) == 2
    assert person not in riders_of(first) and person in riders_of(second)
    refused("not_at_the_desk", board, escort, first, [person])


def test_a_full_vehicle_takes_nobody_more(escort):
    a_fleet(buses=4, seats=2)
    first, second = trips_of(a_flight_with_rooms(general=4))
    board(escort, second)
    refused("no_seat", board, escort, second, riders_of(first)[:1])
    assert hands(riders_of(first)) == {(Whereabouts.PORT, "TY-MOAT")}


def test_two_cohorts_never_share_a_vehicle(escort, trips):
    """INQ-40, in the action; the database says the same below."""
    general, contacts = trips
    board(escort, general)
    refused("other_cohort", board, escort, general, riders_of(contacts))


def test_somebody_judged_anew_does_not_board_with_the_old_cohort(escort, trips):
    person = riders_of(trips[0])[0]
    fact(person, Fact.Kind.TEST, "positive", at=after(97))
    refused("other_cohort", board, escort, trips[0])
    assert Arrival.objects.get(pk=person).risk == Risk.HIGH


def test_the_database_boards_one_cohort_only(escort, trips):
    """INQ-40: no code path mixes cohorts in a vehicle unless life is at stake."""
    general, contacts = trips
    stranger = Ride.objects.get(arrival_id=riders_of(contacts)[0])
    with pytest.raises(IntegrityError, match="one_cohort_rides"), transaction.atomic():
        Ride.objects.filter(pk=stranger.pk).update(trip=general, boarded_at=after(98))
    Ride.objects.filter(pk=stranger.pk).update(left_at=after(97))
    with pytest.raises(IntegrityError, match="one_cohort_boards"), transaction.atomic():
        Ride.objects.create(trip=general, arrival_id=stranger.arrival_id, boarded_at=after(98))
    actions.declare_emergency(actor=escort, trip_id=general.pk, at=after(98))
    Ride.objects.create(trip=general, arrival_id=stranger.arrival_id, boarded_at=after(98))


def test_the_database_lets_nobody_ride_twice(escort, trips):
    person = riders_of(trips[0])[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Ride.objects.create(trip=trips[1], arrival_id=person)


@pytest.mark.parametrize(
    "change", [{"night": True}, {"vehicle": None}, {"driver": None}, {"state": "departed"}, {"state": "accepted"}]
)
def test_the_database_holds_what_a_trip_must_have(trips, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Trip.objects.filter(pk=trips[0].pk).update(**change)


def test_the_database_sends_no_dirty_vehicle(escort, trips):
    Vehicle.objects.update(cohort="contact CA910/2020-03-20")
    with pytest.raises(IntegrityError, match="a_vehicle_leaves_clean"), transaction.atomic():
        Trip.objects.filter(pk=trips[0].pk).update(state="departed", departed_at=after(100))


def test_a_vehicle_is_disinfected_between_cohorts(escort, trips):
    general, contacts = trips
    keeper = an_actor(Role.QUARANTINE)
    Trip.objects.filter(pk=contacts.pk).update(vehicle=general.vehicle)
    board(escort, general)
    leave(escort, general)
    refused("on_the_road", disinfect_vehicle, actor=keeper, vehicle_id=general.vehicle_id, at=after(120))
    arrive(escort, general)
    actions.accept(actor=an_actor(*HOUSE), trip_id=general.pk, at=after(160))
    refused("vehicle_not_clean", board, escort, contacts, at=after(170))
    disinfect_vehicle(actor=keeper, vehicle_id=general.vehicle_id, at=after(190))
    general.refresh_from_db()
    assert general.closed_at == after(190)
    assert board(escort, contacts, at=after(195)) == 2


def test_an_empty_vehicle_does_not_leave(escort, trips):
    refused("nobody_aboard", leave, escort, trips[0])


@pytest.mark.parametrize(
    ("minute", "passes"), [(17 * 60, True), (17 * 60 + 1, False), (21 * 60 - 1, False), (21 * 60, True)]
)
def test_no_trip_leaves_into_the_barred_hours(escort, trips, minute, passes):
    """NEW-13, INQ-33: any dispatch that would cross two to five is refused."""
    DrivingShift.objects.update(ends_at=after(days=2))
    board(escort, trips[0])
    if passes:
        assert leave(escort, trips[0], at=after(minute)).state == Trip.State.DEPARTED
    else:
        refused("night_barred", leave, escort, trips[0], at=after(minute))


def test_an_emergency_leaves_at_night_with_whoever_drives(escort, trips):
    """INQ-34: the flag opens the way at once."""
    DrivingShift.objects.all().delete()
    board(escort, trips[0])
    actions.declare_emergency(actor=an_actor(Role.MEDICAL), trip_id=trips[0].pk, at=after(18 * 60))
    gone = leave(escort, trips[0], at=after(18.5 * 60))
    assert gone.night and gone.emergency and gone.departed_at == after(18.5 * 60)


def test_a_driver_off_duty_or_over_hours_does_not_leave(escort, trips):
    board(escort, trips[0])
    refused("driver_hours", leave, escort, trips[0], at=after(500))
    other = Trip.objects.get(pk=trips[1].pk)
    Trip.objects.filter(pk=other.pk).update(
        driver=trips[0].driver, minutes=220, departed_at=after(-350), state="accepted"
    )
    refused("driver_hours", leave, escort, trips[0], at=after(100))


def test_steps_come_in_their_order(escort, trips):
    refused("not_at_this_step", arrive, escort, trips[0])
    board(escort, trips[0])
    leave(escort, trips[0])
    refused("not_at_this_step", leave, escort, trips[0])
    refused("not_at_this_step", board, escort, trips[0], [])
    refused("not_at_this_step", actions.call_off, actor=escort, trip_id=trips[0].pk, why="late", at=after(101))
    refused("not_aboard", arrive, escort, trips[0], riders_of(trips[1]))
    refused("not_aboard", actions.bring_back, actor=escort, trip_id=trips[0].pk, arrival_ids=[], at=after(101))


def test_an_unpublished_trip_is_not_boarded(escort, flight):
    keeper = an_actor(Role.QUARANTINE)
    actions.plan_trips(actor=keeper, flight_id=flight.pk, leaves=after(100), minutes=60, at=after(95))
    refused("not_at_this_step", board, escort, Trip.objects.first())


def test_strangers_find_no_trip(escort, trips):
    board(escort, trips[0])
    with pytest.raises(Http404):
        leave(an_actor(Role.ENTRY, OTHER_COUNTY), trips[0])
    leave(escort, trips[0])
    arrive(escort, trips[0])
    with pytest.raises(Http404):
        actions.accept(actor=an_actor(Role.HOUSE, COUNTY, "H02"), trip_id=trips[0].pk, at=after(160))
    refused("role_may_not", actions.accept, actor=an_actor(Role.LABORATORY), trip_id=trips[0].pk, at=after(160))


def test_somebody_taken_to_hospital_on_the_way_is_not_missing(escort, trips):
    people = riders_of(trips[0])
    board(escort, trips[0])
    leave(escort, trips[0])
    flag_emergency(actor=an_actor(Role.MEDICAL), arrival_id=people[0], at=after(120))
    arrive(escort, trips[0], people[1:])
    assert not trips[0].rides.filter(missing_at__isnull=False).exists()
    assert hands(people[:1]) == {(Whereabouts.HOSPITAL, "HOSP-A")}


def test_an_emergency_waits_for_nothing(escort, flight):
    """INQ-34: no plan, vehicle, shift or cohort; people of both classes, in the middle of the night."""
    Vehicle.objects.all().delete()
    people = [person.pk for person in arrivals_of(flight)]
    at = after(19 * 60)
    trip = actions.send_emergency(actor=an_actor(Role.MEDICAL), arrival_ids=people, to="HOSP-A", at=at)
    assert trip.state == Trip.State.DEPARTED and trip.vehicle is None and trip.night
    assert hands(people) == {(Whereabouts.TRANSFER, "TF-RECV 120")}
    arrive(escort, trip, people, at=after(19.5 * 60))
    actions.accept(actor=an_actor(Role.MEDICAL), trip_id=trip.pk, at=after(19.6 * 60))
    assert hands(people) == {(Whereabouts.HOSPITAL, "HOSP-A")}


def test_an_emergency_takes_a_free_ambulance_and_people_off_other_lists(trips):
    person = riders_of(trips[0])[0]
    trip = actions.send_emergency(actor=an_actor(Role.ENTRY), arrival_ids=[person], to="HOSP-A", at=after(97))
    assert trip.vehicle.code == "A01" and person not in riders_of(trips[0])
    other = riders_of(trips[1])[0]
    second = actions.send_emergency(actor=an_actor(Role.ENTRY), arrival_ids=[other], to="HOSP-A", at=after(98))
    assert second.vehicle is None


def test_a_house_sends_its_own_people_only(escort, trips):
    house = an_actor(*HOUSE)
    person = riders_of(trips[0])[0]
    stay = Stay.objects.get(arrival_id=person)
    admit(actor=an_actor(Role.QUARANTINE), stay_ids=[stay.pk], at=after(97))
    assert Ride.objects.get(arrival_id=person).left_at == after(97)
    trip = actions.send_emergency(actor=house, arrival_ids=[person], to="HOSP-A", at=after(98))
    assert trip.rides.count() == 1
    with pytest.raises(Http404):
        actions.send_emergency(
            actor=an_actor(Role.HOUSE, COUNTY, "H02"), arrival_ids=riders_of(trips[1])[:1], to="HOSP-A", at=after(98)
        )
    refused("nobody_named", actions.send_emergency, actor=house, arrival_ids=[], to="HOSP-A", at=after(98))


def test_each_rides_to_the_own_house_only(escort, trips):
    person = riders_of(trips[0])[0]
    Stay.objects.filter(arrival_id=person).update(
        room=Room.objects.create(house=a_house_ordered("H02", rooms=1), place=COUNTY, floor=9, number="999", beds=1)
    )
    refused("other_house", board, escort, trips[0], [person])
    assert hands([person]) == {(Whereabouts.PORT, "TY-MOAT")}
