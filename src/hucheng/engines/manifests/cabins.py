"""The cabin of an aircraft as data: which rows there are in which order, their letters, and the zones crew serve.

The numbers on the seats are no measure of distance: many cabins have no row 13 and jump from the business class to row
31, so that 15 and 31 are neighbours. The three cabins beside the code are patterns; an airline's own plan is read from
a CSV file of the same columns.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from hucheng.engines.words.bilingual import Bilingual

SEAT = re.compile(r"\s*0*([1-9]\d?)\s*-?\s*([A-Z])?\s*", re.IGNORECASE | re.ASCII)
ROWS = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")


def seat_row(seat: str) -> int | None:
    """The row number, 1 to 99, of a seat such as "34F" or "034-F".

    None when it cannot be read: also for row 0 or above 99, which no cabin has and lists use as a filler.
    """
    found = SEAT.fullmatch(seat or "")
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of seats: its number, its zone, the letters from left to right with spaces for the aisles."""

    number: int
    zone: str
    letters: str


@dataclass(frozen=True, slots=True)
class Cabin:
    """Rows from nose to tail."""

    name: str
    title: Bilingual
    rows: tuple[Row, ...]
    places: dict[int, int] = field(compare=False, repr=False, default_factory=dict)

    def place(self, seat: str) -> int | None:
        """Give how many rows stand before that of a seat.

        A row without a letter is enough. None when the seat cannot be read or this cabin has no such row or letter:
        nothing then proves distance.
        """
        row = seat_row(seat)
        if row is None or (place := self.places.get(row)) is None:
            return None
        letter = "".join(sign for sign in seat if sign.isalpha()).upper()
        return place if letter in self.rows[place].letters.replace(" ", "") else None

    def zones_near(self, place: int, reach: int) -> frozenset[str]:
        """Give the zones of every row within reach of a row."""
        return frozenset(row.zone for row in self.rows[max(place - reach, 0) : place + reach + 1])

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones from nose to tail."""
        return tuple(dict.fromkeys(row.zone for row in self.rows))

    @property
    def seats(self) -> tuple[str, ...]:
        """Every seat from nose to tail."""
        return tuple(f"{row.number}{letter}" for row in self.rows for letter in row.letters.replace(" ", ""))


def cabins_of(text: str) -> dict[str, Cabin]:
    """Read cabins from CSV: one line a block of rows, with cabin, zone, rows (31-45), letters (AC DEFG JL), en, zh.

    Raises ValueError, naming the line, for rows that are no range, that come twice in one cabin, or have no letters.
    """
    read = list(csv.DictReader(text.splitlines()))
    names = list(dict.fromkeys(line["cabin"] for line in read))
    numbered = list(enumerate(read, start=2))
    return {name: _cabin(name, [pair for pair in numbered if pair[1]["cabin"] == name]) for name in names}


def _cabin(name: str, lines: list[tuple[int, dict[str, str]]]) -> Cabin:
    rows: list[Row] = []
    places: dict[int, int] = {}
    for number, line in lines:
        letters = " ".join((line["letters"] or "").upper().split())
        if not re.fullmatch(r"[A-Z]+(?: [A-Z]+)*", letters):
            raise ValueError(f"line {number}: letters must be A to Z with spaces for aisles, got {line['letters']!r}")
        for row in _range(line["rows"] or "", number):
            if row in places:
                raise ValueError(f"line {number}: cabin {name} has row {row} already")
            places[row] = len(rows)
            rows.append(Row(row, line["zone"], letters))
    first = lines[0][1]
    return Cabin(name, Bilingual(first.get("zh") or name, first.get("en") or name), tuple(rows), places)


def _range(text: str, line: int) -> Iterable[int]:
    found = ROWS.fullmatch(text.strip())
    if not found or int(found[1]) < 1 or int(found[2] or found[1]) < int(found[1]):
        raise ValueError(f"line {line}: rows must be a range such as 31-45, got {text!r}")
    return range(int(found[1]), int(found[2] or found[1]) + 1)


@cache
def cabins() -> dict[str, Cabin]:
    """The cabins that lie beside the code, by name."""
    return cabins_of(files(__package__).joinpath("cabins.csv").read_text(encoding="utf-8"))


def open_cabin() -> Cabin:
    """The cabin to use while the aircraft is not known: rows follow their numbers, every letter exists."""
    return cabins()["open"]
