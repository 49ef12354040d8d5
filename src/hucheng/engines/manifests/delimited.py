"""CSV text to a reading: separator guessed, quoted line breaks kept, rows counted as the file has them."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import StringIO

from hucheng.engines.manifests.catalogue import unreadable
from hucheng.engines.manifests.records import Reading
from hucheng.engines.manifests.table import Line, check_rows, read_table

SEPARATORS = (",", "\t", ";", "|")
FIELD_LIMIT = 25 * 1024 * 1024


def read_csv(
    text: str, *, today: date, mapping: Mapping[str, str] | None = None, memory: Mapping[str, str] | None = None
) -> Reading:
    """Read a passenger list from CSV text.

    Raises ManifestUnreadable when the text has no columns, no rows, or as many rows as a format's limit.
    """
    separator = separator_of(text)
    lines = lines_of(text, separator)
    check_rows(len(lines))
    if all(len(line.cells) < 2 for line in lines):
        raise unreadable("WRONG_TYPE", found="text")
    meta = {"delimiter": separator}
    return read_table(lines, format="csv", today=today, mapping=mapping, meta=meta, memory=memory)


def separator_of(text: str) -> str:
    """Give the separator that the first lines agree on best."""
    sample = text[:20_000].splitlines()[:20]
    best, most = ",", 0
    for separator in SEPARATORS:
        widths = Counter(line.count(separator) for line in sample if separator in line)
        score = max((count * min(width, 5) for width, count in widths.items()), default=0)
        if score > most:
            best, most = separator, score
    return best


def lines_of(text: str, separator: str) -> list[Line]:
    """Cut a text into rows; an open quotation mark or a row cut at the end of the file is marked on its row."""
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=False)
    lines, start = [], 1
    for cells in reader:
        lines.append(Line(start, tuple(cell.strip(" \u3000\xa0\r\n") for cell in cells)))
        start = reader.line_num + 1
    if lines and text.count('"') % 2:
        lines[-1] = replace(lines[-1], problems=("UNCLOSED_QUOTE",))
    elif len(lines) > 1 and not text.endswith(("\n", "\r")) and len(lines[-1].cells) < len(lines[-2].cells):
        lines[-1] = replace(lines[-1], problems=("CUT_OFF",))
    return lines
