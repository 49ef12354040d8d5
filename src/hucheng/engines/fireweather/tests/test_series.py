"""The FWI System against its published series, and inside its bounds."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.fireweather import STANDARD_START, Moisture, Weather, fwi_codes, fwi_step
from hucheng.engines.fireweather.indices import spread
from hucheng.engines.fireweather.moisture import litter_moisture

CODES = ("ffmc", "dmc", "dc", "isi", "bui", "fwi")
ROOT = Path(__file__).resolve().parents[5]
REFERENCE = Path(os.environ.get("HUCHENG_REFERENCE", ROOT.parent / "shared" / "reference"))
PUBLISHED = REFERENCE / "science" / "fwi_test.csv"

moistures = st.builds(Moisture, st.floats(0, 101), st.floats(0, 400), st.floats(0, 1200))
weathers = st.builds(
    Weather,
    st.integers(1, 12),
    st.floats(-40, 45),
    st.floats(0, 100),
    st.floats(0, 120),
    st.floats(0, 300),
)


def series_of(name):
    if not PUBLISHED.exists():
        pytest.skip("the published series are not beside this checkout (HUCHENG_REFERENCE)")
    with PUBLISHED.open(newline="") as file:
        return [row for row in csv.DictReader(file) if row["series"] == name]


def weather_of(rows):
    names = ("mon", "temp_c", "rh_pct", "wind_kmh", "rain24_mm")
    return Weather(*([float(row[name]) for row in rows] for name in names))


def test_the_report_of_1985_to_the_printed_digit():
    rows = series_of("vwp1985")
    codes = fwi_codes(weather_of(rows), constant="1985")
    for name in CODES:
        printed = np.array([float(row[name]) for row in rows])
        assert np.abs(getattr(codes, name) - printed).max() <= 0.05 + 1e-9, name


def test_the_file_of_cffdrs_within_its_rounding():
    rows = series_of("cffdrs_r")
    codes = fwi_codes(weather_of(rows), constant="current")
    for name in (*CODES, "dsr"):
        printed = np.array([float(row[name]) for row in rows])
        assert np.abs(getattr(codes, name) - printed).max() <= 0.0101, name


def test_the_first_day_that_ports_quote():
    codes = fwi_step(STANDARD_START, Weather(4, 17, 42, 25, 0), constant="1985")
    assert float(codes.ffmc) == pytest.approx(87.692980092774448, abs=1e-12)
    assert float(codes.fwi) == pytest.approx(10.096371392382368, abs=1e-12)


def test_the_second_day_of_the_report_with_rain():
    codes = fwi_codes(Weather([4, 4], [17, 20], [42, 21], [25, 25], [0, 2.4]))
    assert [round(float(getattr(codes, name)[1]), 1) for name in CODES] == [86.2, 10.4, 23.6, 8.8, 10.4, 9.3]


@given(moistures, weathers)
def test_codes_stay_in_their_bounds(start, weather):
    codes = fwi_step(start, weather)
    assert 0 <= codes.ffmc <= 101
    for name in ("dmc", "dc", "isi", "bui", "fwi", "dsr"):
        value = float(getattr(codes, name))
        assert np.isfinite(value) and value >= 0, name


@given(moistures, weathers, st.floats(0, 60))
def test_more_wind_never_lowers_spread_of_the_same_fuel(start, weather, more):
    fuel = fwi_step(start, weather).ffmc
    litter = litter_moisture(np.array([float(fuel)]), 147.2)
    wind = np.array([float(weather.wind_kmh)])
    with np.errstate(divide="ignore"):
        assert spread(litter, wind + more, np.empty(1)) >= spread(litter, wind, np.empty(1))


@given(moistures, weathers, st.floats(0, 50))
def test_more_rain_never_dries_the_deep_soil(start, weather, more):
    wetter = Weather(weather.month, weather.temp_c, weather.rh_pct, weather.wind_kmh, weather.rain_mm + more)
    assert fwi_step(start, wetter).dc <= fwi_step(start, weather).dc + 9.0


@given(moistures, weathers)
def test_a_warmer_dry_day_dries_no_less(start, weather):
    dry = Weather(weather.month, weather.temp_c, weather.rh_pct, weather.wind_kmh, 0.0)
    warm = Weather(weather.month, weather.temp_c + 5, weather.rh_pct, weather.wind_kmh, 0.0)
    assert fwi_step(start, warm).dmc >= fwi_step(start, dry).dmc
    assert fwi_step(start, warm).dc >= fwi_step(start, dry).dc


@given(st.lists(weathers, min_size=1, max_size=12), moistures)
def test_a_run_is_its_days_one_by_one(days, start):
    columns = [[getattr(day, name) for day in days] for name in ("month", "temp_c", "rh_pct", "wind_kmh", "rain_mm")]
    run = fwi_codes(Weather(*columns), start=start)
    state = start
    for place, day in enumerate(days):
        codes = fwi_step(state, day)
        assert float(codes.fwi) == pytest.approx(float(run.fwi[place]), rel=1e-12, abs=1e-12)
        state = codes.moisture


def test_stations_side_by_side_are_the_stations_alone():
    temp = np.array([[17.0, 5.0], [20.0, 9.0], [8.5, 30.0]])
    together = fwi_codes(Weather(4, temp, 40.0, 20.0, np.array([[0.0, 9.0], [2.4, 0.0], [0.0, 0.0]])))
    alone = fwi_codes(Weather(4, temp[:, 1], 40.0, 20.0, [9.0, 0.0, 0.0]))
    assert together.fwi.shape == (3, 2)
    assert np.allclose(together.fwi[:, 1], alone.fwi, rtol=0, atol=1e-12)


def test_no_days_give_no_codes():
    assert fwi_codes(Weather([], [], [], [], [])).fwi.shape == (0,)


def test_one_number_is_a_day_not_a_run():
    with pytest.raises(ValueError, match="fwi_step"):
        fwi_codes(Weather(4, 17, 42, 25, 0))


@pytest.mark.parametrize("start", [Moisture(102, 6, 15), Moisture(85, -1, 15), Moisture(85, 6, float("nan"))])
def test_impossible_codes_of_yesterday_are_refused(start):
    with pytest.raises(ValueError, match="STANDARD_START"):
        fwi_step(start, Weather(4, 17, 42, 25, 0))


def test_an_unknown_constant_is_refused():
    with pytest.raises(ValueError, match="1985"):
        fwi_step(STANDARD_START, Weather(4, 17, 42, 25, 0), constant="1970")


@pytest.mark.parametrize("places", [3, 5, 40_000])
def test_latitudes_of_other_stations_are_refused(places):
    stations = 20_000 if places > 5 else 4
    day = Weather(4, np.full((1, stations), 15.0), 40.0, 10.0, 0.0)
    with pytest.raises(ValueError, match="broadcast"):
        fwi_codes(day, latitude=np.full(places, 38.0))
