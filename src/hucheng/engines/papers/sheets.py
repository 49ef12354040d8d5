"""Lists as XLSX and CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Mapping, Sequence

Value = str | int | float | None
# Spreadsheets set to Chinese take the wide signs too.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def handover_xlsx(rows: Sequence[Mapping[str, str]], *, title: str) -> bytes:
    """Give a workbook with one sheet: the keys of all rows as heads, as they first come; every cell a text.

    A cell that a spreadsheet would take for a formula is written with a leading apostrophe, so it stays a text
    wherever it is copied to.
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    return table_xlsx(names, [[row.get(name, "") for name in names] for row in rows], title=title)


def table_xlsx(heads: Sequence[str], rows: Sequence[Sequence[Value]], *, title: str) -> bytes:
    """Give a workbook with one sheet: numbers as numbers, texts as texts by the rule of `plain_text`, None empty."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bottom": 1})
        for column, name in enumerate(heads):
            sheet.write_string(0, column, plain_text(name), head)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, plain_text(value), text)
                elif value is not None:
                    sheet.write_number(line, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()


def table_csv(heads: Sequence[str], rows: Sequence[Sequence[Value]], *, title: str = "") -> bytes:
    """Give the same rows as CSV in UTF-8 with the mark by which spreadsheets know it; `title` has no place there."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (heads, *rows):
        writer.writerow([plain_text(value) if isinstance(value, str) else value for value in row])
    return out.getvalue().encode("utf-8-sig")


def _sheet_name(title: str) -> str:
    """A title as spreadsheets allow it: 31 signs, none of those kept for references, no apostrophe at an end."""
    return title.translate(str.maketrans("[]:*?/\\", "-------"))[:31].strip("' ") or "1"


def plain_text(value: str) -> str:
    """Give a value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA_SIGNS) else value
