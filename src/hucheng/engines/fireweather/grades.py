"""The five grades of forest-fire danger that officials read (grades.csv, with sources)."""

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hucheng.engines.fireweather.observations import ImpossibleObservation
from hucheng.engines.words.bilingual import Bilingual

_GRADES = Path(__file__).with_name("grades.csv")
_CLASSES = Path(__file__).with_name("classes.csv")
_NO_INDEX = Bilingual("火险指数 {value} 不是有效数值", "A fire danger index of {value} cannot be")
_DO = Bilingual(
    "请核对指数来源，应为不小于 0 的数值。", "Check where the index comes from: it is a number from 0 upward."
)


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade. number 1..5; colour a CSS-free word; index_from and fwi_from the lowest values that reach it."""

    number: int
    name: Bilingual
    colour: str
    index_from: float
    fwi_from: float

    @property
    def high(self) -> bool:
        """Whether patrols are due: grade four or five."""
        return self.number >= 4


@cache
def grades() -> tuple[Grade, ...]:
    """Give the five grades, lowest first."""
    with _GRADES.open(encoding="utf-8", newline="") as file:
        return tuple(_grade(row) for row in csv.DictReader(file))


def grade_of_fwi(fwi: float) -> Grade:
    """Give the grade that an FWI value stands for.

    The national standard has an index of its own, whose factor tables must come from the standard itself; until the
    weather bureau sends that index, the bounds on FWI are this project's choice: those of EFFIS (5.2, 11.2, 21.3, 38),
    with very high and extreme in one grade. A city with its own study replaces the column fwi_from.
    Raises ImpossibleObservation for a negative or missing value.
    """
    return _reached("fwi", fwi, [grade.fwi_from for grade in grades()])


def grade_of_index(index: float) -> Grade:
    """Give the grade of a national index (LY/T 1172-95: to 25, 26-50, 51-72, 73-90, 91 and more).

    A value between two bounds belongs to the lower grade until it reaches the next whole bound.
    Raises ImpossibleObservation for a negative or missing value.
    """
    return _reached("index", index, [grade.index_from for grade in grades()])


def _reached(field: str, value: float, bounds: list[float]) -> Grade:
    if not math.isfinite(value) or value < 0:
        raise ImpossibleObservation(field, value, _NO_INDEX.filled(value=value), _DO)
    return grades()[sum(value >= bound for bound in bounds) - 1]


def _grade(row: dict[str, str]) -> Grade:
    name = Bilingual(row["name_zh"], row["name_en"])
    return Grade(int(row["grade"]), name, row["colour"], float(row["index_from"]), float(row["fwi_from"]))


@dataclass(frozen=True, slots=True)
class DangerClass:
    """One danger class of FWI, as Europe's fire service draws it (classes.csv, with source)."""

    key: str
    name: Bilingual
    fwi_from: float


@cache
def danger_classes() -> tuple[DangerClass, ...]:
    """Give the danger classes, lowest first."""
    with _CLASSES.open(encoding="utf-8", newline="") as file:
        return tuple(
            DangerClass(row["key"], Bilingual(row["name_zh"], row["name_en"]), float(row["fwi_from"]))
            for row in csv.DictReader(file)
        )


def class_of_fwi(fwi: float) -> DangerClass:
    """Give the danger class of an FWI value. Raises ImpossibleObservation for a negative or missing value."""
    if not math.isfinite(fwi) or fwi < 0:
        raise ImpossibleObservation("fwi", fwi, _NO_INDEX.filled(value=fwi), _DO)
    return danger_classes()[sum(fwi >= one.fwi_from for one in danger_classes()) - 1]
