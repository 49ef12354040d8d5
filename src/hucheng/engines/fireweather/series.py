"""The FWI System over days, state carried from one to the next."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.fireweather import indices
from hucheng.engines.fireweather.latitude import TAIYUAN, day_lengths
from hucheng.engines.fireweather.moisture import (
    SCALES,
    Array,
    fine_fuel,
    litter_moisture,
    next_dc,
    next_dmc,
    next_litter,
    where_rained,
)
from hucheng.engines.fireweather.observations import Weather, checked

_BLOCK = 16_384
"""Stations computed together: enough that calls cost little, few enough that their arrays stay in a cache."""


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


def fwi_step(previous: Moisture, weather: Weather, *, constant: str = "1985", latitude: ArrayLike = TAIYUAN) -> Codes:
    """Give the codes of one day from those of the day before.

    previous  codes of yesterday, or STANDARD_START; FFMC 0..101, DMC and DC >= 0
    weather   one day: numbers, or arrays over stations
    constant  FFMC scale, "1985" (report of 1985) or "current" (cffdrs since 2022)
    latitude  degrees, north positive: a number, or one for each station
    gives     arrays of the weather's shape (0-d for numbers: `float(codes.fwi)`)
    raises    ImpossibleObservation for impossible or missing weather or place; ValueError for impossible codes of
              yesterday or an unknown constant

    Van Wagner and Pickett 1985, Forestry Technical Report 33; Van Wagner 1987, Forestry Technical Report 35.
    """
    scale, columns, state = _scale(constant), checked(weather), _start(previous)
    lengths = day_lengths(latitude)
    shape = np.broadcast_shapes(columns[0].shape, lengths[0].shape[:-1], *(code.shape for code in state))
    day = [np.broadcast_to(column, shape).ravel() for column in columns]
    tables = [np.broadcast_to(table, (*shape, 13)).reshape(-1, 13) for table in lengths]
    longest = [table[np.arange(len(table)), day[0].astype(int)] for table in tables]
    with np.errstate(divide="ignore"):
        state = _next(_litter([np.broadcast_to(code, shape).ravel() for code in state], scale), day, longest, scale)
        out = [np.empty(day[0].shape) for _ in fields(Codes)]
        _tell(state, day[3], scale, out)
    return Codes(*(code.reshape(shape) for code in out))


def fwi_codes(
    weather: Weather,
    *,
    start: Moisture = STANDARD_START,
    constant: str = "1985",
    latitude: ArrayLike = TAIYUAN,
) -> Codes:
    """Give the codes of a run of consecutive days.

    weather   arrays of shape (days,) or (days, stations), first day first, no day left out
    latitude  a number, or one for each station
    gives     arrays of that shape
    raises    as fwi_step; nothing is given when any day is impossible
    """
    scale, columns = _scale(constant), checked(weather)
    if columns[0].ndim not in (1, 2):
        raise ValueError("fwi_codes needs days in order, by stations if there are several; for one day use fwi_step")
    single = columns[0].ndim == 1
    days = [column[:, None] if single else column for column in columns]
    stations = days[0].shape[1]
    state = [np.broadcast_to(code, (stations,)) for code in _start(start)]
    lengths = [np.broadcast_to(table, (stations, 13)) for table in day_lengths(latitude)]
    out = list(np.empty((len(fields(Codes)), *days[0].shape)))  # one piece of memory is had quicker than seven
    state = _litter(state, scale)
    for part in _blocks(stations):
        _run([day[:, part] for day in days], [code[part] for code in state], [one[part] for one in lengths], scale, [
            column[:, part] for column in out
        ])  # fmt: skip
    return Codes(*(column[:, 0] if single else column for column in out))


def _run(days: list[Array], state: list[Array], lengths: list[Array], scale: float, out: list[Array]) -> None:
    """Walk one block of stations through its days and write its codes into `out`."""
    months = days[0]
    alike = bool((months == months[:, :1]).all())
    every = np.arange(months.shape[1])
    with np.errstate(divide="ignore"):
        for place in range(len(months)):
            month = months[place].astype(int)
            longest = [table[:, month[0]] if alike else table[every, month] for table in lengths]
            state = _next(state, [column[place] for column in days], longest, scale)
            _tell(state, days[3][place], scale, [column[place] for column in out])


def _litter(codes: list[Array], scale: float) -> list[Array]:
    """Carry the water in the litter from day to day instead of FFMC, which says the same."""
    return [litter_moisture(codes[0], scale), codes[1], codes[2]]


def _next(state: list[Array], day: list[Array], day_length: list[Array], scale: float) -> list[Array]:
    """Litter water, DMC and DC after one checked day of month, temperature, humidity, wind and rain."""
    _, temp, rh, wind, rain = day
    rained = where_rained(rain)
    return [
        next_litter(state[0], temp, rh, wind, rain, rained, scale),
        next_dmc(state[1], temp, rh, rain, rained, day_length[0]),
        next_dc(state[2], temp, rain, rained, day_length[1]),
    ]


def _tell(state: list[Array], wind: Array, scale: float, out: list[Array]) -> None:
    """Write the codes of a day into `out`, in the order of Codes."""
    litter, out[1][:], out[2][:] = state
    fine_fuel(litter, scale, out[0])
    isi, bui = indices.spread(litter, wind, out[3]), indices.buildup(out[1], out[2], out[4])
    log_fwi = indices.log_intensity(isi, bui)
    np.exp(log_fwi, out=out[5])
    indices.severity(log_fwi, out[6])


def _blocks(stations: int) -> Iterator[slice]:
    for first in range(0, stations, _BLOCK):
        yield slice(first, first + _BLOCK)


def _start(previous: Moisture) -> list[Array]:
    ffmc, dmc, dc = (np.asarray(code, dtype=np.float64) for code in (previous.ffmc, previous.dmc, previous.dc))
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
