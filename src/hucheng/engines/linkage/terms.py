"""How common names, phones and homes are: agreeing on a rare one says more."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from hucheng.engines.linkage.records import Prepared

LEAST = 20_000
"""How common a name is cannot be seen in a short list: one of fewer rows counts as this many, in which no other row
carries the name."""


@dataclass(slots=True)
class Terms:
    """Counts over the rows that are compared; a row can be added or taken away at any time."""

    rows: int = 0
    hanzi: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    phones: Counter[str] = field(default_factory=Counter)
    homes: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Iterable[Prepared]) -> "Terms":
        """Count some rows."""
        terms = cls()
        for row in rows:
            terms.add(row)
        return terms

    def add(self, row: Prepared, times: int = 1) -> None:
        """Count one row more, or with times=-1 one less."""
        self.rows += times
        counts = {"hanzi": self.hanzi, "key": self.keys, "phone": self.phones, "home": self.homes}
        for kind, text in counted(row):
            counts[kind][text] += times

    def rarity(self, level: str, shared: str) -> float:
        """Bits of a name that two rows share: minus log2 of the share of rows that carry it."""
        return self._bits((self.hanzi if level == "hanzi" else self.keys)[shared] + 1)

    def phone_rarity(self, number: str) -> float:
        """Bits of a phone that two rows share."""
        return self._bits(max(self.phones[number], 1))

    def home_rarity(self, homes: Iterable[str]) -> float:
        """Bits of a home that two rows share: of its keys the one most rows have counts, as a hotel's or a hall's."""
        return self._bits(max(1, *(self.homes[home] for home in homes)))

    def _bits(self, count: int) -> float:
        return -math.log2(count / max(self.rows, LEAST))


def counted(row: Prepared) -> Iterator[tuple[str, str]]:
    """What of a row is counted, each with its kind: key, hanzi, phone or home."""
    for key in row.name.keys:
        yield ("key", key)
    if row.name.hanzi:
        yield ("hanzi", row.name.hanzi)
    if row.phone:
        yield ("phone", row.phone)
    for home in row.address.homes:
        yield ("home", home)
