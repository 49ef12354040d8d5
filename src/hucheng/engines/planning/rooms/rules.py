"""The plan that simple rules give at once: the largest flights first, each into zones that it fills.

A zone costs what it keeps from others, not only its opening: a large zone saves a flight one more zone, so its price
is its rooms times that of a room in the smallest zone still needed. The cost to go of a flight is the cheapest way
to cover its rooms at these prices (dynamic programming over rooms), and what it lacks in large rooms at the usual
share of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.planning.rooms.counts import Counts
from hucheng.engines.planning.rooms.spaces import Fill, Space, emptied, fill, settle, space_of

SPARE = 1.08
"""Rooms that flights take for each room that they need, seen over a day: what the last zone of each leaves empty."""
HALAL_PRICE = 12.0
RAMP_PRICE = 4.0
"""Price of a zone without the accessible room that a flight needs, where most zones have one."""
RARE_PRICE = 25.0
RARE = 0.15
"""Share of zones up to which rooms that a party needs are rare: then its flight chooses before others."""
TRIED = 6
"""Zones looked at in full for each choice."""
FEW = 4
"""Classes left of a flight from which on zones are looked at for the rooms that just these need."""

Unit = dict[int, int]
"""Parties by class, of one flight and risk class."""
Costs = NDArray[np.float64]
CLOSED = -1


@dataclass(frozen=True, slots=True)
class Market:
    """Prices of zones, the cheapest cost of covering 0, 1, 2... rooms at these prices, and the share of large rooms."""

    zones: Costs
    to_go: Costs
    large: float
    lacking: float


class Board:
    """All zones while they fill, and arrays over them to choose from at a glance."""

    def __init__(self, counts: Counts) -> None:
        """Start with nobody but those who live there already."""
        self.counts = counts
        self.spaces = [space_of(counts, number) for number in range(len(counts.zones))]
        self.ready = sorted({room.ready for room in counts.instance.rooms})
        cohorts = sorted({counts.cohort(number) for number in range(len(counts.classes))})
        self.cohorts = {cohort: place for place, cohort in enumerate(cohorts)}
        self.free = np.zeros((len(self.ready), len(self.spaces)), dtype=np.int64)
        self.fits = np.zeros((2, counts.instance.most_beds + 1, len(self.spaces)), dtype=np.int64)
        self.cohort = np.full(len(self.spaces), CLOSED)
        self.halal = np.array([zone.halal for zone in counts.zones])
        for space in self.spaces:
            self.look(space)
        places = (self.fits[1] > 0).sum(axis=1)
        self.rare = {beds for beds, zones in enumerate(places) if zones <= RARE * len(self.spaces)}

    def has_rare(self, unit: Unit) -> bool:
        """Tell whether a unit needs accessible rooms of a size that few zones have."""
        wants = (want for number in unit for want in self.counts.classes[number].patterns[0])
        return any(want.accessible and want.beds in self.rare for want in wants)

    def look(self, space: Space) -> None:
        """Count a zone anew."""
        rooms = list(zip(space.free, space.kinds, strict=True))
        for place, minute in enumerate(self.ready):
            self.free[place, space.number] = sum(n for n, kind in rooms if kind.ready <= minute)
        self.fits[:, :, space.number] = 0
        for free, kind in rooms:
            self.fits[: 1 + kind.accessible, : kind.beds + 1, space.number] += free
        if space.cohort is not None:
            self.cohort[space.number] = self.cohorts.get(space.cohort, len(self.cohorts))

    def settle(self, space: Space, found: Fill) -> None:
        """Put parties into a zone."""
        settle(self.counts, space, found)
        self.look(space)

    def replace(self, space: Space) -> None:
        """Put another filling in the place of a zone's."""
        self.spaces[space.number] = space
        self.look(space)

    def may_take(self, unit: Unit) -> NDArray[np.bool_]:
        """Tell which zones have the rooms of at least one party of a unit, cleaning aside."""
        may = np.zeros(len(self.spaces), dtype=bool)
        for number in unit:
            for pattern in self.counts.classes[number].patterns:
                may |= np.logical_and.reduce([self.fits[int(want.accessible), want.beds] > 0 for want in pattern])
        return may

    def free_at(self, arrive: int) -> NDArray[np.int64]:
        """Give the free rooms of each zone that are clean by then."""
        place = int(np.searchsorted(self.ready, arrive, side="right")) - 1
        return self.free[place] if place >= 0 else np.zeros_like(self.cohort)


