"""Values as files carry them: CSV or XLSX in, XLSX out, and the list of what could not be read."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal, spoken
from hucheng.economy.indicators.periods import day_of, number_of
from hucheng.economy.indicators.vintages import ValueIn
from hucheng.engines.manifests import ManifestUnreadable
from hucheng.engines.manifests.delimited import lines_of, separator_of
from hucheng.engines.manifests.sniff import format_of, text_of
from hucheng.engines.manifests.table import Line, check_rows
from hucheng.engines.manifests.workbook import BROKEN, most_rows, sheets_of
from hucheng.engines.papers.sheets import plain_text

COLUMNS = ("code", "period", "value", "published_on", "reason", "source")
HEADS = {
    "code": {"code", "indicator", "series", "指标", "代码", "指标代码"},
    "period": {"period", "时期", "期别", "报告期"},
    "value": {"value", "数值", "值", "指标值"},
    "published_on": {"published_on", "published", "published on", "发布日期", "公布日期"},
    "reason": {"reason", "原因", "修订原因"},
    "source": {"source", "来源", "数据来源"},
}
NEEDED = ("code", "period", "value", "published_on")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a file: its line, its cells by column, and the value it gives or the problem that prevents it."""

    line: int
    cells: dict[str, str]
    value: ValueIn | None
    problem: str = ""
    field: str = ""


def read_values(data: bytes) -> list[SheetRow]:
    """Read the values of a file.

    Refuses a file that is empty, no table, damaged or too large, and one without the columns it needs.
    """
    lines = [line for line in _lines(data) if any(line.cells)]
    if not lines:
        raise _unreadable("values_no_rows")
    places = _columns(lines[0])
    if not set(NEEDED) <= places.keys():
        raise Refusal(
            "values_no_columns",
            why=_("The first row does not name the columns of values."),
            do=_("Name them code, period, value, published_on; reason and source may follow."),
        )
    if len(lines) == 1:
        raise _unreadable("values_no_rows")
    return [_row(line, places) for line in lines[1:]]


def _unreadable(code: str) -> Refusal:
    return Refusal(
        code,
        why=_("The file holds no table of values."),
        do=_("Send a CSV file or an XLSX workbook with one value a row."),
    )


def _lines(data: bytes) -> list[Line]:
    try:
        if format_of(data) == "xlsx":
            return _sheet(data)
        text, _encoding = text_of(data)
        lines = lines_of(text, separator_of(text))
        check_rows(len(lines))
    except ManifestUnreadable as no:
        if no.problem.code in ("EMPTY", "WRONG_TYPE", "NO_ROWS", "TOO_MANY_ROWS"):
            raise _unreadable(f"values_{no.problem.code.lower()}") from no
        raise Refusal(f"values_{no.problem.code.lower()}", why=spoken(no.problem.why), do=spoken(no.problem.do)) from no
    return lines


def _sheet(data: bytes) -> list[Line]:
    try:
        check_rows(most_rows(data))
        sheets = sheets_of(data)
    except ManifestUnreadable:
        raise
    except BROKEN as broken:
        raise _unreadable("values_broken_archive") from broken
    named = [lines for lines in sheets.values() if lines and set(NEEDED) <= _columns(lines[0]).keys()]
    filled = [lines for lines in sheets.values() if lines]
    return (named or filled or [[]])[0]


def _columns(head: Line) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, name in enumerate(head.cells):
        for column, names in HEADS.items():
            if name.strip().lower() in names:
                found.setdefault(column, place)
    return found


def _row(line: Line, places: Mapping[str, int]) -> SheetRow:
    cells = {
        name: line.cells[place].removeprefix("'") if place < len(line.cells) else "" for name, place in places.items()
    }
    number, day = number_of(cells["value"]), day_of(cells["published_on"])
    if line.problems:
        return SheetRow(line.number, cells, None, "cut_off")
    if number is None or places["value"] in line.lost:
        return SheetRow(line.number, cells, None, "not_a_number", "value")
    if day is None:
        return SheetRow(line.number, cells, None, "no_such_day", "published_on")
    reason, source = cells.get("reason", ""), cells.get("source", "")
    return SheetRow(line.number, cells, ValueIn(cells["code"], cells["period"], number, day, reason, source))


def write_values(rows: Iterable[Sequence[object]], heads: Sequence[str], title: str) -> bytes:
    """A workbook with one sheet: numbers stay numbers, days are written as 2020-03-20, texts are never formulas."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, book.add_format({"bold": True, "bottom": 1}))
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, Decimal | int | float):
                    sheet.write_number(line, column, cell)
                elif cell is not None:
                    text = cell.isoformat() if isinstance(cell, date) else str(cell)
                    sheet.write_string(line, column, plain_text(text))
        sheet.freeze_panes(1, 1)
        sheet.autofit()
    return out.getvalue()


def write_problems(problems: Iterable[Mapping[str, object]]) -> bytes:
    """The rows that were not taken, as a file that is mended and sent again; what is wrong stands behind each."""
    from hucheng.economy.indicators.problems import PROBLEMS

    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([*COLUMNS, "line", "field", "why", "remedy"])
    for one in problems:
        cells = one["cells"] if isinstance(one["cells"], dict) else {}
        why, do = PROBLEMS[str(one["problem"])]
        shown = [*(cells.get(name, "") for name in COLUMNS), one["line"], one["field"], why, do]
        table.writerow([_cell(str(cell)) for cell in shown])
    return ("\ufeff" + out.getvalue()).encode()


def _cell(text: str) -> str:
    """A number with its sign is no formula; every other text that a spreadsheet might compute is kept from it."""
    return text if number_of(text) is not None else plain_text(text)
