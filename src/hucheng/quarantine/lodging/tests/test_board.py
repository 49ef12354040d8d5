"""The rooms board: what a room is at a glance, by floor and zone; the plan before anything is taken."""

import re

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.quarantine.lodging.actions import assign_flight, propose_rooms
from hucheng.quarantine.lodging.board import FACES, flights_waiting, floors_of
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.lodging.pages import _gap
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.testing import a_flight_to_house, a_house, people_inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def sign_in(client, role=Role.QUARANTINE, place="140100", unit="", language="en"):
    client.cookies["django_language"] = language
    client.force_login(User.objects.get(pk=an_actor(role, place, unit).user_id))
    return client


def page_of(client, name, *args, at=None, **query):
    with frozen_at(at or after(200)):
        return client.get(reverse(f"quarantine:{name}", args=args), query)


def faces(keeper) -> dict[str, str]:
    floors = floors_of(keeper, House.objects.get().pk)
    return {cell.room.number: cell.face for floor in floors for cell in floor.cells}


def test_a_room_shows_each_state_of_its_way(keeper):
    a_house(rooms=6)
    room = Room.objects.order_by("number")[5]
    for state, face in (("free", "free"), ("dirty", "clean"), ("closed", "closed")):
        Room.objects.filter(pk=room.pk).update(state=state)
        assert faces(keeper)[room.number] == face
    assert set(FACES) == {"occ", "plan", "free", "clean", "closed", "hosp"}


def test_a_room_is_planned_until_somebody_moves_in_and_held_while_they_are_in_hospital(keeper):
    a_house()
    flight = a_flight_to_house(1)
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    stay = Stay.objects.get()
    assert faces(keeper)[stay.room.number] == "plan"
    Stay.objects.update(admitted_at=after(180))
    assert faces(keeper)[stay.room.number] == "occ"
    Arrival.objects.update(whereabouts=Whereabouts.HOSPITAL)
    assert faces(keeper)[stay.room.number] == "hosp"


def test_a_floor_tells_its_zone_its_flight_and_its_free_rooms(keeper):
    stay = people_inside(3)[0]
    floors = {floor.number: floor for floor in floors_of(keeper, stay.room.house_id)}
    used = floors[stay.room.floor]
    assert used.zone == "general" and used.cohorts == ["HU7976 03-21"]
    assert used.free == sum(cell.face == "free" for cell in used.cells) < len(used.cells)
    other = next(floor for number, floor in floors.items() if number != stay.room.floor)
    assert other.zone == "" and not other.cohorts and other.free == len(other.cells)
    assert [floor.number for floor in floors_of(keeper, stay.room.house_id)] == sorted(floors, reverse=True)


def test_another_county_sees_no_room_of_the_house():
    stay = people_inside(1)[0]
    assert not floors_of(an_actor(Role.QUARANTINE, OTHER_COUNTY), stay.room.house_id)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_room_is_a_link_with_its_state_in_words(client, language):
    stay = people_inside(2)[0]
    text = page_of(sign_in(client, language=language), "house", stay.room.house_id).content.decode()
    cells = re.findall(r'<a class="rm (\w+)" href="\?room=(\w+)#room">.*?<span class="sr">([^<]+)</span></a>', text)
    assert {number for _face, number, _word in cells} == set(Room.objects.values_list("number", flat=True))
    words = {face: word for face, _number, word in cells}
    assert words["occ"].startswith("有人" if language == "zh-hans" else "Occupied")
    assert words["free"] == ("空房" if language == "zh-hans" else "Free")
    assert all(f'class="rm mini {face}"' in text for face in FACES)


def test_a_chosen_room_names_who_is_in_it_and_a_strange_one_nobody(client):
    stay = people_inside(1)[0]
    client = sign_in(client)
    page = page_of(client, "house", stay.room.house_id, room=stay.room.number)
    assert page.context["chosen"].room == stay.room and 'id="room"' in page.content.decode()
    assert page.context["chosen"].stays[0].arrival.person.full_name in page.content.decode()
    assert page_of(client, "house", stay.room.house_id, room="9999").context["chosen"] is None


