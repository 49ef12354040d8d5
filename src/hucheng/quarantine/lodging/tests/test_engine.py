"""The rooms page asks the engine: what it is told, what becomes of its answer, and what happens when it fails."""

import pytest
from django.urls import reverse

from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.engines.planning.refusal import refused as engine_refuses
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_flight, a_landed_flight, a_passenger, arrivals_of, declared, facts
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.lodging import proposals
from hucheng.quarantine.lodging.actions import admit, assign_flight, close_floor, end_stay, propose_rooms
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.testing import a_flight_to_house, a_house, main_of, opened, posted, refused, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def needs_wheelchair(*people):
    Arrival.objects.filter(pk__in=[person.pk for person in people]).update(needs=["wheelchair"])


def two_floors(accessible=(True, False)):
    """A house of two floors of six single rooms, the first room of each accessible or not."""
    house = a_house(rooms=12, beds=1)
    for floor, fit in zip((2, 3), accessible, strict=True):
        Room.objects.filter(floor=floor, number__endswith="01").update(accessible=fit)
    return house


def floors(flight):
    return set(Stay.objects.filter(arrival__flight=flight, ended_at=None).values_list("room__floor", flat=True))


def test_the_only_accessible_room_is_left_to_a_wheelchair_user_of_the_second_flight(keeper):
    """In an earlier attempt the first flight filled the floor with it, and the second found none."""
    two_floors(accessible=(True, False))
    first = a_flight_to_house(4)
    second = a_flight_to_house([a_passenger(n) for n in range(20, 24)], number="CA910")
    needs_wheelchair(arrivals_of(second)[0])
    proposal = propose_rooms(keeper, first.pk, after(90))
    assert (proposal.outlook.waiting, proposal.outlook.accessible) == (4, 1)
    assert not assign_flight(actor=keeper, flight_id=first.pk, at=after(90)).plan.unplaced
    assert floors(first) == {3}
    assert not assign_flight(actor=keeper, flight_id=second.pk, at=after(95)).plan.unplaced
    assert Stay.objects.get(arrival=arrivals_of(second)[0]).room.accessible


def test_a_flight_not_judged_yet_is_counted_as_if_houses_had_to_take_it(keeper):
    two_floors()
    flight = a_flight_to_house(2)
    coming = a_landed_flight([a_passenger(n, party="PAIR" if n < 32 else "") for n in range(30, 34)], number="CA910")
    a_flight("MU511")
    needs_wheelchair(*arrivals_of(coming)[:2])
    outlook = propose_rooms(keeper, flight.pk, after(90)).outlook
    assert (outlook.waiting, outlook.open, outlook.rooms, outlook.accessible) == (0, 4, 4, 1)
    assert outlook.flights == ("CA910",) and outlook.without_list == ("MU511",)
    assert propose_rooms(keeper, None, after(90)).outlook.open == 4
    Arrival.objects.filter(flight=coming).update(whereabouts="hospital")
    assert propose_rooms(keeper, flight.pk, after(90)).outlook.open == 0


def test_whoever_is_judged_later_comes_to_the_family_that_has_a_room(keeper):
    """A child (number 44, fifteen) judged an hour later was told to name a carer; its mother had a room for two."""
    a_house(rooms=6, beds=2)
    people = [a_passenger(0, party="FAMILY"), a_passenger(44, party="FAMILY"), a_passenger(2)]
    flight = a_flight_to_house(people)
    mother, child = (arrivals_of(flight)[n] for n in (0, 2))
    Arrival.objects.filter(pk=child.pk).update(whereabouts="hospital")
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    assert Stay.objects.count() == 2
    Arrival.objects.filter(pk=child.pk).update(whereabouts="port")
    done = assign_flight(actor=keeper, flight_id=flight.pk, at=after(120))
    assert not done.plan.unplaced and [one.guest for one in done.plan.placements] == [str(child.pk)]
    assert "own people" in done.plan.grounds[str(child.pk)][0].en
    stays = {stay.arrival_id: stay for stay in Stay.objects.all()}
    assert stays[mother.pk].room_id == stays[child.pk].room_id and stays[mother.pk].bed != stays[child.pk].bed


