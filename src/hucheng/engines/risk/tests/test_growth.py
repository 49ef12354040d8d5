"""Is it growing here: EpiEstim's stored results, closed forms, brute force, and series that cannot be."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.growth import effective_r, extinction, growth, more_to_come, serial_interval

FLU = [1, 1, 0, 2, 5, 3, 3, 3, 6, 2, 5, 9, 13, 12, 13, 11, 12, 6, 6, 6, 3, 1, 0, 2, 0, 0, 0, 0, 2, 0, 2, 0]
FLU_INTERVAL = [0, 0.233, 0.359, 0.198, 0.103, 0.053, 0.027, 0.014, 0.007, 0.003, 0.002, 0.001]
BY_TABLE = [  # first day, mean, sd, 2.5 % and 97.5 %: EpiEstim 3.0.0, example 1
    (2, 1.7356089, 0.40908694, 1.02863184, 2.6244959),
    (5, 1.4316392, 0.27055438, 0.95131387, 2.0085685),
    (6, 1.4223487, 0.25143809, 0.97288543, 1.9558194),
    (7, 1.634941, 0.25227688, 1.17832168, 2.165173),
    (8, 1.6636221, 0.23295369, 1.23867595, 2.1502729),
    (9, 1.61568, 0.20686663, 1.23586721, 2.045607),
    (11, 1.4083724, 0.16155139, 1.10963727, 1.742178),
    (14, 0.9369319, 0.11446445, 0.72610935, 1.1742159),
    (15, 0.8194289, 0.10759629, 0.62222675, 1.0433607),
    (16, 0.6908048, 0.10185361, 0.50575593, 0.9042566),
    (18, 0.4989223, 0.09978447, 0.32287622, 0.7126626),
    (20, 0.4173489, 0.11575175, 0.2222207, 0.6729457),
    (21, 0.297695, 0.11251813, 0.11968883, 0.5553914),
    (24, 0.6754931, 0.3020897, 0.21933077, 1.3836245),
    (26, 1.0040161, 0.44900963, 0.32600128, 2.0565439),
]
BY_GAMMA = [  # the same with a serial interval of mean 2.6 and sd 1.5: example 3
    (2, 1.7357977, 0.40913143, 1.0287437, 2.6247813),
    (4, 1.5370581, 0.30741163, 0.99470299, 2.1955399),
    (5, 1.4318389, 0.27059213, 0.95144658, 2.0088487),
    (9, 1.6161467, 0.20692639, 1.2362242, 2.0461979),
    (10, 1.4344239, 0.17656537, 1.10938331, 1.8005896),
    (11, 1.4087217, 0.16159146, 1.10991245, 1.74261),
    (15, 0.8196564, 0.10762616, 0.62239946, 1.0436503),
    (18, 0.4992206, 0.09984413, 0.32306927, 0.7130887),
    (20, 0.4176319, 0.11583024, 0.22237137, 0.673402),
    (25, 0.8591897, 0.3842413, 0.27897655, 1.7598935),
]


@pytest.mark.parametrize(("first", "mean", "sd", "low", "high"), BY_TABLE)
def test_rt_with_a_table_of_intervals_is_that_of_epiestim(first, mean, sd, low, high):
    met(effective_r(FLU, interval=FLU_INTERVAL, least_cases=0), first, (mean, sd, low, high))


@pytest.mark.parametrize(("first", "mean", "sd", "low", "high"), BY_GAMMA)
def test_rt_with_a_gamma_interval_is_that_of_epiestim(first, mean, sd, low, high):
    met(effective_r(FLU, interval=serial_interval(2.6, 1.5, 31), least_cases=0), first, (mean, sd, low, high))


def met(windows, first, printed):
    one = next(window for window in windows if window.first == first)
    assert one.last == first + 6
    assert (one.mean, one.sd, *one.quantile([0.025, 0.975])) == pytest.approx(printed, abs=1e-6)


@given(st.lists(st.integers(0, 30), min_size=9, max_size=25), st.lists(st.integers(0, 5), min_size=25, max_size=25))
@settings(max_examples=30, deadline=None)
def test_rt_is_the_posterior_written_out_day_by_day(local, imported):
    imported = imported[: len(local)]
    windows = effective_r(local, imported, interval=FLU_INTERVAL, least_cases=0)
    total = [here + brought for here, brought in zip(local, imported, strict=True)]
    for one in windows:
        days = range(one.first - 1, one.last)
        pressure = sum(w * total[t - s] for t in days for s, w in enumerate(FLU_INTERVAL) if t - s >= 0)
        cases = sum(local[t] for t in days)
        assert (one.local_cases, one.shape) == (cases, 1 + cases)
        assert one.mean == pytest.approx((1 + cases) / (1 / 5 + pressure))
    assert len(windows) == len(local) - 7


def test_windows_of_few_local_cases_are_blank_whatever_arrives():
    local, imported = [5, 0, 1, 0, 1, 0, 1, 0, 4, 6], [0, 50, 50, 50, 50, 50, 50, 50, 50, 50]
    windows = effective_r(local, imported, interval=FLU_INTERVAL)
    assert [one is None for one in windows] == [True, True, False]
    assert windows[2].local_cases == 12
    assert effective_r([5, *[0] * 7, 4, 6], imported, interval=FLU_INTERVAL, least_cases=10)[2].local_cases == 10


def test_imported_cases_explain_local_ones():
    local = [0, 3, 3, 3, 3, 3, 3, 3, 3]
    alone, fed = (effective_r(local, brought, interval=FLU_INTERVAL)[-1].mean for brought in ([1] + [0] * 8, [5] * 9))
    assert fed < alone / 2


def test_a_shift_in_time_changes_nothing():
    later = effective_r([0, 0, 0, *FLU], [0] * 35, interval=FLU_INTERVAL, least_cases=0)[3:]
    now = effective_r(FLU, [0] * 32, interval=FLU_INTERVAL, least_cases=0)
    assert [one.mean for one in later] == pytest.approx([one.mean for one in now], rel=1e-12)


def test_the_probability_of_growth_is_above_a_half_only_where_rt_is():
    for one in effective_r(FLU, interval=FLU_INTERVAL):
        if one is not None:
            assert (one.above_one > 0.5) == (one.quantile(0.5) > 1)


@pytest.mark.parametrize(("mean", "sd"), [(2.6, 1.5), (5.8, 3.0), (8.4, 3.8), (1.5, 0.4)])
def test_a_discretised_serial_interval_keeps_whole_and_mean_and_starts_after_day_0(mean, sd):
    masses = serial_interval(mean, sd, 200)
    assert masses[0] == 0 and masses.sum() == pytest.approx(1, abs=1e-9)
    assert (np.arange(201) * masses).sum() == pytest.approx(mean, abs=1e-7)


@pytest.mark.parametrize(("mean", "sd"), [(1, 1), (0.5, 1), (5, 0), (math.nan, 1)])
def test_a_serial_interval_that_cannot_be_is_refused(mean, sd):
    with pytest.raises(RiskRefused) as said:
        serial_interval(mean, sd, 20)
    assert said.value.code == "serial_interval"


@pytest.mark.parametrize(
    ("local", "imported", "window", "code", "said"),
    [
        ([1, -2, 3], None, 1, "counts", "-2 of day 2"),
        ([1, 2.5, 3], None, 1, "counts", "2.5 of day 2"),
        ([1, 2, math.nan], None, 1, "counts", "nan of day 3"),
        ([1, 2, 3], [0, 0, -1], 1, "counts", "-1 of day 3"),
        ([1, 2, 3], [0, 0], 1, "counts", "day 3"),
        ([1, 2, 3], None, 3, "window", "window of 3 days"),
        ([1, 2, 3], None, 0, "window", "window of 0 days"),
        ([], None, 7, "window", "window of 7"),
    ],
)
def test_series_that_cannot_be_are_refused_with_their_day(local, imported, window, code, said):
    with pytest.raises(RiskRefused, match=said) as refusal:
        effective_r(local, imported, interval=FLU_INTERVAL, window=window)
    assert refusal.value.code == code


@pytest.mark.parametrize("doubling", [2, 5, -4])
def test_an_exact_exponential_gives_its_doubling_time(doubling):
    found = growth([round(4_000_000 * 2 ** (day / doubling)) for day in range(12)])
    assert found.doubling_days == pytest.approx(doubling, rel=1e-5)
    assert found.low < found.rate < found.high


def test_constant_cases_do_not_grow():
    flat = growth([9] * 10)
    assert flat.rate == pytest.approx(0, abs=1e-12) and flat.low < 0 < flat.high
    assert abs(flat.doubling_days) > 1e10


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(5)
    rows = [growth(rng.poisson(12 * np.exp(0.06 * np.arange(14)))) for _ in range(300)]
    assert 0.91 <= np.mean([one.low <= 0.06 <= one.high for one in rows]) <= 0.99


def test_noisier_counts_widen_the_interval_and_their_mirror_image_shrinks():
    calm, noisy = growth([10] * 12), growth([0, 20] * 6)
    assert noisy.high - noisy.low > 2 * (calm.high - calm.low)
    rising, falling = [3, 5, 4, 8, 9, 13], [13, 9, 8, 4, 5, 3]
    assert growth(rising).rate == pytest.approx(-growth(falling).rate, abs=1e-9)


@pytest.mark.parametrize(("cases", "code"), [([3, 4, 3], "few_cases"), ([20, 30], "window"), ([9, 9, -1], "counts")])
def test_no_growth_is_read_from_a_handful(cases, code):
    with pytest.raises(RiskRefused) as said:
        growth(cases)
    assert said.value.code == code


@pytest.mark.parametrize("r", [1.2, 1.5, 2.0, 3.5])
def test_with_dispersion_one_a_chain_dies_out_with_chance_one_over_r(r):
    assert extinction(r, 1.0) == pytest.approx(1 / r, abs=1e-12)
    assert extinction(r, 1.0, 3) == pytest.approx(1 / r**3, abs=1e-12)


def test_extinction_is_sure_below_one_and_likelier_when_few_spread_most():
    assert extinction(1.0, 0.5) == extinction(0.3, 0.1) == extinction(4, 0.5, 0) == 1
    assert extinction(2.2, 0.16) > extinction(2.2, 0.54) > extinction(2.2, 5) > extinction(3.2, 5)
    poisson = extinction(2.0, 1e7)
    assert poisson == pytest.approx(math.exp(2.0 * (poisson - 1)), abs=1e-6)


@pytest.mark.parametrize(("r", "k", "n"), [(-1, 1, 1), (2, 0, 1), (2, 1, -1), (math.inf, 1, 1), (2, math.nan, 1)])
def test_offspring_that_cannot_be_are_refused(r, k, n):
    with pytest.raises(RiskRefused, match="R "):
        extinction(r, k, n)


def test_the_chance_of_one_more_case_falls_with_silence_and_starts_at_that_of_any_offspring():
    chances = [more_to_come([day, day + 2], FLU_INTERVAL, 1.5, 0.5) for day in range(12)]
    assert chances == sorted(chances, reverse=True) and chances[-1] < 1e-9
    assert more_to_come([0], FLU_INTERVAL, 2.5, 0.25) == pytest.approx(1 - (0.25 / 2.75) ** 0.25)
    assert more_to_come([], FLU_INTERVAL, 2.5, 0.25) == 0


def test_an_onset_in_the_future_is_refused():
    with pytest.raises(RiskRefused, match="onset of -1"):
        more_to_come([-1], FLU_INTERVAL, 2.5, 0.25)


def test_the_interval_is_never_narrower_than_that_of_poisson_counts():
    """Constant counts show no spread at all; the error of the slope is then 1 / sqrt(count x sum of squared days)."""
    flat = growth([9] * 11)
    assert flat.high - flat.rate == pytest.approx(1.959964 / math.sqrt(9 * 110), rel=1e-5)
