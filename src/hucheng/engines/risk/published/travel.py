"""Rows on travellers, tests and quarantine, each answered by the engine's general function of its model."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from hucheng.engines.risk.checkpoints import BOX, Checks, outcomes, over_a_box
from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.onward import Course, infections_after, onward_chance, shedding
from hucheng.engines.risk.profiles import Curve, Parameter, Profile, profile
from hucheng.engines.risk.published.laws import distribution_of
from hucheng.engines.risk.published.outcomes import outcome, screened
from hucheng.engines.risk.published.quantities import tokens, unknown
from hucheng.engines.risk.published.reading import Given, Parameters, only, renamed, words_of, yes
from hucheng.engines.risk.published.series import named_curve
from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.regular_tests import found_in_time
from hucheng.engines.risk.screening import screening
from hucheng.engines.risk.special import Array, beta_quantile, root
from hucheng.engines.risk.transmission import Onset, Stay, local_share, mean_days, prevented

_BASELINE = 10.0
_GROWING = "exp(-R0*t/G) on 0..G, G=onset_to_admission+incubation_mean, rounded up to the next 0.1 day"
_TO_SEVERE = {"family": "uniform_per_person", "lower": 0, "upper": "incubation+onset_to_severe"}
_TO_RECOVERY = {"family": "uniform_per_person", "lower": 0, "upper": "incubation+onset_to_recovery"}
_REPORTED = "value at its median, low and high at its 2.5% and 97.5%"
_CLIFFORD_CONVENTIONS = {
    "age_at_departure": (_TO_RECOVERY,),
    "infectious_end_asymptomatic": ("recovery",),
    "onset_during_stay": ("isolated",),
    "released_counts_as_infectious": ("release before the infectious period ends",),
}
_CLIFFORD = (
    *("incubation", "onset_to_recovery", "infectious_after_onset_symptomatic", "asymptomatic_relative_sensitivity"),
    *("exit_symptom_sensitivity", "p_asymptomatic", "journey_days", "curve", "release_day", "tests", "baseline"),
    "result_delay_days",
)
_WELLS = (
    *("R0", "incubation_days", "p_asymptomatic", "age_at_entry", "symptomatic_self_isolate", "latent_days"),
    *("quarantine_days", "sample_days", "dispersion", "test"),
)
_OF_TEST = {"none", "no", "test", "tests", "entry", "exit", "sample", "samples", "one", "two", "three", "day", "days"}
_OF_TEST |= {"before", "release", "on", "and", "pcr", "rt", "delay", "with", "both", "at", "arrival", "departure"}
_OF_TEST |= {"result", "results", "after", "h", "hours", "testing", "only"}
_CHANCE = {"p", "prob", "probability", "chance"}
_OF_WELLS = {"expected", "mean", "number", "of", "post", "quarantine", "secondary", "cases", "infections", "onward"}
_OF_WELLS |= {"transmission", "transmissions", "infection", "after", "any", "at", "least", "one", "percent", *_CHANCE}
_OF_CLIFFORD = {"reduction", "relative", "risk", "in", "of", "infectious", "released", "release", "share", "fraction"}
_OF_CLIFFORD |= _CHANCE | {"being", "travellers", "travelers", "persons", "people", "per", "infected", "ratio", "the"}
_OF_CLIFFORD |= {"releasing", "reduced", "percent", "still", "while"}
_SILENT = r"(\d+(?:\.\d+)?)_?(?:pct|percent)_asymptomatic"
_ASHCROFT = (
    *("generation_time", "group", "false_negative", "false_negative_days", "curve", "t_exposed", "exposure_days"),
    *("trip_days", "t_quarantine", "t_release", "t_test", "t_end_if_positive", "fraction_infected", "p_asymptomatic"),
    *("incubation_mixture_of_lognormals", "isolation_delay"),
)
_OF_ASHCROFT = {"fraction", "share", "of", "transmission", "infections", "prevented", "prevention", "efficacy"}
_OF_ASHCROFT |= {"local", "total", "max", "maximum", "maximal", "relative", "utility", "adherence", "vs", "d", "day"}
_OF_ASHCROFT |= {"days", "by", "self", "isolation", "quarantine", "pct", "percent", "asymptomatic", "the", "to"}
_OF_SERIAL = {"p", "prob", "probability", "share", "fraction", "detected", "found", "within", "before", "onset", "days"}
_OF_SERIAL |= {"symptom", "symptoms", "symptomatic", "asymptomatic", "d", "of", "detection", "percent", "cases", "by"}


def checkpoint_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Gostic 2020, one traveller of known infection age."""
    asked = renamed(asked, flight_hours=("flight_days", _in_days))
    only(
        asked,
        *("incubation", "age_at_departure_days", "flight_days", "fever_sensitivity", "questionnaire_honesty"),
        *("screen_departure", "screen_arrival", "p_fever", "p_risk_aware"),
    )
    incubation = distribution_of(asked["incubation"])
    age, flight = float(asked["age_at_departure_days"]), float(asked["flight_days"])
    if age < 0 or flight < 0:
        raise refused("days", name="age or flight", value=min(age, flight), most="-")
    checks = Checks(
        asked["fever_sensitivity"],
        asked["questionnaire_honesty"],
        yes(asked, "screen_departure"),
        yes(asked, "screen_arrival"),
    )
    ill = incubation.cdf(age), incubation.cdf(age + flight)
    shares = outcomes(*ill, checks, fever=asked["p_fever"], aware=asked["p_risk_aware"])
    return outcome(shares, quantity)


