"""The same published numbers asked for in other words and other units, and remarks that change nothing.

Expected values are those printed (science.md and the papers it names) or follow from them by arithmetic.
"""

import json
import math
from pathlib import Path

import pytest

from hucheng.engines.risk.published.reading import remark
from hucheng.engines.risk.published.reproduce import read_rows, reproduce

ROWS = read_rows((Path(__file__).resolve().parents[6] / "benchmarks/risk/published.csv").read_bytes())
HELD = [row for row in ROWS if row["parameters"] and "model" not in json.loads(row["parameters"])]
DROP = "left out"
GAMMA = {"family": "gamma", "mean": 2.6, "sd": 1.5}


def first(model):
    """Give the first row of a model (of Ashcroft the one with a release)."""
    asked = {"ashcroft2021": "fraction_prevented"}.get(model)
    found = (row for row in ROWS if row["parameters"] and json.loads(row["parameters"]).get("model") == model)
    return next(row for row in found if asked in (None, row["quantity"]))


def ask(model, quantity, **changed):
    row = first(model)
    given = {name: value for name, value in (json.loads(row["parameters"]) | changed).items() if value != DROP}
    return reproduce([row | {"quantity": quantity, "parameters": json.dumps(given)}, *HELD])[0]


def normal_crps(mean, sd, observed):
    z = (observed - mean) / sd
    density, below = math.exp(-z * z / 2) / math.sqrt(2 * math.pi), (1 + math.erf(z / math.sqrt(2))) / 2
    return sd * (z * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi))


def beyond(meanlog, sdlog, day):
    return (1 - math.erf((math.log(day) - meanlog) / sdlog / math.sqrt(2))) / 2


