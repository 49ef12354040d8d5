"""From the bytes of a workbook or CSV to rows of fields; what a row cannot say becomes a fault of that row."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal
from hucheng.core.sheets import FORMULA, tables_of
from hucheng.engines.manifests.dates import AmbiguousDate, sheet_date
from hucheng.engines.manifests.table import Line
from hucheng.schools.readiness.models import School
from hucheng.schools.readiness.rules import Fault, SchoolIn, Statement
from hucheng.schools.sheets.columns import Column

HEADS_WITHIN = 10
"""Titles above the heads are passed over within so many rows."""
NO_LIST = {
    "WRONG_TYPE": _("This file is no list of schools."),
    "TOO_LARGE": _("The file is too large for a list of schools."),
    "TOO_MANY_ROWS": _("The file has more rows than a city has schools."),
}
KEPT_AS_TEXT = re.compile(r"'(?=[=+\-@＝＋－＠])")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
YES, NO = {"是", "到位", "yes", "y", "1", "true"}, {"否", "未到位", "no", "n", "0", "false"}
KINDS = {value: value for value in School.Kind.values} | {
    "高级中学": "senior", "完全中学": "complete", "初级中学": "junior", "小学": "primary", "幼儿园": "kindergarten",
    "职业学校": "vocational", "特殊教育学校": "special",
}  # fmt: skip
KINDS |= {"senior high school": "senior", "complete middle school": "complete", "junior middle school": "junior"}
KINDS |= {"primary school": "primary", "vocational school": "vocational", "special school": "special"}
NO_ROWS = Refusal("no_rows", why=_("The file holds no rows."), do=_("Take the template and fill it in."))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a list: its line in the file and its cells by field; `marks` is what the file itself lost of it."""

    line: int
    cells: dict[str, str]
    marks: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether it holds more than the keys that the template gives."""
        return any(text for field, text in self.cells.items() if field not in ("code", "number"))


class RowFault(ValueError):
    """A cell that says nothing usable."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def rows_of(data: bytes, columns: Sequence[Column]) -> list[SheetRow]:
    """Read a list. Refuses a file that is none, that is broken, empty, too large, or lacks a column."""
    tables = tables_of(data, NO_LIST)
    for lines in tables:
        if found := _under_heads(lines, columns):
            return found
    tops = [line for lines in tables for line in lines[:HEADS_WITHIN]]
    if not tops:
        raise NO_ROWS
    heads = max(tops, key=lambda line: sum(_place(line, column) > 0 for column in columns))
    missing = ", ".join(column.head for column in columns if column.needed and not _place(heads, column))
    if missing:
        raise Refusal(
            "columns_missing",
            why=_("These columns are missing: %(columns)s.") % {"columns": missing},
            do=_("Take the template and keep its first row."),
        )
    raise NO_ROWS


def school_of(row: SheetRow) -> SchoolIn:
    """The school of a row. Raises RowFault for a cell that is no number or no kind."""
    cells = _checked(row)
    kind = KINDS.get(cells["kind"].casefold(), "")
    if not kind:
        raise RowFault(
            Fault("school_kind", "kind", _("The kind of school is not known."), _("Use a kind of the template."))
        )
    return SchoolIn(
        code=cells["code"].upper(),
        place=cells["place"],
        name_zh=cells["name_zh"],
        name_en=cells["name_en"],
        kind=kind,
        first_grade=_number(cells, "first_grade"),
        last_grade=_number(cells, "last_grade"),
        grade12=_number(cells, "grade12") if cells.get("grade12") else 0,
    )


def statement_of(row: SheetRow, today: date) -> tuple[str, Statement]:
    """School code and statement of a row. Raises RowFault for a cell that cannot be understood."""
    cells = _checked(row)
    said = cells["in_place"].casefold()
    if said not in YES | NO:
        fault = Fault("yes_or_no", "in_place", _("Neither yes nor no."), _("Write yes or no."))
        raise RowFault(fault)
    return cells["code"].upper(), Statement(
        number=_number(cells, "number"),
        in_place=said in YES,
        evidence=cells["evidence"],
        figure=_number(cells, "figure") if cells.get("figure") else None,
        reference=cells.get("reference", ""),
        valid_until=_day(cells["valid_until"], today) if cells.get("valid_until") else None,
    )


def _under_heads(lines: Sequence[Line], columns: Sequence[Column]) -> list[SheetRow]:
    for top, line in enumerate(lines[:HEADS_WITHIN]):
        places = {column.field: place - 1 for column in columns if (place := _place(line, column))}
        if all(column.field in places for column in columns if column.needed):
            return [_row(below, places) for below in lines[top + 1 :]]
    return []


def _place(line: Line, column: Column) -> int:
    """The place of a column among the heads, counted from 1; 0 where it is not."""
    return next((n for n, text in enumerate(line.cells, start=1) if column.named(text)), 0)


def _row(line: Line, places: dict[str, int]) -> SheetRow:
    cells = {
        field: KEPT_AS_TEXT.sub("", line.cells[place], count=1) if place < len(line.cells) else ""
        for field, place in places.items()
    }
    return SheetRow(line.number, cells, line.problems)


def _checked(row: SheetRow) -> dict[str, str]:
    if row.marks:
        raise RowFault(
            Fault("cut_off", "", _("The file breaks off in this row."), _("Complete the row and send it again."))
        )
    for field, text in row.cells.items():
        if text.startswith(FORMULA):
            raise RowFault(
                Fault("formula", field, _("The cell holds a formula."), _("Write the value itself, not a formula."))
            )
        if CONTROLS.search(text):
            raise RowFault(
                Fault("control_signs", field, _("The cell holds signs that no text has."), _("Write it anew."))
            )
    return row.cells


def _number(cells: dict[str, str], field: str) -> int:
    text = unicodedata.normalize("NFKC", cells.get(field, "")).replace(",", "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise RowFault(Fault("no_number", field, _("This is no whole number."), _("Write digits only.")))
    return int(text)


def _day(text: str, today: date) -> date:
    try:
        return sheet_date(unicodedata.normalize("NFKC", text), today, expiry=True)
    except (AmbiguousDate, ValueError) as no:
        fault = Fault("no_day", "valid_until", _("This is no day, or could be two."), _("Write it like 2020-06-30."))
        raise RowFault(fault) from no
