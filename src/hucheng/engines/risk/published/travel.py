"""Rows on travellers, tests and quarantine, each answered by the engine's general function of its model."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from hucheng.engines.risk.checkpoints import OUTCOMES, Checks, outcomes, over_a_box
from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.onward import Course, infections_after, onward_chance, shedding
from hucheng.engines.risk.profiles import Curve, Parameter, Profile, profile
from hucheng.engines.risk.published.series import distribution_of, named_curve
from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.regular_tests import found_in_time
from hucheng.engines.risk.screening import screening
from hucheng.engines.risk.special import Array, beta_quantile, root
from hucheng.engines.risk.transmission import Onset, Stay, local_share, mean_days, prevented

Parameters = dict[str, Any]
Given = Sequence[tuple[str, Parameters]]
_BASELINE = 10.0
_SCREENING = {
    "p_not_detected": "missed",
    "p_detected_at_exit": "at_exit",
    "p_severe_in_flight": "severe_in_flight",
    "p_detected_at_entry": "at_entry",
}


def checkpoint_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Gostic 2020, one traveller of known infection age."""
    incubation = distribution_of(asked["incubation"])
    age = float(asked["age_at_departure_days"])
    checks = Checks(
        asked["fever_sensitivity"], asked["questionnaire_honesty"], asked["screen_departure"], asked["screen_arrival"]
    )
    ill = incubation.cdf(age), incubation.cdf(age + float(asked["flight_days"]))
    shares = outcomes(*ill, checks, fever=asked["p_fever"], aware=asked["p_risk_aware"])
    return float(_outcome(shares, quantity))


def population_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Gostic 2020, travellers from a growing epidemic, averaged over a box of parameters."""
    box = tuple(
        sorted((name, (float(low), float(high))) for name, (low, high) in asked["parameter_box_uniform"].items())
    )
    shares = _boxed(box, asked["strategy"], 1 - asked["subclinical"], asked["flight_days"], asked["incubation_sd"])
    return float(_outcome(shares, quantity))


def screening_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Quilty 2020: shares found at exit, severe in flight, found at entry and missed."""
    if quantity not in _SCREENING:
        raise refused("choice", name="quantity", value=quantity, known=", ".join(_SCREENING))
    numbers = {
        **_two_moments("incubation", asked["incubation"]),
        **_two_moments("severe", asked["onset_to_severe"]),
        "asymptomatic_share": asked["p_asymptomatic"],
    }
    ends = screening(
        _made(numbers),
        journey_hours=asked["travel_hours"],
        exit_sensitivity=asked["exit_sensitivity"],
        entry_sensitivity=asked["entry_sensitivity"],
    )
    return float(getattr(ends, _SCREENING[quantity]))


def release_risk(quantity: str, asked: Parameters, given: Given) -> float:
    """Clifford 2021: risk of releasing somebody infectious, or how far a plan lowers it below the baseline."""
    silent = asked["p_asymptomatic"]
    share = beta_median(silent["fit"]) if isinstance(silent, dict) else float(silent)
    kernels = Kernels(_clifford(asked, share), journey_hours=asked["journey_days"] * 24)
    plans = [_strategy(asked)]
    reduces = quantity.startswith("reduction")
    if reduces:
        plans.append(_strategy(asked["baseline"]))
    risks = residual_risk(
        kernels, plans, named_curve(asked["curve"], given), result_delay_days=asked.get("result_delay_days", 1)
    ).infectious
    return float(1 - risks[0] / risks[1]) if reduces else float(risks[0])


def infections_after_quarantine(quantity: str, asked: Parameters, given: Given) -> float:
    """Wells 2021: expected infections after a quarantine with tests, or the chance of any."""
    entry = {name: _uniform(age) for name, age in asked["age_at_entry"].items()}
    course = Course(
        asked["R0"],
        asked["incubation_days"],
        asked["p_asymptomatic"],
        entry["symptomatic"],
        entry["asymptomatic"],
        asked.get("symptomatic_self_isolate", True),
    )
    infections = infections_after(
        shedding(asked["latent_days"]), course, days=asked["quarantine_days"], samples=asked["sample_days"]
    )
    chance = quantity.startswith(("p_", "prob"))
    return onward_chance(infections, asked.get("dispersion", 0.25)) if chance else infections