def first_filling(counts: Counts) -> tuple[list[Space], Unit]:
    """Give the zones as the rules fill them, and the parties by class that found no room."""
    board = Board(counts)
    if not counts.instance.rooms:
        return board.spaces, {number: len(members) for number, members in enumerate(counts.members)}
    units = sorted(units_of(counts), key=lambda unit: (not board.has_rare(unit), -_rooms(counts, unit)))
    market = market_of(counts, units)
    left: Unit = {}
    for unit in units:
        left |= _place(board, unit, market)
    return board.spaces, _squeeze(board, left, market)


def units_of(counts: Counts) -> list[Unit]:
    """Give the parties of each flight and risk class."""
    units: dict[tuple[int, int], Unit] = defaultdict(dict)
    for number, one in enumerate(counts.classes):
        units[one.flight, one.risk][number] = len(counts.members[number])
    return list(units.values())


def market_of(counts: Counts, units: list[Unit]) -> Market:
    """Give prices: that of a room is its share in opening the smallest zone still needed."""
    weights, rooms = counts.instance.weights, counts.instance.rooms
    sizes = np.array([zone.size for zone in counts.zones])
    needs = [_rooms(counts, unit) for unit in units]
    falling = np.sort(sizes)[::-1]
    needed = int(np.searchsorted(np.cumsum(falling), SPARE * sum(needs)))
    room = weights.zone / max(1, falling[min(needed, len(falling) - 1)])
    prices = np.maximum(weights.zone, room * sizes) + np.array(counts.prices)
    large = sum(room.beds == counts.instance.most_beds for room in rooms) / len(rooms)
    return Market(prices, _to_go(sizes, prices, max(needs, default=0)), large, weights.room + weights.split)


def _to_go(sizes: NDArray[np.int_], prices: Costs, most: int) -> Costs:
    cover = np.array([prices[sizes >= rooms].min() for rooms in range(1, sizes.max() + 1)])
    costs = np.zeros(most + 1)
    for rooms in range(1, most + 1):
        taken = np.minimum(np.arange(1, len(cover) + 1), rooms)
        costs[rooms] = (cover + costs[rooms - taken]).min()
    return costs


def _rooms(counts: Counts, unit: Unit) -> int:
    return sum(counts.classes[number].fewest * parties for number, parties in unit.items())


def _large(counts: Counts, unit: Unit) -> int:
    """Count the wants that only the largest rooms meet."""
    most = counts.instance.most_beds
    wants = ((number, want) for number in unit for want in counts.classes[number].patterns[0])
    return sum(unit[number] for number, want in wants if want.beds == most)


def _place(board: Board, unit: Unit, market: Market) -> Unit:
    """Put a unit into zones until it is placed; gives what found no room."""
    unit = dict(unit)
    for all_patterns in (False, True):
        while unit:
            space, found = _best(board, unit, market, all_patterns=all_patterns)
            if space is None:
                break
            board.settle(space, found)
            unit = _without(unit, found)
    return unit


def _without(unit: Unit, found: Fill) -> Unit:
    left = dict(unit)
    for (number, _), parties in found.pieces.items():
        left[number] -= parties
    return {number: parties for number, parties in left.items() if parties}


def _best(board: Board, unit: Unit, market: Market, *, all_patterns: bool) -> tuple[Space | None, Fill]:
    """Give the zone that leads to the cheapest whole, and what goes into it."""
    counts, rooms = board.counts, _rooms(board.counts, unit)
    best: tuple[float, Space | None, Fill] = (float("inf"), None, Fill())
    for cost, space in _candidates(board, unit, market, rooms):
        for found in _fills(counts, space, unit, all_patterns=all_patterns, here=not cost, rooms=rooms):
            rest = rooms - found.rooms
            lacking = max(0.0, _large(counts, _without(unit, found)) - market.large * rest)
            whole = cost + found.cost + market.to_go[rest] + market.lacking * lacking
            if found.rooms and whole < best[0]:
                best = (whole, space, found)
    return best[1], best[2]


