"""The sentences in both languages: numbers as people read them, intervals with their cause, no false precision."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from hucheng.engines.words.bilingual import Bilingual

SMALLEST = 1e-4


@dataclass(frozen=True, slots=True)
class Change:
    """The answer if one assumption were another: first order, everything else as it is."""

    assumption: str
    words: Bilingual
    value: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; low and high are the 95 % interval, None where the sources give none.

    sensitivity  what each assumption alone would change, the largest first
    """

    question: str
    value: float
    low: float | None
    high: float | None
    sentence: Bilingual
    assumptions: dict[str, str]
    details: dict[str, object]
    sensitivity: tuple[Change, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Give it for JSON."""
        return asdict(self)


def said(key: str, **values: object) -> Bilingual:
    """Give a sentence with its places filled; a bilingual value speaks the language around it."""
    return _texts()[key].filled(**values)


def percent(value: float) -> Bilingual:
    """Give a probability to two figures; below 0.01 % only that it is below what the model can tell."""
    if value < SMALLEST:
        return Bilingual("低于 0.01%", "below 0.01%")
    if value > 1 - SMALLEST:
        return Bilingual("高于 99.99%", "above 99.99%")
    digits = ".2g" if value < 0.1 else ".0f" if value <= 0.99 else ".4g"
    shown = f"{100 * value:{digits}}%"
    return Bilingual(shown, shown)


def count(value: float) -> Bilingual:
    """Give an expected number of people to two figures; below 0.01 only that."""
    if value < 0.01:
        return Bilingual("不足 0.01", "fewer than 0.01")
    shown = f"{value:.2g}" if value < 100 else f"{value:.0f}"
    return Bilingual(shown, shown)


def interval(low: Bilingual | str | None, high: Bilingual | str | None, cause: Bilingual) -> Bilingual:
    """Give an interval with its cause, or that the sources give none."""
    if low is None or high is None:
        return said("no_interval")
    return said("interval", low=low, high=high, cause=cause)


def days_of_tests(days: Sequence[int]) -> Bilingual:
    """Give the days of tests in words."""
    if not days:
        return said("no_test")
    listed = [str(day) for day in sorted(days)]
    return said("tests_on", days_zh="、".join(listed), days_en=", ".join(listed))


def ranked(base: float, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give the changes that move the answer most first."""
    return tuple(sorted(changes, key=lambda one: -abs(one.value - base)))


def change(assumption: str, value: float, to: object = "") -> Change:
    """Name one change and the answer it gives."""
    return Change(assumption, said(f"change_{assumption}", to=to), value)


@cache
def _texts() -> dict[str, Bilingual]:
    with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: Bilingual(row["zh"], row["en"]) for row in csv.DictReader(file)}
