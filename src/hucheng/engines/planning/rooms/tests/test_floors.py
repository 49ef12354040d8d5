"""Which floor is opened next, and what is kept for those still to come, as the rooms page sees it."""

import pytest
from hypothesis import given, settings

from hucheng.engines.planning import assign_rooms
from hucheng.engines.planning.rooms.online import Expected
from hucheng.engines.planning.tests.cases import USES, a_guest, a_room, floor_uses, room_lists


def a_house(**floors):
    """Floors by name, each with so many single rooms: a_house(f1=3, f2=5)."""
    return [a_room(f"{name[1:]}{n:02}", int(name[1:])) for name, count in floors.items() for n in range(count)]


def alone(count, use=USES[0], name="a"):
    return [a_guest(f"{name}{n}", use=use) for n in range(count)]


def floors_of(plan, rooms):
    floor = {room.id: room.floor for room in rooms}
    return {floor[room] for room in plan.room_of().values()}


@pytest.mark.parametrize(("people", "opened"), [(5, {3}), (4, {2}), (9, {1}), (10, {2, 3})])
def test_the_smallest_floors_that_hold_a_flight_are_opened(people, opened):
    rooms = a_house(f1=9, f2=4, f3=6)
    assert floors_of(assign_rooms(alone(people), rooms), rooms) == opened


def test_a_house_in_use_comes_before_another_of_equal_floors():
    rooms = [a_room("1", house="H01"), a_room("2", house="H02"), a_room("3", 2, house="H02")]
    plan = assign_rooms(alone(1), rooms, floor_use={("H02", 2): USES[1]})
    assert plan.room_of() == {"a0": "2"}


def test_no_new_floor_is_opened_while_the_flight_has_room_on_its_own():
    rooms = a_house(f1=2, f2=5)
    assert floors_of(assign_rooms(alone(2), rooms, floor_use={("H01", 1): USES[0]}), rooms) == {1}


@pytest.mark.parametrize(("couples", "others", "opened"), [(1, 2, {1}), (1, 3, {1, 2})])
def test_a_couple_is_divided_while_its_own_floor_holds_all(couples, others, opened):
    """A floor serves one class of one flight: opened for a couple's sake it is lost to the next flight."""
    rooms = [*a_house(f1=4), a_room("201", 2, beds=2)]
    guests = [a_guest("a", "p"), a_guest("b", "p"), *alone(others, name="c")]
    plan = assign_rooms(guests, rooms, floor_use={("H01", 1): USES[0]})
    assert not plan.unplaced and floors_of(plan, rooms) == opened


def test_a_second_flight_finds_a_floor_where_the_first_has_rooms_left():
    rooms = [a_room(f"{floor}{n:02}", floor, beds=3 if n == 0 else 2) for floor in (1, 2) for n in range(6)]
    families = [a_guest(f"{name}{n}", name, 40 if n < 2 else 8) for name in "abc" for n in range(3)]
    first = assign_rooms(families, rooms)
    assert not first.unplaced and first.floors_used == 1
    left = [room for room in rooms if room.id not in first.room_of().values()]
    used = {("H01", floor): USES[0] for floor in floors_of(first, rooms)}
    assert not assign_rooms([a_guest("x", use=USES[2])], left, floor_use=used).unplaced


@settings(max_examples=60, deadline=None)
@given(room_lists(), floor_uses)
def test_a_single_guest_finds_a_room_exactly_when_one_is_legal(rooms, used):
    guest = a_guest("a", needs=["wheelchair"])
    plan = assign_rooms([guest], rooms, floor_use=used)
    legal = {
        room.id for room in rooms if room.accessible and room.clean and used.get(room.place, guest.use) == guest.use
    }
    assert set(plan.room_of().values()) <= legal and bool(plan.placements) == bool(legal)


