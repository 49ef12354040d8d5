"""The behaviour indices: published values, limits, and where their branches meet."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.fireweather.indices import buildup, log_intensity, severity, spread
from hucheng.engines.fireweather.moisture import litter_moisture

dmcs, dcs, isis = st.floats(0, 400), st.floats(0, 1200), st.floats(0, 200)


def one(index, *values):
    with np.errstate(divide="ignore"):
        return index(*(np.array([float(value)]) for value in values)).item()


def intensity(isi_value, bui):
    return np.exp(log_intensity(isi_value, bui))


def bui(dmc, dc):
    return one(lambda duff, deep: buildup(duff, deep, np.empty(1)), dmc, dc)


def dsr(fwi):
    return one(lambda value: severity(np.log(value), np.empty(1)), fwi)


def isi(ffmc, wind):
    return one(lambda code, blowing: spread(litter_moisture(code, 147.2), blowing, np.empty(1)), ffmc, wind)


@pytest.mark.parametrize(
    ("ffmc", "wind", "printed"), [(87.692980, 25, 10.853661), (86.247642, 25, 8.842466), (85.0, 0, 2.1)]
)
def test_spread_of_known_days(ffmc, wind, printed):
    assert isi(ffmc, wind) == pytest.approx(printed, abs=0.06)


@given(st.floats(0, 101), st.floats(0, 100))
def test_spread_is_multiplied_by_wind_alike_for_any_fuel(ffmc, wind):
    assert isi(ffmc, wind) == pytest.approx(isi(ffmc, 0) * np.exp(0.05039 * wind), rel=1e-12)


@given(st.floats(60, 101), st.floats(60, 101))
def test_drier_litter_spreads_faster(one_ffmc, other):
    low, high = sorted((one_ffmc, other))
    assert isi(low, 10) <= isi(high, 10) + 1e-12


def test_nothing_to_burn_is_zero():
    assert bui(0, 0) == 0
    assert bui(0, 500) == 0
    assert one(intensity, 0, 100) == 0
    assert dsr(0) == 0


@given(dmcs, dcs)
def test_buildup_is_at_least_zero_and_at_most_its_parts(dmc, dc):
    assert 0 <= bui(dmc, dc) <= dmc + 0.4 * dc + 1e-9


@given(st.floats(0.1, 400))
def test_the_two_branches_of_buildup_meet_closely(dc):
    edge = 0.4 * dc
    assert bui(edge, dc) == pytest.approx(edge, rel=1e-12)


@given(isis, st.floats(0, 300), st.floats(0, 20))
def test_more_spread_never_lowers_intensity(isi_value, fuel, more):
    assert one(intensity, isi_value + more, fuel) >= one(intensity, isi_value, fuel) - 1e-12


def test_the_two_branches_of_fuel_meet_at_eighty():
    assert one(intensity, 10, 80) == pytest.approx(one(intensity, 10, 80.001), rel=0.01)


def test_the_two_branches_of_intensity_meet_at_one():
    below = next(isi_value for isi_value in np.linspace(0, 10, 20001) if one(intensity, isi_value, 40) >= 1)
    assert one(intensity, below, 40) == pytest.approx(1, abs=0.05)


@given(st.floats(0, 300), st.floats(0, 300))
def test_severity_rises_with_intensity(one_fwi, other):
    low, high = sorted((one_fwi, other))
    assert dsr(low) <= dsr(high)


def test_severity_of_a_known_day():
    assert dsr(10.04) == pytest.approx(1.612, abs=0.005)
