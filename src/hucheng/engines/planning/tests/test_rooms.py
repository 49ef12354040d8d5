"""Every plan is legal, everybody stands in it once, and the rules show in small cases."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning import Room, assign_rooms, check_plan
from hucheng.engines.planning.refusal import PlanRefused
from hucheng.engines.planning.rooms import vacancies
from hucheng.engines.planning.tests.cases import (
    USES,
    a_city,
    a_flight,
    a_guest,
    a_room,
    floor_uses,
    guest_lists,
    room_lists,
)


def codes(plan):
    return {one.guest: one.code for one in plan.unplaced}


@settings(max_examples=100, deadline=None)
@given(guest_lists(), room_lists(), floor_uses)
def test_every_plan_is_legal_and_names_everybody_once(guests, rooms, used):
    plan = assign_rooms(guests, rooms, floor_use=used)
    assert check_plan(guests, rooms, plan, floor_use=used) == []
    assert all(one.why.zh and one.why.en and one.do.zh and one.do.en for one in plan.unplaced)
    assert set(plan.grounds) == set(plan.room_of())
    assert all(word.zh and word.en for said in plan.grounds.values() for word in said)
    assert plan.lower_bound <= plan.rooms_used
    assert plan.conflict is None or plan.unplaced


@settings(max_examples=40, deadline=None)
@given(guest_lists(), room_lists(), st.randoms(use_true_random=False))
def test_the_order_of_rooms_does_not_matter(guests, rooms, order):
    mixed = list(rooms)
    order.shuffle(mixed)
    assert assign_rooms(guests, mixed) == assign_rooms(guests, rooms)


@settings(max_examples=40, deadline=None)
@given(guest_lists(), room_lists(), room_lists())
def test_what_was_placed_stays_and_more_rooms_never_place_fewer(guests, rooms, more):
    first = assign_rooms(guests, rooms)
    more = [replace(r, id=f"N-{n}") for n, r in enumerate(more)]
    again = assign_rooms(guests, rooms + more, keep=first.room_of())
    assert check_plan(guests, rooms + more, again) == []
    assert first.room_of().items() <= again.room_of().items()


@settings(max_examples=40, deadline=None)
@given(guest_lists(), room_lists(), floor_uses, st.data())
def test_whatever_is_kept_the_plan_is_legal_and_moves_nobody(guests, rooms, used, data):
    some = st.sampled_from([room.id for room in rooms] + ["gone"])
    keep = {guest.id: data.draw(some) for guest in guests if data.draw(st.booleans())}
    plan = assign_rooms(guests, rooms, floor_use=used, keep=keep)
    assert check_plan(guests, rooms, plan, floor_use=used) == []
    assert all(keep.get(guest, room) == room for guest, room in plan.placements)


@given(st.integers(0, 12), st.integers(0, 12))
def test_single_people_of_one_flight_fill_every_room(people, count):
    plan = assign_rooms([a_guest(f"g{n}") for n in range(people)], [a_room(f"r{n}") for n in range(count)])
    assert len(plan.placements) == min(people, count) == plan.lower_bound


def test_a_family_shares_a_room_if_beds_allow():
    family = [a_guest("mother", "p"), a_guest("child", "p", 6)]
    plan = assign_rooms(family, [a_room("1"), a_room("2"), a_room("3", beds=2)])
    assert set(plan.room_of().values()) == {"3"}


def test_a_large_family_has_neighbouring_rooms_each_with_an_adult():
    family = [a_guest("a", "p"), a_guest("b", "p"), a_guest("c", "p", 6), a_guest("d", "p", 3)]
    rooms = [a_room("101", beds=2), a_room("105", beds=2), a_room("106", beds=2), a_room("120", beds=2)]
    rooms += [a_room(f"1{n}") for n in range(10, 20)]
    plan = assign_rooms(family, rooms)
    assert set(plan.room_of().values()) == {"105", "106"}
    assert check_plan(family, rooms, plan) == []


def test_neighbours_are_told_by_the_number_on_the_door():
    rooms = [Room(f"id{n}", "H01", 3, 1, number=door) for n, door in enumerate(["0301", "0308", "0309", "0317"])]
    plan = assign_rooms([a_guest("a", "p"), a_guest("b", "p")], rooms)
    assert set(plan.room_of().values()) == {"id1", "id2"}


def test_a_child_alone_waits_for_a_named_carer():
    child = a_guest("child", age=9)
    assert codes(assign_rooms([child], [a_room("1", beds=2)])) == {"child": "minor_alone"}
    carer = a_guest("aunt", guardian_of=["child"])
    assert set(assign_rooms([child, carer], [a_room("1", beds=2)]).room_of()) == {"child", "aunt"}


def test_a_carer_of_another_class_is_no_carer_there():
    family = [a_guest("mother", "p", use=USES[1]), a_guest("child", "p", 6)]
    plan = assign_rooms(family, [a_room("1", beds=2), a_room("2", 2, beds=2)])
    assert codes(plan) == {"child": "carer_in_other_class"}
    assert "mother" in plan.room_of()


def test_an_unknown_age_guards_nobody():
    family = [a_guest("someone", "p", None), a_guest("child", "p", 6)]
    assert codes(assign_rooms(family, [a_room("1", beds=2)])) == {"child": "minor_alone"}


def test_an_adult_who_needs_a_carer_is_not_left_alone():
    assert codes(assign_rooms([a_guest("old", age=84, needs=["carer"])], [a_room("1")])) == {"old": "minor_alone"}


def test_strangers_never_share():
    plan = assign_rooms([a_guest("a"), a_guest("b")], [a_room("1", beds=4)])
    assert len(plan.placements) == 1 and list(codes(plan).values()) == ["no_room"]


def test_a_floor_in_use_keeps_its_class_and_flight():
    rooms = [a_room("101"), a_room("201", 2)]
    plan = assign_rooms([a_guest("a")], rooms, floor_use={("H01", 1): USES[1]})
    assert plan.room_of() == {"a": "201"}
    full = assign_rooms([a_guest("a")], rooms[:1], floor_use={("H01", 1): USES[1]})
    assert codes(full) == {"a": "no_floor"}


def test_two_classes_need_two_floors_even_for_one_person_each():
    guests = [a_guest("a"), a_guest("b", use=USES[1])]
    plan = assign_rooms(guests, [a_room("101"), a_room("102"), a_room("201", 2)])
    assert plan.floors_used == 2 and not plan.unplaced


def test_a_wheelchair_has_an_accessible_room_and_others_leave_it_free():
    rooms = [a_room("101", accessible=True), a_room("102")]
    guests = [a_guest("walker"), a_guest("rider", needs=["wheelchair"])]
    assert assign_rooms(guests, rooms).room_of() == {"walker": "102", "rider": "101"}
    assert codes(assign_rooms(guests[1:], rooms[1:])) == {"rider": "need_not_met"}
    assert assign_rooms(guests[:1], rooms).room_of() == {"walker": "102"}


def test_halal_is_a_must_and_other_words_ask_nothing_of_a_room():
    rooms = [a_room("101"), a_room("201", 2, house="H02", halal=True)]
    assert assign_rooms([a_guest("a", needs=["halal"])], rooms).room_of() == {"a": "201"}
    assert codes(assign_rooms([a_guest("a", needs=["halal"])], rooms[:1])) == {"a": "need_not_met"}
    assert assign_rooms([a_guest("a", needs=["medicine", "infant"])], rooms).room_of() == {"a": "101"}


def test_single_people_take_single_beds():
    assert assign_rooms([a_guest("a")], [a_room("101", beds=2), a_room("102")]).room_of() == {"a": "102"}


def test_opened_floors_are_filled_before_others():
    rooms = [a_room(f"{f}{n:02}", f) for f in (1, 2, 3) for n in range(4)]
    plan = assign_rooms([a_guest(f"g{n}") for n in range(4)], rooms, floor_use={("H01", 3): USES[0]})
    assert {room[0] for room in plan.room_of().values()} == {"3"}


def test_a_room_that_is_gone_is_not_replaced_silently():
    assert codes(assign_rooms([a_guest("a")], [a_room("1")], keep={"a": "gone"})) == {"a": "cannot_keep"}


def test_a_child_who_arrives_later_joins_the_parent():
    family = [a_guest("mother", "p"), a_guest("child", "p", 6)]
    rooms = [a_room("101", beds=2), a_room("201", 2, beds=2)]
    assert assign_rooms(family, rooms, keep={"mother": "201"}).room_of() == {"mother": "201", "child": "201"}


def test_the_repair_pass_places_the_family_that_was_left_out():
    guests = [a_guest("a", "p"), a_guest("b", "p"), a_guest("c", "p", 4)]
    guests += [a_guest(f"s{n}", use=USES[n % 3]) for n in range(6)]
    rooms = [a_room(f"{f}{n:02}", f, 3 if f == 4 and n == 0 else 1) for f in (1, 2, 3, 4) for n in range(3)]
    assert not assign_rooms(guests, rooms).unplaced


def test_doubles_are_refused():
    with pytest.raises(ValueError, match="guests must have one id"):
        assign_rooms([a_guest("a"), a_guest("a")], [])
    with pytest.raises(ValueError, match="rooms must have one id"):
        assign_rooms([], [a_room("1"), a_room("1")])


def test_a_flight_of_four_hundred_has_rooms_near_the_bound():
    guests, rooms = a_flight(400), a_city()
    random.Random(7).shuffle(guests)
    plan = assign_rooms(guests, rooms)
    assert not plan.unplaced
    assert check_plan(guests, rooms, plan) == []
    assert plan.rooms_used <= 1.15 * plan.lower_bound


def test_a_plan_that_a_checker_does_not_pass_is_never_given(monkeypatch):
    monkeypatch.setattr(
        vacancies, "close_together", lambda _listing, plan: {"assign": [[[0, 1, 0, 0]] for _ in plan["assign"]]}
    )
    with pytest.raises(PlanRefused, match="did not pass the independent check") as no:
        assign_rooms([a_guest("a"), a_guest("b")], [a_room("1"), a_room("2")])
    assert no.value.code == "unsound_plan" and no.value.do.zh
