"""The catalogue of measures and the functions that read them."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import get_language

from hucheng.core.scope.actor import Actor
from hucheng.core.scope.pages import may_open

UNITS_ZH = {
    "persons": "人",
    "rows": "行",
    "rooms": "间",
    "families": "家",
    "trips": "趟",
    "results": "份",
    "needs": "件",
    "cases": "次",
    "shifts": "班",
    "days": "天",
    "min": "分钟",
    "h": "小时",
    "directives": "项",
    "disputes": "件",
    "blockers": "个",
    "alerts": "条",
    "households": "户",
    "points": "点",
    "requests": "次",
    "ratio": "",
    "per 1000": "‰",
    "% yoy": "% 同比",
}
CATALOGUE = Path(__file__).parent / "data" / "catalogue.csv"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure says now.

    value is None when it cannot be read (a measure without a denominator, a source that is missing): blind, never met.
    rows_url leads to the rows behind the number.
    """

    value: float | None
    as_of: datetime
    numerator: float | None = None
    denominator: float | None = None
    rows_url: str = ""

    @classmethod
    def share(cls, numerator: int, denominator: int, *, as_of: datetime, rows_url: str = "") -> "Reading":
        """A share in per cent; without a denominator there is nothing to judge and the measure is blind."""
        value = 100.0 * numerator / denominator if denominator else None
        return cls(value, as_of, numerator, denominator, rows_url)

    @classmethod
    def count(cls, number: float, *, as_of: datetime, rows_url: str = "") -> "Reading":
        """A plain number."""
        return cls(float(number), as_of, number, None, rows_url)


Reader = Callable[[Actor, datetime], Reading]


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the catalogue: what is counted, in which unit, which way is better, and the city's target."""

    id: str
    name_zh: str
    name_en: str
    sentence_zh: str
    sentence_en: str
    unit: str
    better: str
    target: float | None
    target_ground: str
    front: str
    freshness: str

    @property
    def name(self) -> str:
        """The name in the language in force."""
        return self.name_zh if _chinese() else self.name_en

    @property
    def sentence(self) -> str:
        """What the measure says, in one sentence in the language in force."""
        return self.sentence_zh if _chinese() else self.sentence_en

    @property
    def unit_name(self) -> str:
        """The unit in the language in force."""
        return UNITS_ZH.get(self.unit, self.unit) if _chinese() else self.unit

    @property
    def wing(self) -> str:
        """The wing that answers for it."""
        return self.id.split(".")[0]

    def meets(self, value: float, target: float | None) -> bool:
        """Whether a value is good enough; without a target, or for a figure of context, always."""
        if target is None or self.better == "none":
            return True
        return value >= target if self.better == "higher" else value <= target


def measure(measure_id: str) -> Callable[[Reader], Reader]:
    """Register the function that reads a measure of the catalogue.

    Raises KeyError for an id that the catalogue does not name, ValueError for a second reader.
    """

    def register(reader: Reader) -> Reader:
        if measure_id not in MEASURES:
            raise KeyError(f"{measure_id} is not in the catalogue of measures")
        if measure_id in _readers:
            raise ValueError(f"{measure_id} has a reader already")
        _readers[measure_id] = reader
        return reader

    return register


def read(measure_id: str, actor: Actor, at: datetime) -> Reading | None:
    """Read a measure as `actor` sees it at `at`; None while no room answers for it.

    The way to the rows is left out for those who may not open them.
    """
    reader = _readers.get(measure_id)
    if reader is None:
        return None
    reading = reader(actor, at)
    if reading.rows_url and not may_open(actor, reading.rows_url):
        return replace(reading, rows_url="")
    return reading


def readable() -> frozenset[str]:
    """The ids that some room answers for."""
    return frozenset(_readers)


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _load() -> dict[str, Measure]:
    with CATALOGUE.open(encoding="utf-8", newline="") as table:
        return {row["id"]: _measure_of(row) for row in csv.DictReader(table)}


def _measure_of(row: dict[str, str]) -> Measure:
    target = row["target"]
    return Measure(
        id=row["id"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        sentence_zh=row["sentence_zh"],
        sentence_en=row["sentence_en"],
        unit=row["unit"],
        better=row["better"],
        target=None if target in ("", "-") else float(target),
        target_ground=row["target_ground"],
        front=row["core"],
        freshness=row["freshness"],
    )


_readers: dict[str, Reader] = {}
MEASURES = MappingProxyType(_load())
