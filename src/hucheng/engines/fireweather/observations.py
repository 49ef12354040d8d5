"""Weather of a day at noon, and the refusal of what cannot be."""

import csv
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hucheng.engines.words.bilingual import Bilingual

_LIMITS = Path(__file__).with_name("limits.csv")
_MISSING = Bilingual("缺少{zh}的观测值", "The {en} is missing or is no number")
_OUTSIDE = Bilingual("{zh} {value:g} {unit} 超出可能范围（{low:g} 至 {high:g}）", "The {en} of {value:g} {unit} is "
                     "impossible: it lies between {low:g} and {high:g}")  # fmt: skip
_FRACTION = Bilingual("月份 {value:g} 不是整数", "The month {value:g} is not a whole number")
_DO = Bilingual(
    "请向气象局核对这一天的观测记录，更正后重新报送。",
    "Check that day's record with the weather bureau and send it again.",
)


class ImpossibleObservation(ValueError):
    """An observation that no thermometer gives: which field, which value, why, and what to do."""

    def __init__(self, field: str, value: float, why: Bilingual, do: Bilingual = _DO) -> None:
        super().__init__(f"{field}: {why.en}")
        self.field, self.value, self.why, self.do = field, value, why, do


@dataclass(frozen=True, slots=True)
class Weather:
    """Weather at noon standard time: numbers, or arrays that broadcast (days, or days by stations).

    month 1..12; temp_c in °C; rh_pct in %; wind_kmh at 10 m in km/h; rain_mm of the 24 hours to noon.
    """

    month: ArrayLike
    temp_c: ArrayLike
    rh_pct: ArrayLike
    wind_kmh: ArrayLike
    rain_mm: ArrayLike


@dataclass(frozen=True, slots=True)
class Limit:
    """The range in which a field is possible, ends included."""

    zh: str
    en: str
    unit: str
    low: float
    high: float


@cache
def limits() -> dict[str, Limit]:
    """Give the possible range by field of Weather (limits.csv, with sources)."""
    with _LIMITS.open(encoding="utf-8", newline="") as file:
        return {
            row["field"]: Limit(row["zh"], row["en"], row["unit"], float(row["lowest"]), float(row["highest"]))
            for row in csv.DictReader(file)
        }


def checked(weather: Weather) -> list[NDArray[np.float64]]:
    """Give month, temperature, humidity, wind and rain as arrays of one shape.

    Raises ImpossibleObservation for a value that is missing (NaN) or impossible: the first one found.
    """
    arrays = [_checked(field.name, getattr(weather, field.name)) for field in fields(weather)]
    return [np.asarray(one) for one in np.broadcast_arrays(*arrays)]


def _checked(field: str, values: ArrayLike) -> NDArray[np.float64]:
    limit, array = limits()[field], np.asarray(values, dtype=np.float64)
    if array.size and not (array.min() >= limit.low and array.max() <= limit.high):  # a missing value fails both
        if (wrong := ~np.isfinite(array)).any():
            raise _impossible(field, _first(array, wrong), _MISSING)
        raise _impossible(field, _first(array, (array < limit.low) | (array > limit.high)), _OUTSIDE)
    if field == "month" and (wrong := array != np.floor(array)).any():
        raise _impossible(field, _first(array, wrong), _FRACTION)
    return array


def _first(array: NDArray[np.float64], wrong: NDArray[np.bool_]) -> float:
    return float(array[wrong].flat[0])


def _impossible(field: str, value: float, text: Bilingual) -> ImpossibleObservation:
    limit = limits()[field]
    why = text.filled(zh=limit.zh, en=limit.en, unit=limit.unit, low=limit.low, high=limit.high, value=value)
    return ImpossibleObservation(field, value, why)
