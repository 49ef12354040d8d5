"""A delivery of results as CSV or XLSX to rows: barcode, result, time. What cannot be read is kept with why."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hucheng.core.clock import SHANGHAI
from hucheng.engines.manifests import ManifestUnreadable
from hucheng.engines.manifests.catalogue import unreadable
from hucheng.engines.manifests.columns import BRACKETS, CHINESE, plain
from hucheng.engines.manifests.delimited import lines_of, separator_of
from hucheng.engines.manifests.sniff import format_of, text_of
from hucheng.engines.manifests.table import Line, check_rows
from hucheng.engines.manifests.workbook import BROKEN, most_rows, sheets_of

HEADS = {
    "barcode": (
        "barcode",
        "条码",
        "条码号",
        "样本编号",
        "样本条码",
        "标本号",
        "标本条码",
        "sample",
        "sample id",
        "tube",
    ),
    "result": ("result", "结果", "检测结果", "核酸结果", "核酸检测结果", "pcr"),
    "tested_at": ("tested at", "tested", "time", "检测时间", "报告时间", "时间"),
}
WORDS = {
    "negative": ("negative", "neg", "n", "-", "－", "阴性", "阴", "未检出", "阴性(-)", "not detected"),
    "positive": ("positive", "pos", "p", "+", "＋", "阳性", "阳", "检出", "阳性(+)", "detected"),
    "invalid": ("invalid", "无效", "复检", "重采", "重新采样", "retest", "inconclusive"),
}
_FIELD = {plain(written): name for name, forms in HEADS.items() for written in forms}
_RESULT = {written: value for value, forms in WORDS.items() for written in forms}
BARCODE = re.compile(r"[A-Za-z0-9-]{4,20}")
TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as read. problem: "" or a code: barcode, result, time, lost_digits, cut_off, row_long."""

    line: int
    raw: str
    barcode: str = ""
    result: str = ""
    tested_at: datetime | None = None
    problem: str = ""


def read_results(data: bytes) -> list[ReadRow]:
    """Read a delivery, recognised by its content.

    Raises ManifestUnreadable when nothing of it can be used: empty, of another kind, damaged, locked, without the
    columns of barcode and result.
    """
    for lines in _sheets(data):
        filled = [line for line in lines if any(line.cells)]
        for index, line in enumerate(filled[:15]):
            places = _places(line.cells)
            if {"barcode", "result"} <= places.keys():
                rows = filled[index + 1 :]
                if not rows:
                    raise unreadable("NO_ROWS")
                return [_row(row, places, len(line.cells)) for row in rows]
    raise unreadable("UNKNOWN_COLUMNS")


def _sheets(data: bytes) -> list[Sequence[Line]]:
    if format_of(data) == "xlsx":
        try:
            check_rows(most_rows(data))
            return list(sheets_of(data).values())
        except ManifestUnreadable:
            raise
        except BROKEN as broken:
            raise unreadable("BROKEN_ARCHIVE") from broken
    text, _encoding = text_of(data)
    lines = lines_of(text, separator_of(text))
    check_rows(len(lines))
    return [lines]


def _places(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        chinese = "".join(CHINESE.findall(cell))
        parts = (cell, BRACKETS.sub("", cell), chinese, CHINESE.sub("", cell))
        if name := next((_FIELD[plain(part)] for part in parts if plain(part) in _FIELD), ""):
            found.setdefault(name, index)
    return found


def _row(line: Line, places: dict[str, int], width: int) -> ReadRow:
    def cell(name: str) -> str:
        index = places.get(name, len(line.cells))
        return line.cells[index].strip() if index < len(line.cells) else ""

    barcode, said, when = cell("barcode"), cell("result"), cell("tested_at")
    result = _RESULT.get(said.casefold(), "")
    tested_at, wrong_time = _time(when)
    problem = _problem(line, places, width, barcode, result)
    raw = json.dumps(line.cells, ensure_ascii=False)
    return ReadRow(
        line.number,
        raw[:2000],
        barcode if BARCODE.fullmatch(barcode) else "",
        result,
        tested_at,
        problem or ("time" if wrong_time else ""),
    )


def _problem(line: Line, places: dict[str, int], width: int, barcode: str, result: str) -> str:
    if line.problems:
        return "cut_off"
    if len(line.cells) > width and any(line.cells[width:]):
        return "row_long"
    if places["barcode"] in line.lost:
        return "lost_digits"
    if not BARCODE.fullmatch(barcode):
        return "barcode"
    return "" if result else "result"


def _time(text: str) -> tuple[datetime | None, bool]:
    """The time, and whether something stands there that is none; no time at all is no fault."""
    if not text:
        return None, False
    for form in TIMES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=SHANGHAI), False
        except ValueError:
            continue
    return None, True
