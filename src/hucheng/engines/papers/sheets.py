"""Lists as XLSX."""

import io
from collections.abc import Mapping, Sequence

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def handover_xlsx(rows: Sequence[Mapping[str, str]], *, title: str) -> bytes:
    """Give a workbook with one sheet: the keys of the first row as heads, every cell a text.

    A cell that a spreadsheet would take for a formula is written with a leading apostrophe, so it stays a text
    wherever it is copied to.
    """
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title[:31].translate(str.maketrans("[]:*?/\\", "-------")) or "1")
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bottom": 1})
        names = list(rows[0]) if rows else []
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, head)
        for line, row in enumerate(rows, start=1):
            for column, name in enumerate(names):
                sheet.write_string(line, column, plain_text(row.get(name, "")), text)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()


def plain_text(value: str) -> str:
    """Give a value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA_SIGNS) else value
