"""The dictionary of purposes: each field has a class, each class a purpose, a ground and a time of deletion."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from hucheng.engines.words.bilingual import Bilingual

DATA = Path(__file__).parent / "data"
NONE = "none"
"""The class of fields that say nothing about a person."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """One class of data. keep_days counts from the day that `since` names; None for what is about no person."""

    code: str
    name: Bilingual
    purpose: Bilingual
    ground: Bilingual
    keep_days: int | None
    since: Bilingual


@lru_cache
def purposes() -> dict[str, Purpose]:
    """Class -> its purpose, in the order of the table."""
    return {row["class"]: _purpose(row) for row in _rows("classes.csv")}


@lru_cache
def purpose_of_fields() -> dict[str, str]:
    """Field, as `wing.Model.field`, -> its class."""
    return {row["field"]: row["class"] for row in _rows("fields.csv")}


def fields_by_class() -> dict[str, list[str]]:
    """Class -> the fields that it holds; only those about people."""
    found: dict[str, list[str]] = defaultdict(list)
    for field, code in purpose_of_fields().items():
        if code != NONE:
            found[code].append(field)
    return dict(found)


def _purpose(row: dict[str, str]) -> Purpose:
    def said(name: str) -> Bilingual:
        return Bilingual(row[f"{name}_zh"], row[f"{name}_en"])

    days = int(row["keep_days"]) if row["keep_days"] else None
    return Purpose(row["class"], said("name"), said("purpose"), said("ground"), days, said("from"))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
