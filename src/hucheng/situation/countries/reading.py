"""A file of series to rows: CSV or XLSX, heads in either language, each fault on its own row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal
from hucheng.engines.manifests.delimited import lines_of, separator_of
from hucheng.engines.manifests.records import ManifestUnreadable
from hucheng.engines.manifests.sniff import format_of, text_of
from hucheng.engines.manifests.table import Line
from hucheng.engines.manifests.workbook import BROKEN, most_rows, sheets_of
from hucheng.situation.countries.atlas import country_code

HEADS = {
    "day": ("date", "day", "as of", "as_of", "日期", "数据日期", "截至日期"),
    "country": ("code", "country", "country code", "iso2", "国家", "国家代码", "国家或地区"),
    "confirmed": ("confirmed_cum", "confirmed", "cases", "累计确诊", "确诊"),
    "deaths": ("dead_cum", "deaths", "累计死亡", "死亡"),
    "recovered": ("cured_cum", "recovered", "累计治愈", "治愈"),
}
NEEDED = ("day", "country", "confirmed")
MAX_ROWS = 100_000
FIRST_DAY = date(2019, 12, 1)
"""No series of this disease begins earlier; an older day is a slip."""
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)")
COUNT = re.compile(r"\d{1,3}(?:[,，]\d{3})+|\d{1,15}")


@dataclass(frozen=True, slots=True)
class PointRow:
    """One row that could be read."""

    line: int
    country: str
    day: date
    confirmed: int
    deaths: int | None
    recovered: int | None

    @property
    def figures(self) -> tuple[int, int | None, int | None]:
        """What a vintage is compared by."""
        return self.confirmed, self.deaths, self.recovered


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row could not be read; `code` has its words in `faults.py`."""

    line: int
    field: str
    value: str
    code: str

    def as_dict(self) -> dict[str, object]:
        """The fault as JSON."""
        return asdict(self)


class _Unread(Exception):
    def __init__(self, field: str, value: str, code: str) -> None:
        self.field, self.value, self.code = field, value[:80], code


def read_series(data: bytes, *, published_on: date) -> tuple[list[PointRow], list[Fault]]:
    """Give the rows of a file and what is wrong with the others, by line.

    Refuses what is no table, has no heads for day, country and confirmed, or is longer than any series.
    """
    lines = _lines(data)
    heads, body = _heads(lines)
    rows: list[PointRow] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, date], tuple[int | None, ...]] = {}
    for line in body:
        try:
            row = _row(line, heads, published_on)
        except _Unread as no:
            faults.append(Fault(line.number, no.field, no.value, no.code))
            continue
        known = seen.setdefault((row.country, row.day), row.figures)
        if known != row.figures:
            faults.append(Fault(line.number, "day", row.day.isoformat(), "day_twice"))
        else:
            rows.append(row)
    return rows, faults


def _lines(data: bytes) -> list[Line]:
    try:
        if format_of(data) == "xlsx":
            _refuse_too_long(most_rows(data))
            sheets = [lines for lines in sheets_of(data).values() if lines]
            return sheets[0] if sheets else []
        text, _encoding = text_of(data)
        lines = [line for line in lines_of(text, separator_of(text)) if any(line.cells)]
    except ManifestUnreadable as no:
        raise _unreadable(no.problem.code) from no
    except BROKEN as broken:
        raise _unreadable("BROKEN_ARCHIVE") from broken
    _refuse_too_long(len(lines))
    return lines


def _refuse_too_long(rows: int) -> None:
    if rows > MAX_ROWS:
        raise Refusal(
            "too_many_rows",
            why=_("The table has more rows than any series of countries."),
            do=_("Send only the days that are new, in files of at most 100,000 rows."),
        )


def _unreadable(code: str) -> Refusal:
    why = {
        "EMPTY": _("The file is empty."),
        "TOO_LARGE": _("The file is larger than 20 MB."),
        "PASSWORD": _("The file is protected by a password."),
        "OLD_EXCEL": _("This is an old Excel file (.xls)."),
        "BROKEN_ARCHIVE": _("The workbook is cut off or damaged."),
        "BAD_ENCODING": _("The characters of the file could not be recognised."),
        "ZIP_BOMB": _("The workbook unpacks to an unreasonable size."),
    }.get(code, _("This is no table."))
    return Refusal("file_unreadable", why=why, do=_("Send a CSV file in UTF-8 or a workbook (.xlsx)."))


def _heads(lines: Sequence[Line]) -> tuple[Mapping[str, int], Sequence[Line]]:
    for place, line in enumerate(lines[:10]):
        heads = {
            field: at
            for field, names in HEADS.items()
            for at, cell in enumerate(line.cells)
            if cell.strip().casefold() in names
        }
        if all(field in heads for field in NEEDED):
            return heads, lines[place + 1 :]
    raise Refusal(
        "columns_missing",
        why=_("The columns of day, country and confirmed cases were not found."),
        do=_("Give the table the heads date, country, confirmed, and if known deaths and recovered."),
    )


def _row(line: Line, heads: Mapping[str, int], published_on: date) -> PointRow:
    cells = {field: line.cells[at].strip() if at < len(line.cells) else "" for field, at in heads.items()}
    if line.problems:
        raise _Unread("", "", "cut_off")
    code = country_code(cells["country"])
    if code is None:
        raise _Unread("country", cells["country"], "country_unknown")
    confirmed = _count("confirmed", cells["confirmed"])
    if confirmed is None:
        raise _Unread("confirmed", "", "count_missing")
    deaths, recovered = (_count(field, cells.get(field, "")) for field in ("deaths", "recovered"))
    if max(deaths or 0, recovered or 0) > confirmed:
        raise _Unread("confirmed", cells["confirmed"], "more_ends_than_cases")
    return PointRow(line.number, code, _day(cells["day"], published_on), confirmed, deaths, recovered)


def _day(text: str, published_on: date) -> date:
    found = DAY.fullmatch(text)
    try:
        day = date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:
        day = None
    if day is None:
        raise _Unread("day", text, "day_unreadable")
    if day < FIRST_DAY:
        raise _Unread("day", text, "day_too_early")
    if day > published_on:
        raise _Unread("day", text, "day_not_over")
    return day


def _count(field: str, text: str) -> int | None:
    if not text:
        return None
    if not COUNT.fullmatch(text):
        raise _Unread(field, text, "not_a_count")
    return int(re.sub("[,，]", "", text))