MISSED, AT_EXIT, AT_ENTRY = 0.464342, 0.4453, 0.0859
WELLS = {"quarantine_days": 7, "latent_days": 2.9}
SPELLED = [
    ("quilty2020", "p_detected_at_entry", {}, AT_ENTRY, 1e-3),
    ("quilty2020", "p_missed", {}, MISSED, 1e-5),
    ("quilty2020", "proportion_not_detected", {}, MISSED, 1e-5),
    ("quilty2020", "probability_undetected", {}, MISSED, 1e-5),
    ("quilty2020", "not_detected_at_exit_and_entry", {}, MISSED, 1e-5),
    ("quilty2020", "percent_not_detected", {}, 100 * MISSED, 1e-3),
    ("quilty2020", "fraction_detected_at_exit", {}, AT_EXIT, 1e-3),
    ("quilty2020", "share_found_at_departure", {}, AT_EXIT, 1e-3),
    ("quilty2020", "p_detected_on_entry", {"travel_hours": DROP, "flight_hours": 12}, AT_ENTRY, 1e-3),
    ("quilty2020", "p_not_detected", {"travel_hours": DROP, "travel_days": 0.5}, MISSED, 1e-5),
    ("gostic2020.individual", "share_missed_both", {}, 0.005181703673, 1e-9),
    ("gostic2020.individual", "missed_both", {"flight_days": DROP, "flight_hours": 24}, 0.005181703673, 1e-9),
    ("gostic2020.individual", "percent_missed_both", {}, 0.5181703673, 1e-7),
    ("gostic2020.individual", "detected_exit_fever", {}, None, 0),
    ("gostic2020.population", "mean_missed_both", {}, 0.0059, 3e-3),
    ("gostic2020.population", "detected_departure_fever", {"subclinical": DROP, "p_fever": 0.95}, 0.16908874, 3e-3),
    ("gostic2020.population", "missed_both", {"strategy": "exit"}, 0.01064913, 3e-3),
    ("clifford2021", "percent_reduction_in_infectious_released", {}, 94, 1),
    ("clifford2021", "reduction_in_infectious_released", {"release_day": 6, "tests": [5]}, 0.89, 0.01),
    ("clifford2021", "reduction_in_infectious_released", {"release_day": 15, "tests": [14]}, 0.993, 5e-4),
    ("clifford2021", "reduction_in_infectious_released", {"journey_days": DROP, "journey_hours": 2}, 0.94, 0.01),
    ("clifford2021", "risk_ratio_infectious_released", {}, 0.06, 0.01),
    ("clifford2021", "relative_risk_of_releasing_infectious", {}, 0.06, 0.01),
    ("clifford2021", "reduction_in_infectious_released", {"p_asymptomatic": {"family": "beta", "shape1": 1.87733,
     "shape2": 6.31485}}, 0.94, 0.01),
    ("wells2021", "secondary_infections_after_quarantine", WELLS | {"test": "none"}, 0.088507, 5e-6),
    ("wells2021", "expected_secondary_cases", WELLS | {"test": "none", "sample_days": DROP}, 0.088507, 5e-6),
    ("wells2021", "expected_secondary_cases", WELLS | {"test": "exit", "sample_days": [7]}, 0.005185, 5e-6),
    ("wells2021", "expected_secondary_cases", WELLS | {"test": "exit (result after 24 h)", "sample_days": [6]},
     0.004752, 5e-6),
    ("wells2021", "probability_of_onward_transmission", {"k": 0.25}, 1 - (0.25 / 1.14237183) ** 0.25, 1e-6),
    ("wells2021", "p_onward_transmission", {"dispersion_k": 0.25}, 1 - (0.25 / 1.14237183) ** 0.25, 1e-6),
    ("wells2021", "percent_probability_of_any_infection", {}, 100 * (1 - (0.25 / 1.14237183) ** 0.25), 1e-4),
    ("cori2013", "P(Rt>1)", {}, 0.98034, 1e-5),
    ("cori2013", "Rt_upper_97.5", {"window_days": 7}, 2.6244959, 1e-6),
    ("cori2013", "R_mean", {"method": "non_parametric_si"}, 1.7356089, 1e-6),
    ("cori2013", "R_mean", {"method": "parametric_si", "serial_interval": GAMMA}, 1.7357977, 1e-6),
    ("cori2013", "R_mean", {"serial_interval": GAMMA | {"family": "shifted gamma", "shift": 1}}, 1.7357977, 1e-6),
    ("ashcroft2021", "percent_prevented", {}, 90.1, 0.06),
    ("ashcroft2021", "share_of_transmission_prevented", {}, 0.901, 6e-4),
    ("serial_testing", "p_detected_before_symptoms", {"test_every_days": 1}, 0.699842, 0.03),
    ("serial_testing", "detection_probability_before_onset", {"test_every_days": 4}, 0.395208, 0.03),
    ("serial_testing", "percent_detected_before_onset", {"test_every_days": 4}, 39.5208, 3),
    ("temporal_disaggregation", "2011-Q2", {"method": "Chow-Lin"}, 265.6896, 1e-4),
    ("temporal_disaggregation", "quarterly_value_2011Q2", {"method": "Chow-Lin"}, 265.6896, 1e-4),
    ("temporal_disaggregation", "nowcast_2011_Q2", {"method": "Fernandez", "indicator": "exports"}, 239.7718, 1e-4),
    ("temporal_disaggregation", "nowcast_2011Q2", {"method": "denton-cholette", "to": "quarterly"}, 238.1263, 1e-4),
    ("crps_normal", "CRPS of a normal forecast", {"mean": 1, "sd": 2, "observed": 3}, normal_crps(1, 2, 3), 1e-9),
    ("crps_normal", "crps", {"mean": DROP, "sd": DROP, "mu": 1, "sigma": 2}, normal_crps(1, 2, 0), 1e-9),
    ("crps_normal", "crps_normal", {"observed": DROP, "observation": -0.5}, normal_crps(0, 1, -0.5), 1e-9),
    ("crps_normal", "crps_normal", {"sd": DROP, "variance": 4, "family": "Gaussian"}, normal_crps(0, 2, 0), 1e-9),
    ("distribution", "P(incubation > 14 days)", {}, beyond(1.621, 0.418, 14), 1e-9),
    ("distribution", "incubation_sd", {"unit": "days"}, 2.4119, 1e-4),
    ("distribution", "incubation_percent_beyond_14_days", {}, 100 * beyond(1.621, 0.418, 14), 1e-7),
    ("distribution", "incubation_95th_percentile", {"meanlog": 1.611, "sdlog": 0.472}, 10.88, 0.01),
]  # fmt: skip


def test_there_are_as_many_spellings_as_promised():
    assert len(SPELLED) >= 45 and {model for model, *_ in SPELLED} >= {
        json.loads(r["parameters"])["model"] for r in ROWS if r["note"].startswith("computable")
    }