def test_a_room_that_others_have_moved_into_is_no_room_to_join(keeper):
    a_house(rooms=6, beds=2)
    flight = a_flight_to_house([a_passenger(0, party="PAIR"), a_passenger(1, party="PAIR"), a_passenger(2)])
    one, other, stranger = arrivals_of(flight)
    Arrival.objects.filter(pk=other.pk).update(whereabouts="hospital")
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    Stay.objects.filter(arrival=stranger).update(room=Stay.objects.get(arrival=one).room, bed=2)
    Arrival.objects.filter(pk=other.pk).update(whereabouts="port")
    assert not assign_flight(actor=keeper, flight_id=flight.pk, at=after(120)).plan.unplaced
    assert Stay.objects.filter(room=Stay.objects.get(arrival=one).room).count() == 2


def test_parties_of_one_name_on_two_flights_are_two_parties(keeper):
    a_house(rooms=12, beds=2)
    flights = [
        a_flight_to_house([a_passenger(n, party="SAME")], number=number) for n, number in ((0, "HU7976"), (30, "CA910"))
    ]
    plan = propose_rooms(keeper, None, after(90)).plan
    assert plan.rooms_used == plan.floors_used == 2 and not plan.unplaced
    for flight in flights:
        assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    assert len({stay.room_id for stay in Stay.objects.all()}) == 2


def test_where_houses_are_short_most_people_are_placed_and_the_rest_is_told_the_rules_in_conflict(client, keeper):
    a_house(rooms=6, beds=1)
    Room.objects.filter(number__in=("201", "202")).update(state="dirty")
    flight = a_flight_to_house(6)
    for language, conflict, way, why in (
        ("en", "cannot all hold", "now being cleaned ready", "A room of one&#x27;s own"),
        ("zh-hans", "不能同时满足", "正在消毒的房间在航班落地前备妥", "单独住一间"),
    ):
        text = main_of(opened(signed_in(client, language=language), "plan", flight.pk, at=after(90)))
        assert conflict in text and way in text and why in text
    plan = assign_flight(actor=keeper, flight_id=flight.pk, at=after(91)).plan
    assert len(plan.placements) == 4 and [one.code for one in plan.unplaced] == ["no_room"] * 2
    assert plan.conflict.rules == ("every_person_once", "room_under_cleaning")
    assert Stay.objects.count() == 4


def test_one_reason_is_said_once_with_all_its_names(client):
    a_house(rooms=1, beds=1)
    flight = a_flight_to_house([a_passenger(n) for n in (*range(10), 44)])
    page = opened(signed_in(client), "plan", flight.pk, at=after(90))
    reasons = page.context["reasons"]
    assert [len(names) for _why, _do, names in reasons] == [9, 1]
    text = main_of(page)
    assert all(text.count(why) == 1 for why, _do, _names in reasons)
    assert all(name in text for _why, _do, names in reasons for name in names) and "9 names" in text


@pytest.mark.parametrize("coming", [True, False])
@pytest.mark.parametrize(
    ("language", "counted", "unknown"),
    [("en", "people not judged yet (CA910)", "Nobody else is known"), ("zh-hans", "尚未研判", "未知还有他人到来")],
)
def test_the_page_says_what_it_leaves_room_for(client, language, counted, unknown, coming):
    a_house()
    flight = a_flight_to_house(2)
    if coming:
        a_landed_flight([a_passenger(n) for n in range(30, 33)], number="CA910")
    text = main_of(opened(signed_in(client, language=language), "plan", flight.pk, at=after(90)))
    assert (counted in text) == coming and (unknown in text) == (not coming)


def broken(fault):
    def fails(*_args, **_kwargs):
        raise fault

    return fails


FAULTS = [engine_refuses("unsound_plan", "", fault="beds"), RuntimeError("solver"), MemoryError(), IndexError("room")]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_an_engine_that_fails_gives_nobody_a_room_and_the_page_says_so(client, keeper, monkeypatch, fault):
    house = a_house()
    flight = a_flight_to_house(3)
    monkeypatch.setattr(proposals, "assign_rooms", broken(fault))
    refused("rooms_not_planned", assign_flight, actor=keeper, flight_id=flight.pk, at=after(90))
    client = signed_in(client)
    for answer in (opened(client, "plan", flight.pk, at=after(91)), posted(client, "plan", flight.pk, at=after(92))):
        assert answer.status_code == 422 and "rooms_not_planned" in answer.text and "No plan was made" in answer.text
    assert not Stay.objects.exists() and not Room.objects.exclude(state="free").exists()
    assert opened(client, "house", house.pk, at=after(93)).status_code == 200
    monkeypatch.undo()
    assert not assign_flight(actor=keeper, flight_id=flight.pk, at=after(95)).plan.unplaced


