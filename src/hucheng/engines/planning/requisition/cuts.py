"""Rows that no requisition breaks but the relaxation does: what a house takes in depends on when it opens and ends.

Stays that all fall on one day, those of some classes who land in a window of days p..q, share the rooms of a house:
in a house that serves all of them at most f = min(rooms, arrivals of the window); in one that begins after p, or ends
before the last of them leave, less, since some of those arrivals are then not for it. With L the first day on which
one of these stays ends, every interval of service that takes one of them in contains L, so

    rooms placed in the window <= f x(L) - sum over first days a of (f - f(a)) z(a)
                                         - sum over end days b of (f - f(b)) w(b)

where f(a) counts the arrivals from a on, f(b) those who leave by b, and w(b) = x(b-1) - x(b) + z(b) is 1 where service
ends. Both sums hold together when no interval is so short that one stay is missed at both its ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.planning.requisition.instance import RequisitionInstance
from hucheng.engines.planning.requisition.model import ENDLESS, Program, Terms
from hucheng.engines.planning.solvers import Row

BROKEN = 1e-3  # rooms, over the length of the row: less is not worth a row
MOST_CLASSES = 4  # classes up to which all their sets are looked at; beyond, single ones and all
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Window:
    """Those of some classes who land on the days `first[k]` to `last`; `inside` is a day of all their stays."""

    kinds: tuple[int, ...]
    first: tuple[int, ...]
    last: int
    inside: int


@dataclass(frozen=True, slots=True)
class _Factors:
    """The factors of one window by house: of x(inside), of z by first day, of w by end day."""

    full: Floats
    starts: NDArray[np.int_]
    by_start: Floats
    ends: NDArray[np.int_]
    by_end: Floats


class Cuts:
    """Finds such rows for a program that plans at least one house."""

    def __init__(self, instance: RequisitionInstance, program: Program) -> None:
        """Gather arrivals, rooms and columns by house and day."""
        self.instance, self.program = instance, program
        self.houses = program.usable
        days, told = instance.days, [instance.houses[house] for house in self.houses]
        self.least = np.array([max(1, house.min_days) for house in told])
        self.opened = np.array([house.open_now for house in told])
        self.both = self.opened | (self.least >= max(instance.hold) - 1)
        self.free = np.array([house.rooms for house in told])[:, None] - np.array([house.occupied for house in told])
        self.serves = np.array([[program.serves[house, day] for day in range(days)] for house in self.houses])
        self.first = np.array([[program.first.get((house, day), -1) for day in range(days)] for house in self.houses])
        kinds = range(len(instance.hold))
        self.rooms = [
            np.array([[program.rooms.get((house, day, kind), -1) for day in range(days)] for house in self.houses])
            for kind in kinds
        ]
        self.special = [np.array([instance.special_rooms(house, kind) for house in self.houses]) for kind in kinds]
        self.landing = [_sums(np.append(program.highs, 0.0)[self.rooms[kind]]) for kind in kinds]

    def broken_by(self, values: Floats, most: int) -> list[Row]:
        """Give at most so many rows that a point breaks, the worst first."""
        point = np.append(values, 0.0)
        placed = [_sums(point[columns]) for columns in self.rooms]
        x, z = point[self.serves], point[self.first]
        found: list[tuple[float, int, _Window]] = []
        for window in self._windows():
            factors = self._factors(window)
            inside = sum(
                placed[kind][:, window.last + 1] - placed[kind][:, first]
                for kind, first in zip(window.kinds, window.first, strict=True)
            )
            ended = x[:, factors.ends - 1] - x[:, factors.ends] + z[:, factors.ends]
            allowed = factors.full * x[:, window.inside]
            allowed -= (factors.by_start * z[:, factors.starts]).sum(1) + (factors.by_end * ended).sum(1)
            squares = (factors.by_start**2).sum(1) + 3 * (factors.by_end**2).sum(1)
            excess = (inside - allowed) / np.sqrt(1.0 + factors.full**2 + squares)
            found += [(float(excess[n]), int(n), window) for n in np.flatnonzero(excess > BROKEN)]
        found.sort(key=lambda one: -one[0])
        return [self._row(window, house) for _, house, window in found[:most]]

    def _windows(self) -> Iterator[_Window]:
        hold, days = self.instance.hold, self.instance.days
        for kinds in _sets(len(hold)):
            for last in range(days):
                for day in range(max(0, last - max(hold[kind] for kind in kinds) + 1), last + 1):
                    first = tuple(max(day, last - hold[kind] + 1) for kind in kinds)
                    ends = (start + hold[kind] - 1 for kind, start in zip(kinds, first, strict=True))
                    yield _Window(kinds, first, last, min(days - 1, *ends))

    def _factors(self, window: _Window) -> _Factors:
        instance, last = self.instance, window.last
        special = np.sum([self.special[kind] for kind in window.kinds], axis=0)
        rooms = np.minimum(self.free[:, last], special)
        starts = np.arange(min(window.first) + 1, window.inside + 1)
        ends = np.arange(window.inside + 1, min(instance.days, last + max(instance.hold)))
        all_, missed, left = (
            np.zeros(len(rooms)),
            np.zeros((len(rooms), len(starts))),
            np.zeros((len(rooms), len(ends))),
        )
        for kind, first in zip(window.kinds, window.first, strict=True):
            landed = self.landing[kind]
            all_ += landed[:, last + 1] - landed[:, first]
            missed += landed[:, np.clip(starts, first, last + 1)] - landed[:, [first]]
            left += landed[:, [last + 1]] - landed[:, np.clip(ends - instance.hold[kind] + 1, first, last + 1)]
        full = np.minimum(rooms, all_)
        by_start = full[:, None] - np.minimum(rooms[:, None], all_[:, None] - missed)
        by_end = full[:, None] - np.minimum(rooms[:, None], all_[:, None] - left)
        by_start *= starts > window.inside - self.least[:, None]
        by_end *= self.both[:, None] & (self.opened[:, None] | (ends <= window.inside + self.least[:, None]))
        return _Factors(full, starts, by_start, ends, by_end)

    def _row(self, window: _Window, house: int) -> Row:
        factors, terms = self._factors(window), Terms()
        for kind, first in zip(window.kinds, window.first, strict=True):
            columns = self.rooms[kind][house, first : window.last + 1]
            terms |= {int(column): 1.0 for column in columns if column >= 0}
        _add(terms, self.serves[house, window.inside], -factors.full[house])
        for start, factor in zip(factors.starts, factors.by_start[house], strict=True):
            _add(terms, self.first[house, start], factor)
        for end, factor in zip(factors.ends, factors.by_end[house], strict=True):
            _add(terms, self.serves[house, end - 1], factor)
            _add(terms, self.serves[house, end], -factor)
            _add(terms, self.first[house, end], factor)
        return -ENDLESS, 0.0, terms


def slack_of(row: Row, values: Floats) -> float:
    """Give by how much a point keeps a row of this module."""
    return row[1] - sum(factor * float(values[column]) for column, factor in row[2].items())


def _sums(values: Floats) -> Floats:
    """Give sums by house over the days before each day."""
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)


def _sets(kinds: int) -> list[tuple[int, ...]]:
    sizes = range(1, kinds + 1) if kinds <= MOST_CLASSES else (1, kinds)
    return [some for size in sizes for some in combinations(range(kinds), size)]


def _add(terms: Terms, column: int, factor: float) -> None:
    if column >= 0 and factor:
        terms[int(column)] = terms.get(int(column), 0.0) + float(factor)
