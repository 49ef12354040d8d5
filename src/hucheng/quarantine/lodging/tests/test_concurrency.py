"""Hands at once, on PostgreSQL: a plan of rooms, a closing of a floor, a move by hand, a disinfection."""

from contextlib import suppress

import pytest
from django.db import OperationalError, connection
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.entry.clearance.tests.test_concurrency import at_once
from hucheng.entry.testing import a_passenger
from hucheng.quarantine.lodging.actions import admit, assign_flight, close_floor, move_room
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.testing import a_flight_to_house, a_house

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgres():
    """These tests run in the pass of the suite that uses PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("runs in the PostgreSQL pass of script/test")


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def in_order(ends):
    """Refusals are answers; a deadlock or a broken constraint is not."""
    assert all(end is None or isinstance(end, Refusal) for end in ends), ends
    stays = list(Stay.objects.filter(ended_at=None).select_related("room"))
    assert len({stay.arrival_id for stay in stays}) == len({(s.room_id, s.bed) for s in stays}) == len(stays)
    assert {stay.room.state for stay in stays} <= {"taken", "closed"}
    return stays


def test_two_planners_of_one_flight_give_everybody_one_room(keeper):
    a_house(rooms=12, beds=1)
    flight = a_flight_to_house(6)
    act = lambda: assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))  # noqa: E731
    ends = at_once(act, act)
    assert not any(isinstance(end, OperationalError) for end in ends) and len(in_order(ends)) == 6


@pytest.mark.parametrize("turn", range(4))
def test_a_flight_planned_while_a_floor_closes_puts_nobody_on_it(keeper, turn):
    house = a_house(rooms=18, beds=1)
    flight = a_flight_to_house(5)
    ends = at_once(
        lambda: assign_flight(actor=keeper, flight_id=flight.pk, at=after(90)),
        lambda: close_floor(actor=keeper, house_id=house.pk, floor=2, why="leak", at=after(90)),
    )
    stays = in_order(ends)
    assert len(stays) == 5 and 2 not in {stay.room.floor for stay in stays}
    assert set(Room.objects.filter(floor=2).values_list("state", flat=True)) == {"closed"}


@pytest.mark.parametrize("turn", range(4))
def test_a_move_by_hand_and_a_closing_leave_one_stay(keeper, turn):
    house = a_house(rooms=18, beds=1)
    flight = a_flight_to_house([a_passenger(n) for n in range(3)])
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    stays = list(Stay.objects.select_related("room").order_by("pk"))
    admit(actor=keeper, stay_ids=[stay.pk for stay in stays], at=after(100))
    floor = stays[0].room.floor
    to = Room.objects.filter(state="free", floor=floor).first()

    def move():
        with suppress(Http404):  # the closing came first: the stay that was to be moved has ended
            move_room(actor=keeper, stay_id=stays[0].pk, room_id=to.pk, why="wish", at=after(300))

    close = lambda: close_floor(actor=keeper, house_id=house.pk, floor=floor, why="leak", at=after(300))  # noqa: E731
    left = in_order(at_once(move, close))
    assert len(left) == 3 and floor not in {stay.room.floor for stay in left}
