"""A zone closes, a flight lands: who has a room keeps it, and the others find one."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.problems import read_instance
from hucheng.engines.planning.rooms.check import check
from hucheng.engines.planning.rooms.counts import counted
from hucheng.engines.planning.rooms.naming import named
from hucheng.engines.planning.rooms.online import Expected, place, prices
from hucheng.engines.planning.rooms.replan import repair
from hucheng.engines.planning.rooms.residual import residual
from hucheng.engines.planning.rooms.rules import first_filling
from hucheng.engines.planning.rooms.tests.cases import a_day, alone, an_instance
from hucheng.engines.planning.search import Search


def planned(told):
    instance = read_instance("rooms", told)
    counts = counted(instance)
    spaces, left = first_filling(counts)
    assert not left
    return instance, named(counts, [space.pieces for space in spaces])


def budget(steps=1):
    return Search(lambda _plan: None, seconds=30, workers=1, steps=steps)


def zones_of(instance, plan, number):
    return {instance.rooms[room].zone for room, *_ in plan["assign"][number]}


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 3), st.data())
def test_when_a_zone_closes_those_hit_move_and_hardly_anybody_else(seed, data):
    instance, plan = planned(a_day(seed=seed, zones=20))
    used = sorted({zone for number in range(len(instance.groups)) for zone in zones_of(instance, plan, number)})
    closed = data.draw(st.sampled_from(used))
    done = repair(instance, plan, [closed], budget())
    hit = {number for number in range(len(instance.groups)) if closed in zones_of(instance, plan, number)}
    assert set(done.hit) == hit
    if done.plan is None:
        assert done.stuck
        return
    assert check(instance, done.plan).legal
    changed = {n for n, stays in enumerate(done.plan["assign"]) if sorted(stays) != sorted(plan["assign"][n])}
    assert changed == set(done.moved) and hit <= changed
    assert all(closed not in zones_of(instance, done.plan, number) for number in range(len(instance.groups)))
    assert len(changed) <= len(hit) + 3


def test_the_open_medium_instance_moves_only_those_hit(reference):
    told = json.loads((reference / "planning" / "rooms-medium.json").read_text(encoding="utf-8"))
    instance, plan = planned(told)
    done = repair(instance, plan, [60], budget())
    assert done.moved == done.hit and done.hit
    assert check(instance, done.plan).objective <= check(instance, plan).objective + 60


def test_somebody_easier_makes_way_where_a_room_of_a_kind_is_wanted():
    told = an_instance(zones=([(1, 1, 0, 0)], [(1, 1, 0, 0), (1, 0, 0, 0)]), groups=(alone(accessible=1), alone()))
    instance = read_instance("rooms", told)
    plan = {"assign": [[[0, 1, 0, 0]], [[1, 1, 0, 0]]]}
    done = repair(instance, plan, [0], budget())
    assert done.plan == {"assign": [[[1, 1, 0, 0]], [[2, 1, 0, 0]]]}
    assert (done.hit, done.moved) == ((0,), (0, 1))


def test_who_finds_no_room_is_named():
    instance = read_instance("rooms", an_instance(zones=([1], [1]), groups=(alone(), alone(risk=1))))
    done = repair(instance, {"assign": [[[0, 1, 0, 0]], [[1, 1, 0, 0]]]}, [1], budget())
    assert (done.plan, done.stuck) == (None, (1,))


def test_a_zone_without_people_closes_without_a_move():
    instance, plan = planned(an_instance(zones=([1], [1]), groups=(alone(),)))
    empty = 1 - instance.rooms[plan["assign"][0][0][0]].zone
    assert repair(instance, plan, [empty], budget()).plan == plan


def test_what_is_left_holds_the_free_rooms_and_binds_zones_to_those_inside():
    told = an_instance(
        zones=([1, 1], [1], [1]), groups=(alone(), alone(), alone(risk=1)), locked={0: [0, 0, []]}, flights=((0, 600),)
    )
    instance = read_instance("rooms", told)
    rest = residual(instance, {"assign": [[[0, 1, 0, 0]], [], [[2, 1, 0, 0]]]}, [1], closed=[2])
    assert (rest.rooms, rest.groups) == ((1,), (1,))
    locks = [zone.lock and (zone.lock.risk, set(zone.lock.flights)) for zone in rest.instance.zones]
    assert locks == [(0, {0}), (1, {0}), None]


def test_flights_that_land_in_turn_all_find_rooms_and_nobody_moves():
    instance = read_instance("rooms", a_day(4, 20))
    kept = {"assign": [[] for _ in instance.groups]}
    for flight in range(4):
        groups = [number for number, group in enumerate(instance.groups) if group.flight == flight]
        plan = place(instance, kept, groups, budget(), expected=Expected(26 * (3 - flight)))
        assert plan is not None
        assert all(plan["assign"][n] == stays for n, stays in enumerate(kept["assign"]) if n not in groups)
        kept = plan
    assert check(instance, kept).legal


def test_a_flight_for_which_no_zone_is_left_is_told_so():
    instance = read_instance("rooms", an_instance(zones=([1],), groups=(alone(), alone(risk=1))))
    assert place(instance, {"assign": [[[0, 1, 0, 0]], []]}, [1], budget(), expected=Expected()) is None


def test_halal_kitchens_and_large_zones_have_a_price():
    told = an_instance(zones=([1] * 4, [1] * 2, [1] * 2), groups=(alone(), alone()), halal=[2])
    counts = counted(read_instance("rooms", told))
    assert prices(counts, Expected(4), ()) == (30, 0, 40)
    assert prices(counts, Expected(), ()) == (0, 0, 40)


@pytest.mark.parametrize("halal", [0, 1])
def test_a_halal_zone_is_kept_for_those_who_need_it(halal):
    told = an_instance(zones=([1], [1]), groups=(alone(halal=halal),), halal=[0])
    instance = read_instance("rooms", told)
    plan = place(instance, {"assign": [[]]}, [0], budget(), expected=Expected(1))
    assert zones_of(instance, plan, 0) == ({0} if halal else {1})


def two_flights_that_land_in_turn():
    """The first flight fits into the zone with the only accessible room; the second has a wheelchair user."""
    zones = ([(1, 1, 0, 0), (1, 0, 0, 0)], [(1, 0, 0, 0), (1, 0, 0, 0)], [(1, 0, 0, 0)])
    told = an_instance(zones, (alone(), alone(), alone(flight=1, risk=1, accessible=1)), ((0, 600), (0, 660)))
    instance = read_instance("rooms", told)
    first = {"assign": [[], [], []]}
    return instance, lambda expected: place(instance, first, [0, 1], budget(), expected=expected)


def test_a_zone_with_the_only_accessible_room_is_kept_for_a_wheelchair_user_to_come():
    instance, first = two_flights_that_land_in_turn()
    assert zones_of(instance, first(Expected(1)), 0) == {0}
    kept = first(Expected(1, accessible=1))
    assert zones_of(instance, kept, 0) == zones_of(instance, kept, 1) == {1}
    plan = place(instance, kept, [2], budget(), expected=Expected())
    assert check(instance, plan).legal and plan["assign"][2] == [[0, 1, 0, 0]]


def test_an_accessible_room_is_kept_within_a_zone_that_both_flights_share():
    zones = ([(1, 1, 0, 0), (1, 0, 0, 0)], [(1, 0, 0, 0)])
    told = an_instance(zones, (alone(), alone(), alone(flight=1, accessible=1)), ((0, 600), (0, 660)))
    instance = read_instance("rooms", told)
    empty = {"assign": [[], [], []]}
    unaware = place(instance, empty, [0, 1], budget(), expected=Expected(1))
    assert place(instance, unaware, [2], budget(), expected=Expected()) is None
    kept = place(instance, empty, [0, 1], budget(), expected=Expected(1, accessible=1))
    plan = place(instance, kept, [2], budget(), expected=Expected())
    assert check(instance, plan).legal and plan["assign"][2] == [[0, 1, 0, 0]]


def test_accessible_rooms_are_taken_before_anybody_is_left_without_one():
    zones = ([(1, 1, 0, 0), (1, 0, 0, 0)],)
    instance = read_instance("rooms", an_instance(zones, (alone(), alone(), alone(accessible=1))))
    plan = place(instance, {"assign": [[], [], []]}, [0, 1], budget(), expected=Expected(1, accessible=1))
    assert sorted(plan["assign"][:2]) == [[[0, 1, 0, 0]], [[1, 1, 0, 0]]]


def test_a_wheelchair_user_lands_first_and_another_is_expected():
    zones = ([(1, 1, 0, 0), (1, 1, 0, 0), (1, 0, 0, 0)],)
    instance = read_instance("rooms", an_instance(zones, (alone(accessible=1), alone(), alone(accessible=1))))
    kept = place(instance, {"assign": [[], [], []]}, [0, 1], budget(), expected=Expected(1, accessible=1))
    assert kept["assign"][1] == [[2, 1, 0, 0]]
    assert place(instance, kept, [2], budget(), expected=Expected()) is not None
