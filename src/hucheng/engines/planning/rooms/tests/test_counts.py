"""Counts: divisions of parties, classes, kinds, what a zone holds, and back to names."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.problems import read_instance
from hucheng.engines.planning.rooms.check import check
from hucheng.engines.planning.rooms.counts import Kind, Ramp, Want, counted, divisions, patterns_of, seat
from hucheng.engines.planning.rooms.filling import Filling
from hucheng.engines.planning.rooms.instance import Group
from hucheng.engines.planning.rooms.model import Key, build, hall
from hucheng.engines.planning.rooms.naming import Slot, holdings_of, matched, named
from hucheng.engines.planning.rooms.rules import first_filling, market_of, units_of
from hucheng.engines.planning.rooms.spaces import fill, settle, space_of
from hucheng.engines.planning.rooms.tests.cases import a_day, alone, an_instance, tiny_instances


def sizes(patterns):
    return [tuple(want.beds for want in pattern) for pattern in patterns]


def test_a_party_of_four_with_two_adults_has_two_rooms_at_most():
    assert sizes(patterns_of(4, 2, 3, None)) == [(2, 2), (3, 1)]


def test_six_adults_may_be_divided_in_every_way():
    assert len(patterns_of(6, 6, 3, None)) == 7


def test_an_accessible_room_may_be_any_one_of_a_division():
    ways = patterns_of(4, 2, 3, Ramp(0, 0, 2))
    assert [[want.accessible for want in way].count(True) for way in ways] == [1] * 3
    assert (Want(3, True), Want(1, False)) in ways and (Want(3, False), Want(1, True)) in ways


ramps = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2), st.integers(0, 1))


@settings(max_examples=60, deadline=None)
@given(ramps)
def test_wheelchairs_are_in_accessible_rooms_exactly_where_a_division_says_so(who):
    """Rooms and people are tried one by one: a choice of accessible rooms is offered if, and only if, it would do."""
    chairs, chair_minors, adults, minors = who[0], who[1], who[0] + who[2], who[1] + who[3]
    if not adults or not chairs + chair_minors:
        return
    group = Group(0, 0, adults, 0, minors, True, False, 0, chairs, chair_minors)
    offered = [[(want.beds, want.accessible) for want in way] for way in divisions(group, 3)]
    for parts in {tuple(beds for beds, _ in way) for way in offered} | set(_sizes(group.size, 3)):
        for marks in product((False, True), repeat=len(parts)):
            ways = [way for way in offered if tuple(beds for beds, _ in way) == parts and _covers(parts, marks, way)]
            assert bool(ways) == _seats_exist(parts, marks, group), (parts, marks)


def _sizes(people, most):
    return [()] if not people else [(n, *r) for n in range(min(people, most), 0, -1) for r in _sizes(people - n, n)]


def _covers(parts, marks, way):
    """Whether rooms of these sizes, so marked, serve a division; rooms of one size are alike."""
    have = Counter(zip(parts, marks, strict=True))
    return all(have[beds, True] >= number for (beds, mark), number in Counter(way).items() if mark)


def _seats_exist(parts, marks, group):
    """Try every number of adults and of wheelchairs in every room."""
    left = [(group.ramp_adults, group.adults - group.ramp_adults, group.ramp_minors, group.minors - group.ramp_minors)]
    for size, mark in zip(parts, marks, strict=True):
        inside = [who for who in product(range(size + 1), repeat=4) if sum(who) == size]
        inside = [who for who in inside if (mark or not who[0] + who[2])]
        inside = [who for who in inside if who[0] + who[1] or not group.minors]
        left = [tuple(a - b for a, b in zip(one, who, strict=True)) for one in set(left) for who in inside]
        left = [one for one in left if min(one) >= 0]
    return (0, 0, 0, 0) in left


def test_a_party_that_no_rooms_hold_has_no_division():
    assert patterns_of(4, 1, 3, None) == ()


@given(st.integers(1, 40), st.integers(1, 5))
def test_large_parties_are_divided_over_the_fewest_rooms_or_one_more(people, beds):
    ways = patterns_of(people, people, beds, None)
    assert ways and all(sum(want.beds for want in way) == people for way in ways)
    assert len(ways[0]) == -(-people // beds)
    assert people <= 8 or max(map(len, ways)) <= len(ways[0]) + 1


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 4), st.data())
def test_everybody_is_seated_and_no_minor_without_an_adult(men, women, minors, data):
    adults = men + women
    if not adults:
        return
    group = Group(0, 0, men, women, minors, False, False, 0)
    ways = patterns_of(group.size, adults if minors else group.size, 3, None)
    if ways:
        way = data.draw(st.sampled_from(sizes(ways)))
        seats = seat(group, way)
        assert [sum(people) for people in seats] == list(way)
        assert tuple(map(sum, zip(*seats, strict=True))) == (men, women, minors)
        assert all(men or women for men, women, _ in seats)


def test_parties_that_are_alike_are_one_class():
    counts = counted(read_instance("rooms", an_instance(groups=(alone(), alone(man=0), alone(risk=1), alone(need=1)))))
    assert counts.members == ((0, 1), (2,), (3,))


def test_where_strangers_share_men_and_women_are_two_classes():
    counts = counted(read_instance("rooms", an_instance(groups=(alone(), alone(man=0)), sharing=True)))
    assert [one.sex for one in counts.classes] == ["m", "w"]


def test_rooms_that_are_alike_are_one_kind():
    counts = counted(read_instance("rooms", an_instance(zones=([2, 2, 1, (2, 0, 3, 900)],))))
    (zone,) = counts.zones
    assert dict(zone.kinds) == {Kind(1, False, 0): 1, Kind(2, False, 0): 2, Kind(2, False, 900): 1}
    assert (zone.size, zone.ready(600), zone.ready(900), zone.level) == (4, 3, 4, 3)


def test_a_bound_zone_opens_at_no_cost_and_takes_its_own_only():
    told = an_instance(zones=([1], [1]), groups=(alone(), alone(risk=1)), locked={0: [0, 1, [0]]})
    counts = counted(read_instance("rooms", told), (5, 7))
    assert [counts.opening(zone) for zone in (0, 1)] == [0, 37]
    assert [counts.takes(0, counts.cohort(number)) for number in (0, 1)] == [False, True]


@given(tiny_instances())
@settings(max_examples=20, deadline=None)
def test_leaving_a_party_out_costs_more_than_it_could_save(told):
    counts = counted(read_instance("rooms", told))
    whole = sum(told["params"][name] for name in ("w_zone", "w_mix"))
    assert all(counts.dear(number) > whole for number in range(len(counts.classes)))


@pytest.mark.parametrize("seed", [0, 1])
def test_a_plan_in_counts_and_back_costs_the_same(seed):
    instance = read_instance("rooms", a_day(seed=seed))
    counts = counted(instance)
    spaces, _ = first_filling(counts)
    plan = named(counts, [space.pieces for space in spaces])
    again = Filling(counts, holdings_of(counts, plan), {})
    assert sum(again.costs) == check(instance, plan).objective == check(instance, again.plan()).objective


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 3), st.booleans(), st.sampled_from([0, 700])), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(1, 3), st.booleans(), st.sampled_from([600, 720])), min_size=1, max_size=5),
)
def test_the_conditions_of_hall_hold_exactly_when_rooms_can_be_matched(rooms, wants):
    told = an_instance([[(beds, int(ramp), 0, ready) for beds, ramp, ready in rooms]])
    counts = counted(read_instance("rooms", told))
    asked = [((number, 0), Want(beds, ramp), by) for number, (beds, ramp, by) in enumerate(wants)]
    enough = all(sum(times.values()) <= there for times, there in hall(counts, 0, asked))
    slots = [Slot((), want, by, 0) for _, want, by in asked]
    assert enough == (matched(counts, slots, range(len(rooms))) is not None)


def test_a_filling_leaves_the_space_as_it_was_until_it_is_settled():
    counts = counted(read_instance("rooms", an_instance(zones=([2, 1],), groups=(alone(), [0, 0, 1, 1, 0, 0, 0, 0]))))
    space = space_of(counts, 0)
    found = fill(counts, space, {0: 1, 1: 1})
    assert (found.rooms, found.cost, space.free) == (2, 0, [1, 1])
    settle(counts, space, found)
    assert (space.free, space.inside, space.cohort) == ([0, 0], {0}, (0, 0))


def test_a_party_is_divided_only_when_asked_and_that_has_a_cost():
    counts = counted(read_instance("rooms", an_instance(zones=([1, 1], [2]), groups=([0, 0, 1, 1, 0, 0, 0, 0],))))
    assert fill(counts, space_of(counts, 0), {0: 1}).rooms == 0
    assert fill(counts, space_of(counts, 0), {0: 1}, all_patterns=True).cost == 16


def test_prices_make_the_cost_to_go_grow_with_rooms():
    counts = counted(read_instance("rooms", a_day()))
    market = market_of(counts, units_of(counts))
    assert all(later >= sooner for sooner, later in zip(market.to_go, market.to_go[1:], strict=False))
    assert min(market.zones) == counts.instance.weights.zone


def test_a_model_of_some_zones_finds_what_they_hold_already():
    counts = counted(read_instance("rooms", a_day(2, 8)))
    spaces, left = first_filling(counts)
    filling = Filling(counts, [dict[Key, int](space.pieces.items()) for space in spaces], left)
    zones = filling.used()[:2]
    model = build(counts, zones, filling.parties(zones))
    for zone in zones:
        for key, piece in model.pieces[zone].items():
            model.cp.add(piece == filling.holdings[zone].get(key, 0))
    assert model.cp.validate() == ""
    assert Counter({key for zone in zones for key in filling.holdings[zone]}) <= Counter(
        {key for zone in zones for key in model.pieces[zone]}
    )
