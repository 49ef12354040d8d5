"""The three moisture codes of the FWI System: how dry the litter, the duff and the deep soil are.

Van Wagner C.E., Pickett T.L. 1985, Equations and FORTRAN program for the Canadian Forest Fire Weather Index System,
Forestry Technical Report 33; numbers in the comments are theirs. Functions take checked arrays of shape (stations,),
under `np.errstate(divide="ignore")`: powers are exponentials of logarithms, which NumPy computes several times quicker,
and the logarithm of 0 is then meant. What only rain changes is computed at the places `rained`: `where_rained(rain)`.
"""

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.intp]

SCALES = {"1985": 147.2, "current": 147.27723}
"""FFMC scale constant: of the 1985 report, and of cffdrs since June 2022 (which meets FFMC 0 at 250 % exactly)."""
_RATE = math.log(10.0) * 0.581 * 0.424
_WIND = 0.0694 / 0.424


def where_rained(rain: Array) -> Places:
    """Places with more rain than stays in the canopy, 0.5 mm."""
    return np.flatnonzero(rain > 0.5)


def litter_moisture(ffmc: Array, scale: float) -> Array:
    """Water in the fine fuel, % of its dry weight, from FFMC (eq. 1)."""
    return scale * (101.0 - ffmc) / (59.5 + ffmc)


def fine_fuel(moisture: Array, scale: float, out: Array) -> Array:
    """FFMC from the water it stands for by eq. 1, written into `out`."""
    return np.divide(101.0 * scale - 59.5 * moisture, scale + moisture, out=out)


def next_litter(before: Array, temp: Array, rh: Array, wind: Array, rain: Array, rained: Places, scale: float) -> Array:
    """Water in the fine fuel that the FFMC after a day stands for (eq. 2-10), from that of the day before.

    Eq. 10 makes FFMC of water and eq. 1 makes water of FFMC; with the constant of 1985 they are not quite each other's
    inverse: one after the other they are a straight line, and its ends are FFMC 101 and 0.
    """
    wet = _rained_on(before, rain, rained)
    log_rh = np.log(rh)
    steep = np.exp(0.1 * rh - 10.0)
    warm = np.exp(-0.115 * rh)
    warm -= 1.0
    warm *= 0.18 * temp - 0.18 * 21.1
    balance = np.exp(0.679 * log_rh)
    balance *= 0.942
    balance += warm
    balance += 11.0 * steep
    # the drying end lies above the wetting end: what is not above the one may lie below the other, or between them
    wetting = np.flatnonzero(wet <= balance)
    low = 0.618 * np.exp(0.753 * log_rh[wetting]) + warm[wetting] + 10.0 * steep[wetting]
    balance[wetting] = np.maximum(low, wet[wetting])
    dampness, log_rh[wetting] = 0.01 * rh, np.log(100.0 - rh[wetting])
    dampness[wetting] = 1.0 - dampness[wetting]
    left = _left(dampness, log_rh, wind, temp)
    wet -= balance
    wet *= left
    wet += balance
    both = 59.5 * scale + 59.5 * 250.0
    wet *= 160.5 * scale / both
    wet += scale * (101.0 * scale - 59.5 * 250.0) / both
    return np.asarray(np.minimum(np.maximum(wet, 0.0, out=wet), scale * (101.0 / 59.5), out=wet))


def next_dmc(previous: Array, temp: Array, rh: Array, rain: Array, rained: Places, day_length: Array) -> Array:
    """Duff Moisture Code after a day, >= 0 (eq. 11-17)."""
    drying = np.maximum(temp, -1.1)
    drying += 1.1
    drying *= 100.0 - rh
    drying *= 1.894e-4 * day_length
    rained = rained[rain[rained] > 1.5]
    dmc, reached = previous[rained], 0.92 * rain[rained] - 1.27
    # without the 20 of eq. 12 that eq. 15 takes away again; 280 as their program has it, where eq. 12 rounds otherwise
    water = 280.0 * np.exp(-0.023 * dmc) + 1000.0 * reached / (48.77 + _duff_slope(dmc) * reached)
    after = np.maximum(43.43 * (5.6348 - np.log(water)), 0.0) + drying[rained]
    drying += previous
    drying[rained] = after
    return drying


def next_dc(previous: Array, temp: Array, rain: Array, rained: Places, day_length: Array) -> Array:
    """Drought Code after a day, >= 0 (eq. 18-23)."""
    drying = 0.18 * np.maximum(temp, -2.8)
    drying += 0.504 + 0.5 * day_length
    np.maximum(drying, 0.0, out=drying)
    rained = rained[rain[rained] > 2.8]
    water = 800.0 * np.exp(-previous[rained] / 400.0) + 3.937 * (0.83 * rain[rained] - 1.27)
    after = np.maximum(400.0 * np.log(800.0 / np.maximum(water, 1e-12)), 0.0) + drying[rained]
    drying += previous
    drying[rained] = after
    return drying


def overwintered(dc: Array, winter_rain: Array, *, carry: float = 0.75, wetting: float = 0.75) -> Array:
    """Drought Code to start spring with, from the last of autumn and the winter's rain and snow in mm; at least 15.

    carry    share of the autumn's water that is still there: 1 where codes run to the freeze, 0.75 as a rule, 0.5 where
             they stop long before it
    wetting  share of the winter's water that the soil takes: 0.9 where it drains poorly, 0.75 as a rule, 0.5 on slopes

    Lawson and Armitage 2008, Weather guide for the Canadian Forest Fire Danger Rating System, appendix.
    """
    water = carry * 800.0 * np.exp(-dc / 400.0) + wetting * 3.94 * winter_rain
    return np.maximum(400.0 * np.log(800.0 / np.maximum(water, 1e-12)), 15.0)


def _rained_on(moisture: Array, rain: Array, rained: Places) -> Array:
    """Eq. 2-3b: the first 0.5 mm stay in the canopy; water in litter ends at 250 %."""
    out, before, fallen = np.array(moisture), moisture[rained], rain[rained] - 0.5
    gained = 42.5 * fallen * np.exp(-100.0 / (251.0 - before)) * (1.0 - np.exp(-6.93 / fallen))
    soaked = 0.0015 * np.maximum(before - 150.0, 0.0) ** 2 * np.sqrt(fallen)
    out[rained] = np.minimum(before + gained + soaked, 250.0)
    return out


def _left(dampness: Array, log_percent: Array, wind: Array, temp: Array) -> Array:
    """The share of the distance to balance left after a day, by drying or wetting rate (eq. 6-7).

    dampness     of the air where litter dries, dryness of it where litter wets, 0..1
    log_percent  logarithm of the same in %, used up
    """
    eighth = dampness * dampness
    eighth *= eighth
    eighth *= eighth
    np.subtract(1.0, eighth, out=eighth)
    blown = np.sqrt(wind)
    blown *= _WIND
    blown *= eighth
    log_percent -= math.log(100.0)
    log_percent *= 1.7
    blown += 1.0
    blown -= np.exp(log_percent, out=log_percent)
    blown *= np.exp(0.0365 * temp)
    blown *= -_RATE
    return np.asarray(np.exp(blown, out=blown))


def _duff_slope(dmc: Array) -> Array:
    """Eq. 13a-c."""
    slope = 100.0 / (0.5 + 0.3 * dmc)
    if len(dry := np.flatnonzero(dmc > 33.0)):
        log = np.log(dmc[dry])
        slope[dry] = np.where(dmc[dry] <= 65.0, 14.0 - 1.3 * log, 6.2 * log - 17.2)
    return slope
