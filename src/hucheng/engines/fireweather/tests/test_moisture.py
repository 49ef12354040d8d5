"""The three moisture codes, equation by equation: limits, thresholds of rain, seasons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.fireweather import ImpossibleObservation
from hucheng.engines.fireweather.latitude import day_lengths
from hucheng.engines.fireweather.moisture import (
    SCALES,
    fine_fuel,
    litter_moisture,
    next_dc,
    next_dmc,
    next_litter,
    overwintered,
    where_rained,
)

temps, humidities, winds, rains = st.floats(-30, 45), st.floats(0, 100), st.floats(0, 100), st.floats(0, 200)
ffmcs, dmcs, dcs, months = st.floats(0, 101), st.floats(0, 300), st.floats(0, 1000), st.integers(1, 12)


def arrays(*values):
    return [np.array([float(value)]) for value in values]


@pytest.fixture(autouse=True)
def logarithms_of_nothing_are_meant():
    with np.errstate(divide="ignore"):
        yield


def ffmc(previous, temp=20, rh=40, wind=10, rain=0, scale=147.2):
    before, *day = arrays(previous, temp, rh, wind, rain)
    litter = next_litter(litter_moisture(before, scale), *day, where_rained(day[3]), scale)
    return fine_fuel(litter, scale, np.empty(1)).item()


def dmc(previous, temp=20, rh=40, rain=0, month=7):
    *day, length = arrays(previous, temp, rh, rain, day_lengths(38)[0][month])
    return next_dmc(*day, where_rained(day[-1]), length).item()


def dc(previous, temp=20, rain=0, month=7):
    *day, length = arrays(previous, temp, rain, day_lengths(38)[1][month])
    return next_dc(*day, where_rained(day[-1]), length).item()


@pytest.mark.parametrize("scale", SCALES.values())
def test_the_ends_of_the_scale_of_litter(scale):
    assert litter_moisture(np.asarray(101.0), scale) == 0
    assert litter_moisture(np.asarray(0.0), scale) == pytest.approx(250, abs=0.2)


def test_the_current_constant_meets_250_percent_exactly():
    assert litter_moisture(np.asarray(0.0), SCALES["current"]) == pytest.approx(250, abs=1e-4)


@given(ffmcs, temps, humidities, winds, st.floats(0, 0.5))
def test_half_a_millimetre_stays_in_the_canopy(previous, temp, rh, wind, rain):
    assert ffmc(previous, temp, rh, wind, rain) == ffmc(previous, temp, rh, wind, 0)


@given(ffmcs, temps, humidities, winds, st.floats(0.51, 200))
def test_rain_never_leaves_litter_drier(previous, temp, rh, wind, rain):
    assert ffmc(previous, temp, rh, wind, rain) <= ffmc(previous, temp, rh, wind, 0) + 1e-9


@given(temps, humidities, winds)
def test_litter_moves_towards_its_balance_and_never_past_it(temp, rh, wind):
    wet, dry = ffmc(20.0, temp, rh, wind), ffmc(99.0, temp, rh, wind)
    assert wet <= dry + 1e-9


@given(ffmcs, temps, winds, st.floats(0, 99), st.floats(0, 1))
def test_damper_air_never_dries_litter(previous, temp, wind, rh, more):
    """Drying ends higher and goes slower in damper air (checked on fuel wetter than any balance)."""
    wet = min(previous, 40.0)
    if temp > 0:
        assert ffmc(wet, temp, rh + more, wind) <= ffmc(wet, temp, rh, wind) + 1e-9


@given(dmcs, temps, humidities, st.floats(0, 1.5), months)
def test_duff_feels_no_rain_up_to_one_and_a_half_millimetres(previous, temp, rh, rain, month):
    assert dmc(previous, temp, rh, rain, month) == dmc(previous, temp, rh, 0, month) >= previous


@given(dcs, temps, st.floats(0, 2.8), months)
def test_deep_soil_feels_no_rain_up_to_two_point_eight_millimetres(previous, temp, rain, month):
    assert dc(previous, temp, rain, month) == dc(previous, temp, 0, month) >= previous


@given(dmcs, dcs, st.floats(3, 200), months)
def test_rain_above_the_threshold_wets_what_was_dry(duff, deep, rain, month):
    assert dmc(duff, -30, 100, rain, month) <= duff + 1e-9
    assert dc(deep, -30, rain, 1) <= deep + 1e-9


@given(dmcs, st.floats(-60, -1.1), humidities, months)
def test_frozen_duff_does_not_dry(previous, temp, rh, month):
    assert dmc(previous, temp, rh, 0, month) == previous


@given(dcs, st.floats(-60, -2.8), st.sampled_from([1, 2, 3, 11, 12]))
def test_frozen_ground_does_not_dry_in_winter(previous, temp, month):
    assert dc(previous, temp, 0, month) == previous


def test_saturated_air_does_not_dry_duff():
    assert dmc(30, rh=100) == 30


def test_long_days_dry_more_than_short_ones():
    assert dmc(20, month=6) > dmc(20, month=9) > dmc(20, month=12)
    assert dc(100, month=7) > dc(100, month=4) > dc(100, month=12)


def test_a_cloudburst_ends_at_zero_not_below():
    assert dmc(0.1, -30, 100, 500, 1) == 0
    assert dc(50, -30, 500, 1) == 0


def test_duff_takes_only_so_much_water_of_one_rain():
    assert dmc(60, -30, 100, 400, 1) == pytest.approx(dmc(60, -30, 100, 500, 1), abs=0.2)


@pytest.mark.parametrize("edge", [33.0, 65.0])
def test_the_slope_of_duff_joins_closely_at_its_edges(edge):
    """The report's three pieces do not meet exactly: about a quarter of a point apart."""
    assert dmc(edge - 1e-9, rain=20) == pytest.approx(dmc(edge + 1e-9, rain=20), abs=0.25)


