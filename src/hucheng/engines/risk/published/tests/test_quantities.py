"""What a quantity asks: every sensible spelling is read, what is ambiguous is refused."""

import pytest

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.distributions import Distribution, gamma_of
from hucheng.engines.risk.published.quantities import Statistic, statistic

UPPER, LOWER = Statistic("quantile", 0.975), Statistic("quantile", 0.025)
SPELLED = {
    "Rt_posterior_0.975_quantile": UPPER,
    "Rt_posterior_q97.5": UPPER,
    "Rt_upper_97.5": UPPER,
    "Rt_posterior_upper": UPPER,
    "Rt_95ci_upper": UPPER,
    "Rt_quantile_0_975": UPPER,
    "Rt_q975": UPPER,
    "Rt_q0975": UPPER,
    "97.5th_percentile_days": UPPER,
    "Rt_97.5%_quantile": UPPER,
    "Rt_posterior_0.975": UPPER,
    "Quantile.0.025(R)": LOWER,
    "Rt_lower_95": LOWER,
    "Rt_lower_2.5": LOWER,
    "Rt_q025": LOWER,
    "lower 95% CrI": LOWER,
    "Rt_upper_90": Statistic("quantile", 0.95),
    "incubation_p95_days": Statistic("quantile", 0.95),
    "incubation_95_percent_within_days": Statistic("quantile", 0.95),
    "incubation_5th_percentile": Statistic("quantile", 0.05),
    "Median(R)": Statistic("quantile", 0.5),
    "Rt_q0.5": Statistic("quantile", 0.5),
    "Mean(R)": Statistic("mean"),
    "serial_interval_mean_days": Statistic("mean"),
    "infectious_after_onset_mean": Statistic("mean"),
    "Std(R)": Statistic("sd"),
    "Rt_posterior_standard_deviation": Statistic("sd"),
    "incubation_variance": Statistic("var"),
    "Rt_cv": Statistic("cv"),
    "incubation_mode_days": Statistic("mode"),
    "share_beyond_14_days": Statistic("beyond", 14),
    "p_onset_later_than_21_days": Statistic("beyond", 21),
    "cases_per_10000_after_14_days": Statistic("beyond", 14, 10_000),
    "percent_after_14_days": Statistic("beyond", 14, 100),
    "incubation_share_within_11.5_days": Statistic("within", 11.5),
    "Rt_probability_above_1": Statistic("beyond", 1),
}
UNCLEAR = (
    *("Rt", "incubation_days", "Rt_mean_upper", "Rt_upper_95_quantile", "Rt_lower_97.5", "incubation_q1"),
    *("incubation_lower_quartile_days", "incubation_log_mean", "incubation_mean_hours", "incubation_97.5_days"),
    *("incubation_interquartile_range", "Rt_relative_mean", "Rt_mean_standard_error", "share_beyond", "quantile"),
    *("Rt_q150", "Rt_quantile_0"),
)


@pytest.mark.parametrize(("quantity", "asked"), SPELLED.items(), ids=str)
def test_a_spelling_is_read(quantity, asked):
    assert statistic(quantity, {}) == asked


@pytest.mark.parametrize("quantity", UNCLEAR)
def test_what_is_unclear_is_refused(quantity):
    with pytest.raises(RiskRefused) as no:
        statistic(quantity, {})
    assert no.value.code == "quantity" and quantity in no.value.why.en


def test_a_level_or_a_day_may_stand_among_the_parameters():
    assert statistic("Rt_quantile", {"level": 0.9}) == Statistic("quantile", 0.9)
    assert statistic("share_beyond", {"days": 14}) == Statistic("beyond", 14)
    with pytest.raises(RiskRefused):
        statistic("share_beyond", {"days": 14, "x": 15})


def test_each_statistic_is_that_of_the_distribution():
    law = gamma_of(6, 3)
    assert Statistic("var").of(law) == pytest.approx(9) and Statistic("cv").of(law) == pytest.approx(0.5)
    assert Statistic("mode").of(law) == pytest.approx(4.5) and Statistic("rate").of(law) == pytest.approx(2 / 3)
    assert Statistic("within", 6).of(law) + Statistic("beyond", 6).of(law) == pytest.approx(1)
    assert Statistic("shape").of(Distribution("weibull", 3, 7)) == 3
    with pytest.raises(RiskRefused):
        Statistic("meanlog").of(law)
