"""Floors: order of rooms, what a floor may be used for, which one is opened next."""

from hypothesis import given, settings

from hucheng.engines.planning import assign_rooms
from hucheng.engines.planning.floors import floors_of
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


def floors_taken(people, rooms, used):
    return {room.place for room in rooms if room.id in assign_rooms(people, rooms, floor_use=used).room_of().values()}


def test_the_open_floor_is_used_before_another():
    rooms = a_house(f1=2, f2=5)
    assert floors_taken([a_guest("a"), a_guest("b")], rooms, {("H01", 1): USES[0]}) == {("H01", 1)}


def test_people_alone_spill_to_one_floor_more_and_not_to_two():
    rooms = a_house(f1=3, f2=4, f3=9)
    assert len(floors_taken([a_guest(f"g{n}") for n in range(9)], rooms, {})) == 1


def test_a_couple_is_divided_rather_than_another_floor_opened():
    """A floor serves one class of one flight: opened for a couple's sake it is lost to the next flight."""
    rooms = [*a_house(f1=4), a_room("201", 2, beds=2)]
    couple = [a_guest("a", "p"), a_guest("b", "p")]
    assert floors_taken(couple, rooms, {("H01", 1): USES[0]}) == {("H01", 1)}
    assert floors_taken(couple, rooms, {}) == {("H01", 2)}


def test_a_second_flight_finds_a_floor_where_the_first_has_rooms_left():
    rooms = [a_room(f"{floor}{n:02}", floor, beds=3 if n == 0 else 2) for floor in (1, 2) for n in range(6)]
    families = [a_guest(f"{name}{n}", name, 40 if n < 2 else 8) for name in "abc" for n in range(3)]
    first = assign_rooms(families, rooms)
    assert not first.unplaced and first.floors_used == 1
    used = {("H01", 1): USES[0]}
    left = [room for room in rooms if room.id not in first.room_of().values()]
    assert not assign_rooms([a_guest("x", use=USES[2])], left, floor_use=used).unplaced


@settings(deadline=None)
@given(room_lists(), floor_uses)
def test_a_single_guest_finds_a_room_exactly_when_one_is_legal(rooms, used):
    guest = a_guest("a", needs=["wheelchair"])
    found = assign_rooms([guest], rooms, floor_use=used).room_of()
    legal = {room.id for room in rooms if room.accessible and used.get(room.place, guest.use) == guest.use}
    assert bool(found) == bool(legal)
    assert set(found.values()) <= legal
