"""Floors close: who lives there moves, nobody else does, and whoever finds no room is told why."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning import assign_rooms, check_plan
from hucheng.engines.planning.rooms.closing import close_floors
from hucheng.engines.planning.tests.cases import USES, a_flight, a_guest, a_room, guest_lists, room_lists


def moved(guests, rooms, room_of, floors, used):
    """Close floors on which guests live."""
    by_id = {room.id: room for room in rooms}
    hit = [guest for guest in guests if guest.id in room_of and by_id[room_of[guest.id]].place in floors]
    free = [room for room in rooms if room.id not in room_of.values()]
    return close_floors(hit, free, homes={guest.id: by_id[room_of[guest.id]] for guest in hit}, floor_use=used), hit


@settings(max_examples=40, deadline=None)
@given(guest_lists(), room_lists(), st.data())
def test_only_those_hit_move_and_legally(guests, rooms, data):
    plan = assign_rooms(guests, rooms)
    if not plan.placements:
        return
    place, use = {room.id: room.place for room in rooms}, {guest.id: guest.use for guest in guests}
    used = {place[room]: use[guest] for guest, room in plan.placements}
    closed = data.draw(st.sampled_from(sorted(used)))
    moves, hit = moved(guests, rooms, plan.room_of(), {closed}, used)
    assert {g for g, _ in moves.placements} | {one.guest for one in moves.unplaced} == {guest.id for guest in hit}
    assert all(place[room] != closed and room not in plan.room_of().values() for _, room in moves.placements)
    assert check_plan(hit, rooms, moves, floor_use=used) == []
    assert set(moves.grounds) == set(moves.room_of())


def test_a_flight_of_two_hundred_moves_floor_by_floor():
    rooms = [
        a_room(f"{h}{f:02}{n:02}", f, 1 + n % 3, f"H{h}", accessible=n == 2)
        for h in (1, 2) for f in range(1, 9) for n in range(20)
    ]  # fmt: skip
    guests = a_flight(200)
    plan = assign_rooms(guests, rooms)
    use = {room.place: USES[0] for room in rooms if room.id in plan.room_of().values()}
    for floor in sorted(use):
        moves, hit = moved(guests, rooms, plan.room_of(), {floor}, use)
        assert not moves.unplaced and len(moves.placements) == len(hit) > 0


def test_people_stay_in_their_house_where_it_has_rooms():
    rooms = [a_room("101"), a_room("201", 2), a_room("901", 1, house="H02"), a_room("902", 1, house="H02")]
    moves, _ = moved([a_guest("a")], rooms, {"a": "101"}, {("H01", 1)}, {("H01", 1): USES[0], ("H02", 1): USES[0]})
    assert moves.room_of() == {"a": "201"}


def test_whom_the_house_cannot_take_goes_to_another_and_whom_none_takes_stays():
    rooms = [a_room("101"), a_room("102"), a_room("201", 2), a_room("901", 1, house="H02")]
    room_of = {"a": "101", "b": "102"}
    moves, _ = moved([a_guest("a"), a_guest("b")], rooms, room_of, {("H01", 1)}, {("H01", 1): USES[0]})
    assert set(moves.room_of().values()) == {"201", "901"}
    moves, _ = moved([a_guest("a"), a_guest("b")], rooms[:3], room_of, {("H01", 1)}, {("H01", 1): USES[0]})
    assert len(moves.placements) == 1 and [one.code for one in moves.unplaced] == ["no_room"]
    assert moves.conflict.rules == ("every_person_once",)


def test_a_family_on_two_closing_floors_comes_together_again():
    family = [a_guest("a", "p"), a_guest("b", "p"), a_guest("c", "p", 7)]
    rooms = [a_room("101", beds=2), a_room("201", 2), a_room("301", 3, beds=3)]
    use = {("H01", 1): USES[0], ("H01", 2): USES[0]}
    moves, _ = moved(family, rooms, {"a": "101", "c": "101", "b": "201"}, set(use), use)
    assert set(moves.room_of().values()) == {"301"} and len(moves.placements) == 3


def test_a_child_whose_adult_lives_on_another_floor_is_not_moved_alone():
    moves, _ = moved([a_guest("c", "p", 7)], [a_room("101"), a_room("201", 2)], {"c": "101"}, {("H01", 1)}, {})
    assert not moves.placements and [one.code for one in moves.unplaced] == ["minor_alone"]


def test_a_floor_of_another_class_and_a_room_to_disinfect_take_nobody():
    rooms = [a_room("101"), a_room("201", 2), a_room("301", 3, clean=False)]
    moves, _ = moved([a_guest("a")], rooms, {"a": "101"}, {("H01", 1)}, {("H01", 1): USES[0], ("H01", 2): USES[1]})
    assert [one.code for one in moves.unplaced] == ["no_floor"]
    assert "room_under_cleaning" in moves.conflict.rules
