"""The problem in counts: parties that are alike form a class, rooms that are alike a kind.

A party of n with a adults may be divided over k rooms if it has no minors or k <= a, so a division is a multiset of
room sizes, and nothing about single people needs deciding before the rooms are named.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import NamedTuple

from hucheng.engines.planning.rooms.instance import Group, Lock, RoomsInstance

MANY = 8
"""People of a party up to whom every division is looked at; beyond, only those with one room more than the fewest."""

Cohort = tuple[int, int]
"""Arrival day and risk class: those who may live in one zone."""


class Want(NamedTuple):
    """What one room must hold: so many of a party, and whether it must be accessible."""

    beds: int
    accessible: bool


class Kind(NamedTuple):
    """Rooms of a zone that are alike."""

    beds: int
    accessible: bool
    ready: int

    def suits(self, want: Want, arrive: int) -> bool:
        """Tell whether a room of this kind serves those who land at `arrive`."""
        return self.beds >= want.beds and self.accessible >= want.accessible and self.ready <= arrive


Pattern = tuple[Want, ...]
"""One division of a party over rooms."""


class PartyClass(NamedTuple):
    """Parties that are alike. `sex` is m or w for a single adult who may share, else empty."""

    flight: int
    risk: int
    patterns: tuple[Pattern, ...]
    halal: bool
    need: int
    sex: str

    @property
    def fewest(self) -> int:
        """Give the rooms of the smallest division."""
        return len(self.patterns[0])


@dataclass(frozen=True, slots=True)
class ZoneCounts:
    """A zone as kinds of rooms with their numbers; `level` is the best medical closeness in it."""

    kinds: tuple[tuple[Kind, int], ...]
    halal: bool
    level: int
    lock: Lock | None

    @property
    def size(self) -> int:
        """Give the number of rooms."""
        return sum(number for _, number in self.kinds)

    def ready(self, arrive: int) -> int:
        """Give the number of rooms that are clean for those who land at `arrive`."""
        return sum(number for kind, number in self.kinds if kind.ready <= arrive)


@dataclass(frozen=True, slots=True)
class Counts:
    """An instance in counts.

    members  the parties of each class, by their number in the instance
    prices   what opening each zone costs beyond its weight: what it would be worth to those still to come
    """

    instance: RoomsInstance
    zones: tuple[ZoneCounts, ...]
    classes: tuple[PartyClass, ...]
    members: tuple[tuple[int, ...], ...]
    prices: tuple[int, ...]

    def arrive(self, number: int) -> int:
        """Give the minute at which a class lands."""
        return self.instance.flights[self.classes[number].flight].arrive

    def cohort(self, number: int) -> Cohort:
        """Give the cohort of a class."""
        one = self.classes[number]
        return self.instance.flights[one.flight].day, one.risk

    def opens(self, zone: int) -> bool:
        """Tell whether using a zone opens it."""
        return self.zones[zone].lock is None

    def opening(self, zone: int) -> int:
        """Give the cost of opening a zone."""
        return self.instance.weights.zone + self.prices[zone] if self.opens(zone) else 0

    def takes(self, zone: int, cohort: Cohort) -> bool:
        """Tell whether a zone may serve a cohort as far as those who live there already go."""
        lock = self.zones[zone].lock
        return lock is None or (lock.day, lock.risk) == cohort

    def dear(self, number: int) -> int:
        """Give a cost of leaving a party of a class without a room that no saving makes up for; it goes by people."""
        weights, one = self.instance.weights, self.classes[number]
        room = weights.room + weights.split + weights.med * one.need + weights.share
        most = 1 + weights.zone + max(self.prices, default=0) + weights.mix + room * len(one.patterns[-1])
        return most * sum(want.beds for want in one.patterns[0])

    def missing(self, number: int, zone: int) -> int:
        """Give the steps of medical closeness that each room of a class lacks in a zone, at the least."""
        return max(0, self.classes[number].need - self.zones[zone].level)


def counted(instance: RoomsInstance, prices: tuple[int, ...] = ()) -> Counts:
    """Give an instance in counts, classes in order of first appearance."""
    classes: dict[PartyClass, list[int]] = defaultdict(list)
    most = instance.most_beds
    for number, group in enumerate(instance.groups):
        sex = ("m" if group.men else "w") if instance.sharing and group.may_share else ""
        patterns = divisions(group, most)
        classes[PartyClass(group.flight, group.risk, patterns, group.halal, group.need, sex)].append(number)
    members = tuple(map(tuple, classes.values()))
    return Counts(instance, _zones(instance), tuple(classes), members, prices or (0,) * len(instance.zones))


def seat(group: Group, sizes: Sequence[int]) -> list[tuple[int, int, int]]:
    """Give men, women and minors for each room of a division: an adult in every room first, then the others."""
    adults = ["m"] * group.men + ["w"] * group.women
    rest = adults[len(sizes) :] + ["c"] * group.minors
    rooms = []
    for adult, size in zip(adults, sizes, strict=False):
        inside = [adult, *rest[: size - 1]]
        rest = rest[size - 1 :]
        rooms.append((inside.count("m"), inside.count("w"), inside.count("c")))
    return rooms


def _zones(instance: RoomsInstance) -> tuple[ZoneCounts, ...]:
    kinds: list[Counter[Kind]] = [Counter() for _ in instance.zones]
    levels = [0] * len(instance.zones)
    for room in instance.rooms:
        kinds[room.zone][Kind(room.beds, room.accessible, room.ready)] += 1
        levels[room.zone] = max(levels[room.zone], room.level)
    return tuple(
        ZoneCounts(tuple(sorted(kinds[number].items())), zone.halal, levels[number], zone.lock)
        for number, zone in enumerate(instance.zones)
    )


def divisions(group: Group, most_beds: int) -> tuple[Pattern, ...]:
    """Give the divisions of a party over rooms of at most so many beds; none where it cannot be divided so."""
    ramp = Ramp(group.ramp_adults, group.ramp_minors, group.adults if group.minors else 0) if group.accessible else None
    return patterns_of(group.size, group.adults if group.minors else group.size, most_beds, ramp)


class Ramp(NamedTuple):
    """Who of a party must sleep in an accessible room, and how many adults its minors have (0: it has no minors)."""

    adults: int
    minors: int
    guards: int

    def suffices(self, chosen: Sequence[int], rooms: int) -> bool:
        """Tell whether all of them fit into the chosen of so many rooms, an adult being in each room with a minor."""
        within = max(self.adults, len(chosen)) if self.guards else self.adults
        return sum(chosen) >= self.minors + within and (not self.guards or self.guards - within >= rooms - len(chosen))


@cache
def patterns_of(people: int, most_rooms: int, most_beds: int, ramp: Ramp | None) -> tuple[Pattern, ...]:
    """Give the divisions of a party over rooms, fewest rooms first, even divisions before uneven ones."""
    limit = most_rooms if people <= MANY else min(most_rooms, 1 - -people // most_beds)
    sizes = sorted(_parts(people, most_beds, limit), key=lambda parts: (len(parts), parts))
    return tuple(pattern for parts in sizes for pattern in _with_access(parts, ramp))


def _parts(people: int, most: int, rooms: int) -> Iterator[tuple[int, ...]]:
    """Give the ways to write a number as a sum of at most `rooms` numbers up to `most`, largest first."""
    if people == 0:
        yield ()
    for first in range(min(people, most), 0, -1):
        if first * rooms >= people:
            yield from ((first, *rest) for rest in _parts(people - first, first, rooms - 1))


def _with_access(parts: tuple[int, ...], ramp: Ramp | None) -> Iterator[Pattern]:
    """Give the division with each smallest choice of rooms that must be accessible."""
    if ramp is None:
        yield tuple(Want(size, False) for size in parts)
        return
    found: list[Counter[int]] = []
    for number in range(1, min(len(parts), max(1, ramp.adults + ramp.minors)) + 1):
        for chosen in sorted(set(combinations(parts, number))):
            if ramp.suffices(chosen, len(parts)) and not any(less <= Counter(chosen) for less in found):
                found.append(Counter(chosen))
                yield _marked(parts, Counter(chosen))


def _marked(parts: tuple[int, ...], accessible: Counter[int]) -> Pattern:
    """Mark the first rooms of the chosen sizes."""
    left = accessible.copy()
    wants = []
    for size in parts:
        wants.append(Want(size, left[size] > 0))
        left[size] -= 1
    return tuple(wants)