def _fills(counts: Counts, space: Space, unit: Unit, *, all_patterns: bool, here: bool, rooms: int) -> Iterator[Fill]:
    """Give ways to fill a zone; where the flight is `here` already, dividing parties may save another zone."""
    found = fill(counts, space, unit, all_patterns=all_patterns, needy=sum(space.free) >= rooms)
    yield found if found.rooms else fill(counts, space, unit, all_patterns=all_patterns)
    if here and not all_patterns:
        yield fill(counts, space, unit, all_patterns=True)


def _candidates(board: Board, unit: Unit, market: Market, rooms: int) -> list[tuple[float, Space]]:
    """Give the zones that look cheapest by their free rooms alone, with the cost of going there."""
    counts, number = board.counts, next(iter(unit))
    cohort, flight = board.cohorts[counts.cohort(number)], counts.classes[number].flight
    free = board.free_at(counts.arrive(number))
    halal = any(counts.classes[one].halal for one in unit)
    ramps = [want.beds for one in unit for want in counts.classes[one].patterns[0] if want.accessible]
    may = (free > 0) & ((board.cohort == CLOSED) | (board.cohort == cohort))
    if halal:
        may &= board.halal
    cost = np.where(board.cohort == CLOSED, market.zones + (0 if halal else HALAL_PRICE) * board.halal, 0.0)
    for place in np.flatnonzero(may & (board.cohort == cohort)):
        inside = board.spaces[place].inside
        cost[place] = counts.instance.weights.mix if inside and flight not in inside else 0.0
    if ramps:
        price = RARE_PRICE if max(ramps) in board.rare else RAMP_PRICE
        cost = cost + price * (board.fits[1, max(ramps)] == 0)
    if len(unit) <= FEW:
        may &= board.may_take(unit)
    places = np.flatnonzero(may)
    whole = cost[places] + market.to_go[rooms - np.minimum(free[places], rooms)]
    order = np.argsort(whole, kind="stable")[:TRIED]
    return [(float(cost[place]), board.spaces[place]) for place in places[order]]


def _squeeze(board: Board, left: Unit, market: Market) -> Unit:
    """Place those left over in zones of their cohort, pushing out only parties that are easier to place."""
    stuck: Unit = {}
    waiting = [number for number, parties in left.items() for _ in range(parties)]
    while waiting:
        number = waiting.pop()
        dropped = _push_in(board, number)
        if dropped is None:
            stuck[number] = stuck.get(number, 0) + 1
            continue
        for one, parties in dropped.items():
            rest = _place(board, {one: parties}, market)
            waiting += [one] * rest.get(one, 0)
    return stuck


def _push_in(board: Board, number: int) -> Unit | None:
    """Put one party into a zone of its cohort; gives who dropped out there, None where no zone would do."""
    counts = board.counts
    cohort, flight = board.cohorts[counts.cohort(number)], counts.classes[number].flight
    spaces = [board.spaces[place] for place in np.flatnonzero(board.cohort == cohort)]
    for space in sorted(spaces, key=lambda space: (flight not in space.inside, space.number)):
        inside: Unit = defaultdict(int)
        for (one, _), parties in space.pieces.items():
            inside[one] += parties
        empty = emptied(counts, space)
        first = fill(counts, empty, {number: 1}, all_patterns=True)
        settle(counts, empty, first)
        then = fill(counts, empty, inside)
        dropped = _without(inside, then)
        if first.rooms and all(_difficulty(counts, one) < _difficulty(counts, number) for one in dropped):
            settle(counts, empty, then)
            board.replace(empty)
            return dropped
    return None


def _difficulty(counts: Counts, number: int) -> tuple[int, ...]:
    one = counts.classes[number]
    wants = one.patterns[0]
    return (any(want.accessible for want in wants), max(want.beds for want in wants), one.halal, -len(one.patterns))
