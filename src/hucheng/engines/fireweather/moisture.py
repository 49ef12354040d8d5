"""The three moisture codes of the FWI System: how dry the litter, the duff and the deep soil are.

Van Wagner C.E., Pickett T.L. 1985, Equations and FORTRAN program for the Canadian Forest Fire Weather Index System,
Forestry Technical Report 33; numbers in the comments are theirs. All functions are vectorised and expect checked input.
"""

import csv
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_DAYLENGTH = Path(__file__).with_name("daylength.csv")
SCALES = {"1985": 147.2, "current": 147.27723}
"""FFMC scale constant: of the 1985 report, and of cffdrs since June 2022 (which meets FFMC 0 at 250 % exactly)."""


@cache
def day_lengths() -> tuple[Array, Array]:
    """Give the day-length factors of DMC and DC by month (index 0 unused), for places north of 30 N."""
    with _DAYLENGTH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    dmc, dc = ([np.nan] + [float(row[name]) for row in rows] for name in ("dmc", "dc"))
    return np.array(dmc), np.array(dc)


def litter_moisture(ffmc: Array, scale: float) -> Array:
    """Water in the fine fuel, % of its dry weight, from FFMC (eq. 1)."""
    return scale * (101.0 - ffmc) / (59.5 + ffmc)


def next_ffmc(previous: Array, temp: Array, rh: Array, wind: Array, rain: Array, scale: float) -> Array:
    """Fine Fuel Moisture Code after a day, 0..101 (eq. 1-10)."""
    wet = _rained_on(litter_moisture(previous, scale), rain)
    warm = 0.18 * (21.1 - temp) * (1.0 - np.exp(-0.115 * rh))
    drying_end = 0.942 * rh**0.679 + 11.0 * np.exp((rh - 100.0) / 10.0) + warm
    wetting_end = 0.618 * rh**0.753 + 10.0 * np.exp((rh - 100.0) / 10.0) + warm
    drier = drying_end + (wet - drying_end) * 10.0 ** -_speed(rh / 100.0, wind, temp)
    wetter = wetting_end - (wetting_end - wet) * 10.0 ** -_speed((100.0 - rh) / 100.0, wind, temp)
    moisture = np.where(wet > drying_end, drier, np.where(wet < wetting_end, wetter, wet))
    return np.clip(59.5 * (250.0 - moisture) / (scale + moisture), 0.0, 101.0)


def _rained_on(moisture: Array, rain: Array) -> Array:
    """Eq. 2-3b: the first 0.5 mm stay in the canopy; water in litter ends at 250 %."""
    fallen = np.maximum(rain - 0.5, 1e-12)
    gained = 42.5 * fallen * np.exp(-100.0 / (251.0 - moisture)) * (1.0 - np.exp(-6.93 / fallen))
    soaked = 0.0015 * np.maximum(moisture - 150.0, 0.0) ** 2 * np.sqrt(fallen)
    return np.where(rain > 0.5, np.minimum(moisture + gained + soaked, 250.0), moisture)


def _speed(dampness: Array, wind: Array, temp: Array) -> Array:
    """Log drying or wetting rate a day (eq. 6-7)."""
    still = 0.424 * (1.0 - dampness**1.7) + 0.0694 * np.sqrt(wind) * (1.0 - dampness**8)
    return np.asarray(still * 0.581 * np.exp(0.0365 * temp))


def next_dmc(previous: Array, temp: Array, rh: Array, rain: Array, month: Array) -> Array:
    """Duff Moisture Code after a day, >= 0 (eq. 11-17)."""
    day_length = day_lengths()[0][month.astype(int)]
    drying = 1.894 * (np.maximum(temp, -1.1) + 1.1) * (100.0 - rh) * day_length * 1e-4
    reached = np.maximum(0.92 * rain - 1.27, 0.0)
    water = 20.0 + 280.0 * np.exp(-0.023 * previous)  # as their program has it; eq. 12 rounds otherwise
    rained = water + 1000.0 * reached / (48.77 + _duff_slope(previous) * reached)
    after_rain = np.maximum(43.43 * (5.6348 - np.log(rained - 20.0)), 0.0)
    return np.asarray(np.where(rain > 1.5, after_rain, previous) + drying)


def _duff_slope(dmc: Array) -> Array:
    """Eq. 13a-c."""
    log = np.log(np.maximum(dmc, 1.0))
    return np.where(dmc <= 33.0, 100.0 / (0.5 + 0.3 * dmc), np.where(dmc <= 65.0, 14.0 - 1.3 * log, 6.2 * log - 17.2))


def next_dc(previous: Array, temp: Array, rain: Array, month: Array) -> Array:
    """Drought Code after a day, >= 0 (eq. 18-23)."""
    day_length = day_lengths()[1][month.astype(int)]
    drying = np.maximum(0.36 * (np.maximum(temp, -2.8) + 2.8) + day_length, 0.0) / 2.0
    water = 800.0 * np.exp(-previous / 400.0) + 3.937 * (0.83 * rain - 1.27)
    after_rain = np.maximum(400.0 * np.log(800.0 / np.maximum(water, 1e-12)), 0.0)
    return np.asarray(np.where(rain > 2.8, after_rain, previous) + drying)
