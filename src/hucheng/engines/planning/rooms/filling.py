"""A whole filling of the zones with what it costs, as the local search changes it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.rooms.counts import Cohort, Counts
from hucheng.engines.planning.rooms.model import Key, piece_cost
from hucheng.engines.planning.rooms.naming import Holding, Share, named


class Filling:
    """What each zone holds, and the parties by class that are in none."""

    def __init__(self, counts: Counts, holdings: Iterable[Holding], left: Mapping[int, int]) -> None:
        """Take over holdings of all zones, in order."""
        self.counts = counts
        self.holdings: list[dict[Key, int]] = [dict(holding) for holding in holdings]
        self.left = dict(left)
        self.costs = [self._cost(zone) for zone in range(len(self.holdings))]

    def cohort(self, zone: int) -> Cohort | None:
        """Give whom a zone serves; None while it is not in use."""
        for key in self.holdings[zone]:
            if not isinstance(key, Share):
                return self.counts.cohort(key[0])
        lock = self.counts.zones[zone].lock
        return (lock.day, lock.risk) if lock else None

    def flights(self, zone: int) -> set[int]:
        """Give the flights of the plan in a zone."""
        return {self.counts.classes[key[0]].flight for key in self.holdings[zone] if not isinstance(key, Share)}

    def used(self) -> list[int]:
        """Give the zones that hold parties."""
        return [zone for zone, holding in enumerate(self.holdings) if holding]

    def free_rooms(self, zone: int) -> int:
        """Give the rooms of a zone that stay empty."""
        taken = 0
        for key, number in self.holdings[zone].items():
            if isinstance(key, Share):
                taken += number
            elif key[1] >= 0:
                taken += number * len(self.counts.classes[key[0]].patterns[key[1]])
        return self.counts.zones[zone].size - taken

    def parties(self, zones: Iterable[int]) -> Counter[int]:
        """Give the parties by class in some zones."""
        found: Counter[int] = Counter()
        for zone in zones:
            for key, number in self.holdings[zone].items():
                if not isinstance(key, Share):
                    found[key[0]] += number
        return found

    def cost(self, zones: Iterable[int]) -> int:
        """Give what some zones cost, those left without a room not counted."""
        return sum(self.costs[zone] for zone in zones)

    def put(self, holdings: Mapping[int, Holding]) -> None:
        """Put other parties into some zones."""
        for zone, holding in holdings.items():
            self.holdings[zone] = dict(holding)
            self.costs[zone] = self._cost(zone)

    def plan(self) -> Plan | None:
        """Give the plan; None while parties are without a room, or where rooms cannot be matched."""
        return None if self.left else named(self.counts, self.holdings)

    def _cost(self, zone: int) -> int:
        holding = self.holdings[zone]
        if not holding:
            return 0
        weights, lock = self.counts.instance.weights, self.counts.zones[zone].lock
        inside = lock.flights if lock else frozenset[int]()
        pieces = sum(number * piece_cost(self.counts, zone, key) for key, number in holding.items())
        mixed = len(self.flights(zone) | inside) - max(1, len(inside))
        return pieces + self.counts.opening(zone) + weights.mix * mixed