def test_day_lengths_of_the_report():
    duff, deep = day_lengths(46)
    assert duff[6] == 13.9 and duff[12] == 6.0
    assert deep[7] == 6.4 and deep[1] == -1.6
    assert len(duff) == len(deep) == 13 and np.isnan(duff[0])


@pytest.mark.parametrize(
    ("latitude", "june_duff", "june_deep"),
    [
        (46, 13.9, 5.8),
        (30.1, 13.9, 5.8),
        (30, 10.2, 5.8),
        (20, 10.2, 1.4),
        (0, 9.0, 1.4),
        (-15, 7.8, 1.4),
        (-40, 6.2, -1.6),
    ],
)
def test_latitude_picks_the_table_of_its_band(latitude, june_duff, june_deep):
    duff, deep = day_lengths(latitude)
    assert (duff[6], deep[6]) == (june_duff, june_deep)


def test_the_poles_have_tables_and_beyond_them_there_is_none():
    assert day_lengths([-90, 90])[0].shape == (2, 13)
    with pytest.raises(ImpossibleObservation, match="91"):
        day_lengths([10, 91])


@given(dcs, st.floats(0, 800))
def test_a_winter_wets_the_deep_soil_but_never_below_the_standard(dc, winter):
    spring = float(overwintered(np.asarray(dc), np.asarray(winter)))
    dry = float(overwintered(np.asarray(dc), np.asarray(0.0), carry=1.0))
    assert 15 <= spring <= max(dc + 400 * np.log(1 / 0.75), 15) + 1e-9
    assert dry == pytest.approx(max(dc, 15), abs=1e-9)


def test_a_winter_by_hand():
    water = 0.75 * 800 * np.exp(-300 / 400) + 0.75 * 3.94 * 100
    assert float(overwintered(np.asarray(300.0), np.asarray(100.0))) == pytest.approx(400 * np.log(800 / water))
