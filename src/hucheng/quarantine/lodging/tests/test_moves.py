"""Giving, changing and cleaning rooms: who is where afterwards, and what the numbers of the board say of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival, Custody
from hucheng.entry.testing import a_passenger, fact
from hucheng.entry.triage.models import Fact
from hucheng.people.register.models import Person
from hucheng.quarantine.lodging.actions import admit, assign_flight, disinfect, end_stay, move_room, propose_rooms
from hucheng.quarantine.lodging.board import flights_waiting, floors_of
from hucheng.quarantine.lodging.measures import in_a_room_in_four_hours, minors_alone, rooms_free_tonight
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.testing import (
    a_flight_to_house,
    a_flight_with_rooms,
    a_house,
    a_house_ordered,
    people_inside,
    refused,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def a_free_room(house="H01") -> Room:
    return Room.objects.filter(house__code=house, state="free").order_by("number").first()


def moved(keeper, stay, room, at=None):
    return move_room(actor=keeper, stay_id=stay.pk, room_id=room.pk, why="leak", at=at or after(300))


def test_nobody_is_moved_into_a_house_that_is_not_in_use(keeper):
    """INQ-32: a house without its papers took somebody in by the way of a move."""
    (stay,) = people_inside(1)
    a_house_ordered("H02", rooms=2)
    for state in (House.State.ORDERED, House.State.RETURNED):
        House.objects.filter(code="H02").update(
            state=state, ready_at=after(0), returned_at=after(1) if state == House.State.RETURNED else None
        )
        no = refused(
            "house_not_in_use",
            move_room,
            actor=keeper,
            stay_id=stay.pk,
            room_id=a_free_room("H02").pk,
            why="leak",
            at=after(300),
        )
        assert "H02" in str(no.why)
    stay.refresh_from_db()
    assert stay.ended_at is None and not Room.objects.filter(house__code="H02").exclude(state="free").exists()


def test_a_move_to_another_house_changes_the_hands_and_a_move_within_keeps_them(keeper):
    (stay,) = people_inside(1)
    a_house("H02", rooms=2)
    within = moved(keeper, stay, a_free_room())
    assert Arrival.objects.get(pk=stay.arrival_id).holder == "H01"
    beyond = moved(keeper, within, a_free_room("H02"), at=after(400))
    assert Arrival.objects.get(pk=stay.arrival_id).holder == "H02"
    lines = Custody.objects.filter(arrival=stay.arrival_id, whereabouts="house").order_by("at", "step")
    assert list(lines.values_list("holder", "at")) == [("H01", after(180)), ("H01", after(300)), ("H02", after(400))]
    assert (beyond.admitted_at, beyond.assigned_at, beyond.risk, beyond.cohort) == (
        after(400),
        after(400),
        stay.risk,
        stay.cohort,
    )


def test_somebody_on_the_way_in_gets_another_room_and_is_still_on_the_way(keeper):
    a_house()
    assign_flight(actor=keeper, flight_id=a_flight_to_house(1).pk, at=after(90))
    new = moved(keeper, Stay.objects.get(), a_free_room(), at=after(100))
    person = Arrival.objects.get(pk=new.arrival_id)
    assert new.admitted_at is None and (person.whereabouts, person.holder) == ("port", "TY-MOAT")
    assert admit(actor=keeper, stay_ids=[new.pk], at=after(180)) == 1


def test_a_room_stays_taken_until_the_last_of_a_family_has_moved(keeper):
    a_house()
    family = [a_passenger(n, party="FAMILY") for n in range(2)]
    assign_flight(actor=keeper, flight_id=a_flight_to_house(family).pk, at=after(90))
    first, second = Stay.objects.order_by("bed")
    assert first.room_id == second.room_id and {first.bed, second.bed} == {1, 2}
    moved(keeper, first, a_free_room())
    assert Room.objects.get(pk=first.room_id).state == "taken"
    moved(keeper, second, a_free_room(), at=after(310))
    assert Room.objects.get(pk=first.room_id).state == "dirty"


def test_an_ended_stay_is_no_stay_to_move_or_admit(keeper):
    (stay,) = people_inside(1)
    end_stay(stay, after(200))
    with pytest.raises(Http404):
        moved(keeper, stay, a_free_room())
    with pytest.raises(Http404):
        admit(actor=keeper, stay_ids=[stay.pk], at=after(300))


def test_a_room_of_another_county_is_no_room_to_move_to():
    (stay,) = people_inside(1)
    far = Room.objects.create(house=a_house_ordered("H09", rooms=1), place=OTHER_COUNTY, floor=1, number="901", beds=1)
    with pytest.raises(Http404):
        moved(an_actor(Role.QUARANTINE, COUNTY), stay, far)
    assert Stay.objects.filter(ended_at=None).count() == 1


def test_nobody_at_all_moves_in_and_the_act_says_so(keeper):
    a_house()
    assert admit(actor=keeper, stay_ids=[], at=after(100)) == 0
    assert AuditLine.objects.get(act="quarantine.lodging.admit").detail["stay_ids"] == 0


def test_contacts_and_others_never_share_a_floor(keeper):
    a_flight_with_rooms(general=5, contacts=3)
    floors: dict[int, set[str]] = {}
    for stay in Stay.objects.select_related("room"):
        floors.setdefault(stay.room.floor, set()).add(stay.risk)
    assert sorted(len(kinds) for kinds in floors.values()) == [1] * len(floors) and len(floors) >= 2
    shown = {floor.number: floor.zone for floor in floors_of(keeper, House.objects.get().pk) if floor.zone}
    assert shown == {number: kinds.pop() for number, kinds in floors.items()}


def test_a_plan_without_a_flight_speaks_of_everybody_who_waits(keeper):
    a_house(rooms=24)
    a_flight_to_house(2)
    a_flight_to_house([a_passenger(n) for n in (20, 21, 22)], number="CA910")
    assert len(propose_rooms(keeper, None, after(90)).plan.placements) == 5
    assert [(one.number, one.people) for one in flights_waiting(keeper)] == [("CA910", 3), ("HU7976", 2)]
    assert not Stay.objects.exists()


def test_a_plan_uses_clean_rooms_of_houses_in_use_only(keeper):
    house = a_house(rooms=3, beds=1)
    a_house_ordered("H02", rooms=6)
    for number, state in (("201", "dirty"), ("202", "closed")):
        Room.objects.filter(house=house, number=number).update(state=state)
    done = assign_flight(actor=keeper, flight_id=a_flight_to_house(3).pk, at=after(90))
    assert [done.rooms[one.room].number for one in done.plan.placements] == ["203"] and len(done.plan.unplaced) == 2


def test_a_cleaned_room_takes_the_next_person(keeper):
    house = a_house(rooms=1, beds=1)
    room = house.rooms.get()
    flight = a_flight_to_house(1)
    Room.objects.update(state="dirty")
    assert assign_flight(actor=keeper, flight_id=flight.pk, at=after(90)).plan.unplaced
    disinfect(actor=keeper, room_id=room.pk, at=after(95))
    assert not assign_flight(actor=keeper, flight_id=flight.pk, at=after(100)).plan.unplaced
    assert Stay.objects.get().room == room


@pytest.mark.parametrize(("state", "house_state"), [("free", "ordered"), ("dirty", "active"), ("closed", "active")])
def test_rooms_that_cannot_be_filled_tonight_are_not_counted(keeper, state, house_state):
    a_house(rooms=3)
    Room.objects.filter(number="201").update(state=state)
    House.objects.update(state=house_state)
    expected = 0 if house_state == "ordered" else 2
    assert rooms_free_tonight(keeper, after(0)).value == expected
    assert rooms_free_tonight(an_actor(Role.QUARANTINE, OTHER_COUNTY), after(0)).value == 0


def born(stay, year: int, month: int = 3, day: int = 22) -> None:
    person = Person.objects.get(pk=stay.arrival.person_id)
    person.birth = f"{year}-{month:02}-{day:02}"
    person.save(update_fields=["birth"])


@pytest.mark.parametrize(
    ("ages", "alone"),
    [((0,), 1), ((17,), 1), ((18,), 0), ((0, 40), 0), ((0, 17), 2), ((None,), 0), ((None, 5), 0)],
    ids=str,
)
def test_a_room_of_children_alone_counts_an_infant_among_them(keeper, ages, alone):
    """A child in the first year of life was taken for an adult."""
    stays = people_inside(len(ages))
    for bed, (stay, age) in enumerate(zip(stays, ages, strict=True), start=1):
        Stay.objects.filter(pk=stay.pk).update(room=stays[0].room, bed=bed)
        if age is None:
            Person.objects.filter(pk=stay.arrival.person_id).update(birth="")
        else:
            born(stay, 2020 - age, 3, 1)
    assert minors_alone(keeper, after(400)).value == alone


def test_a_birthday_begins_at_midnight_of_the_city(keeper):
    (stay,) = people_inside(1)
    born(stay, 2002, 3, 22)
    assert minors_alone(keeper, after(16 * 60 - 1)).value == 1
    assert minors_alone(keeper, after(16 * 60)).value == 0


@pytest.mark.parametrize(("minutes", "value"), [(240, 100), (241, 0)])
def test_four_hours_run_from_the_judgement_to_the_room(keeper, minutes, value):
    a_house()
    assign_flight(actor=keeper, flight_id=a_flight_to_house(1).pk, at=after(90))
    admit(actor=keeper, stay_ids=[Stay.objects.get().pk], at=after(60 + minutes))
    assert in_a_room_in_four_hours(keeper, after(60 + 239)).value is None
    reading = in_a_room_in_four_hours(keeper, after(60 + 250))
    assert (reading.value, reading.denominator) == (value, 1)
    assert in_a_room_in_four_hours(keeper, after(days=15)).value is None


def test_whoever_went_to_hospital_instead_is_not_counted_against_the_houses(keeper):
    stays = people_inside(2)
    fact(stays[0].arrival_id, Fact.Kind.TEMPERATURE, "38.5", at=after(200))
    reading = in_a_room_in_four_hours(keeper, after(600))
    assert reading.denominator == 1 and reading.value == 100
    assert in_a_room_in_four_hours(an_actor(Role.QUARANTINE, OTHER_COUNTY), after(600)).value is None


def test_a_stay_ends_no_earlier_than_it_was_given(keeper):
    (stay,) = people_inside(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.filter(pk=stay.pk).update(ended_at=stay.assigned_at - timedelta(minutes=1))


def test_a_move_keeps_why_and_none_is_made_without_a_reason(keeper):
    (stay,) = people_inside(1)
    said = {"actor": keeper, "stay_id": stay.pk, "room_id": a_free_room().pk, "at": after(300)}
    refused("move_without_reason", move_room, why=" ", **said)
    assert move_room(why=" the tap leaks ", **said).moved_why == "the tap leaks"


def test_nobody_is_moved_to_a_floor_of_another_class_of_risk(keeper):
    a_flight_with_rooms(general=1, contacts=1)
    contact, other = Stay.objects.get(risk="contact"), Stay.objects.get(risk="general")
    room = Room.objects.filter(state="free", floor=other.room.floor, house=other.room.house_id).first()
    refused("floor_of_others", move_room, actor=keeper, stay_id=contact.pk, room_id=room.pk, why="leak", at=after(300))
    assert moved(keeper, other, room).room_id == room.pk


def test_a_wheelchair_is_moved_to_a_room_that_is_fit_for_it(keeper):
    (stay,) = people_inside(1)
    Arrival.objects.filter(pk=stay.arrival_id).update(needs=["wheelchair"])
    room = a_free_room()
    Room.objects.filter(pk=room.pk).update(accessible=False)
    said = {"actor": keeper, "stay_id": stay.pk, "room_id": room.pk, "why": "leak", "at": after(300)}
    refused("room_not_accessible", move_room, **said)
    Room.objects.filter(pk=room.pk).update(accessible=True)
    assert move_room(**said).room_id == room.pk


@pytest.mark.parametrize(("language", "word"), [("en", "Move to another room"), ("zh-hans", "换房")])
def test_a_guest_is_moved_on_the_page_of_the_house_and_the_reason_is_shown(client, language, word):
    (stay,) = people_inside(1)
    house, target = stay.room.house, a_free_room()
    client = signed_in(client, language=language)
    old, new = (reverse("quarantine:house", args=[house.pk]) + f"?room={n}" for n in (stay.room.number, target.number))
    with frozen_at(after(300)):
        assert word in client.get(old).content.decode()
        form = {"stay": stay.pk, "room": target.pk}
        act = reverse("quarantine:move_guest", args=[house.pk]) + f"?room={stay.room.number}"
        empty = client.post(act, form)
        assert empty.status_code == 422 and str(target.pk) in empty.content.decode()
        assert client.post(act, form | {"room": stay.room_id, "why": "leak"}).status_code == 422
        assert client.post(act, form | {"why": "the tap leaks"}).url == new + "#room"
        assert "the tap leaks" in client.get(new).content.decode()


def test_a_house_itself_is_not_asked_to_move_its_guests(client):
    (stay,) = people_inside(1)
    client = signed_in(client, Role.HOUSE, COUNTY, "H01")
    with frozen_at(after(300)):
        text = client.get(reverse("quarantine:house", args=[stay.room.house_id]), {"room": stay.room.number})
        assert "Move to another room" not in text.content.decode()
        answer = client.post(reverse("quarantine:move_guest", args=[stay.room.house_id]), {"stay": stay.pk})
    assert answer.status_code == 404
