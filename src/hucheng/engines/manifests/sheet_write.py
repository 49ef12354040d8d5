"""Travellers to CSV and XLSX in the template's layout, and the rows that need mending to a list of their own."""

import csv
import json
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

from hucheng.engines.manifests.columns import template
from hucheng.engines.manifests.records import Problem, Reading, Traveller
from hucheng.engines.manifests.table_row import ESCAPED

NOTES = ("行 Row", "列 Field", "问题 Problem", "处理办法 Remedy")
STARTS = ("=", "+", "-", "@", "\t", "\r")
SKIPPED = frozenset({"note", "name"})


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula; reading takes it away again."""
    return f"'{text}" if text.startswith(STARTS) or ESCAPED.match(text) else text


def fields() -> list[str]:
    """Give the fields of the template in order."""
    return [column.field for column in template() if column.field not in SKIPPED]


def headers(language: str) -> list[str]:
    """Give the template's headers, Chinese for "zh..." and English for any other language."""
    chosen = [column for column in template() if column.field not in SKIPPED]
    return [column.zh if language.startswith("zh") else column.en for column in chosen]


def cells_of(one: Traveller, flight: str = "") -> list[str]:
    """Give a traveller as the texts of a template row."""
    known: dict[str, Any] = {"flight": flight}
    if one.document:
        document = one.document
        expiry = document.expiry.isoformat() if document.expiry else ""
        known |= {"document_type": document.type, "document_number": document.number,
                  "document_issuer": document.issuer, "document_expiry": expiry}  # fmt: skip
    known["birth"] = one.birth.isoformat() if one.birth else ""
    known["bags"] = "" if one.bags is None else str(one.bags)
    known["verified"] = {True: "Y", False: "N", None: ""}[one.verified]
    return [known.get(name, "") if name in known else str(getattr(one, name, "") or "") for name in fields()]


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = StringIO(newline="")
    csv.writer(stream).writerows([guarded(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def write_csv(travellers: Iterable[Traveller], *, flight: str = "", language: str = "en") -> bytes:
    """Write the template as CSV (UTF-8 with BOM, so that Excel shows Chinese), formulas made harmless."""
    return _csv([headers(language), *(cells_of(one, flight) for one in travellers)])


def write_xlsx(travellers: Iterable[Traveller], *, flight: str = "", language: str = "en") -> bytes:
    """Write the template as XLSX; every cell is text, so that no number loses digits."""
    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, text = book.add_worksheet("名单 List"), book.add_format({"num_format": "@"})
        sheet.set_column(0, len(fields()) - 1, 16, text)
        for number, row in enumerate([headers(language), *(cells_of(one, flight) for one in travellers)]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, guarded(cell), text)
        sheet.freeze_panes(1, 0)
    return stream.getvalue()


def problems_csv(reading: Reading) -> bytes:
    """Write the rows with problems, each with line, field, problem and remedy in both languages.

    Mended, the file can be sent again as it is: the four columns of notes are passed over by the reader. A sheet
    keeps its own columns; a message or scan gets the template's.
    """
    own = reading.format in ("csv", "xlsx") and bool(reading.columns)
    columns = list(reading.columns) if own else headers("zh")
    rows = [[*NOTES, *columns]]
    for found in (one for one in reading.problems if one.person is None):
        rows.append([*_notes([found]), *[""] * len(columns)])
    for one in (one for one in reading.travellers if one.problems):
        rows.append(
            [*_notes(one.problems), *(_own_cells(one, columns) if own else _mending_cells(one, reading.flight))]
        )
    return _csv(rows)


def _notes(problems: Sequence[Problem]) -> list[str]:
    lines = dict.fromkeys(str(one.line) for one in problems if one.line)
    names = dict.fromkeys(one.field for one in problems if one.field)
    why = (f"{one.why.zh} {one.why.en}" for one in problems)
    do = (f"{one.do.zh} {one.do.en}" for one in problems)
    return [" ".join(lines), " ".join(names), " | ".join(why), " | ".join(dict.fromkeys(do))]


def _own_cells(one: Traveller, columns: Sequence[str]) -> list[str]:
    cells: list[str] = json.loads(one.raw) if one.raw.startswith("[") else []
    return cells + [""] * (len(columns) - len(cells))


def _mending_cells(one: Traveller, flight: str) -> list[str]:
    """Give the template row with the refused values in their places, so that they can be seen and mended."""
    refused = {problem.field: problem.value for problem in one.problems}
    return [cell or refused.get(name, "") for name, cell in zip(fields(), cells_of(one, flight), strict=True)]
