"""Rows gathered into persons: a pair joins two groups only if the groups agree on the whole, and nothing forbids it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hucheng.engines.linkage.births import resident_id
from hucheng.engines.linkage.records import Prepared

LIMIT = 12.0
"""Bits beyond which one pair counts no more for or against a whole group."""
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What clerks have decided: pairs that are one person's, and pairs that are not."""

    same: frozenset[Pair] = frozenset()
    other: frozenset[Pair] = frozenset()


def clusters(
    rows: Sequence[Prepared],
    weights: Iterable[tuple[Pair, float]],
    weight: Callable[[int, int], float],
    *,
    at_least: float,
    decisions: Decisions = Decisions(),
) -> list[int]:
    """Give each row its group, named by the group's first row.

    weights   candidate pairs with their weights in bits
    weight    gives the weight of a pair that was no candidate
    at_least  two groups are joined where the mean weight of all pairs between them is above this (average linkage)

    Pairs are taken from the strongest; equal ones in the order of the rows' own names, so that the order of the input
    does not matter. Decisions come first and always hold. Two groups with a pair that cannot be one person never join:
    two seats on one flight, two resident identity numbers whose check characters hold.
    Raises ValueError when decisions contradict each other.
    """
    groups = _Groups(rows, weight, decisions)
    groups.join_decided()
    strong = [(pair, bits) for pair, bits in weights if bits > at_least]
    for (one, other), _bits in sorted(strong, key=lambda item: (-item[1], _names(rows, item[0]))):
        groups.join_if(one, other, at_least)
    return groups.of


def limited(bits: float) -> float:
    """The bits of one pair as they count for a whole group."""
    return max(-LIMIT, min(LIMIT, bits))


def cannot_be_one(a: Prepared, b: Prepared) -> bool:
    """Whether two rows cannot speak of one person whatever else agrees: other seats of one flight on one list, or two
    valid resident identity numbers."""
    seats = a.row.source == b.row.source and a.seat and b.seat and a.seat != b.seat
    if seats and a.flight and a.day and (a.flight, a.day) == (b.flight, b.day):
        return True
    if not a.resident_ids or not b.resident_ids:
        return False
    mine, theirs = _valid(a), _valid(b)
    return bool(mine and theirs and not mine & theirs)


class _Groups:
    """Groups as they grow."""

    def __init__(self, rows: Sequence[Prepared], weight: Callable[[int, int], float], decisions: Decisions) -> None:
        self.rows, self.weight, self.decisions = rows, weight, decisions
        self.of = list(range(len(rows)))
        self.members = {place: [place] for place in self.of}

    def join_decided(self) -> None:
        for one, other in sorted(self.decisions.same, key=lambda pair: _names(self.rows, pair)):
            self._join(self.of[one], self.of[other])
        if any(self.of[one] == self.of[other] for one, other in self.decisions.other):
            raise ValueError("Two decisions contradict each other: rows were joined by one and parted by another.")

    def join_if(self, one: int, other: int, at_least: float) -> None:
        first, second = self.of[one], self.of[other]
        if first == second:
            return
        pairs = [(a, b) if a < b else (b, a) for a in self.members[first] for b in self.members[second]]
        if any(pair in self.decisions.other or self._forbidden(pair) for pair in pairs):
            return
        mean = sum(limited(self.weight(*pair)) for pair in pairs) / len(pairs)
        if mean > at_least:
            self._join(first, second)

    def _forbidden(self, pair: Pair) -> bool:
        return cannot_be_one(self.rows[pair[0]], self.rows[pair[1]])

    def _join(self, first: int, second: int) -> None:
        keep, gone = sorted((first, second))
        if keep == gone:
            return
        for place in self.members[gone]:
            self.of[place] = keep
        self.members[keep] += self.members.pop(gone)


def _valid(row: Prepared) -> frozenset[str]:
    return frozenset(number for number in row.resident_ids if resident_id(number))


def _names(rows: Sequence[Prepared], pair: Pair) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(rows[place].key for place in pair))