def test_a_house_finds_no_link_to_a_page_that_it_may_not_open(client):
    stay = people_inside(1)[0]
    house = sign_in(client, Role.HOUSE, COUNTY, "H01")
    text = page_of(house, "house", stay.room.house_id, room=stay.room.number).content.decode()
    assert stay.arrival.person.full_name in text and reverse("entry:arrival", args=[stay.arrival_id]) not in text
    assert house.get(reverse("entry:arrival", args=[stay.arrival_id])).status_code == 404


def test_a_dirty_room_is_disinfected_from_its_card(client):
    a_house()
    room = Room.objects.order_by("number").first()
    Room.objects.filter(pk=room.pk).update(state="dirty")
    client = sign_in(client)
    text = page_of(client, "house", room.house_id, room=room.number).content.decode()
    address = reverse("quarantine:clean", args=[room.house_id, room.pk])
    assert address in text
    with frozen_at(after(200)):
        client.post(address)
    assert page_of(client, "house", room.house_id, room=room.number).context["chosen"].face == "free"


def test_flights_with_people_who_wait_are_named_until_each_has_a_room(client, keeper):
    a_house()
    flight = a_flight_to_house(3)
    (waiting,) = flights_waiting(keeper)
    assert (waiting.flight_id, waiting.number, waiting.people) == (flight.pk, "HU7976", 3)
    plan = reverse("quarantine:plan", args=[flight.pk])
    assert plan in page_of(sign_in(client), "houses").content.decode()
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    assert not flights_waiting(keeper)
    assert plan not in page_of(sign_in(client), "houses").content.decode()


def test_another_county_plans_for_nobody(keeper):
    a_flight_to_house(2)
    assert not flights_waiting(an_actor(Role.QUARANTINE, OTHER_COUNTY))


def test_a_plan_is_seen_on_its_floors_before_a_room_is_taken(client):
    a_house()
    flight = a_flight_to_house(4)
    page = page_of(sign_in(client), "plan", flight.pk)
    ((house, floors),) = page.context["boards"]
    planned = {cell.room.number: cell.planned for floor in floors for cell in floor.cells if cell.planned}
    assert house.code == "H01" and sum(planned.values()) == 4 and len(planned) == page.context["plan"].rooms_used
    assert all(floor.planned for floor in floors)
    assert not Stay.objects.exists() and not Room.objects.exclude(state="free").exists()
    assert 'class="rm plan"' in page.content.decode()


def test_a_plan_names_whom_it_cannot_place_why_and_what_to_do(client):
    a_house(rooms=2, beds=1)
    flight = a_flight_to_house(5)
    page = page_of(sign_in(client), "plan", flight.pk)
    text = page.content.decode()
    assert len(page.context["left"]) == 3
    for card, why, do in page.context["left"]:
        assert card.name in text and why in text and do in text


def test_a_published_plan_is_no_plan_any_more(client):
    a_house()
    flight = a_flight_to_house(2)
    client = sign_in(client)
    with frozen_at(after(200)):
        page = client.post(reverse("quarantine:plan", args=[flight.pk]))
    assert page.context["done"] and Stay.objects.count() == 2
    floors = [floor for _house, shown in page.context["boards"] for floor in shown]
    assert floors and not any(floor.planned for floor in floors)


def test_the_gap_is_what_the_plan_is_above_its_bound(keeper):
    a_house()
    plan = propose_rooms(keeper, a_flight_to_house(3).pk, after(90)).plan
    assert _gap(plan) == pytest.approx(100 * (plan.rooms_used - plan.lower_bound) / plan.lower_bound)
    assert _gap(propose_rooms(keeper, None, after(1)).plan.__class__((), (), 0, 0, 0)) == 0


def test_the_board_asks_the_same_however_full_the_house(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    house = a_house(rooms=12)
    client = sign_in(client)
    with django_assert_max_num_queries(12) as empty:
        page_of(client, "house", house.pk)
    flight = a_flight_to_house(8)
    assign_flight(actor=an_actor(Role.QUARANTINE), flight_id=flight.pk, at=after(90))
    with django_assert_num_queries(len(empty)):
        page_of(client, "house", house.pk)
