"""XLSX bytes to a reading: text kept as text, long numbers refused, dates from serials."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from hucheng.engines.manifests.catalogue import problem, unreadable
from hucheng.engines.manifests.columns import header_row
from hucheng.engines.manifests.records import Reading
from hucheng.engines.manifests.table import Line, check_rows, read_table

LOST_FROM = 10**14  # fifteen digits: what a spreadsheet keeps of a number
MOST_COLUMNS = 256
LAST_ROW = 1_048_576  # of the format
ROW_MARK = re.compile(rb"<(?:\w+:)?row[ >/]")
BROKEN = (BadZipFile, ZlibError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError,
          SyntaxError, NotImplementedError, AssertionError)  # what openpyxl lets through of a damaged file  # fmt: skip


def read_xlsx(
    data: bytes, *, today: date, mapping: Mapping[str, str] | None = None, memory: Mapping[str, str] | None = None
) -> Reading:
    """Read a passenger list from a workbook: the first sheet whose header is understood.

    Raises ManifestUnreadable when the workbook is damaged, empty, or at the row limit of its format.
    """
    try:
        check_rows(most_rows(data))
        sheets = sheets_of(data)
    except BROKEN as broken:
        if type(broken).__name__ == "ManifestUnreadable":
            raise
        raise unreadable("BROKEN_ARCHIVE") from broken
    lists = [
        name
        for name, lines in sheets.items()
        if header_row([line.cells for line in lines], mapping or {}, memory) is not None
    ]
    filled = lists or [name for name, lines in sheets.items() if lines]
    if not filled:
        raise unreadable("NO_ROWS")
    meta = {"sheet": filled[0]}
    reading = read_table(sheets[filled[0]], format="xlsx", today=today, mapping=mapping, meta=meta, memory=memory)
    return with_other_sheets(reading, lists[1:])


def with_other_sheets(reading: Reading, names: list[str]) -> Reading:
    """Say that further sheets with lists were left aside."""
    from dataclasses import replace

    if not names:
        return reading
    return replace(reading, problems=(*reading.problems, problem("OTHER_SHEETS", value=", ".join(names))))


def most_rows(data: bytes) -> int:
    """Count the rows of the longest sheet, without building them."""
    most = 0
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as stream:
                    most = max(most, _rows_in(stream))
    return most


def _rows_in(stream: Any) -> int:
    count, tail = 0, b""
    while chunk := stream.read(1 << 20):
        text = tail + chunk
        last = text.rfind(b"<")
        count += len(ROW_MARK.findall(text[:last] if last >= 0 else text))
        tail = text[last:] if last >= 0 else b""
    return count + len(ROW_MARK.findall(tail))


def sheets_of(data: bytes) -> dict[str, list[Line]]:
    """Give the rows of every sheet by its name."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True)
    try:
        return {sheet.title: list(_lines(sheet, book.epoch)) for sheet in book.worksheets}
    finally:
        book.close()


def _lines(sheet: Any, epoch: datetime) -> Iterator[Line]:
    width = 0
    sheet.reset_dimensions()  # what a sheet says of its size is often wrong, sometimes on purpose
    for number, wide in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        if number > LAST_ROW:
            raise unreadable("BROKEN_ARCHIVE")
        if wide.count(None) == len(wide) or not any(value not in (None, "") for value in wide):
            continue
        row = wide[: max(place for place, value in enumerate(wide, start=1) if value is not None)]
        cells = tuple(cell_text(value) for value in row)
        width = width or len(cells)
        numbers = {i: value for i, value in enumerate(row) if _is_number(value)}
        lost = frozenset(i for i, value in numbers.items() if abs(value) >= LOST_FROM)
        yield Line(number, cells + ("",) * (width - len(cells)), lost, frozenset(numbers) - lost)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def cell_text(value: object) -> str:
    """Give the text of a cell: whole numbers without a point, days as 1985-04-30."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return str(value).strip(" \u3000\xa0\r\n")