@pytest.mark.parametrize(("model", "quantity", "changed", "wanted", "within"), SPELLED, ids=lambda one: str(one)[:40])
def test_a_number_is_met_in_other_words(model, quantity, changed, wanted, within):
    done = ask(model, quantity, **changed)
    if wanted is None:  # the same as by its own name
        wanted, within = ask(model, "detected_departure_fever").ours, 1e-12
    assert done.ours == pytest.approx(wanted, abs=within), done.status


def test_totals_of_gostic_are_the_sums_of_their_parts():
    names = [f"detected_{end}_{way}" for end in ("departure", "arrival") for way in ("fever", "risk")]
    parts = {name: ask("gostic2020.individual", name).ours for name in names}
    departure, arrival = (
        sum(value for name, value in parts.items() if end in name) for end in ("departure", "arrival")
    )
    assert ask("gostic2020.individual", "detected_at_departure").ours == pytest.approx(departure)
    assert ask("gostic2020.individual", "detected_on_arrival").ours == pytest.approx(arrival)
    assert ask("gostic2020.individual", "total_detected").ours == pytest.approx(departure + arrival)
    assert ask("gostic2020.individual", "fraction_not_detected").ours == pytest.approx(1 - departure - arrival)


@pytest.mark.parametrize(
    ("model", "quantity", "changed"),
    [
        ("quilty2020", "p_detected", {}),  # with or without those severely ill on board?
        ("quilty2020", "p_not_detected_at_exit", {}),
        ("quilty2020", "p_not_detected", {"flight_hours": 24}),  # beside travel_hours
        ("gostic2020.individual", "missed_total", {}),  # with or without who cannot be detected?
        ("gostic2020.individual", "mean_missed_both", {}),
        ("clifford2021", "reduction_ratio_of_infectious_released", {}),
        ("clifford2021", "reduction_in_transmission", {}),
        ("wells2021", "percent_secondary_cases", {}),
        ("wells2021", "expected_secondary_cases", {"test": "exit", "sample_days": DROP}),
        ("cori2013", "Rt_mean", {"window_days": 14}),
        ("cori2013", "Rt_mean", {"method": "parametric_si"}),  # with a table
        ("cori2013", "Rt_mean", {"serial_interval": GAMMA | {"shift": 0}}),
        ("ashcroft2021", "relative_utility_percent_vs_10d", {"fraction_infected": 0.1}),
        ("serial_testing", "p_detected_by_day", {}),
        ("temporal_disaggregation", "nowcast_2011Q1", {"indicator": "imports"}),
        ("temporal_disaggregation", "nowcast_2011Q1", {"to": "monthly"}),
        ("crps_normal", "crps", {"mu": 1}),
        ("distribution", "incubation_sd", {"unit": "hours"}),
        ("distribution", "incubation_sd", {"unit": "percent"}),
    ],
    ids=str,
)
def test_what_could_be_another_number_stays_refused(model, quantity, changed):
    done = ask(model, quantity, **changed)
    assert done.ours is None and done.status.startswith("not reproduced: "), done


@pytest.mark.parametrize("model", sorted({model for model, *_ in SPELLED}))
def test_remarks_change_nothing_and_are_named_in_the_status(model):
    row = first(model)
    plain = ask(model, row["quantity"])
    aside = {"page": 4, "figure_number": "2B", "doi": "10.1/x", "seed": 7, "curve_source": "table S1"}
    done = ask(model, row["quantity"], **aside)
    assert plain.status == "computed" and done.ours == plain.ours
    assert done.status == "computed; only remarks: " + ", ".join(aside)


def test_a_remark_may_stand_within_a_distribution():
    incubation = {"family": "gamma", "mean": 5.2, "var": 4.1, "source": "Li 2020", "unit": "days"}
    done = ask("quilty2020", "p_not_detected", incubation=incubation)
    assert done.ours == pytest.approx(MISSED, abs=1e-5) and done.status == "computed; only remarks: source"
    assert ask("quilty2020", "p_not_detected", incubation=incubation | {"unit": "hours"}).ours is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("adherence", 0.9), ("draws_per_day", 3), ("unit", "weeks"), ("source", {"r0": 3}), ("second_page", 3), ("n", 9)],
)
def test_what_could_change_an_answer_is_no_remark(name, value):
    assert not remark(name, value)
    done = ask("distribution", "incubation_sd", **{name: value})
    assert done.ours is None and name in done.status
