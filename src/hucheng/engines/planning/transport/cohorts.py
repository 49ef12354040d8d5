"""What may ride together: parties of one cohort counted by kind, the routes to their houses, the times to start."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.planning.transport.instance import PORT, Order, TransportInstance

Ints = NDArray[np.int64]
SLOTS = 700  # about as many rows a kind of vehicle as the linear program bears


class Party(NamedTuple):
    """Orders that cannot be told apart: house, people, ready minute, and which they are."""

    hotel: int
    pax: int
    ready: int
    orders: tuple[int, ...]


class Route(NamedTuple):
    """Stops in order, minutes driven with the way back, minutes from loading to the end of disinfection."""

    houses: tuple[int, ...]
    drive: int
    busy: int


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes at which vehicles are counted, rising; every ready minute is one of them.

    For a plan a trip starts at one of them. For the bound it may start between two of them, and has its vehicle only
    from the later one: so it costs and takes no more than in truth.
    """

    times: Ints

    def at_or_after(self, minute: int) -> int:
        """Give the place of the first time not before a minute; the number of times where there is none."""
        return bisect_left(self.times, minute)

    def start(self, begin: int) -> int:
        """Give the minute at which a trip of the search starts in a plan."""
        return int(self.times[self.at_or_after(begin)])


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort with its parties by ready minute, and the cheapest legal route to each set of its houses."""

    name: str
    parties: tuple[Party, ...]
    routes: tuple[Route, ...]

    @property
    def orders(self) -> int:
        """Give the number of orders: no best plan has more trips."""
        return sum(len(party.orders) for party in self.parties)


class Column(NamedTuple):
    """A trip of the search: whose, by what kind of vehicle, which way, from which minute, how many of each party."""

    cohort: int
    kind: int
    route: int
    begin: int
    riders: tuple[tuple[int, int], ...]


def clock_of(instance: TransportInstance) -> Clock:
    """Give every ready minute and steps between, finer for a shorter plan."""
    ready = sorted({order.ready for order in instance.orders})
    spans: list[tuple[int, int]] = []
    for minute in ready:
        end = minute + instance.max_wait
        if spans and minute <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((minute, end))
    step = max(1, -(-sum(end - start for start, end in spans) // SLOTS))
    times = {*ready, *_after_bars(instance, spans)}
    for start, end in spans:
        times.update(range(start, end + 1, step))
    return Clock(np.array(sorted(times), dtype=np.int64))


def _after_bars(instance: TransportInstance, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Give the minutes from which loading may begin again, so that nobody is on the road in barred hours."""
    for _, end in instance.barred:
        if any(first <= end - instance.load <= last for first, last in spans):
            yield end - instance.load


def cohorts_of(instance: TransportInstance) -> tuple[Cohort, ...]:
    """Give the cohorts, by the ready minute of their first party."""
    members: dict[str, list[int]] = defaultdict(list)
    for n, order in enumerate(instance.orders):
        members[order.cohort].append(n)
    cohorts = [_cohort(instance, name, own) for name, own in members.items()]
    return tuple(sorted(cohorts, key=lambda cohort: cohort.parties[0].ready))


def route_to(instance: TransportInstance, houses: tuple[int, ...]) -> Route | None:
    """Give the way through all houses that drives least within the time on board and a shift; None without one."""
    ways = (_way(instance, order) for order in permutations(houses))
    return min((way for way in ways if way), key=lambda way: way.drive, default=None)


def _way(instance: TransportInstance, houses: tuple[int, ...]) -> Route | None:
    legs = [instance.minutes[a][b] for a, b in zip((PORT, *houses), (*houses, PORT), strict=True)]
    waits = instance.unload * len(houses)
    if instance.load + sum(legs[:-1]) + waits - instance.unload > instance.max_on_board:
        return None
    busy = instance.load + sum(legs) + waits + instance.disinfect
    return Route(houses, sum(legs), busy) if busy <= instance.shift_max else None


def _cohort(instance: TransportInstance, name: str, members: list[int]) -> Cohort:
    alike: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for n in members:
        order: Order = instance.orders[n]
        alike[order.ready, order.hotel, order.pax].append(n)
    parties = tuple(Party(hotel, pax, ready, tuple(own)) for (ready, hotel, pax), own in sorted(alike.items()))
    houses = sorted({party.hotel for party in parties})
    sets = (found for size in range(1, instance.max_stops + 1) for found in combinations(houses, size))
    routes = tuple(route for route in (route_to(instance, found) for found in sets) if route)
    return Cohort(name, parties, routes)
