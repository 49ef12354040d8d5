"""The FWI System over days, state carried from one to the next."""

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.fireweather import indices
from hucheng.engines.fireweather.moisture import SCALES, Array, next_dc, next_dmc, next_ffmc
from hucheng.engines.fireweather.observations import Weather, checked


@dataclass(frozen=True, slots=True)
class Moisture:
    """What a day hands to the next: FFMC, DMC, DC; numbers, or arrays over stations."""

    ffmc: ArrayLike
    dmc: ArrayLike
    dc: ArrayLike


STANDARD_START = Moisture(85.0, 6.0, 15.0)
"""Start after snow melt (Van Wagner and Pickett 1985); in spring count from the snow-free date, not from 1 January."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The six codes and the daily severity; every array has the shape of the weather."""

    ffmc: Array
    dmc: Array
    dc: Array
    isi: Array
    bui: Array
    fwi: Array
    dsr: Array

    @property
    def moisture(self) -> Moisture:
        """What the next day starts from (for codes of one day)."""
        return Moisture(self.ffmc, self.dmc, self.dc)


def fwi_step(previous: Moisture, weather: Weather, *, constant: str = "1985") -> Codes:
    """Give the codes of one day from those of the day before.

    previous  codes of yesterday, or STANDARD_START; FFMC 0..101, DMC and DC >= 0
    weather   one day: numbers, or arrays over stations north of 30 N
    constant  FFMC scale, "1985" (report of 1985) or "current" (cffdrs since 2022)
    gives     arrays of the weather's shape (0-d for numbers: `float(codes.fwi)`)
    raises    ImpossibleObservation for impossible or missing weather; ValueError for impossible codes of yesterday
              or an unknown constant

    Van Wagner and Pickett 1985, Forestry Technical Report 33; Van Wagner 1987, Forestry Technical Report 35.
    """
    scale, (month, temp, rh, wind, rain) = _scale(constant), checked(weather)
    ffmc0, dmc0, dc0 = _start(previous)
    ffmc = next_ffmc(ffmc0, temp, rh, wind, rain, scale)
    dmc, dc = next_dmc(dmc0, temp, rh, rain, month), next_dc(dc0, temp, rain, month)
    isi, bui = indices.spread(ffmc, wind, scale), indices.buildup(dmc, dc)
    fwi = indices.intensity(isi, bui)
    return Codes(ffmc, dmc, dc, isi, bui, fwi, indices.severity(fwi))


def fwi_codes(weather: Weather, *, start: Moisture = STANDARD_START, constant: str = "1985") -> Codes:
    """Give the codes of a run of consecutive days.

    weather  arrays of shape (days,) or (days, stations), first day first, no day left out
    gives    arrays of that shape
    raises   as fwi_step; nothing is given when any day is impossible
    """
    columns = checked(weather)
    days = [np.asarray(column) for column in columns]
    if days[0].ndim == 0:
        raise ValueError("fwi_codes needs days in order; for one day use fwi_step")
    state, made = start, []
    for day in zip(*days, strict=True):
        codes = fwi_step(state, Weather(*day), constant=constant)
        state = codes.moisture
        made.append(astuple(codes))
    if not made:
        return Codes(*(np.empty(days[0].shape) for _ in range(7)))
    return Codes(*(np.stack(column) for column in zip(*made, strict=True)))


def _start(previous: Moisture) -> list[Array]:
    ffmc, dmc, dc = (np.asarray(code, dtype=np.float64) for code in astuple(previous))
    legal = (ffmc >= 0).all() and (ffmc <= 101).all() and (dmc >= 0).all() and (dc >= 0).all()
    if not legal:
        raise ValueError(
            f"codes to start from must be FFMC 0..101, DMC and DC >= 0, got {previous}; use STANDARD_START"
        )
    return [ffmc, dmc, dc]


def _scale(constant: str) -> float:
    if constant not in SCALES:
        raise ValueError(f"constant must be one of {', '.join(SCALES)}, got {constant!r}")
    return SCALES[constant]
