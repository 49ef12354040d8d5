"""A table of observations, CSV or XLSX, in any usual encoding: rows that can be read, and lines that cannot."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hucheng.core.refusal import Refusal
from hucheng.engines.manifests import ManifestUnreadable
from hucheng.engines.manifests.dates import sheet_date
from hucheng.engines.manifests.delimited import lines_of, separator_of
from hucheng.engines.manifests.sniff import format_of, text_of
from hucheng.engines.manifests.table import MAX_ROWS, Line
from hucheng.engines.manifests.workbook import BROKEN, most_rows, sheets_of
from hucheng.stability.fire.observed import ObservationIn

HEADS = {
    "station": {"station", "stationcode", "站点", "观测站", "站号"},
    "day": {"day", "date", "日期"},
    "temp_c": {"tempc", "temperature", "气温", "温度"},
    "rh_pct": {"rhpct", "humidity", "相对湿度", "湿度"},
    "wind_kmh": {"windkmh", "wind", "风速"},
    "rain_mm": {"rainmm", "rain24mm", "rain", "降水量", "24小时降水量", "降水"},
}
NUMBERS = ("temp_c", "rh_pct", "wind_kmh", "rain_mm")
_COLUMNS = _("Send CSV or XLSX with the columns station, day, temp_c, rh_pct, wind_kmh, rain_mm.")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line that could be read."""

    line: int
    raw: str
    observation: ObservationIn


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """A line that could not, with why and what to do in both languages."""

    line: int
    raw: str
    no: Refusal

    def as_dict(self) -> dict[str, object]:
        """As it is kept."""
        said: dict[str, object] = {"line": self.line, "raw": self.raw[:500], "code": self.no.code}
        for part in ("why", "do"):
            for short, language in (("zh", "zh-hans"), ("en", "en")):
                with override(language):
                    said[f"{part}_{short}"] = str(getattr(self.no, part))
        return said


def read_sheet(data: bytes, *, today: date) -> tuple[list[SheetRow], list[SheetProblem]]:
    """Give the rows of the first sheet whose head is understood.

    Refuses a file that is empty, too large, damaged, in no known encoding, or without the columns.
    """
    for lines in _tables(data):
        for place, line in enumerate(lines):
            columns = _columns(line)
            if set(columns) == set(HEADS):
                return _rows(lines[place + 1 :], columns, today)
    raise Refusal("columns_missing", why=_("The columns of an observation are not all there."), do=_COLUMNS)


def _tables(data: bytes) -> list[list[Line]]:
    try:
        if format_of(data) == "text":
            text, _encoding = text_of(data)
            tables = [lines_of(text, separator_of(text))]
        else:
            too_many = most_rows(data) > MAX_ROWS
            tables = [] if too_many else list(sheets_of(data).values())
    except ManifestUnreadable as broken:
        raise Refusal("file_unreadable", why=_why(broken.problem.code), do=_COLUMNS) from broken
    except BROKEN as broken:
        raise Refusal("file_unreadable", why=_why("BROKEN_ARCHIVE"), do=_COLUMNS) from broken
    if not tables or any(len(lines) > MAX_ROWS for lines in tables):
        raise Refusal("file_unreadable", why=_why("TOO_LARGE"), do=_COLUMNS)
    return tables


def _why(code: str) -> str | Promise:
    known = {
        "EMPTY": _("The file is empty."),
        "TOO_LARGE": _("The file is too large for daily weather."),
        "BROKEN_ARCHIVE": _("The workbook is cut off or damaged."),
        "PASSWORD": _("The workbook is locked by a password."),
        "BAD_ENCODING": _("The encoding of the text is not known."),
    }
    return known.get(code, _("The file is no table of observations."))


def _columns(line: Line) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(line.cells):
        head = "".join(sign for sign in unicodedata.normalize("NFKC", cell).casefold().split("(")[0] if sign.isalnum())
        for field, known in HEADS.items():
            if head in known:
                found.setdefault(field, place)
    return found


def _rows(lines: list[Line], columns: dict[str, int], today: date) -> tuple[list[SheetRow], list[SheetProblem]]:
    rows, problems = [], []
    for line in lines:
        if not any(line.cells):
            continue
        raw = ",".join(line.cells)
        try:
            rows.append(SheetRow(line.number, raw, _observation(line, columns, today)))
        except Refusal as no:
            problems.append(SheetProblem(line.number, raw, no))
    return rows, problems


def _observation(line: Line, columns: dict[str, int], today: date) -> ObservationIn:
    cells = {field: line.cells[place] if place < len(line.cells) else "" for field, place in columns.items()}
    if line.problems:
        raise Refusal("line_cut_off", why=_("The line is cut off."), do=_("Send the whole file again."))
    try:
        day = sheet_date(cells["day"], today)
    except ValueError:
        why = _("There is no such day, or it can be read in two ways.")
        raise Refusal("day_unreadable", why=why, do=_("Write the day as 2020-03-24.")) from None
    return ObservationIn(cells["station"].removeprefix("'").strip(), day, *(_number(cells[name]) for name in NUMBERS))


def _number(cell: str) -> float:
    try:
        return float(unicodedata.normalize("NFKC", cell).replace("−", "-"))
    except ValueError:
        why = _("A value is missing or is no number.")
        raise Refusal(
            "no_number", why=why, do=_("Write temperature, humidity, wind and rain as plain numbers.")
        ) from None