@pytest.mark.parametrize("fault", FAULTS[:2], ids=lambda fault: type(fault).__name__)
def test_an_engine_that_fails_closes_no_floor_and_moves_nobody(client, keeper, monkeypatch, fault):
    house = a_house()
    flight = a_flight_to_house(3)
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    monkeypatch.setattr(proposals, "close_floors", broken(fault))
    said = {"house_id": house.pk, "floor": floors(flight).pop()}
    refused("rooms_not_planned", close_floor, actor=keeper, why="leak", at=after(100), **said)
    page = opened(signed_in(client), "close_floor", house.pk, at=after(101), floor=said["floor"])
    assert page.status_code == 422 and "Nothing was changed." in page.text
    assert Stay.objects.filter(ended_at=None).count() == 3 and not Room.objects.filter(state="closed").exists()


def test_a_bed_left_by_one_of_a_family_is_given_to_the_one_who_comes_later(keeper):
    a_house(rooms=6, beds=2)
    flight = a_flight_to_house([a_passenger(n, party="FAMILY") for n in range(3)])
    first, second, third = arrivals_of(flight)
    Arrival.objects.filter(pk=third.pk).update(whereabouts="hospital")
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    gone = Stay.objects.order_by("bed").first()
    end_stay(gone, after(100))
    Arrival.objects.filter(pk=gone.arrival_id).update(whereabouts="hospital")
    Arrival.objects.filter(pk=third.pk).update(whereabouts="port")
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(110))
    assert Stay.objects.get(arrival=third, ended_at=None).bed == gone.bed


def test_a_county_plans_for_companions_whose_flight_it_does_not_see(keeper):
    """A stay is in the sight of its county, the flight of the city's port is not."""
    house = a_house(rooms=12, beds=2)
    assign_flight(actor=keeper, flight_id=a_flight_to_house(2).pk, at=after(90))
    stays = list(Stay.objects.select_related("room"))
    admit(actor=keeper, stay_ids=[stay.pk for stay in stays], at=after(100))
    county = an_actor(Role.QUARANTINE, house.place)
    moves = close_floor(actor=county, house_id=house.pk, floor=stays[0].room.floor, why="leak", at=after(200))
    assert len(moves.plan.placements) == 2 and not moves.plan.unplaced


def test_two_hundred_people_of_a_flight_are_planned_in_two_steps_that_agree(client, keeper):
    for number in range(3):
        a_house(f"H{number:02}", rooms=60, beds=2)
    people = [a_passenger(n, party=f"P{n // 3}" if n % 5 else "") for n in range(200)]
    flight = a_flight_to_house(people)
    shown = propose_rooms(keeper, flight.pk, after(90)).plan
    done = assign_flight(actor=keeper, flight_id=flight.pk, at=after(91)).plan
    assert done == shown and len(done.placements) + len(done.unplaced) == 200
    assert Stay.objects.count() == len(done.placements)
    with frozen_at(after(95)):
        page = signed_in(client).get(reverse("quarantine:plan", args=[flight.pk]))
    assert page.status_code == 200


def test_whoever_is_held_back_for_a_test_may_still_come(keeper):
    two_floors()
    flight = a_flight_to_house(1)
    other = a_landed_flight([a_passenger(40)], number="CA910")
    (held,) = arrivals_of(other)
    declared([held], at=after(10), destination="elsewhere")
    facts([held], Fact.Kind.TEMPERATURE, "36.5", at=after(20))
    assert propose_rooms(keeper, flight.pk, after(30)).outlook.open == 1
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=other.pk, because="screening", at=after(60))
    held.refresh_from_db()
    outlook = propose_rooms(keeper, flight.pk, after(90)).outlook
    assert (outlook.open, outlook.waiting) == (
        (1, 0) if held.outcome == "hold" else (0, int(held.outcome == "quarantine"))
    )
