"""Rows of cells, from CSV or XLSX, to a reading."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hucheng.engines.manifests.catalogue import problem, unreadable
from hucheng.engines.manifests.checks import list_problems, with_problems
from hucheng.engines.manifests.columns import NAMES, field_of, guess_mapping, header_row
from hucheng.engines.manifests.records import Leg, Problem, Reading, Traveller
from hucheng.engines.manifests.table_row import Row

ROW_LIMITS = frozenset({65_536, 1_048_576})  # xls and old CSV exports; xlsx
MAX_ROWS = 50_000
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its number in the file, the text of its cells, and what the format gave away.

    lost     indexes of cells that were numbers of 15 digits or more
    numeric  indexes of cells that were other numbers
    raw      the source of the row where the cells are not all of it
    """

    number: int
    cells: tuple[str, ...]
    lost: frozenset[int] = frozenset()
    numeric: frozenset[int] = frozenset()
    problems: tuple[str, ...] = field(default=())
    raw: str = ""

    @property
    def counts(self) -> bool:
        """Something stands in the row, or something is wrong with it."""
        return any(self.cells) or bool(self.problems)

    def says(self, notes: Collection[int]) -> bool:
        """Something stands outside the columns of notes, or something is wrong with the row."""
        return bool(self.problems) or any(cell for place, cell in enumerate(self.cells) if place not in notes)


def check_rows(count: int) -> None:
    """Refuse a table at exactly the limit of its format, or beyond what any flight holds."""
    if count in ROW_LIMITS:
        raise unreadable("ROW_LIMIT", rows=count)
    if count > MAX_ROWS:
        raise unreadable("TOO_MANY_ROWS", limit=MAX_ROWS)


def read_table(
    lines: Sequence[Line], *, format: str, today: date, mapping: Mapping[str, str] | None, meta: Mapping[str, str],
    headed: bool = False, memory: Mapping[str, str] | None = None,
) -> Reading:  # fmt: skip
    """Read the rows of one sheet.

    mapping, memory  as `read_manifest` takes them
    headed  the first row is the header for certain
    Raises ManifestUnreadable when there are no rows. Without a header that is understood the reading has no
    travellers, its columns, and a fatal problem that asks for a mapping.
    """
    lines = [line for line in lines if line.counts]
    if not lines:
        raise unreadable("NO_ROWS")
    wanted = mapping or {}
    top = 0 if headed else header_row([line.cells for line in lines], wanted, memory)
    header = lines[top or 0]
    columns = header.cells
    used, problems = merged_mapping(columns, wanted, memory)
    rows = lines[(top or 0) + 1 :]
    base: dict[str, Any] = {
        "format": format,
        "columns": columns,
        "mapping": used,
        "meta": meta,
        "legs": (),
        "control_total": None,
        "cells": tuple(row.cells for row in rows[:SHOWN]),
    }
    if top is None or not NAMES & used.keys():
        problems.append(problem("UNKNOWN_COLUMNS", line=header.number, value=" | ".join(columns)))
        return Reading(**base, flight="", list_kind="", travellers=(), problems=tuple(problems), rows=len(rows))
    notes = {place for place, name in enumerate(columns) if field_of(name) == "note"}
    rows = [row for row in rows if row.says(notes)]
    if not rows:
        raise unreadable("NO_ROWS")
    persons, flights, met = read_rows(rows, columns, used, today)
    problems += met + list_problems(persons, today)
    if len(flights) > 1:
        problems.append(problem("MANY_FLIGHTS", field="flight", value=", ".join(flights)))
    kinds = {"crew" if one.kind == "crew" else "passenger" for one in persons}
    base |= {"legs": (Leg(flights[0]),) if flights else (), "flight": flights[0] if flights else ""}
    base["list_kind"] = "mixed" if len(kinds) > 1 else kinds.pop()
    travellers = with_problems(persons, problems)
    return Reading(**base, travellers=travellers, problems=tuple(problems), rows=len(rows))


def merged_mapping(
    columns: Sequence[str], wanted: Mapping[str, str], memory: Mapping[str, str] | None = None
) -> tuple[dict[str, str], list[Problem]]:
    """Give the guess with a person's wishes laid over it; an empty wish switches a field off."""
    used, problems = guess_mapping(columns, memory), []
    for name, column in wanted.items():
        if not column:
            used.pop(name, None)
        elif column in columns:
            used = {other: taken for other, taken in used.items() if taken != column} | {name: column}
        else:
            problems.append(problem("MAPPED_COLUMN_MISSING", field=name, value=column))
    return used, problems


def read_rows(
    rows: Iterable[Line], columns: Sequence[str], mapping: Mapping[str, str], today: date
) -> tuple[list[Traveller], list[str], list[Problem]]:
    """Read every row; gives travellers, flight numbers in order of appearance, problems."""
    places = {name: columns.index(column) for name, column in mapping.items()}
    travellers: list[Traveller] = []
    problems: list[Problem] = []
    flights: dict[str, None] = {}
    for number, line in enumerate(rows, start=1):
        row = row_of(line, number, places, len(columns), today)
        travellers.append(row.traveller(line.raw or json.dumps(line.cells, ensure_ascii=False)))
        problems += row.problems
        if flight := row.flight:
            flights.setdefault(flight)
    return travellers, list(flights), problems


def row_of(line: Line, number: int, places: Mapping[str, int], width: int, today: date) -> Row:
    """Give one row ready to be read, what its form gives away marked on it."""
    row = Row(line.number, number, line.cells, places, today)
    for code in line.problems:
        row.mark(code, "", "")
    row.check_width(width)
    row.check_numbers(line.lost, line.numeric)
    return row
