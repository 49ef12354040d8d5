"""Zones while they fill: free rooms by kind, whom a zone serves, and what placing a flight's parties there costs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hucheng.engines.planning.rooms.counts import Cohort, Counts, Kind, Pattern, Want
from hucheng.engines.planning.rooms.naming import Piece

Parties = Mapping[int, int]
"""Numbers of parties by class."""


@dataclass(slots=True)
class Space:
    """A zone while it fills. `inside` are the flights that cost nothing more, `pieces` the parties placed."""

    number: int
    kinds: tuple[Kind, ...]
    free: list[int]
    cohort: Cohort | None
    inside: set[int]
    pieces: dict[Piece, int] = field(default_factory=lambda: defaultdict(int))

    def take(self, pattern: Pattern, arrive: int) -> list[int] | None:
        """Take a room for each part of a pattern, the smallest that suits; None and nothing taken where one lacks."""
        taken: list[int] = []
        for want in pattern:
            place = self._smallest(want, arrive)
            if place is None:
                self.give_back(taken)
                return None
            self.free[place] -= 1
            taken.append(place)
        return taken

    def give_back(self, places: Iterable[int]) -> None:
        """Undo a taking."""
        for place in places:
            self.free[place] += 1

    def _smallest(self, want: Want, arrive: int) -> int | None:
        for place, kind in enumerate(self.kinds):
            if self.free[place] and kind.suits(want, arrive):
                return place
        return None


@dataclass(slots=True)
class Fill:
    """Parties that go into a space: pieces, kinds of rooms taken, the cost beside the fewest rooms, rooms counted."""

    pieces: dict[Piece, int] = field(default_factory=lambda: defaultdict(int))
    taken: list[int] = field(default_factory=list)
    cost: float = 0.0
    rooms: int = 0


def space_of(counts: Counts, number: int) -> Space:
    """Give a zone without new people; kinds: plain before accessible, small before large, late before clean."""
    zone = counts.zones[number]
    kinds = sorted(zone.kinds, key=lambda entry: (entry[0].accessible, entry[0].beds, -entry[0].ready))
    cohort, inside = ((zone.lock.day, zone.lock.risk), set(zone.lock.flights)) if zone.lock else (None, set())
    return Space(number, tuple(kind for kind, _ in kinds), [rooms for _, rooms in kinds], cohort, inside)


def emptied(counts: Counts, space: Space) -> Space:
    """Give the same zone as it was before people of the plan came, still bound to its cohort."""
    empty = space_of(counts, space.number)
    empty.cohort = space.cohort
    return empty


def fill(counts: Counts, space: Space, parties: Parties, *, all_patterns: bool = False, needy: bool = True) -> Fill:
    """Fill a space with parties of one flight and risk class, hardest first; the space itself stays as it was.

    `all_patterns` divides parties over more rooms than the fewest; without `needy` those for whom the zone is too far
    from medical help wait for another.
    """
    found, weights, halal = Fill(), counts.instance.weights, counts.zones[space.number].halal
    free = space.free.copy()
    for number in sorted(parties, key=lambda one: _hardness(counts, one, space.number)):
        one, missing, arrive = counts.classes[number], counts.missing(number, space.number), counts.arrive(number)
        if (one.halal and not halal) or (missing and not needy):
            continue
        left = parties[number]
        for place, pattern in enumerate(one.patterns):
            extra = len(pattern) - one.fewest
            if extra and not all_patterns:
                break
            while left and (taken := space.take(pattern, arrive)) is not None:
                left -= 1
                found.pieces[number, place] += 1
                found.taken += taken
                found.rooms += one.fewest
                found.cost += (weights.room + weights.split) * extra + weights.med * missing * len(pattern)
    space.free = free
    return found


def settle(counts: Counts, space: Space, found: Fill) -> None:
    """Put what was found into the space."""
    for place in found.taken:
        space.free[place] -= 1
    for piece, number in found.pieces.items():
        space.pieces[piece] += number
        space.cohort = counts.cohort(piece[0])
        space.inside.add(counts.classes[piece[0]].flight)


def _hardness(counts: Counts, number: int, zone: int) -> tuple[int, ...]:
    one = counts.classes[number]
    first = one.patterns[0]
    accessible = any(want.accessible for want in first)
    served = one.need and not counts.missing(number, zone)
    largest = max(want.beds for want in first)
    return (not one.halal, not accessible, not served, -largest, len(one.patterns), -len(first))
