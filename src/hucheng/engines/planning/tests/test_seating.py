"""A company is placed whenever any legal way exists, and never in another way."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.seating import best_seating, fewest_rooms, seat
from hucheng.engines.planning.tests.cases import a_guest, a_room

companies = st.lists(
    st.tuples(st.sampled_from([30, 30, 8, None]), st.frozensets(st.sampled_from(["wheelchair", "halal"]), max_size=1)),
    min_size=1,
    max_size=5,
).map(lambda people: [a_guest(f"g{n}", "p", age, needs=needs) for n, (age, needs) in enumerate(people)])
some_rooms = st.lists(
    st.tuples(st.integers(1, 3), st.booleans(), st.sampled_from([(), ("halal",)])), min_size=1, max_size=3
).map(lambda rooms: [a_room(f"r{n}", 1, beds, "H01", ramp, offers) for n, (beds, ramp, offers) in enumerate(rooms)])


def legal(company, rooms, choice):
    for room in rooms:
        inside = [guest for guest, chosen in zip(company, choice, strict=True) if chosen is room]
        unguarded = any(guest.dependent for guest in inside) and not any(guest.adult for guest in inside)
        if len(inside) > room.beds or unguarded or not all(room.suits(guest) for guest in inside):
            return False
    return True


@settings(max_examples=400, deadline=None)
@given(companies, some_rooms)
def test_a_way_is_found_exactly_when_one_exists(company, rooms):
    found = seat(company, rooms)
    exists = any(legal(company, rooms, choice) for choice in product(rooms, repeat=len(company)))
    assert (found is not None) == exists
    if found:
        by_id, room_of = {room.id: room for room in rooms}, dict(found)
        assert legal(company, rooms, [by_id[room_of[guest.id]] for guest in company])


def test_one_room_costs_less_than_two_and_two_close_less_than_two_apart():
    couple = [a_guest("a", "p"), a_guest("b", "p")]
    rooms = [a_room("1"), a_room("5"), a_room("6"), a_room("9", beds=3)]
    position = {"1": 1, "5": 5, "6": 6, "9": 9}
    assert [room.id for room in best_seating(couple, rooms, position).rooms] == ["9"]
    assert [room.id for room in best_seating(couple, rooms[:3], position).rooms] == ["5", "6"]


def test_nothing_free_seats_nobody():
    assert best_seating([a_guest("a")], [], {}) is None


def test_the_fewest_rooms_go_by_the_largest():
    rooms = [a_room("1", beds=2), a_room("2", beds=3)]
    assert [fewest_rooms(people, rooms) for people in (0, 1, 3, 4, 7)] == [0, 1, 1, 2, 3]
    assert fewest_rooms(2, []) == 2
