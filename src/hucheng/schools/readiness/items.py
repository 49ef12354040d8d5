"""The ten items as data: what each asks for, the figure that proves it, its limits."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import get_language

TABLE = Path(__file__).parent / "data" / "ten_in_place.csv"
LAST = 10
"""The item that is accepted behind the other nine: acceptance school by school."""


@dataclass(frozen=True, slots=True)
class TenItem:
    """One of the ten. With `least` or `most` its figure is wanted; a stock that counts down loses one a day."""

    number: int
    zh: str
    en: str
    need_zh: str
    need_en: str
    figure_zh: str
    figure_en: str
    least: int | None
    most: int | None
    counts_down: bool
    ground: str

    @property
    def name(self) -> str:
        """The name in the language in force."""
        return self.zh if _chinese() else self.en

    @property
    def need(self) -> str:
        """What is asked for, in the language in force."""
        return self.need_zh if _chinese() else self.need_en

    @property
    def figure(self) -> str:
        """What the figure counts; empty when the item needs none."""
        return self.figure_zh if _chinese() else self.figure_en

    def within(self, figure: int) -> bool:
        """Whether a figure meets the item's limits."""
        return (self.least is None or figure >= self.least) and (self.most is None or figure <= self.most)

    def lapses(self, valid_until: date, figure: int | None, stated_on: date) -> date:
        """The last day on which a statement holds: its own, or the last with enough in stock if that is sooner."""
        if not self.counts_down or figure is None or self.least is None:
            return valid_until
        return stated_on + min(valid_until - stated_on, timedelta(days=figure - self.least))


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _load() -> dict[int, TenItem]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {int(row["number"]): _item(row) for row in csv.DictReader(table)}


def _item(row: dict[str, str]) -> TenItem:
    words = {name: row[name] for name in ("zh", "en", "need_zh", "need_en", "figure_zh", "figure_en", "ground")}
    limits = {name: int(row[name]) if row[name] else None for name in ("least", "most")}
    return TenItem(number=int(row["number"]), counts_down=bool(row["counts_down"]), **words, **limits)  # type: ignore[arg-type]


TEN = MappingProxyType(_load())
