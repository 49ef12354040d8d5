"""What is known of each station before its first day: where it lies, and what its codes start from."""

import csv
import io
from dataclasses import dataclass

import numpy as np

from hucheng.engines.fireweather.latitude import TAIYUAN, day_lengths
from hucheng.engines.fireweather.moisture import overwintered
from hucheng.engines.fireweather.observations import ImpossibleObservation
from hucheng.engines.fireweather.problems import TableUnreadable
from hucheng.engines.words.bilingual import Bilingual

_COLUMNS = ("lat", "ffmc", "dmc", "dc", "fall_dc", "winter_mm")
_HIGHEST = {"ffmc": 101.0, "dmc": 1000.0, "dc": 2000.0, "fall_dc": 2000.0, "winter_mm": 5000.0}
_BAD = Bilingual(
    "台站表第 {line} 行（{station}）：{name} 的取值 {value} 不可用",
    "Stations, line {line} ({station}): {name} of {value} cannot be used",
)
_DO = Bilingual(
    "台站表需要列 station，可选 lat、ffmc、dmc、dc；越冬时给 fall_dc（秋末 DC）与 winter_mm（冬季降水毫米）。",
    "The table of stations takes station and, if you like, lat, ffmc, dmc, dc; after a winter fall_dc (DC of late "
    "autumn) and winter_mm (its rain and snow in mm).",
)


@dataclass(frozen=True, slots=True)
class Station:
    """Latitude, and the codes its first day starts from."""

    latitude: float = TAIYUAN
    ffmc: float = 85.0
    dmc: float = 6.0
    dc: float = 15.0


def read_stations(data: bytes) -> dict[str, Station]:
    """Read a table of stations; an empty cell leaves the standard. Raises TableUnreadable, with the line."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise TableUnreadable(
            Bilingual("台站表不是 UTF-8 编码的 CSV", "The table of stations is no CSV in UTF-8"), _DO
        ) from broken
    if not rows or "station" not in rows[0]:
        raise TableUnreadable(Bilingual("台站表缺少列：station", "The table of stations lacks the column station"), _DO)
    return {row["station"]: _station(line, row) for line, row in enumerate(rows, 2)}


def _station(line: int, row: dict[str, str]) -> Station:
    given = {name: _number(line, row, name) for name in _COLUMNS if (row.get(name) or "").strip()}
    fall, winter = given.pop("fall_dc", None), given.pop("winter_mm", None)
    if (fall is None) != (winter is None) or (fall is not None and "dc" in given):
        raise _bad(line, row, "fall_dc, winter_mm, dc")
    if fall is not None and winter is not None:
        given["dc"] = float(overwintered(np.asarray(fall), np.asarray(winter)))
    latitude = given.pop("lat", TAIYUAN)
    try:
        day_lengths(latitude)
    except ImpossibleObservation as wrong:
        raise _bad(line, row, "lat") from wrong
    return Station(latitude, **given)


def _number(line: int, row: dict[str, str], name: str) -> float:
    try:
        value = float(row[name])
    except ValueError as wrong:
        raise _bad(line, row, name) from wrong
    if not np.isfinite(value) or (name in _HIGHEST and not 0 <= value <= _HIGHEST[name]):
        raise _bad(line, row, name)
    return value


def _bad(line: int, row: dict[str, str], name: str) -> TableUnreadable:
    value = ", ".join(row.get(one.strip()) or "-" for one in name.split(","))
    told = {"line": line, "station": row["station"] or "-", "name": name, "value": value}
    return TableUnreadable(Bilingual(_BAD.zh.format(**told), _BAD.en.format(**told)), _DO)
