"""Weights of many pairs at once: what several pairs have in common is compared once."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.linkage.levels import FIELDS
from hucheng.engines.linkage.model import Model, rare_name, rare_phone
from hucheng.engines.linkage.name_levels import name_level
from hucheng.engines.linkage.records import Prepared
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.weigher import COLUMNS, Weigher

Places = NDArray[np.int64]
Bits = NDArray[np.float64]
ROOMY = 8
"""Equal codes are found by a table where it has no more than so many places a pair, else by sorting."""


class Batch:
    """Some rows, and the weight of any of their pairs: to 1e-9 that of `Model.weight`, which weighs one pair.

    Rows that say the same in a field have one code there. Each two codes are compared once, by the function that
    compares two rows live; each combination of levels is weighed once, by the same model; the rarity of shared names
    and phones comes on top.
    """

    def __init__(self, rows: Sequence[Prepared], model: Model, terms: Terms) -> None:
        self._rows, self._terms, self._weigher = rows, terms, Weigher(model)
        self._names = _codes((row.row.name, row.row.surname, row.row.given) for row in rows)
        self._fields = {name: _codes(map(field.part, rows)) for name, field in FIELDS.items()}

    def weights(self, low: Places, high: Places) -> Bits:
        """The weights in bits of pairs of places; both of shape (n,), as is the answer."""
        pairs, name_of = self._distinct(self._names, low, high)
        names = [name_level(a.name, b.name) for a, b in pairs]
        rare = self._bits_of(rare_name(one.level, one.shared, self._terms) for one in names)[name_of]
        levels = {"name": _Levels([one.level for one in names], name_of)}
        for name, field in FIELDS.items():
            pairs, which = self._distinct(self._fields[name], low, high)
            levels[name] = _Levels([field.level(a, b) for a, b in pairs], which)
            if name == "phone":
                told = zip(levels[name].found, pairs, strict=True)
                rare += self._bits_of(rare_phone(level, a.phone, self._terms) for level, (a, _b) in told)[which]
        return rare + self._plain(levels)

    def _distinct(self, codes: Places, low: Places, high: Places) -> tuple[list[tuple[Prepared, Prepared]], Places]:
        """A pair of rows for each two codes, in either order; and for each pair which of those it is like."""
        one, other = codes[low], codes[high]
        size = int(codes.max(initial=0)) + 1
        first, which = _first_of(np.minimum(one, other) * size + np.maximum(one, other), size * size)
        places = zip(low[first].tolist(), high[first].tolist(), strict=True)
        return [(self._rows[a], self._rows[b]) for a, b in places], which

    def _bits_of(self, rare: Iterable[Mapping[str, float]]) -> Bits:
        return np.array([self._weigher.model.bits_of(terms) for terms in rare], np.float64)

    def _plain(self, levels: Mapping[str, "_Levels"]) -> Bits:
        """What levels weigh without rarity, by pair."""
        combined, below = np.zeros(len(levels["name"].which), np.int64), 1
        for field in levels.values():
            codes, count = field.codes()
            combined, below = combined * count + codes, below * count
        first, which = _first_of(combined, below)
        told = zip(*(levels[name].at(first) for name in COLUMNS), strict=True)
        return np.array([self._weigher.plain(one) for one in told], np.float64)[which]


@dataclass(frozen=True, slots=True)
class _Levels:
    """One field of many pairs: the level of each distinct pair, and for each pair which of those it has."""

    found: list[str]
    which: Places

    def codes(self) -> tuple[Places, int]:
        """A number for the level of each pair, and how many levels there are."""
        numbers = {level: number for number, level in enumerate(dict.fromkeys(self.found))}
        return np.array([numbers[level] for level in self.found], np.int64)[self.which], len(numbers)

    def at(self, places: Places) -> list[str]:
        """The levels of some of the pairs."""
        return [self.found[number] for number in self.which[places].tolist()]


def _codes(said: Iterable[Hashable]) -> Places:
    """A number for each row, the same where the same is said."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(one, len(numbers)) for one in said], np.int64)


def _first_of(values: Places, below: int) -> tuple[Places, Places]:
    """Where each value first stands, and for each place which value; values are from 0 to `below`, not included."""
    if below > ROOMY * len(values):
        _values, first, which = np.unique(values, return_index=True, return_inverse=True)
        return first, which
    table = np.full(below, -1, np.int64)
    table[values[::-1]] = np.arange(len(values) - 1, -1, -1)
    first = table[table >= 0]
    table[values[first]] = np.arange(len(first))
    return first, table[values]
