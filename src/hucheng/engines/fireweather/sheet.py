"""Tables of daily weather: columns series or station, mon, day, temp_c, rh_pct, wind_kmh, rain24_mm.

Read too, if there: year, and index, the national fire danger index of LY/T 1172 as the weather bureau sends it.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date

import numpy as np

from hucheng.engines.fireweather.calendar import day_of, days_between
from hucheng.engines.fireweather.grades import class_of_fwi, grade_of_fwi, grade_of_index
from hucheng.engines.fireweather.moisture import Array, Places
from hucheng.engines.fireweather.observations import ImpossibleObservation, Weather, checked, limits
from hucheng.engines.fireweather.problems import TableUnreadable
from hucheng.engines.fireweather.series import Codes, Moisture, fwi_codes
from hucheng.engines.fireweather.stations import Station, read_stations
from hucheng.engines.words.bilingual import Bilingual

_WEATHER = ("mon", "temp_c", "rh_pct", "wind_kmh", "rain24_mm")
_NO_COLUMN = Bilingual("缺少列：{names}", "Columns are missing: {names}")
_NO_ROWS = Bilingual("表中没有任何一天的数据", "The table holds no day")
_NO_TEXT = Bilingual("文件不是 UTF-8 编码的 CSV", "The file is no CSV in UTF-8")
_LINE = Bilingual("第 {line} 行（{station}）：{text}", "Line {line} ({station}): {text}")
_MORE = Bilingual("（另有 {count} 行也有问题：{lines}）", " (and {count} more lines: {lines})")
_NO_DAY = Bilingual("没有 {day} 这一天", "There is no day {day}")
_NO_ORDER = Bilingual("{day} 重复或早于前一行", "{day} is there twice or before the row above it")
_GAP = Bilingual(
    "第 {line} 行（{station}）：之前缺 {count} 天，指数从缺口前一天接着算。",
    "Line {line} ({station}): {count} days are missing before it; the codes go on from the day before the gap.",
)
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table with its codes and grades, and what has to be said about it."""

    text: str
    notes: tuple[Bilingual, ...]


def add_codes(data: bytes, *, constant: str = "1985", stations: bytes | None = None) -> Sheet:
    """Give the table with the codes and the grade in their columns, rows in the order they came.

    Stations are told apart by the column series or station, and their days must be in order; `stations` is a table of
    their latitudes and starting codes. The grade is that of the national index where the column index has one, and
    otherwise the one FWI stands for; grade_by says which.
    Raises TableUnreadable, with the lines, for a table or a value that cannot be used; then nothing is given.
    """
    rows, known = _rows(data), {} if stations is None else read_stations(stations)
    numbers, dates = _numbers(rows), _dates(rows)
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(_station(row), []).append(place)
    notes = [note for station, own in places.items() for note in _gaps(station, own, dates)]
    for alike in _alike(places, numbers):
        own = np.array([places[station] for station in alike]).T
        codes = _codes(numbers[own], [known.get(station, Station()) for station in alike], constant)
        for day, station in np.ndindex(own.shape):
            place = int(own[day, station])
            _fill(rows[place], place, codes, (day, station))
    return Sheet(_written(rows), tuple(notes))


def _codes(numbers: Array, stations: list[Station], constant: str) -> Codes:
    """Codes of stations side by side: numbers of shape (days, stations, fields)."""
    latitude, *start = (np.array(column) for column in zip(*(astuple(one) for one in stations), strict=True))
    weather = Weather(*np.moveaxis(numbers, -1, 0))
    return fwi_codes(weather, start=Moisture(*start), constant=constant, latitude=latitude)


def _fill(row: dict[str, str], place: int, codes: Codes, at: tuple[int, int]) -> None:
    row.update({field.name: f"{getattr(codes, field.name)[at]:.6g}" for field in fields(codes)})
    index, fwi = (row.get("index") or "").strip(), float(codes.fwi[at])
    try:
        grade = grade_of_index(float(index)) if index else grade_of_fwi(fwi)
    except ValueError as wrong:  # no number, or no index
        why = wrong.why if isinstance(wrong, ImpossibleObservation) else Bilingual(f"index: {index}", f"index: {index}")
        raise TableUnreadable(_at(place, row, why)) from wrong
    row.update({"grade": str(grade.number), "grade_by": "index" if index else "fwi", "danger": class_of_fwi(fwi).key})


def _alike(places: dict[str, list[int]], numbers: Array) -> Iterator[list[str]]:
    """Stations whose days have the same months are computed side by side."""
    groups: dict[bytes, list[str]] = {}
    for station, own in places.items():
        groups.setdefault(numbers[own, 0].tobytes(), []).append(station)
    yield from groups.values()


def _rows(data: bytes) -> list[dict[str, str]]:
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), restval=""))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise TableUnreadable(_NO_TEXT) from broken
    if not rows:
        raise TableUnreadable(_NO_ROWS)
    if missing := [name for name in (*_WEATHER, "day") if name not in rows[0]]:
        raise TableUnreadable(_NO_COLUMN.filled(names=", ".join(missing)))
    for row in rows:
        row.pop(None, None)  # cells beyond the heading stand under None
    return rows


def _station(row: dict[str, str]) -> str:
    return row.get("station") or row.get("series") or ""


def _numbers(rows: list[dict[str, str]]) -> Array:
    """The weather of each row, shape (rows, fields); refused when any is missing or impossible, naming every line."""
    numbers = np.array([[_number(row[name]) for name in _WEATHER] for row in rows])
    low, high = (np.array([getattr(limit, end) for limit in limits().values()]) for end in ("low", "high"))
    possible = ((numbers >= low) & (numbers <= high)).all(axis=1) & (numbers[:, 0] == np.floor(numbers[:, 0]))
    if len(wrong := np.flatnonzero(~possible)):
        first = int(wrong[0])
        try:
            checked(Weather(*numbers[first]))
        except ImpossibleObservation as why:
            raise TableUnreadable(_at(first, rows[first], why.why, wrong[1:]), why.do) from why
    return numbers


def _dates(rows: list[dict[str, str]]) -> list[date]:
    out = []
    for place, row in enumerate(rows):
        try:
            out.append(day_of((row.get("year") or "").strip(), row["mon"], row["day"]))
        except ValueError as wrong:
            day = "-".join(filter(None, (row.get("year"), row["mon"], row["day"])))
            raise TableUnreadable(_at(place, row, _NO_DAY.filled(day=day))) from wrong
    return out


def _gaps(station: str, own: list[int], dates: list[date]) -> Iterator[Bilingual]:
    for before, now in zip(own, own[1:], strict=False):
        apart = days_between(dates[before], dates[now])
        if apart < 1:
            text = _NO_ORDER.filled(day=f"{dates[now]:%m-%d}")
            raise TableUnreadable(_at(now, {"station": station}, text))
        if apart > 1:
            yield Bilingual(*(
                text.format(line=now + 2, station=station or "-", count=apart - 1) for text in (_GAP.zh, _GAP.en)
            ))  # fmt: skip


def _at(place: int, row: dict[str, str], text: Bilingual, more: Places | None = None) -> Bilingual:
    """A text with its line and station, and how many lines more have something to mend."""
    told, others = {"line": place + 2, "station": _station(row) or "-"}, () if more is None else more
    lines = ", ".join(str(int(other) + 2) for other in others[:_SHOWN])
    tail = _MORE.filled(count=len(others), lines=lines) if len(others) else Bilingual("", "")
    zh, en = _LINE.zh.format(text=text.zh, **told), _LINE.en.format(text=text.en, **told)
    return Bilingual(zh + tail.zh, en + tail.en)


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
