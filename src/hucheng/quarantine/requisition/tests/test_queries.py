"""Houses as each reader sees them: counts against a count by hand, scope, and what they cost."""

import itertools
from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.actions import HouseSpec, RoomSpec, order_requisition
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.requisition.queries import house_seen_by, houses_seen_by
from hucheng.quarantine.testing import a_house, a_house_ordered, people_inside

pytestmark = pytest.mark.django_db
KEEPER = Role.QUARANTINE


def a_house_there(code: str) -> House:
    """A house of the other county, one room."""
    spec = HouseSpec(code, OTHER_COUNTY, "远处", "Far away", 40, False, (RoomSpec(1, "101", 1),))
    return order_requisition(actor=an_actor(KEEPER), house=spec, at=MORNING)


def by_hand(house: House, today: date) -> tuple[int, ...]:
    """Rooms, free, taken, to disinfect, people, papers; counted one by one."""
    rooms = list(Room.objects.filter(house=house))
    people = [stay for stay in Stay.objects.all() if stay.room.house_id == house.pk and stay.ended_at is None]
    good = {paper.kind for paper in house.certificates.all() if paper.valid_until >= today and paper.second_check_id}
    return (len(rooms), *(sum(r.state == s for r in rooms) for s in ("free", "taken", "dirty")), len(people), len(good))


def told(line) -> tuple[int, ...]:
    return line.rooms, line.free, line.taken, line.dirty, line.people, line.papers


@pytest.mark.parametrize("states", [("free",), ("free", "dirty"), ("dirty", "closed", "free"), ("closed",)], ids=str)
def test_every_number_of_a_house_is_the_one_counted_by_hand(states):
    people_inside(5)
    a_house("H02", rooms=7)
    free = Room.objects.filter(state="free").order_by("house__code", "number")
    for room, state in zip(list(free), itertools.cycle(states), strict=False):
        Room.objects.filter(pk=room.pk).update(state=state)
    for at in (after(400), after(days=500)):
        for line in houses_seen_by(an_actor(KEEPER), at):
            assert told(line) == by_hand(line.house, at.date())


def test_a_closed_room_counts_among_the_rooms_and_in_no_other_column():
    house = a_house(rooms=4)
    Room.objects.filter(house=house, number="201").update(state="closed")
    (line,) = houses_seen_by(an_actor(KEEPER), MORNING)
    assert (line.rooms, line.free, line.taken, line.dirty) == (4, 3, 0, 0)


def test_people_who_have_left_are_inside_no_more():
    first, *_others = people_inside(3)
    Stay.objects.filter(pk=first.pk).update(ended_at=after(500))
    (line,) = houses_seen_by(an_actor(KEEPER), after(600))
    assert line.people == 2


def test_papers_are_counted_by_kind_with_both_looks_on_their_last_day_too():
    house = a_house()
    fire = Certificate.objects.get(house=house, kind="fire")
    Certificate.objects.filter(house=house).update(valid_until=date(2020, 3, 21))
    Certificate.objects.filter(pk=fire.pk).update(second_check=None)
    assert [line.papers for line in houses_seen_by(an_actor(KEEPER), after(15 * 60))] == [3]
    assert [line.papers for line in houses_seen_by(an_actor(KEEPER), after(16 * 60))] == [0]


@pytest.mark.parametrize(
    ("role", "place", "unit", "codes"),
    [
        (KEEPER, CITY, "", ["H01", "H02", "H09"]),
        (Role.LEADING_GROUP, "140000", "", ["H01", "H02", "H09"]),
        (KEEPER, COUNTY, "", ["H01", "H02"]),
        (KEEPER, OTHER_COUNTY, "", ["H09"]),
        (KEEPER, "310100", "", []),
        (Role.HOUSE, COUNTY, "H02", ["H02"]),
        (Role.HOUSE, OTHER_COUNTY, "H02", []),
        (Role.SCHOOL, COUNTY, "H02", []),
    ],
)
def test_each_reader_sees_the_houses_of_the_own_place_and_unit_by_code(role, place, unit, codes):
    houses = {house.code: house for house in (a_house_there("H09"), a_house_ordered("H02"), a_house_ordered("H01"))}
    actor = an_actor(role, place, unit)
    assert [line.house.code for line in houses_seen_by(actor, MORNING)] == codes
    for code, house in houses.items():
        if code in codes:
            assert house_seen_by(actor, house.pk) == house
        else:
            with pytest.raises(Http404):
                house_seen_by(actor, house.pk)


def test_no_house_is_an_empty_list_and_not_an_error():
    assert houses_seen_by(an_actor(KEEPER), MORNING) == []


def test_the_list_asks_the_database_the_same_for_one_house_and_for_six():
    asked = []
    for count in (1, 6):
        for number in range(House.objects.count(), count):
            a_house_ordered(f"H{number:02}")
        with CaptureQueriesContext(connection) as queries:
            assert len(houses_seen_by(an_actor(KEEPER), MORNING)) == count
        asked.append(len(queries))
    assert asked[0] == asked[1]
