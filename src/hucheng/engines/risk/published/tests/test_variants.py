"""Rows that another checker could write from the same sources: computed right, or refused with the reason."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk.distributions import gamma_of
from hucheng.engines.risk.onward import onward_chance
from hucheng.engines.risk.profiles import Curve
from hucheng.engines.risk.published.reproduce import read_rows, reproduce
from hucheng.engines.risk.regular_tests import found_in_time
from hucheng.engines.risk.scores import crps_normal

ROWS = read_rows((Path(__file__).resolve().parents[6] / "benchmarks/risk/published.csv").read_bytes())
HELD = [row for row in ROWS if row["parameters"] and "model" not in json.loads(row["parameters"])]
TESTS = ("t_test",)
"""Left out it is another question, one without a test, and no lack."""


def parameters(row):
    return json.loads(row["parameters"])


def one_a_model():
    """Give the first row of each model and quantity."""
    found = {}
    for row in ROWS:
        if row["note"].startswith("computable"):
            found.setdefault((parameters(row)["model"], row["quantity"].split("_2011")[0]), row)
    return list(found.values())


SAMPLE = one_a_model()


def asked(row, quantity=None, without=(), **changed):
    given = {name: value for name, value in (parameters(row) | changed).items() if name not in without}
    row = row | {"quantity": quantity or row["quantity"], "parameters": json.dumps(given)}
    return reproduce([row, *HELD])[0]


def first_of(model):
    return next(row for row in SAMPLE if parameters(row)["model"] == model)


def identity(row):
    return f"{row['id']} {row['quantity']}"


@pytest.mark.parametrize("row", SAMPLE, ids=identity)
def test_a_parameter_that_the_model_does_not_know_is_never_passed_over(row):
    done = asked(row, adherence_of_staff=0.5)
    assert done.ours is None and "adherence_of_staff" in done.status


@pytest.mark.parametrize("row", SAMPLE, ids=identity)
@pytest.mark.parametrize("change", ["relative_{}_ratio", "{}_minus_log", "cost_of_{}"])
def test_another_quantity_never_gets_the_number_of_this_one(row, change):
    done = asked(row, change.format(row["quantity"]))
    if not (row["quantity"].startswith(("incubation_", "Rt_")) and change.startswith("cost")):
        assert done.ours is None and done.status.startswith("not reproduced: "), done


@pytest.mark.parametrize("row", SAMPLE, ids=identity)
def test_a_parameter_left_out_is_named_or_does_not_matter(row):
    whole = asked(row).ours
    for name in parameters(row).keys() - {"model", *TESTS}:
        done = asked(row, without=(name,))
        assert done.ours in (None, whole), name
        assert done.ours is not None or "index" not in done.status, (name, done.status)


@pytest.mark.parametrize("row", SAMPLE, ids=identity)
def test_truths_in_quotes_are_refused(row):
    for name, value in parameters(row).items():
        if isinstance(value, bool):
            assert asked(row, **{name: str(value).lower()}).ours is None, name


@pytest.mark.parametrize("row", [row for row in ROWS if row["quantity"].startswith("Rt_")][::6], ids=identity)
def test_the_limits_of_rt_are_published_beside_it(row):
    for end, spelled in (("low", "Rt_posterior_0.025_quantile"), ("low", "Rt_lower"), ("high", "Rt_posterior_q97.5")):
        assert asked(row, spelled).ours == pytest.approx(float(row[end]), abs=1e-6)
    assert asked(row, "Rt_posterior").ours is None and asked(row, "cases_mean").ours is None


def test_a_window_of_rt_lies_in_the_series():
    for start, end in ((1, 7), (2, 33), (9, 8), (2.5, 8)):
        done = asked(first_of("cori2013"), t_start=start, t_end=end)
        assert done.ours is None and "window" in done.status


def test_priors_and_intervals_of_rt_may_be_given_otherwise():
    row = first_of("cori2013")
    usual = asked(row).ours
    assert asked(row, without=("prior_shape", "prior_scale"), prior_mean=5, prior_sd=5).ours == pytest.approx(usual)
    interval = next(parameters(one)["serial_interval_from_day0"] for one in HELD if "Flu2009" in one["source"])
    assert asked(row, serial_interval={"from_day0": interval}).ours == usual
    assert asked(row, serial_interval={"family": "weibull", "mean": 2.6, "sd": 1.5}).ours is None


def test_local_and_imported_cases_of_a_series_are_apart():
    held = {
        "source": "data Two",
        "parameters": json.dumps({"incidence": [2, 3, 4], "imported": [2, 1, 0]}),
        "quantity": "-",
    }
    row = first_of("cori2013")
    given = parameters(row) | {"dataset": "Two", "serial_interval": {"from_day0": [0, 1]}, "t_start": 2, "t_end": 3}
    done = reproduce([row | {"parameters": json.dumps(given)}, {"id": "s", **held}])[0]
    assert done.ours == pytest.approx((1 + 2 + 4) / (1 / 5 + 2 + 3))


@settings(max_examples=25)
@given(st.floats(-50, 50), st.floats(0.1, 20), st.floats(-50, 50))
def test_crps_is_that_of_any_normal_forecast_and_of_nothing_else(mean, sd, observed):
    row = first_of("crps_normal")
    done = asked(row, "CRPS", mean=mean, sd=sd, observed=observed)
    assert done.ours == pytest.approx(float(crps_normal(mean=mean, sd=sd, observed=observed)))
    assert asked(row, "log_score", mean=mean, sd=sd, observed=observed).ours is None
    assert asked(row, "crps_lognormal", mean=mean, sd=sd, observed=observed).ours is None


def test_the_rows_of_kucirka_make_a_curve_of_what_a_test_finds():
    row = next(row for row in SAMPLE if row["quantity"] == "p_detected_before_onset")
    days, missed = (1, 4, 5, 8, 9, 21), (1.0, 0.67, 0.38, 0.2, 0.21, 0.66)
    curve = Curve("kucirka2020", days, tuple(1 - one for one in missed), "-", straight=True)
    given = parameters(row) | {"curve": "kucirka2020", "symptomatic": False, "within_days": 10, "test_every_days": 3}
    row = row | {"quantity": "p_detected_within_10_days_asymptomatic", "parameters": json.dumps(given)}
    wanted = found_in_time(curve, every=3, within=10, delay=given["result_delay_days"])
    assert reproduce([row, *HELD])[0].ours == pytest.approx(wanted)
    assert reproduce([row])[0].ours == pytest.approx(wanted)  # the published points are shipped too
    sensitive = [
        {
            "id": str(day),
            "quantity": "pcr_detection_probability",
            "parameters": json.dumps({"curve": "kucirka2020", "days_since_exposure": day}),
            "value": str(1 - share),
        }
        for day, share in zip(days, missed, strict=True)
    ]
    assert reproduce([row, *sensitive])[0].ours == pytest.approx(wanted)


def test_the_days_and_the_kind_of_a_found_share_agree_with_the_parameters():
    row = next(row for row in SAMPLE if row["quantity"].startswith("p_detected_within"))
    assert asked(row, "p_detected_within_14_days_asymptomatic").ours is None
    assert asked(row, symptomatic=True).ours is None
    assert asked(row, "p_detected_before_onset").ours is None


def test_a_quarter_lies_in_the_series_and_quarters_make_up_their_year():
    row = next(row for row in SAMPLE if row["quantity"] == "nowcast_2011Q1")
    sales = next(parameters(one) for one in HELD if "sales_a" in one["parameters"])
    for method in ("chow-lin-maxlog", "fernandez", "denton-cholette-proportional-1"):
        quarters = [asked(row, f"value_1980Q{part}", method=method).ours for part in (1, 2, 3, 4)]
        assert sum(quarters) == pytest.approx(sales["sales_a"][1980 - sales["first_year"]])
        for missing in ("nowcast_1971Q4", "nowcast_2031Q1", "nowcast_2011Q5"):
            assert asked(row, missing, method=method).ours is None


@pytest.mark.parametrize("method", ["denton-cholette-additive-1", "denton-cholette-proportional-2", "litterman-maxlog"])
def test_another_method_is_not_taken_for_one_that_is_known(method):
    assert "no method" in asked(first_of("temporal_disaggregation"), method=method).status


@pytest.mark.parametrize("quantity", ["coef_exports", "se_intercept", "rho"])
def test_denton_has_no_coefficients_and_says_so(quantity):
    done = asked(first_of("temporal_disaggregation"), quantity, method="denton-cholette-proportional-1")
    assert done.ours is None and "index" not in done.status and "denton" in done.status or "rho" in done.status


def test_a_coefficient_is_that_of_its_indicator():
    row = first_of("temporal_disaggregation")
    assert asked(row, "coef_exports").ours == asked(row, "slope").ours == pytest.approx(0.013391836765681)
    assert asked(row, "se_exports").ours == pytest.approx(1.67167e-4, rel=1e-5)
    assert asked(row, "coef_intercept_std_error").ours == pytest.approx(1.49303, rel=1e-5)
    assert asked(row, "rho").ours == 0
    for other in ("coef_imports", "coef", "t_value_exports", "r_squared"):
        assert asked(row, other).ours is None


def test_the_chance_of_any_infection_follows_from_their_number():
    row = first_of("wells2021")
    infections = asked(row).ours
    for quantity in ("p_onward_transmission", "probability_of_post_quarantine_transmission"):
        assert asked(row, quantity).ours == pytest.approx(onward_chance(infections, 0.25))
    for other in ("infections_during_quarantine", "p_detected", "expected_cases_averted"):
        assert asked(row, other).ours is None
    assert asked(row, test="antigen").ours is None and asked(row, sample_days=[30]).ours is None


def test_relative_quantities_are_against_the_days_they_name():
    row = next(row for row in SAMPLE if row["quantity"] == "relative_adherence_vs_10d")
    ten, fourteen = asked(row).ours, asked(row, "relative_adherence_vs_14d").ours
    prevented = [asked(row, "fraction_prevented", t_release=days, without=("t_test",)).ours for days in (10, 14)]
    assert fourteen / ten == pytest.approx(prevented[1] / prevented[0])
    for other in ("adherence", "fraction_prevented_max", "local_fraction_prevented", "relative_fraction_prevented"):
        assert asked(row, other).ours is None


def test_a_share_of_the_quantity_agrees_with_the_row():
    row = next(row for row in SAMPLE if row["quantity"].endswith("25pct_asymptomatic"))
    other = row["quantity"].replace("25pct", "40pct")
    assert asked(row, other).ours is None and asked(row, other, p_asymptomatic=0.4).ours > 0


def test_a_trip_may_be_told_by_its_days():
    row = next(row for row in SAMPLE if row["quantity"] == "local_share_of_transmission")
    assert asked(row, without=("exposure_days",)).ours == asked(row).ours
    assert asked(row, trip_days=3).ours is None


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        ("quilty2020", {"age_at_departure": {"family": "exponential"}}),
        ("quilty2020", {"incubation": {"family": "lognormal", "mean": 5.2, "sd": 2}}),
        ("clifford2021", {"onset_during_stay": "not isolated"}),
        ("clifford2021", {"released_counts_as_infectious": "infectious on the day of release"}),
        ("gostic2020.population", {"infection_age_density": "uniform"}),
        ("gostic2020.individual", {"age_at_departure_days": -1}),
        ("wells2021", {"age_at_entry": {"symptomatic": ["normal", 0, 8], "asymptomatic": ["uniform", 0, 28]}}),
        ("ashcroft2021", {"group": "crew"}),
    ],
    ids=str,
)
def test_a_convention_other_than_the_published_one_is_refused(model, changed):
    assert asked(first_of(model), **changed).status.startswith("not reproduced: ")


def test_shares_of_one_traveller_sum_to_one():
    row = first_of("gostic2020.individual")
    names = {one["quantity"] for one in ROWS if "gostic2020.individual" in one["parameters"]}
    assert len(names) == 8
    for age in (0.0, 3.3, 20):
        assert sum(asked(row, name, age_at_departure_days=age).ours for name in sorted(names)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("quantity", "given", "wanted"),
    [
        ("incubation_share_beyond_14_days", {"distribution": "lognormal", "meanlog": 1.621, "sdlog": 0.418}, 0.0074),
        ("cases_per_10000_after_14_days", {"distribution": "lognormal", "mu": 1.621, "sigma": 0.418}, 74),
        ("incubation_sd_days", {"distribution": {"family": "gamma", "mean": 5.2, "var": 4.1}}, 4.1**0.5),
        ("incubation_95th_percentile", {"distribution": "lognormal", "meanlog": 1.611, "sdlog": 0.472}, 10.88),
        ("incubation_quantile", {"distribution": "gamma", "mean": 6, "sd": 3, "level": 0.9}, None),
    ],
)
def test_distributions_of_papers(quantity, given, wanted):
    row = {"id": "d", "quantity": quantity, "parameters": json.dumps({"model": "distribution", **given})}
    wanted = float(gamma_of(6, 3).quantile(0.9)) if wanted is None else wanted
    assert reproduce([row])[0].ours == pytest.approx(wanted, rel=5e-3)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"parameters": '{"model": ', "note": ""}, "no JSON"),
        ({"parameters": "{}", "note": "computable; tol=1"}, "names no model"),
        ({"parameters": "{}", "note": "literature only"}, "literature only"),
        ({"parameters": json.dumps({"model": "distribution", "distribution": "weibull", "shape": 0.001, "scale": 1})},
         "not reproduced"),
    ],
    ids=["broken", "nameless", "printed", "endless"],
)  # fmt: skip
def test_a_row_without_an_answer_says_what_it_is(row, status):
    assert status in reproduce([{"id": "a", "quantity": "mean", **row}])[0].status