def population_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Gostic 2020, travellers from a growing epidemic, averaged over a box of parameters."""
    asked = renamed(asked, flight_hours=("flight_days", _in_days), p_fever=("subclinical", lambda fever: 1 - fever))
    names = ("parameter_box_uniform", "strategy", "subclinical", "flight_days", "incubation_sd")
    only(asked, *names, infection_age_density=(_GROWING,))
    box = tuple(
        sorted((name, (float(low), float(high))) for name, (low, high) in asked["parameter_box_uniform"].items())
    )
    for name, (low, high) in box:
        if name not in BOX or not 0 <= low <= high:
            raise refused("unread", model=asked["model"], name=name, value=[low, high])
    strategy = {"exit": "departure", "entry": "arrival"}.get(asked["strategy"], asked["strategy"])
    shares = _boxed(box, strategy, 1 - asked["subclinical"], asked["flight_days"], asked["incubation_sd"])
    return outcome(shares, quantity, averaged=True)


def screening_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Quilty 2020: shares found at exit, severe in flight, found at entry and missed."""
    name, times = screened(quantity)
    asked = renamed(asked, flight_hours=("travel_hours", float), travel_days=("travel_hours", lambda days: 24 * days))
    names = ("incubation", "onset_to_severe", "p_asymptomatic", "travel_hours", "exit_sensitivity", "entry_sensitivity")
    only(asked, *names, age_at_departure=(_TO_SEVERE,))
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
    return times * float(getattr(ends, name))


def release_risk(quantity: str, asked: Parameters, given: Given) -> float:
    """Clifford 2021: risk of releasing somebody infectious, or how far a plan lowers it below the baseline."""
    asked = renamed(asked, journey_hours=("journey_days", _in_days), flight_hours=("journey_days", _in_days))
    only(asked, *_CLIFFORD, **_CLIFFORD_CONVENTIONS)
    words = words_of(quantity, _OF_CLIFFORD)
    reduces = bool(words & {"reduction", "reduced"})
    compares = reduces or bool(words & {"relative", "ratio"})
    if "infectious" not in words or not (reduces or words & (_CHANCE | {"risk", "share", "fraction"})):
        raise unknown(quantity, ("reduction_in_infectious_released", "p_infectious_released"))
    if reduces and "ratio" in words:
        raise unknown(quantity, ("reduction_in_infectious_released", "risk_ratio_of_infectious_release"))
    kernels = Kernels(_clifford(asked, _silent(asked["p_asymptomatic"])), journey_hours=asked["journey_days"] * 24)
    plans = [_strategy(asked), *([_strategy(asked["baseline"])] if compares else [])]
    risks = residual_risk(
        kernels, plans, named_curve(asked["curve"], given), result_delay_days=_whole(asked, "result_delay_days")
    ).infectious
    found = risks[0] / risks[1] if compares else risks[0]
    return _times(words) * float(1 - found if reduces else found)


