"""People by name as numbers and back: everybody is where the plan says, and beside whom the rules ask for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.guests import Placement
from hucheng.engines.planning.rooms.counts import divisions
from hucheng.engines.planning.rooms.doors import close_together
from hucheng.engines.planning.rooms.listing import along, can_be_divided, group_of, listed, seated
from hucheng.engines.planning.tests.cases import USES, a_guest, a_room

people = st.lists(
    st.tuples(st.sampled_from([40, 40, 9, None]), st.booleans(), st.sampled_from("MF")), min_size=1, max_size=7
).map(
    lambda found: [
        a_guest(f"g{n}", "p", age, needs=["wheelchair"] if chair else [], sex=sex)
        for n, (age, chair, sex) in enumerate(found)
    ]
)


@settings(max_examples=200, deadline=None)
@given(people, st.integers(1, 3), st.data())
def test_every_division_can_be_seated_by_name(company, beds, data):
    if any(guest.dependent for guest in company) and not any(guest.adult for guest in company):
        return
    ways = divisions(group_of(company), beds)
    assert can_be_divided(company, beds) == bool(ways)
    if not ways:
        return
    way = data.draw(st.sampled_from(ways))
    rooms = [(a_room(str(n), 1, want.beds, accessible=want.accessible), want.beds) for n, want in enumerate(way)]
    placed = seated(company, rooms)
    assert sorted(guest for guest, _ in placed) == sorted(guest.id for guest in company)
    for room, size in rooms:
        inside = [guest for guest in company if Placement(guest.id, room.id) in placed]
        assert len(inside) == size
        assert any(guest.adult for guest in inside) or not any(guest.dependent for guest in inside)
        assert room.accessible or not any("wheelchair" in guest.needs for guest in inside)


@pytest.mark.parametrize(
    ("company", "numbers"),
    [
        ([a_guest("a", sex="M")], (1, 0, 0)),
        ([a_guest("a", sex="F")], (0, 1, 0)),
        ([a_guest("a", sex="")], (0, 1, 0)),
        ([a_guest("a", age=None, sex="M")], (1, 0, 0)),
        ([a_guest("a", sex="M"), a_guest("b", age=9, sex="M")], (1, 0, 1)),
        ([a_guest("a", sex="M"), a_guest("b", age=9), a_guest("c", age=None, sex="M")], (1, 0, 2)),
        ([a_guest("a", sex="F"), a_guest("b", age=80, needs=["carer"])], (0, 1, 1)),
    ],
    ids=str,
)
def test_who_counts_as_man_woman_or_minor(company, numbers):
    """Of unknown age beside a child: in need of an adult, and no guard."""
    group = group_of(company)
    assert (group.men, group.women, group.minors) == numbers


def test_a_flight_is_a_day_of_its_own_and_a_floor_in_use_is_bound_to_it():
    companies = [[a_guest("a")], [a_guest("b", use=USES[2])]]
    rooms = [a_room("101"), a_room("201", 2), a_room("301", 3)]
    listing = listed(companies, rooms, {("H01", 1): USES[0], ("H01", 2): USES[1]}, 1)
    first, second = listing.instance.flights
    assert (first.day, second.day) == (0, 1)
    locks = [zone.lock for zone in listing.instance.zones]
    assert (locks[0].day, locks[0].risk, locks[0].flights) == (0, 0, frozenset([0]))
    assert locks[1].risk != 0 and locks[2] is None


def test_a_room_that_waits_for_disinfection_is_ready_too_late():
    instance = listed([[a_guest("a")]], [a_room("1"), a_room("2", clean=False)], {}, 1).instance
    assert [room.ready <= instance.flights[0].arrive for room in instance.rooms] == [True, False]


def test_a_floor_is_halal_where_the_house_is():
    rooms = [a_room("1", halal=True), a_room("2", house="H02")]
    assert [zone.halal for zone in listed([[a_guest("a")]], rooms, {}, 1).instance.zones] == [True, False]


def test_rooms_of_a_party_are_side_by_side_and_of_the_kinds_that_the_search_chose():
    rooms = [a_room(f"1{n:02}", beds=2) for n in (1, 5, 6, 20)] + [a_room("107"), a_room("103")]
    couple = [a_guest(f"g{n}", "p") for n in range(3)]
    listing = listed([couple, [a_guest("x")]], rooms, {}, 2)
    number = {room.id: n for n, room in enumerate(listing.rooms)}
    plan = {"assign": [[[number["101"], 0, 2, 0], [number["103"], 0, 1, 0]], [[number["120"], 0, 1, 0]]]}
    chosen = close_together(listing, plan)
    named = dict(listing.names(chosen))
    assert {named["g0"], named["g1"], named["g2"]} == {"106", "107"} and named["x"] == "101"


def test_the_place_along_a_floor_is_the_last_number_of_the_door():
    assert [along(a_room(name)) for name in ("0301", "A-12", "lily")] == [301, 12, 0]
