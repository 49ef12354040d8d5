"""Day lengths of the moisture codes by month and latitude (daylength.csv, with sources)."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hucheng.engines.fireweather.observations import ImpossibleObservation
from hucheng.engines.words.bilingual import Bilingual

Array = NDArray[np.float64]
TAIYUAN = 37.9
_TABLE = Path(__file__).with_name("daylength.csv")
_NO_PLACE = Bilingual("纬度 {value:g} 不在 -90 至 90 之间", "A latitude of {value:g} lies outside -90 to 90")
_DO = Bilingual("请核对该站的纬度（北纬为正）。", "Check the latitude of that station, north positive.")


def day_lengths(latitude: ArrayLike) -> tuple[Array, Array]:
    """Give the day-length factors of DMC and DC by month: shape of latitude + (13,), month 0 unused.

    The bands are those of cffdrs: the table of 46 N holds everywhere north of 30 N (DMC) or 20 N (DC).
    Raises ImpossibleObservation for a latitude that is none.
    """
    at = np.asarray(latitude, dtype=np.float64)
    if (wrong := ~(np.abs(at) <= 90)).any():
        value = float(at[wrong].flat[0])
        raise ImpossibleObservation("latitude", value, _NO_PLACE.filled(value=value), _DO)
    dmc, dc = (_looked_up(at, code) for code in ("dmc", "dc"))
    return dmc, dc


def _looked_up(latitude: Array, code: str) -> Array:
    edges, table = _bands()[code]
    return np.asarray(table[np.searchsorted(edges, latitude, side="left")])


@cache
def _bands() -> dict[str, tuple[Array, Array]]:
    """By code: upper edges of all bands but the northernmost, south first, and a row of factors for each band."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: float(row["up_to"]))
    out = {}
    for code in ("dmc", "dc"):
        own = [row for row in rows if row["code"] == code]
        table = np.array([[np.nan, *(float(row[str(month)]) for month in range(1, 13))] for row in own])
        out[code] = np.array([float(row["up_to"]) for row in own[:-1]]), table
    return out