def infections_after_quarantine(quantity: str, asked: Parameters, given: Given) -> float:
    """Wells 2021: expected infections after a quarantine with tests, or the chance of any."""
    asked = renamed(asked, k=("dispersion", float), dispersion_k=("dispersion", float), r0=("R0", float))
    only(asked, *_WELLS)
    words_of(str(asked.get("test", "none")), _OF_TEST)
    words = words_of(quantity, _OF_WELLS)
    if not words & {"cases", "infections", "infection", "transmission", "transmissions"}:
        raise unknown(quantity, sorted(_OF_WELLS))
    if asked.get("test") in ("none", "no test"):
        asked = {"sample_days": [], **asked}
    entry = {name: _uniform(age) for name, age in asked["age_at_entry"].items()}
    course = Course(
        asked["R0"],
        asked["incubation_days"],
        asked["p_asymptomatic"],
        entry["symptomatic"],
        entry["asymptomatic"],
        yes({"symptomatic_self_isolate": True, **asked}, "symptomatic_self_isolate"),
    )
    if any(not 0 <= day <= asked["quarantine_days"] for day in asked["sample_days"]):
        raise refused("days", name="sample", value=max(asked["sample_days"]), most=asked["quarantine_days"])
    infections = infections_after(
        shedding(asked["latent_days"]), course, days=asked["quarantine_days"], samples=asked["sample_days"]
    )
    if words & _CHANCE:
        return _times(words) * onward_chance(infections, asked.get("dispersion", 0.25))
    if "percent" in words:
        raise unknown(quantity, sorted(_OF_WELLS))
    return infections


def prevented_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Ashcroft 2021: share of transmission prevented, by quarantine or by isolating oneself; utility; adherence."""
    only(asked, *_ASHCROFT)
    words = words_of(quantity, _OF_ASHCROFT)
    generation, exposed, traveller = distribution_of(asked["generation_time"]), _exposed(asked), _travels(asked)
    if {"local", "share"} <= words and not words & {"prevented", "prevention", "efficacy"}:
        return local_share(generation, exposed)
    _agree(quantity, words, asked, traveller=traveller)
    curve = _tested_by(asked, given)
    stay, onset = _stay(asked), _onset(asked)
    usual = Stay(asked["t_quarantine"], _baseline(quantity))
    times = _times(set(tokens(re.sub(_SILENT, "", quantity.lower()))))
    if times != 1 and "relative" in words:
        raise unknown(quantity, ("fraction_prevented", "relative_utility_vs_10d"))

    def share(held: Stay, known: Onset | None) -> float:
        is_local = traveller and "total" not in words
        return times * prevented(generation, held, curve=curve, exposed=exposed, local=is_local, onset=known)

    if {"self", "isolation"} <= words:
        if onset is None:
            raise refused("lacking", name="incubation_mixture_of_lognormals")
        return share(stay, None) - share(stay, onset)
    ours = share(stay, onset)
    if {"relative", "utility"} <= words:
        days = mean_days(stay, curve=curve, exposed=exposed, infected=asked.get("fraction_infected", 0.1))
        return ours / days / (share(usual, onset) / mean_days(usual, curve=None))
    return share(usual, onset) / ours if {"relative", "adherence"} <= words else ours


def found_in_time_share(quantity: str, asked: Parameters, given: Given) -> float:
    """Hellewell 2021: share found by regular tests before onset, or within some days."""
    names = ("curve", "test_every_days", "within_days", "result_delay_days", "incubation", "symptomatic")
    only(asked, *names)
    words = words_of(quantity, _OF_SERIAL)
    ill = yes(asked, "symptomatic")
    numbers = {word for word in words if not word.isalpha()}
    before = "onset" in words or {"before", "symptoms"} <= words
    if not words & {"detected", "found", "detection"} or ill != before or (not ill and "within" not in words):
        raise unknown(quantity, ("p_detected_before_onset (symptomatic)", "p_detected_within_n_days (asymptomatic)"))
    if numbers - {f"{asked['within_days']:g}"} or (not ill and "symptomatic" in words):
        raise unknown(quantity, (f"within {asked['within_days']} days",))
    return _times(words) * found_in_time(
        named_curve(asked["curve"], given),
        every=_whole(asked, "test_every_days"),
        within=_whole(asked, "within_days"),
        delay=_whole(asked, "result_delay_days"),
        incubation=distribution_of(asked["incubation"]) if ill else None,
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


def _in_days(hours: float) -> float:
    return hours / 24


def _times(words: set[str]) -> float:
    """Give what a share is multiplied by in the unit of its quantity."""
    return 100.0 if "percent" in words else 1.0


def _made(numbers: dict[str, float]) -> Profile:
    """Give a disease profile of the row's own numbers."""
    parameters = {name: Parameter(float(value), None, None, "", "the row") for name, value in numbers.items()}
    shipped = profile("sars_cov_2_2020")
    return Profile("asked", shipped.name, "row", "the row", parameters)


