"""Fire weather of many stations: ten million station-days, against a loop over rows and the usual libraries.

Run: `python benchmarks/fireweather.py`. Processor seconds in one process, the best of interleaved rounds. The usual
libraries are measured where they are installed (`pip install xclim cffdrs-fire`), through their public functions, for
the same seven codes, and without start-up and compilation; with them comes numba, which compiles the loop over rows.
"""

import math
import time
from collections.abc import Callable

import numpy as np

from hucheng.engines.fireweather import Codes, Moisture, Weather, fwi_codes

STATIONS, DAYS, ROUNDS, ROWS = 10_000, 100, 5, 20_000
NORTH = (0.0, -1.6, -1.6, -1.6, 0.9, 3.8, 5.8, 6.4, 5.0, 2.4, 0.4, -1.6, -1.6)
DUFF = (0.0, 6.5, 7.5, 9.0, 12.8, 13.9, 13.9, 12.4, 10.9, 9.4, 8.0, 7.0, 6.0)


def weather(seed: int) -> Weather:
    """A hundred spring days at ten thousand stations, wet on three days in ten."""
    dice = np.random.default_rng(seed)
    shape = DAYS, STATIONS
    month = np.repeat([4, 5, 6, 7], DAYS // 4)[:, None]
    rain = np.where(dice.random(shape) < 0.3, dice.gamma(0.7, 6.0, shape), 0.0)
    return Weather(month, dice.uniform(-5, 35, shape), dice.uniform(10, 100, shape), dice.uniform(0, 50, shape), rain)


def row(state: tuple[float, float, float], month: int, t: float, h: float, w: float, r: float) -> tuple[float, ...]:
    """One station on one day, written out from the report of 1985: the reference that knows no arrays."""
    f0, p0, d0 = state
    m = 147.2 * (101 - f0) / (59.5 + f0)
    if r > 0.5:
        rf = r - 0.5
        more = 42.5 * rf * math.exp(-100 / (251 - m)) * (1 - math.exp(-6.93 / rf))
        m = min(m + more + (0.0015 * (m - 150) ** 2 * math.sqrt(rf) if m > 150 else 0), 250)
    warm = 0.18 * (21.1 - t) * (1 - math.exp(-0.115 * h))
    ed = 0.942 * h**0.679 + 11 * math.exp((h - 100) / 10) + warm
    ew = 0.618 * h**0.753 + 10 * math.exp((h - 100) / 10) + warm
    if m > ed:
        k = 0.424 * (1 - (h / 100) ** 1.7) + 0.0694 * math.sqrt(w) * (1 - (h / 100) ** 8)
        m = ed + (m - ed) * 10 ** -(k * 0.581 * math.exp(0.0365 * t))
    elif m < ew:
        k = 0.424 * (1 - ((100 - h) / 100) ** 1.7) + 0.0694 * math.sqrt(w) * (1 - ((100 - h) / 100) ** 8)
        m = ew - (ew - m) * 10 ** -(k * 0.581 * math.exp(0.0365 * t))
    f = min(max(59.5 * (250 - m) / (147.2 + m), 0), 101)
    p = p0
    if r > 1.5:
        re, mo = 0.92 * r - 1.27, 20 + 280 * math.exp(-0.023 * p0)
        b = 100 / (0.5 + 0.3 * p0) if p0 <= 33 else 14 - 1.3 * math.log(p0) if p0 <= 65 else 6.2 * math.log(p0) - 17.2
        p = max(43.43 * (5.6348 - math.log(mo + 1000 * re / (48.77 + b * re) - 20)), 0)
    p += 1.894 * (max(t, -1.1) + 1.1) * (100 - h) * DUFF[month] * 1e-4
    d = d0
    if r > 2.8:
        d = max(400 * math.log(800 / (800 * math.exp(-d0 / 400) + 3.937 * (0.83 * r - 1.27))), 0)
    d += max(0.36 * (max(t, -2.8) + 2.8) + NORTH[month], 0) / 2
    fm = 147.2 * (101 - f) / (59.5 + f)
    i = 0.208 * math.exp(0.05039 * w) * 91.9 * math.exp(-0.1386 * fm) * (1 + fm**5.31 / 4.93e7)
    u = (
        0.8 * p * d / (p + 0.4 * d)
        if p <= 0.4 * d
        else p - (1 - 0.8 * d / (p + 0.4 * d)) * (0.92 + (0.0114 * p) ** 1.7)
    )
    u = max(u, 0)
    b = 0.1 * i * (0.626 * u**0.809 + 2 if u <= 80 else 1000 / (25 + 108.64 * math.exp(-0.023 * u)))
    s = math.exp(2.72 * (0.434 * math.log(b)) ** 0.647) if b > 1 else b
    return f, p, d, i, u, s, 0.0272 * s**1.77


def by_rows(days: Weather) -> np.ndarray:
    """Walk some stations through their days row by row; the FWI of the last day."""
    out = []
    for station in range(ROWS // DAYS):
        state = (85.0, 6.0, 15.0)
        for day in range(DAYS):
            place = day, station
            made = row(state, int(days.month[day, 0]), days.temp_c[place], days.rh_pct[place], days.wind_kmh[place],
                       days.rain_mm[place])  # fmt: skip
            state = made[:3]
        out.append(made[5])
    return np.array(out)


def compiled_run(days: Weather) -> Callable[[], object] | None:
    """The loop over rows compiled by numba, over all the weather, ready to run; None where it is not installed."""
    try:
        from numba import njit
    except ImportError:
        return None
    compiled = njit(row)

    @njit
    def walk(month: np.ndarray, t: np.ndarray, h: np.ndarray, w: np.ndarray, r: np.ndarray, out: np.ndarray) -> None:
        for station in range(t.shape[1]):
            state = (85.0, 6.0, 15.0)
            for day in range(t.shape[0]):
                made = compiled(state, month[day], t[day, station], h[day, station], w[day, station], r[day, station])
                out[day, station] = made
                state = made[:3]

    def run() -> object:
        out = np.empty((DAYS, STATIONS, 7))
        walk(days.month[:, 0], days.temp_c, days.rh_pct, days.wind_kmh, days.rain_mm, out)
        return out

    return run


def xclim_run(days: Weather) -> Callable[[], object] | None:
    """The usual library on the same weather, ready to run; None where it is not installed."""
    try:
        import xarray as xr
        from xclim.indices.fire import cffwis_indices, daily_severity_rating
    except ImportError:
        return None
    when = np.datetime64("2020-04-01") + np.arange(DAYS)

    def array(values: np.ndarray, unit: str) -> "xr.DataArray":
        return xr.DataArray(values, dims=("time", "site"), coords={"time": when}, attrs={"units": unit})

    def each(value: float, unit: str) -> "xr.DataArray":
        return xr.DataArray(np.full(STATIONS, value), dims=("site",), attrs={"units": unit})

    given = (
        array(days.temp_c, "degC"),
        array(days.rain_mm, "mm/d"),
        array(days.wind_kmh, "km/h"),
        array(days.rh_pct, "%"),
    )
    start = {"ffmc0": each(85.0, "1"), "dmc0": each(6.0, "1"), "dc0": each(15.0, "1")}

    def run() -> object:
        codes = cffwis_indices(*given, each(38.0, "degrees_north"), **start)
        return (*codes, daily_severity_rating(codes[-1]))

    return run


def cffdrs_run(days: Weather) -> Callable[[], object] | None:
    """The Canadian service's port to Python on the same weather, ready to run; None where it is not installed."""
    try:
        from cffdrs import cffwis
    except ImportError:
        return None

    def run() -> object:
        ffmc, dmc, dc = (np.full(STATIONS, value) for value in (85.0, 6.0, 15.0))
        made = []
        for day in range(DAYS):
            month, temp, rh, wind, rain = (
                int(days.month[day, 0]),
                *(column[day] for column in (days.temp_c, days.rh_pct, days.wind_kmh, days.rain_mm)),
            )
            ffmc = cffwis.dailyFFMC(ffmc, temp, rh, wind, rain)
            dmc = cffwis.dailyDMC(dmc, temp, rh, rain, month)
            dc = cffwis.dailyDC(dc, temp, rain, month)
            isi, bui = cffwis.dailyISI(wind, ffmc), cffwis.dailyBUI(dmc, dc)
            fwi = cffwis.dailyFWI(isi, bui)
            made.append((ffmc, dmc, dc, isi, bui, fwi, cffwis.dailyDSR(fwi)))
        return made

    return run


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Processor seconds, and the result."""
    start = time.process_time()
    out = work()
    return time.process_time() - start, out


def main() -> None:
    """Print seconds for a million station-days each way, ratios, and ten million in a row."""
    days = weather(1)
    libraries = {"the loop compiled": compiled_run(days), "xclim": xclim_run(days), "cffdrs-fire": cffdrs_run(days)}
    rivals = {name: run for name, run in libraries.items() if run}
    for run in rivals.values():
        run()  # compiles
    ours, rows, theirs = [], [], {name: [] for name in rivals}
    for _ in range(ROUNDS):
        took, codes = timed(lambda: fwi_codes(days))
        ours.append(took)
        for name, run in rivals.items():
            theirs[name].append(timed(run)[0])
        took, last = timed(lambda: by_rows(days))
        rows.append(took * STATIONS * DAYS / ROWS)
    assert isinstance(codes, Codes)
    off = np.abs(codes.fwi[-1, : ROWS // DAYS] - last).max()
    print(f"a million station-days: {min(ours):.3f} s; furthest from the rows: {off:.1e}")
    print(f"row by row (on {ROWS} rows): {min(rows):.1f} s, {min(rows) / min(ours):.0f} times")
    for name, took in theirs.items():
        print(f"{name}: {min(took):.3f} s, {min(took) / min(ours):.1f} times")
    for name in libraries.keys() - rivals.keys():
        print(f"{name} is not installed")
    state, start = Moisture(85.0, 6.0, 15.0), time.process_time()
    for seed in range(10):
        made = fwi_codes(weather(seed), start=state)
        state = Moisture(made.ffmc[-1], made.dmc[-1], made.dc[-1])
    print(f"ten million station-days with making their weather: {time.process_time() - start:.1f} s")


if __name__ == "__main__":
    main()