def prevented_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Ashcroft 2021: share of transmission prevented, by quarantine or by isolating oneself; utility; adherence."""
    generation = distribution_of(asked["generation_time"])
    exposed = asked.get("exposure_days") or [asked.get("t_exposed", 0)]
    if quantity.startswith("local_share"):
        return local_share(generation, exposed)
    curve = Curve("asked", *_sensitivity(asked), "the row", straight=True)
    local = asked.get("group") == "traveller" and not quantity.startswith("total")
    stay, usual = _stay(asked), Stay(asked["t_quarantine"], _BASELINE)

    def share(held: Stay, onset: Onset | None) -> float:
        return prevented(generation, held, curve=curve, exposed=exposed, local=local, onset=onset)

    onset = _onset(asked)
    if "self_isolation" in quantity:
        return share(stay, None) - share(stay, onset)
    ours = share(stay, onset)
    if quantity.startswith("relative_utility"):
        days = mean_days(stay, curve=curve, exposed=exposed, infected=asked.get("fraction_infected", 0.1))
        return ours / days / (share(usual, onset) / mean_days(usual, curve=None))
    if quantity.startswith("relative_adherence"):
        return share(usual, onset) / ours
    return ours


def found_in_time_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Hellewell 2021: share found by regular tests before onset, or within some days."""
    return found_in_time(
        named_curve(asked["curve"], given),
        every=asked["test_every_days"],
        within=asked["within_days"],
        delay=asked["result_delay_days"],
        incubation=distribution_of(asked["incubation"]) if asked["symptomatic"] else None,
    )


def beta_median(fit: dict[str, float]) -> float:
    """Give the median of the beta distribution through two quantiles, such as {"q0.025": 0.03, "q0.975": 0.55}."""
    levels = np.array([float(name.removeprefix("q")) for name in fit])
    wanted = np.array(list(fit.values()))

    def miss(logs: Array) -> Array:
        first, second = np.exp(logs).tolist()
        return np.asarray(beta_quantile(first, second, levels) - wanted)

    first, second = np.exp(root(miss, [0.5, 1.5])).tolist()
    return float(beta_quantile(first, second, 0.5))


@lru_cache(maxsize=64)
def _boxed(
    box: tuple[tuple[str, tuple[float, float]], ...], strategy: str, fever: float, days: float, sd: float
) -> Array:
    return over_a_box(dict(box), strategy=strategy, fever=fever, flight_days=days, incubation_sd=sd)


def _outcome(shares: Array, quantity: str) -> Array:
    if quantity not in OUTCOMES:
        raise refused("choice", name="quantity", value=quantity, known=", ".join(OUTCOMES))
    return np.asarray(shares[OUTCOMES.index(quantity)])


def _made(numbers: dict[str, float]) -> Profile:
    """Give a disease profile of the row's own numbers."""
    parameters = {name: Parameter(float(value), None, None, "", "the row") for name, value in numbers.items()}
    shipped = profile("sars_cov_2_2020")
    return Profile("asked", shipped.name, "row", "the row", parameters)


def _two_moments(name: str, given: Parameters) -> dict[str, float]:
    one = distribution_of(given)
    return {f"{name}_mean": one.mean, f"{name}_variance": one.sd**2}


def _clifford(asked: Parameters, silent: float) -> Profile:
    fit, course, end = (
        asked["incubation"].get("fit"),
        asked["onset_to_recovery"],
        asked["infectious_after_onset_symptomatic"],
    )
    incubation = (
        {"incubation_median": fit["median"], "incubation_q975": fit["q0.975"]}
        if fit
        else _two_moments("incubation", asked["incubation"])
    )
    return _made(
        {
            **incubation,
            **_two_moments("course", course["symptomatic"]),
            **_two_moments("asymptomatic_course", course["asymptomatic"]),
            "asymptomatic_share": silent,
            "infectious_before_onset": profile("sars_cov_2_2020")["infectious_before_onset"],
            "infectious_end_intercept": end["logit_intercept"],
            "infectious_end_slope": end["logit_slope"],
            "asymptomatic_relative_sensitivity": asked["asymptomatic_relative_sensitivity"],
            "screening_sensitivity": asked["exit_symptom_sensitivity"],
        }
    )


def _strategy(asked: Parameters) -> Strategy:
    return Strategy(int(asked["release_day"]), tuple(int(day) for day in asked["tests"]))


def _uniform(age: Sequence[Any]) -> float:
    """Give the end of a uniform entry that starts at infection."""
    family, start, end = age
    if family != "uniform" or start != 0:
        raise refused("choice", name="age at entry", value=age, known="uniform from 0")
    return float(end)


def _sensitivity(asked: Parameters) -> tuple[tuple[float, ...], tuple[float, ...]]:
    days = tuple(map(float, asked["false_negative_days"]))
    return days, tuple(1 - float(missed) for missed in asked["false_negative"])


def _stay(asked: Parameters) -> Stay:
    released = asked.get("t_release")
    return Stay(
        float(asked["t_quarantine"]),
        float("inf") if released is None else float(released),
        asked.get("t_test"),
        asked.get("t_end_if_positive", _BASELINE),
    )


def _onset(asked: Parameters) -> Onset | None:
    if "incubation_mixture_of_lognormals" not in asked:
        return None
    laws = tuple(Distribution("lognormal", mu, sigma) for mu, sigma in asked["incubation_mixture_of_lognormals"])
    return Onset(laws, asked["p_asymptomatic"], asked.get("isolation_delay", 0.0))
