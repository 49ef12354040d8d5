"""Tables of daily weather: columns series or station, mon, day, temp_c, rh_pct, wind_kmh, rain24_mm."""

import csv
import io

from hucheng.engines.fireweather.observations import ImpossibleObservation, Weather, checked
from hucheng.engines.fireweather.series import Codes, fwi_codes
from hucheng.engines.words.bilingual import Bilingual

_WEATHER = ("mon", "temp_c", "rh_pct", "wind_kmh", "rain24_mm")
_CODES = ("ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr")
_NO_COLUMN = Bilingual("缺少列：{names}", "Columns are missing: {names}")
_NO_ROWS = Bilingual("表中没有任何一天的数据", "The table holds no day")
_NO_TEXT = Bilingual("文件不是 UTF-8 编码的 CSV", "The file is no CSV in UTF-8")
_LINE = Bilingual("第 {line} 行（{station}）：{text}", "Line {line} ({station}): {text}")
_DO = Bilingual(
    "请提供带表头的 CSV：series 或 station、mon、day、temp_c、rh_pct、wind_kmh、rain24_mm。",
    "Send a CSV with a heading: series or station, mon, day, temp_c, rh_pct, wind_kmh, rain24_mm.",
)


class TableUnreadable(ValueError):
    """A table that gives no weather: why, and what to do."""

    def __init__(self, why: Bilingual, do: Bilingual = _DO) -> None:
        super().__init__(why.en)
        self.why, self.do = why, do


def add_codes(data: bytes, *, constant: str = "1985") -> str:
    """Give the table with the codes in their columns, rows in the order they came.

    Stations are told apart by the column series or station, and their days must be in order.
    Raises TableUnreadable, with the line, for a table or a value that cannot be used; then nothing is given.
    """
    rows = _rows(data)
    for station in dict.fromkeys(_station(row) for row in rows):
        own = [(line, row) for line, row in enumerate(rows, start=2) if _station(row) == station]
        codes = _codes(own, constant)
        for place, (_, row) in enumerate(own):
            row.update({name: f"{getattr(codes, name)[place]:.6g}" for name in _CODES})
    return _written(rows)


def _rows(data: bytes) -> list[dict[str, str]]:
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), restval=""))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise TableUnreadable(_NO_TEXT) from broken
    if not rows:
        raise TableUnreadable(_NO_ROWS)
    if missing := [name for name in _WEATHER if name not in rows[0]]:
        raise TableUnreadable(_NO_COLUMN.filled(names=", ".join(missing)))
    for row in rows:
        row.pop(None, None)  # cells beyond the heading stand under None
    return rows


def _station(row: dict[str, str]) -> str:
    return row.get("station") or row.get("series") or ""


def _codes(own: list[tuple[int, dict[str, str]]], constant: str) -> Codes:
    days = [_day(line, row) for line, row in own]
    return fwi_codes(Weather(*(list(column) for column in zip(*days, strict=True))), constant=constant)


def _day(line: int, row: dict[str, str]) -> list[float]:
    """One day's numbers, checked alone so that the line can be named."""
    numbers = [_number(row[name]) for name in _WEATHER]
    try:
        checked(Weather(*numbers))
    except ImpossibleObservation as wrong:
        told = {"line": line, "station": _station(row) or "-"}
        why = Bilingual(_LINE.zh.format(text=wrong.why.zh, **told), _LINE.en.format(text=wrong.why.en, **told))
        raise TableUnreadable(why, wrong.do) from wrong
    return numbers


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _written(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
