"""Floors: order of rooms, what a floor may be used for, which one is opened next."""

import pytest
from hypothesis import given, settings

from hucheng.engines.planning import assign_rooms
from hucheng.engines.planning.floors import best_floor, floors_of
from hucheng.engines.planning.tests.cases import USES, a_guest, a_room, floor_uses, room_lists


def a_house(**floors):
    """Floors by name, each with so many single rooms: a_house(f1=3, f2=5)."""
    return [a_room(f"{name[1:]}{n:02}", int(name[1:])) for name, count in floors.items() for n in range(count)]


@given(room_lists(), floor_uses)
def test_every_room_lies_on_its_floor_once(rooms, used):
    floors = floors_of(rooms, used)
    assert sorted(room.id for floor in floors.values() for room in floor.free) == sorted(room.id for room in rooms)
    for place, floor in floors.items():
        assert all(room.place == place for room in floor.free)
        assert floor.use == used.get(place)


def test_rooms_lie_in_the_order_of_their_numbers():
    floor = floors_of([a_room("r12"), a_room("r9"), a_room("r101")], {})["H01", 1]
    assert [room.id for room in floor.free] == ["r9", "r12", "r101"]
    assert floor.position == {"r9": 9, "r12": 12, "r101": 101}


def test_rooms_without_a_number_are_counted():
    floor = floors_of([a_room("rose"), a_room("lily")], {})["H01", 1]
    assert floor.position == {"lily": 0, "rose": 1}


def test_taking_rooms_opens_the_floor_and_closes_it_to_others():
    floor = floors_of(a_house(f1=2), {})["H01", 1]
    floor.take(USES[0], floor.free[:1])
    assert len(floor.free) == 1
    assert floor.legal_for(USES[0]) and not floor.legal_for(USES[1])


def test_the_smallest_floor_that_holds_all_who_wait_is_opened():
    floors = floors_of(a_house(f1=9, f2=4, f3=6), {}).values()
    assert best_floor([a_guest("a")], floors, units_left=5)[0].place == ("H01", 3)


def test_the_largest_floor_is_opened_when_none_holds_all():
    floors = floors_of(a_house(f1=3, f2=4), {}).values()
    assert best_floor([a_guest("a")], floors, units_left=9)[0].place == ("H01", 2)


def test_a_house_in_use_comes_before_another_of_equal_floors():
    rooms = [a_room("1", house="H01"), a_room("2", house="H02"), a_room("3", 2, house="H02")]
    floors = floors_of(rooms, {("H02", 2): USES[1]}).values()
    assert best_floor([a_guest("a")], floors, units_left=1)[0].place == ("H02", 1)


def test_a_new_floor_is_opened_to_keep_a_couple_in_one_room():
    rooms = [*a_house(f1=4), a_room("201", 2, beds=2)]
    floors = floors_of(rooms, {("H01", 1): USES[0]}).values()
    floor, way = best_floor([a_guest("a", "p"), a_guest("b", "p")], floors, units_left=5)
    assert floor.place == ("H01", 2) and len(way.rooms) == 1


@pytest.mark.parametrize(("waiting", "opened"), [(3, 1), (4, 2)])
def test_a_couple_is_divided_while_the_open_floor_holds_all_who_wait(waiting, opened):
    """A floor serves one class of one flight: opened for a couple's sake it is lost to the next flight."""
    rooms = [*a_house(f1=4), a_room("201", 2, beds=2)]
    floors = floors_of(rooms, {("H01", 1): USES[0]}).values()
    floor, way = best_floor([a_guest("a", "p"), a_guest("b", "p")], floors, units_left=waiting)
    assert floor.place == ("H01", opened) and len(way.rooms) == 3 - opened


def test_a_second_flight_finds_a_floor_where_the_first_has_rooms_left():
    rooms = [a_room(f"{floor}{n:02}", floor, beds=3 if n == 0 else 2) for floor in (1, 2) for n in range(6)]
    families = [a_guest(f"{name}{n}", name, 40 if n < 2 else 8) for name in "abc" for n in range(3)]
    first = assign_rooms(families, rooms)
    assert not first.unplaced and first.floors_used == 1
    used = {("H01", 1): USES[0]}
    left = [room for room in rooms if room.id not in first.room_of().values()]
    assert not assign_rooms([a_guest("x", use=USES[2])], left, floor_use=used).unplaced


def test_no_new_floor_is_opened_for_nothing():
    floors = floors_of(a_house(f1=1, f2=5), {("H01", 1): USES[0]}).values()
    assert best_floor([a_guest("a")], floors, units_left=1)[0].place == ("H01", 1)


@settings(deadline=None)
@given(room_lists(), floor_uses)
def test_a_single_guest_finds_a_room_exactly_when_one_is_legal(rooms, used):
    guest = a_guest("a", needs=["wheelchair"])
    floor, way = best_floor([guest], floors_of(rooms, used).values(), units_left=1)
    legal = [room for room in rooms if room.accessible and used.get(room.place, guest.use) == guest.use]
    assert (way is not None) == bool(legal)
    if way:
        assert way.rooms[0] in legal and floor.place == way.rooms[0].place
