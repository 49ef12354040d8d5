"""Weights of many pairs at once: what several pairs have in common is compared once."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.linkage.families import Families
from hucheng.engines.linkage.levels import FIELDS, Levels, follows, homes_of, named
from hucheng.engines.linkage.model import Model, rare_home, rare_name, rare_phone
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
        self._rows, self._terms, self._model = rows, terms, model
        self._weighers = (Weigher(model), Weigher(model.without_families()))
        self._names = _codes((row.row.name, row.row.surname, row.row.given) for row in rows)
        self._fields = {name: _codes(map(field.part, rows)) for name, field in FIELDS.items()}

    def weights(self, low: Places, high: Places, families: Families) -> tuple[Bits, Bits]:
        """The weights in bits of pairs of places, and what they are if the lists hold no families; all of shape (n,).

        families   counts the homes and phones that the pairs share

        Which of both holds is known when all pairs have been seen; they are compared once for both.
        """
        rare, levels = self._compared(low, high)
        told, which = _combined(levels)
        relatives = np.array(["relatives" in one.joint for one in told], np.bool_)[which]
        self._look(levels, relatives, low, high, families)
        usual, lone = (np.array([_plain(weigher, one) for one in told], np.float64) for weigher in self._weighers)
        return rare + usual[which], rare + lone[which]

    def _compared(self, low: Places, high: Places) -> tuple[Bits, dict[str, "_Told"]]:
        """What the rarity of what is shared weighs, and the levels and signs, by pair."""
        pairs, which = self._distinct(self._names, low, high)
        names = [named(a.name, b.name) for a, b in pairs]
        rare = self._bits_of(rare_name(one.level, one.shared, self._terms) for one in names)[which]
        told = {"name": _Told([one.level for one in names], which)}
        told["other_given"] = _Told([one.other_given for one in names], which)
        for name, field in FIELDS.items():
            pairs, which = self._distinct(self._fields[name], low, high)
            levels = [field.level(a, b) for a, b in pairs]
            told[name] = _Told(levels, which)
            both = list(zip(levels, pairs, strict=True))
            if name == "document":
                told["in_a_row"] = _Told([follows(level, a, b) for level, (a, b) in both], which)
            elif name == "phone":
                rare += self._bits_of(rare_phone(level, a.phone, self._terms) for level, (a, _b) in both)[which]
            elif name == "address":
                rare += self._bits_of(rare_home(homes_of(level, a, b), self._terms) for level, (a, b) in both)[which]
        return rare, told

    def _look(
        self, levels: Mapping[str, "_Told"], relatives: NDArray[np.bool_], low: Places, high: Places, families: Families
    ) -> None:
        """Count the pairs that share a home or a phone and tell two birthdays."""
        phone, home = levels["phone"].are("exact"), levels["address"].are("home")
        at = np.flatnonzero((phone | home) & ~levels["birth"].are("null"))
        columns = (column[at].tolist() for column in (low, high, phone, relatives))
        for one, other, by_phone, of_two in zip(*columns, strict=True):
            a, b = self._rows[one], self._rows[other]
            families.look_at(a.phone if by_phone else min(homes_of("home", a, b)), of_two=of_two)

    def _distinct(self, codes: Places, low: Places, high: Places) -> tuple[list[tuple[Prepared, Prepared]], Places]:
        """A pair of rows for each two codes, in either order; and for each pair which of those it is like."""
        one, other = codes[low], codes[high]
        size = int(codes.max(initial=0)) + 1
        first, which = _first_of(np.minimum(one, other) * size + np.maximum(one, other), size * size)
        places = zip(low[first].tolist(), high[first].tolist(), strict=True)
        return [(self._rows[a], self._rows[b]) for a, b in places], which

    def _bits_of(self, rare: Iterable[Mapping[str, float]]) -> Bits:
        return np.array([self._model.bits_of(terms) for terms in rare], np.float64)


@dataclass(frozen=True, slots=True)
class _Told:
    """One field or sign of many pairs: what it is for each distinct pair, and for each pair which of those it has."""

    found: Sequence[Any]
    which: Places

    def are(self, wanted: object) -> NDArray[np.bool_]:
        """By pair, whether it is this."""
        return np.array([one == wanted for one in self.found], np.bool_)[self.which]

    def codes(self) -> tuple[Places, int]:
        """A number for what each pair has, and how many of them there are."""
        numbers = {level: number for number, level in enumerate(dict.fromkeys(self.found))}
        return np.array([numbers[level] for level in self.found], np.int64)[self.which], len(numbers)

    def at(self, places: Places) -> list[Any]:
        """What it is for some of the pairs."""
        return [self.found[number] for number in self.which[places].tolist()]


def _combined(told: Mapping[str, _Told]) -> tuple[list[Levels], Places]:
    """Each combination of levels and signs once, and for each pair which of those it has."""
    combined, below = np.zeros(len(told["name"].which), np.int64), 1
    for field in told.values():
        codes, count = field.codes()
        combined, below = combined * count + codes, below * count
    first, which = _first_of(combined, below)
    fields = zip(*(told[name].at(first) for name in COLUMNS), strict=True)
    signs = zip(told["other_given"].at(first), told["in_a_row"].at(first), strict=True)
    both = zip(fields, signs, strict=True)
    return [Levels(dict(zip(COLUMNS, levels, strict=True)), *sign) for levels, sign in both], which


def _plain(weigher: Weigher, levels: Levels) -> float:
    return weigher.plain(tuple(levels.fields.values()), levels.other_given, levels.in_a_row)


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
