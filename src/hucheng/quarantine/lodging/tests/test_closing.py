"""A floor goes out of use: who lives there moves, nobody else does, and nobody is lost."""

import pytest
from django.http import Http404

from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_passenger
from hucheng.quarantine.lodging.actions import admit, assign_flight, close_floor, disinfect, end_stay, reopen_floor
from hucheng.quarantine.lodging.board import floors_of
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.testing import (
    a_flight_to_house,
    a_flight_with_rooms,
    a_house,
    a_house_ordered,
    main_of,
    opened,
    people_inside,
    posted,
    refused,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def closed(keeper, floor, why="leak", at=None):
    return close_floor(
        actor=keeper, house_id=House.objects.get(code="H01").pk, floor=floor, why=why, at=at or after(300)
    )


def open_stays():
    return {stay.arrival_id: stay for stay in Stay.objects.filter(ended_at=None).select_related("room")}


def test_who_lives_on_the_floor_moves_and_keeps_company_class_and_house(keeper):
    a_house(rooms=18, beds=2)
    flight = a_flight_to_house([a_passenger(n, party="FAMILY" if n < 2 else "") for n in range(4)])
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    before = open_stays()
    admit(actor=keeper, stay_ids=[stay.pk for stay in before.values()], at=after(180))
    floor = next(iter(before.values())).room.floor
    moves = closed(keeper, floor)
    after_it = open_stays()
    assert set(after_it) == set(before) and len(moves.plan.placements) == 4 and not moves.plan.unplaced
    assert {stay.room.floor for stay in after_it.values()}.isdisjoint({floor})
    assert all(stay.moved_why == "leak" and stay.admitted_at == after(300) for stay in after_it.values())
    family = Arrival.objects.filter(party="FAMILY").values_list("pk", flat=True)
    assert len({after_it[pk].room_id for pk in family}) == 1 and {after_it[pk].bed for pk in family} == {1, 2}
    assert set(Room.objects.filter(floor=floor).values_list("state", flat=True)) == {"closed"}
    assert set(Arrival.objects.values_list("whereabouts", "holder")) == {("house", "H01")}


def test_people_on_other_floors_are_not_touched(keeper):
    a_flight_with_rooms(general=5, contacts=3)
    before = {stay.pk: stay.room.floor for stay in open_stays().values()}
    floor = Stay.objects.filter(risk="contact").first().room.floor
    closed(keeper, floor)
    for pk, was in before.items():
        assert (Stay.objects.get(pk=pk).ended_at is None) == (was != floor)
    kinds: dict[int, set[str]] = {}
    for stay in open_stays().values():
        kinds.setdefault(stay.room.floor, set()).add(stay.risk)
    assert all(len(found) == 1 for found in kinds.values())


def test_whoever_finds_no_room_stays_and_the_room_closes_behind_them(keeper):
    a_house(rooms=7, beds=1)
    flight = a_flight_to_house(2)
    Room.objects.filter(number="301").update(state="dirty")
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    Room.objects.filter(number="301").update(state="free")
    moves = closed(keeper, 2)
    assert len(moves.plan.placements) == 1 and [one.code for one in moves.plan.unplaced] == ["no_room"]
    (left,) = Stay.objects.filter(ended_at=None, room__floor=2)
    assert left.room.state == "closed"
    refused("room_not_free", disinfect_or_move, keeper=keeper, stay=left, number="203")
    end_stay(left, after(400))
    assert Room.objects.get(pk=left.room_id).state == "closed"


def disinfect_or_move(keeper, stay, number):
    from hucheng.quarantine.lodging.actions import move_room

    move_room(actor=keeper, stay_id=stay.pk, room_id=Room.objects.get(number=number).pk, why="leak", at=after(350))


disinfect_or_move.__name__ = "move_room"


def test_nobody_is_placed_on_a_closed_floor_and_it_opens_by_disinfection(keeper):
    house = a_house(rooms=6, beds=1)
    closed(keeper, 2)
    flight = a_flight_to_house(2)
    assert len(assign_flight(actor=keeper, flight_id=flight.pk, at=after(310)).plan.unplaced) == 2
    assert reopen_floor(actor=keeper, house_id=house.pk, floor=2, at=after(320)) == 6
    assert set(Room.objects.values_list("state", flat=True)) == {"dirty"}
    assert len(assign_flight(actor=keeper, flight_id=flight.pk, at=after(330)).plan.unplaced) == 2
    for room in Room.objects.all():
        disinfect(actor=keeper, room_id=room.pk, at=after(340))
    assert not assign_flight(actor=keeper, flight_id=flight.pk, at=after(350)).plan.unplaced


def test_a_floor_reopened_around_those_who_stayed_keeps_their_rooms_taken(keeper):
    house = a_house(rooms=6, beds=1)
    assign_flight(actor=keeper, flight_id=a_flight_to_house(2).pk, at=after(90))
    assert len(closed(keeper, 2).plan.unplaced) == 2
    reopen_floor(actor=keeper, house_id=house.pk, floor=2, at=after(320))
    states = list(Room.objects.values_list("state", flat=True))
    assert states.count("taken") == 2 and states.count("dirty") == 4


def test_whoever_is_in_hospital_stays_there_and_the_room_that_waits_is_another(keeper):
    a_house(rooms=12, beds=1)
    assign_flight(actor=keeper, flight_id=a_flight_to_house(1).pk, at=after(90))
    (stay,) = open_stays().values()
    admit(actor=keeper, stay_ids=[stay.pk], at=after(180))
    Arrival.objects.filter(pk=stay.arrival_id).update(whereabouts="hospital", holder="TY-4H")
    closed(keeper, stay.room.floor)
    person = Arrival.objects.get(pk=stay.arrival_id)
    assert (person.whereabouts, person.holder) == ("hospital", "TY-4H")
    assert open_stays()[stay.arrival_id].room.floor != stay.room.floor


def test_whoever_is_on_the_way_gets_another_room_and_is_still_on_the_way(keeper):
    a_house(rooms=12, beds=1)
    assign_flight(actor=keeper, flight_id=a_flight_to_house(1).pk, at=after(90))
    (stay,) = open_stays().values()
    closed(keeper, stay.room.floor, at=after(100))
    (new,) = open_stays().values()
    assert new.admitted_at is None and Arrival.objects.get(pk=new.arrival_id).whereabouts == "port"
    assert admit(actor=keeper, stay_ids=[new.pk], at=after(180)) == 1


def test_what_closing_and_opening_refuse(keeper):
    house, other = a_house(rooms=6), a_house_ordered("H02", rooms=6)
    refused("closing_without_reason", close_floor, actor=keeper, house_id=house.pk, floor=2, why="  ", at=after(1))
    refused("house_not_in_use", close_floor, actor=keeper, house_id=other.pk, floor=2, why="leak", at=after(2))
    refused("floor_not_closed", reopen_floor, actor=keeper, house_id=house.pk, floor=2, at=after(3))
    closed(keeper, 2, at=after(4))
    refused("floor_closed", close_floor, actor=keeper, house_id=house.pk, floor=2, why="leak", at=after(5))
    for act in (close_floor, reopen_floor):
        why = {"why": "leak"} if act is close_floor else {}
        for actor, floor in ((keeper, 9), (an_actor(Role.QUARANTINE, OTHER_COUNTY), 2)):
            with pytest.raises(Http404):
                act(actor=actor, house_id=house.pk, floor=floor, at=after(6), **why)


@pytest.mark.parametrize(("language", "word"), [("en", "Take the floor out of use"), ("zh-hans", "停用该层")])
def test_a_floor_is_closed_and_opened_on_its_pages(client, language, word):
    stays = people_inside(3)
    house, floor = stays[0].room.house, stays[0].room.floor
    client = signed_in(client, language=language)
    assert f"?floor={floor}" in opened(client, "house", house.pk, at=after(300)).text
    page = opened(client, "close_floor", house.pk, at=after(300), floor=floor)
    assert word in page.text and len(page.context["rows"]) == 3 and not Room.objects.filter(state="closed").exists()
    empty = posted(client, "close_floor", house.pk, at=after(301), floor=floor, why="")
    assert empty.status_code == 422 and Stay.objects.filter(ended_at=None, room__floor=floor).count() == 3
    done = posted(client, "close_floor", house.pk, at=after(302), floor=floor, why="the pipes leak")
    assert done.status_code == 200 and done.context["done"]
    assert not Stay.objects.filter(ended_at=None, room__floor=floor).exists()
    assert next(one for one in floors_of(an_actor(Role.QUARANTINE), house.pk) if one.number == floor).closed
    again = posted(client, "close_floor", house.pk, at=after(303), floor=floor, why="again")
    assert again.status_code == 422 and again.context["refusal"].code == "floor_closed"
    assert posted(client, "reopen_floor", house.pk, at=after(304), floor=floor).status_code == 302
    twice = posted(client, "reopen_floor", house.pk, at=after(305), floor=floor)
    assert twice.status_code == 422 and twice.context["refusal"].code == "floor_not_closed"


def test_the_page_names_who_finds_no_room_and_what_would_help(client):
    a_house(rooms=6, beds=1)
    flight = a_flight_to_house(2)
    assign_flight(actor=an_actor(Role.QUARANTINE), flight_id=flight.pk, at=after(90))
    page = opened(signed_in(client), "close_floor", House.objects.get().pk, at=after(300), floor=2)
    text = main_of(page)
    assert "2 find no other room." in text and "2 people stay for now" in text and "cannot all hold" in text


@pytest.mark.parametrize("text", ["", "x", "99999999", "2.5"])
def test_an_address_without_a_floor_is_no_address(client, text):
    house = a_house(rooms=6)
    client = signed_in(client)
    assert opened(client, "close_floor", house.pk, at=after(1), floor=text).status_code == 404
    assert posted(client, "reopen_floor", house.pk, at=after(1), floor=text).status_code == 404


def test_a_house_itself_closes_no_floor(client):
    (stay,) = people_inside(1)
    client = signed_in(client, Role.HOUSE, COUNTY, "H01")
    assert "out of use" not in main_of(opened(client, "house", stay.room.house_id, at=after(300))).replace(
        "Out of use", ""
    )
    assert opened(client, "close_floor", stay.room.house_id, at=after(300), floor=2).status_code == 404
