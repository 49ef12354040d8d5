"""Rooms: one person a bed, families together, nobody lost on the way."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, declared, the_rules
from hucheng.entry.triage.actions import triage_flight
from hucheng.quarantine.lodging.actions import admit, assign_flight, disinfect, move_room, propose_rooms
from hucheng.quarantine.lodging.measures import in_a_room_in_four_hours, minors_alone, rooms_free_tonight
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.testing import a_flight_to_house, a_house, a_house_ordered, people_inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def test_a_flight_gets_its_rooms_with_one_act(keeper):
    a_house()
    flight = a_flight_to_house(5)
    proposal = assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    assert len(proposal.plan.placements) == 5 and not proposal.plan.unplaced
    assert Stay.objects.filter(ended_at=None).count() == 5
    assert Room.objects.filter(state="taken").count() == proposal.plan.rooms_used >= proposal.plan.lower_bound


def test_assigning_again_places_nobody_twice(keeper):
    a_house()
    flight = a_flight_to_house(3)
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    assert not assign_flight(actor=keeper, flight_id=flight.pk, at=after(91)).plan.placements
    assert Stay.objects.count() == 3


def test_a_family_shares_a_room_and_strangers_do_not(keeper):
    the_rules()
    a_house()
    people = [a_passenger(n, party="FAMILY" if n < 2 else f"P{n}") for n in range(4)]
    flight = a_landed_flight(people)
    declared(arrivals_of(flight), at=after(10), destination="elsewhere")
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    rooms = {stay.arrival.party: set() for stay in Stay.objects.all()}
    for stay in Stay.objects.all():
        rooms[stay.arrival.party].add(stay.room_id)
    assert len(rooms["FAMILY"]) == 1 and len(set.union(*rooms.values())) == 3


def test_whoever_has_no_room_is_named_with_why(keeper):
    a_house(rooms=2, beds=1)
    flight = a_flight_to_house(4)
    plan = assign_flight(actor=keeper, flight_id=flight.pk, at=after(90)).plan
    assert len(plan.unplaced) == 2 and all(u.why.zh and u.do.en for u in plan.unplaced)


def test_a_house_not_in_use_takes_nobody(keeper):
    a_house_ordered()
    flight = a_flight_to_house(2)
    assert len(propose_rooms(keeper, flight.pk, after(90)).plan.unplaced) == 2


def test_moving_in_puts_people_into_the_hands_of_the_house():
    stays = people_inside(3)
    people = Arrival.objects.filter(pk__in=[s.arrival_id for s in stays])
    assert set(people.values_list("whereabouts", "holder")) == {(Whereabouts.HOUSE, "H01")}
    with pytest.raises(Refusal):
        admit(actor=an_actor(Role.QUARANTINE), stay_ids=[stays[0].pk], at=after(200))


def test_a_house_admits_its_own_people_only(keeper):
    a_house()
    flight = a_flight_to_house(1)
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    stay = Stay.objects.get()
    with pytest.raises(Http404):
        admit(actor=an_actor(Role.HOUSE, COUNTY, "H02"), stay_ids=[stay.pk], at=after(100))
    with pytest.raises(Http404):
        admit(actor=an_actor(Role.QUARANTINE, OTHER_COUNTY), stay_ids=[stay.pk], at=after(100))
    assert admit(actor=an_actor(Role.HOUSE, COUNTY, "H01"), stay_ids=[stay.pk], at=after(100)) == 1


def test_a_room_left_waits_for_disinfection(keeper):
    stay = people_inside(1)[0]
    free = Room.objects.filter(state="free").first()
    moved = move_room(actor=keeper, stay_id=stay.pk, room_id=free.pk, why="leak", at=after(300))
    stay.refresh_from_db()
    assert stay.ended_at and stay.room.state == "dirty" and moved.admitted_at == after(300)
    with pytest.raises(Refusal) as no:
        move_room(actor=keeper, stay_id=moved.pk, room_id=stay.room_id, why="leak", at=after(310))
    assert no.value.code == "room_not_free"
    assert disinfect(actor=keeper, room_id=stay.room_id, at=after(320)).state == "free"
    with pytest.raises(Refusal):
        disinfect(actor=keeper, room_id=stay.room_id, at=after(330))


def test_the_database_gives_a_bed_to_one_person():
    """ISS-17: a peer had two patients in one bed."""
    first, second = people_inside(2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.filter(pk=second.pk).update(room=first.room, bed=first.bed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.filter(pk=second.pk).update(arrival=first.arrival)


def test_the_measures_read_what_is_true(keeper):
    people_inside(3)
    assert in_a_room_in_four_hours(keeper, after(400)).value == 100
    assert in_a_room_in_four_hours(keeper, after(100)).value is None
    assert minors_alone(keeper, after(400)).value == 0
    free = rooms_free_tonight(keeper, after(400)).value
    assert free == Room.objects.filter(state="free").count() < 12
