"""`hucheng risk reproduce`: published numbers again, what a paper only prints, and rows that cannot be used."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.command import risk
from hucheng.engines.risk.published.laws import distribution_of
from hucheng.engines.risk.published.reproduce import MODELS, as_csv, read_rows, reproduce
from hucheng.engines.risk.published.series import moment, named_curve, reproduction_number
from hucheng.engines.risk.published.travel import beta_median, prevented_share, screening_share

PUBLISHED = Path(__file__).resolve().parents[6] / "benchmarks/risk/published.csv"
LAUER = {"distribution": "lognormal", "meanlog": 1.621, "sdlog": 0.418, "model": "distribution"}
SERIAL = {
    "model": "serial_testing",
    "curve": "kucirka2020",
    "test_every_days": 3,
    "within_days": 30,
    "result_delay_days": 1,
    "incubation": {"family": "lognormal", "meanlog": 1.621, "sdlog": 0.418},
    "symptomatic": True,
}
WELLS = {
    "model": "wells2021",
    "R0": 2.5,
    "incubation_days": 8.29,
    "p_asymptomatic": 0.308,
    "latent_days": 2.9,
    "age_at_entry": {"symptomatic": ["uniform", 0, 8.29], "asymptomatic": ["uniform", 0, 28.29]},
    "quarantine_days": 7,
    "sample_days": [],
}


def row(quantity, parameters, **more):
    return {"id": "r1", "quantity": quantity, "parameters": json.dumps(parameters), **more}


def model_of(one):
    return json.loads(one["parameters"] or "{}").get("model")


def answered(quantity, parameters, *others):
    return reproduce([row(quantity, parameters), *others])[0]


def test_at_least_99_in_100_published_numbers_are_met():
    rows = read_rows(PUBLISHED.read_bytes())
    met = []
    for one, done in zip(rows, reproduce(rows), strict=True):
        if one["note"].startswith("computable; tol="):
            tolerance = one["note"].removeprefix("computable; tol=").split(";")[0]
            allowed = float(tolerance.removesuffix(" relative"))
            scale = abs(float(one["value"])) if tolerance.endswith("relative") else 1.0
            met.append(done.ours is not None and abs(done.ours - float(one["value"])) <= allowed * scale)
    assert len(met) >= 240 and sum(met) / len(met) >= 0.99


def test_every_model_of_the_table_has_its_function():
    assert {model_of(one) for one in read_rows(PUBLISHED.read_bytes())} - {None} == set(MODELS)


def test_the_command_writes_every_row_with_its_status(tmp_path):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    lines = [row("incubation_median_days", LAUER), row("x", {}, note="literature only"), row("x", {}, note="input")]
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, ["id", "quantity", "parameters", "note"])
        writer.writeheader()
        writer.writerows(lines)
    done = CliRunner().invoke(risk, ["reproduce", str(file), "--out", str(out)])
    assert done.exit_code == 0 and "1 / 3" in done.output
    written = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [one["status"] for one in written] == ["computed", "literature only", "input"]
    assert float(written[0]["ours"]) == pytest.approx(5.058, abs=1e-3) and written[1]["ours"] == ""


@pytest.mark.parametrize(
    ("data", "code"), [(b"\xff\xfe\x00", "table"), (b"", "columns"), (b"id,quantity\n1,x\n", "columns")], ids=str
)
def test_a_table_that_is_none_is_refused(data, code, tmp_path):
    with pytest.raises(RiskRefused) as no:
        read_rows(data)
    assert no.value.code == code
    (tmp_path / "in.csv").write_bytes(data)
    shown = CliRunner().invoke(risk, ["reproduce", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")])
    assert shown.exit_code == 2 and "Traceback" not in shown.output and not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("quantity", "parameters", "reason"),
    [
        ("x", {"model": "astrology"}, "no model astrology"),
        ("p_not_detected", {"model": "quilty2020"}, "parameter incubation is missing"),
        ("incubation_days", LAUER, "which quantity incubation_days means"),
        ("incubation_median_days", {**LAUER, "sdlog": -1}, "make no distribution"),
        ("Rt_posterior_mean", {"model": "cori2013", "dataset": "Atlantis"}, "no series Atlantis"),
        ("p_detected_before_onset", {**SERIAL, "curve": "best"}, "no test curve named best"),
        ("expected_secondary_cases", {**WELLS, "latent_days": 7}, "no latent days 7"),
        ("expected_secondary_cases", {**WELLS, "age_at_entry": 3}, "cannot be used"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-",
)
def test_what_cannot_be_computed_says_why(quantity, parameters, reason):
    done = answered(quantity, parameters)
    assert done.ours is None and done.status.startswith("not reproduced") and reason in done.status


def test_parameters_that_are_no_json_are_only_literature():
    assert reproduce([{"id": "a", "quantity": "x", "parameters": "many"}])[0].status == "literature only"
    assert reproduce([{"id": "a", "quantity": "x", "parameters": "[1]"}])[0].status == "literature only"


def test_the_csv_keeps_every_digit():
    done = answered("incubation_median_days", LAUER)
    assert float(as_csv([done]).splitlines()[1].split(",")[1]) == done.ours


def test_series_and_curves_of_the_table_come_before_those_shipped():
    asked = {
        "model": "cori2013",
        "dataset": "Here",
        "serial_interval": {"table": "Here"},
        "prior_shape": 1,
        "prior_scale": 5,
        "t_start": 2,
        "t_end": 3,
    }
    held = row("series", {"incidence": [1, 2, 3], "serial_interval_from_day0": [0.0, 1.0]}, source="data Here")
    done = answered("Rt_posterior_mean", asked, held)
    assert done.ours == pytest.approx((1 + 5) / (1 / 5 + 1 + 2))
    given = [("", {"curve": "c", "days": [0, 1], "median": [0.25, 0.5]})]
    assert named_curve("c", given).at(1) == pytest.approx(0.5)
    given = [("", {"curve": "c", "days_since_infection": day, "value": "0.5"}) for day in (0, 3)]
    assert named_curve("c", given).at(2) == pytest.approx(0.5)
    assert named_curve("hellewell2021_pcr", []).key == "hellewell"


@pytest.mark.parametrize(
    ("quantity", "wanted"),
    [("Rt_posterior_mean", 1.7356089), ("Rt_posterior_sd", 0.40908694), ("Rt_posterior_quantile_0.025", 1.02863184)],
)
def test_a_posterior_is_read_by_the_name_of_the_quantity(quantity, wanted):
    asked = {
        "dataset": "Flu2009",
        "serial_interval": {"table": "Flu2009"},
        "prior_shape": 1,
        "prior_scale": 5,
        "t_start": 2,
        "t_end": 8,
    }
    assert reproduction_number(quantity, asked, []) == pytest.approx(wanted, abs=1e-6)
    with pytest.raises(RiskRefused):
        reproduction_number(quantity, {**asked, "t_start": 1, "t_end": 7}, [])


def test_distributions_are_read_from_any_pair_of_numbers():
    assert distribution_of({"family": "gamma", "mean": 5.2, "var": 4.1}).sd == pytest.approx(4.1**0.5)
    assert distribution_of({"family": "gamma", "shape": 2, "scale": 3}).mean == 6
    assert distribution_of({"family": "gamma", "fit": {"median": 5.1, "q0.975": 11.5}}).cdf(11.5) == pytest.approx(
        0.975
    )
    assert moment("incubation_quantile_0.975_days", LAUER, []) == pytest.approx(11.48, abs=0.01)
    assert moment("incubation_sd_days", LAUER, []) == pytest.approx(2.4119, abs=1e-4)
    with pytest.raises(RiskRefused):
        distribution_of({"family": "weibull", "mean": 3})


def test_the_beta_share_without_symptoms_has_its_published_median():
    assert beta_median({"q0.025": 0.03, "q0.975": 0.55}) == pytest.approx(0.2065, abs=1e-4)


def test_an_unknown_quantity_of_screening_is_named():
    with pytest.raises(RiskRefused, match="p_lost"):
        screening_share("p_lost", {}, [])


def test_adherence_and_utility_are_against_ten_days():
    asked = {
        "generation_time": {"family": "weibull", "shape": 3.277, "scale": 6.127},
        "false_negative_days": [0, 1, 4, 21],
        "false_negative": [1, 1, 0.67, 0.66],
        "t_quarantine": 3,
        "t_release": 10,
    }
    for quantity in ("relative_adherence_vs_10d", "relative_utility_vs_10d"):
        assert prevented_share(quantity, asked, []) == pytest.approx(1)


def test_a_missing_parameter_is_refused_by_its_name():
    row_of = {"model": "ashcroft2021", "generation_time": {"family": "weibull", "shape": 3.277, "scale": 6.127}}
    asked = {**row_of, "t_quarantine": 3, "t_release": 10}
    with pytest.raises(RiskRefused) as no:
        prevented_share("fraction_prevented_by_self_isolation", asked, [])
    assert no.value.code == "lacking"