def two_flights(expected):
    """Two floors with one accessible room each and one without; the second flight has two wheelchair users."""
    rooms = [a_room(f"{f}{n:02}", f, accessible=f < 3 and n == 0) for f in (1, 2, 3) for n in range(4)]
    first = assign_rooms(alone(4), rooms, expected=expected)
    left = [room for room in rooms if room.id not in first.room_of().values()]
    used = {("H01", floor): USES[0] for floor in floors_of(first, rooms)}
    second = [*alone(4, USES[2], "b"), *(a_guest(f"w{n}", use=USES[2], needs=["wheelchair"]) for n in range(2))]
    return first, assign_rooms(second, left, floor_use=used)


def test_the_accessible_rooms_are_left_to_the_wheelchair_users_of_the_second_flight():
    """The engine once gave the floors with accessible rooms to the first flight, and a wheelchair user found none."""
    first, second = two_flights(Expected(6, accessible=2))
    assert {room[0] for room in first.room_of().values()} == {"3"}
    assert not first.unplaced and not second.unplaced


def test_without_word_of_the_second_flight_its_wheelchair_users_may_find_none():
    """So the word matters: the same flights, and nothing is said to be expected."""
    first, second = two_flights(Expected())
    assert not first.unplaced
    assert [one.code for one in second.unplaced] == ["need_not_met"] or not second.unplaced


def test_many_accessible_rooms_on_one_floor_are_scarce_where_nothing_is_known_to_come():
    """A floor serves one flight: in the demonstration two flights had taken all floors with accessible rooms."""
    rooms = [a_room(f"{f}{n:02}", f, accessible=f == 1 and n < 5) for f in (1, 2) for n in range(6)]
    assert {room[0] for room in assign_rooms(alone(6), rooms, expected=Expected()).room_of().values()} == {"1"}
    assert {room[0] for room in assign_rooms(alone(6), rooms).room_of().values()} == {"2"}


def test_accessible_rooms_are_given_to_others_before_anybody_is_left_without():
    rooms = [a_room("101", accessible=True), a_room("102")]
    plan = assign_rooms(alone(2), rooms, expected=Expected(1, accessible=1))
    assert not plan.unplaced
    assert "full" in plan.grounds[next(g for g, r in plan.placements if r == "101")][-1].en


def test_rules_in_conflict_are_told_with_the_cheapest_ways_out():
    rooms = [a_room("101"), a_room("102", clean=False), a_room("201", 2)]
    plan = assign_rooms(alone(2), rooms, floor_use={("H01", 2): USES[1]})
    assert [one.code for one in plan.unplaced] == ["no_floor"]
    assert plan.conflict.rules == ("every_person_once", "room_under_cleaning", "zone_one_cohort")
    assert [way.rule for way in plan.conflict.relaxations] == [
        "every_person_once", "room_under_cleaning", "zone_one_cohort"
    ]  # fmt: skip
    assert [way.safety for way in plan.conflict.relaxations] == [False, False, True]
    assert "消毒" in plan.conflict.words.zh and "cleaned" in plan.conflict.words.en


def test_where_no_room_is_free_the_rule_in_conflict_is_that_everybody_has_one():
    plan = assign_rooms(alone(2), [a_room("101")])
    assert plan.conflict.rules == ("every_person_once",) and plan.conflict.relaxations[0].amount == 1


def test_a_party_that_fits_no_room_of_any_size_is_told_so_without_a_conflict_of_rules():
    family = [a_guest("a", "p"), *(a_guest(f"c{n}", "p", 5) for n in range(3))]
    plan = assign_rooms(family, [a_room("101", beds=3), a_room("102", beds=3)])
    assert {one.code for one in plan.unplaced} == {"party_does_not_fit"} and plan.conflict is None


def test_as_many_people_as_possible_are_placed_where_houses_are_short():
    """The rules alone would give the large rooms away first; whom they leave is looked at with all others."""
    rooms = [a_room("101", 1, 1), a_room("102", 1, 2), a_room("201", 2, 3)]
    guests = [a_guest("s0"), a_guest("s1", use=USES[1]), *(a_guest(f"f{n}", "f", 40, USES[1]) for n in range(3))]
    plan = assign_rooms([*guests, a_guest("s2")], rooms)
    assert {one.guest for one in plan.unplaced} == {"s1"}