def _two_moments(name: str, given: Parameters) -> dict[str, float]:
    """Give mean and variance of a gamma law, the family of the published models."""
    one = distribution_of(given)
    if one.family != "gamma":
        raise refused("unread", model="quilty2020 / clifford2021", name=name, value=one.family)
    return {f"{name}_mean": one.mean, f"{name}_variance": one.sd**2}


def _clifford(asked: Parameters, silent: float) -> Profile:
    course, end = asked["onset_to_recovery"], asked["infectious_after_onset_symptomatic"]
    only(end, "logit_intercept", "logit_slope", family=("logistic",), draw_range=([0.01, 0.99],))
    return _made(
        {
            **_two_moments("incubation", asked["incubation"]),
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


def _silent(given: Any) -> float:
    """Give a share, or the median of the beta distribution given for it."""
    if not isinstance(given, dict):
        return float(given)
    shapes = renamed(given, alpha=("shape1", float), beta=("shape2", float))
    only(shapes, "fit", "shape1", "shape2", family=("beta",), report=(_REPORTED,))
    if "fit" in shapes:
        return beta_median(shapes["fit"])
    return float(beta_quantile(shapes["shape1"], shapes["shape2"], 0.5))


def _strategy(asked: Parameters) -> Strategy:
    days = [asked["release_day"], *asked["tests"]]
    if any(day != int(day) for day in days):
        raise refused("days", name="release or test", value=days, most="60")
    return Strategy(int(asked["release_day"]), tuple(int(day) for day in asked["tests"]))


def _whole(asked: Parameters, name: str) -> int:
    if asked[name] != int(asked[name]):
        raise refused("days", name=name, value=asked[name], most="-")
    return int(asked[name])


def _uniform(age: Sequence[Any]) -> float:
    """Give the end of a uniform entry that starts at infection."""
    family, start, end = age
    if family != "uniform" or start != 0:
        raise refused("choice", name="age at entry", value=age, known="uniform from 0")
    return float(end)


def _travels(asked: Parameters) -> bool:
    group = asked.get("group", "contact")
    if group not in ("contact", "traveller", "traveler"):
        raise refused("choice", name="group", value=group, known="contact, traveller")
    return bool(group != "contact")


def _exposed(asked: Parameters) -> list[float]:
    """Give the days of infection, equally likely: a contact's day, or each day of a trip up to arrival on day 0."""
    trip = asked.get("trip_days")
    days = asked.get("exposure_days") or (range(-int(trip), 1) if trip is not None else [asked.get("t_exposed", 0)])
    if trip is not None and len(days) != trip + 1:
        raise refused("unread", model="ashcroft2021", name="trip_days", value=trip)
    return [float(day) for day in days]


def _agree(quantity: str, words: set[str], asked: Parameters, *, traveller: bool) -> None:
    """Refuse a quantity whose words contradict the row's parameters, or that could mean two shares."""
    wants = words & {"prevented", "prevention", "efficacy", "utility", "adherence"}
    told = re.search(_SILENT, quantity.lower())
    wrong = not wants or bool(words & {"utility", "adherence"}) != ("relative" in words)
    wrong |= traveller and not words & {"local", "total", "relative"} or not traveller and "local" in words
    wrong |= bool(words & {"max", "maximum", "maximal"}) and asked.get("t_release") is not None
    wrong |= told is not None and abs(float(told[1]) / 100 - asked.get("p_asymptomatic", -1)) > 1e-9
    if wrong:
        raise unknown(quantity, ("fraction_prevented", "local_fraction_prevented", "relative_utility_vs_10d"))


def _baseline(quantity: str) -> float:
    """Give the days of the quarantine that a relative quantity is compared with."""
    told = re.search(r"vs_?(\d+)_?d", quantity.lower())
    return float(told[1]) if told else _BASELINE


def _tested_by(asked: Parameters, given: Given) -> Curve | None:
    if "false_negative" in asked:
        days = tuple(map(float, asked["false_negative_days"]))
        return Curve(
            "asked", days, tuple(1 - float(missed) for missed in asked["false_negative"]), "row", straight=True
        )
    return named_curve(asked["curve"], given) if "curve" in asked else None


def _stay(asked: Parameters) -> Stay:
    released = asked["t_release"]  # null: kept to the end
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
