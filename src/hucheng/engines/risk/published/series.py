"""Rows on series, scores and distributions, and the curves and series that rows refer to by name."""

import json
import re
from functools import cache
from pathlib import Path

import numpy as np

from hucheng.engines.risk.disaggregation import disaggregate
from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.growth import effective_r, serial_interval
from hucheng.engines.risk.profiles import Curve, curve
from hucheng.engines.risk.published.laws import distribution_of
from hucheng.engines.risk.published.quantities import statistic, tokens, unknown
from hucheng.engines.risk.published.reading import Given, Parameters, only, remark, renamed, words_of
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.scores import crps_normal
from hucheng.engines.risk.special import Array

_SHIPPED = {"clifford2021_pcr_gam": "kucirka", "hellewell2021_pcr": "hellewell"}
_METHODS = {
    "chow-lin": "chow-lin",
    "chow-lin-maxlog": "chow-lin",
    "fernandez": "fernandez",
    "denton-cholette": "denton-cholette",
    "denton-cholette-proportional": "denton-cholette",
    "denton-cholette-proportional-1": "denton-cholette",
}
_AGGREGATIONS = {"sum": "sum", "average": "mean", "mean": "mean", "first": "first", "last": "last"}
_QUARTER = re.compile(r"(\d{4})[ _-]?q([1-4])(?!\d)")
_ERRORS = {"se", "stderr", "error", "errors"}
_CONSTANT, _SLOPE = {"intercept", "constant"}, {"slope", "indicator", "beta"}
_OF_QUARTER = {
    "nowcast",
    "quarterly",
    "value",
    "values",
    "forecast",
    "prediction",
    "predicted",
    "fitted",
    "disaggregated",
    "sales",
}
_OF_COEFFICIENT = {"coef", "coefficient", "coefficients", "std", "standard", "estimate", "of", "for", "the"}
_OF_CRPS = {"crps", "normal", "gaussian", "continuous", "ranked", "probability", "score", "closed", "form"}
_OF_CRPS |= {"of", "a", "the", "for", "forecast", "distribution"}
_PLACES = ("days_since_infection", "days_since_exposure", "day")
_SEEN = {"median", "sensitivity", "detection", "detected", "positive", "positivity"}
_LEVELS = ("quantile", "level", "probability", "prob", "p", "q", "days", "day", "x", "at", "threshold", "cutoff")
_PRIOR = ("prior_shape", "prior_scale", "prior_mean", "prior_sd")


def reproduction_number(quantity: str, asked: Parameters, given: Given) -> float:
    """Cori 2013: the posterior of Rt over one window of a named series."""
    only(
        asked, "dataset", "serial_interval", "t_start", "t_end", "window_days", *_PRIOR, *_LEVELS, method=_method(asked)
    )
    if not {"r", "rt", "re", "reproduction", "posterior"} & set(tokens(quantity)):
        raise unknown(quantity, ("Rt_posterior_mean", "Rt_posterior_sd", "Rt_quantile_p", "Rt_lower_95", "Rt_upper_95"))
    held = named_series(asked["dataset"], given)
    cases, imported = _cases(held)
    first, last = int(asked["t_start"]), int(asked["t_end"])
    if not 2 <= first <= last <= len(cases) or first != asked["t_start"] or last != asked["t_end"]:
        raise refused("window", value=f"{asked['t_start']}..{asked['t_end']}", most=len(cases))
    if asked.get("window_days", last - first + 1) != last - first + 1:
        raise refused("unread", model=asked["model"], name="window_days", value=asked["window_days"])
    found = effective_r(
        cases,
        imported,
        interval=_interval(asked["serial_interval"], given, len(cases)),
        window=last - first + 1,
        prior=_prior(asked),
        least_cases=0,
    )[first - 2]
    if found is None:
        raise refused("window", value=first, most=len(cases))
    return statistic(quantity, asked).of(Distribution("gamma", found.shape, found.scale))


def disaggregated(quantity: str, asked: Parameters, given: Given) -> float:
    """Chow-Lin, Fernandez or Denton-Cholette: a coefficient, or the value of a quarter."""
    held = named_series(asked["data"], given)
    only(asked, "data", "method", "conversion", "rho", indicator=(_only(held, "_q")[0],), to=("quarterly", 4))
    first = _place(held["first_quarter"])
    (_, low), (indicator, high) = (_only(held, ending) for ending in ("_a", "_q"))
    found = disaggregate(
        low,
        high,
        method=_known("method", asked["method"], _METHODS),
        ratio=4,
        aggregation=_known("conversion", asked["conversion"], _AGGREGATIONS),
        before=4 * held["first_year"] - first,
        rho=asked.get("rho"),
    )
    if quarter := _QUARTER.search(quantity.lower()):
        words = words_of(quantity.lower().replace(quarter[0], " "), (*_OF_QUARTER, *_ERRORS, *_OF_COEFFICIENT))
        place = _place(quarter[0]) - first
        values = found.errors if words & _ERRORS else found.values
        if values is None or not 0 <= place < len(values):
            raise unknown(quantity, ("values and coefficients that the method has", f"{len(high)} quarters"))
        return float(values[place])
    return _coefficient(quantity, indicator, found.rho, found.coefficients, found.coefficient_errors)


def ranked_probability_score(quantity: str, asked: Parameters, given: Given) -> float:
    """CRPS of a normal forecast in closed form."""
    aliases = {"mu": "mean", "sigma": "sd", "variance": "var", **dict.fromkeys(("observation", "y", "obs"), "observed")}
    asked = renamed(asked, **{alias: (name, float) for alias, name in aliases.items()})
    only(asked, "mean", "sd", "var", "observed", distribution=("normal", "gaussian"), family=("normal", "gaussian"))
    words = words_of(quantity, _OF_CRPS)
    if not ("crps" in words or {"continuous", "ranked", "score"} <= words):
        raise unknown(quantity, ("crps",))
    if ("sd" in asked) == ("var" in asked):
        raise refused("lacking", name="sd")
    return float(
        crps_normal(
            mean=asked["mean"], sd=asked["sd"] if "sd" in asked else asked["var"] ** 0.5, observed=asked["observed"]
        )
    )


def moment(quantity: str, asked: Parameters, given: Given) -> float:
    """Mean, sd, mode, a quantile or the share beyond some days of a distribution."""
    law = asked["distribution"]
    named = {"distribution": law} if not isinstance(law, dict) else dict(law)
    named |= {
        name: value
        for name, value in asked.items()
        if name not in (*_LEVELS, "distribution", "model") and not remark(name, value)
    }
    return statistic(quantity, asked).of(distribution_of(named))


def named_curve(name: str, given: Given) -> Curve:
    """Give a test curve by name: from the input rows (one row a day, or one with all), else as shipped.

    Rows may hold what a test finds or what it misses; points with neither an interpolation nor a median are joined by
    straight lines, as Ashcroft 2021 joined those of Kucirka 2020.
    """
    rows = [held for _, held in given if held.get("curve") == name]
    for held in rows:
        if "days" in held and (seen := _whole(held)) is not None:
            return Curve(
                name, tuple(map(float, held["days"])), seen, "input row", straight=_straight(held, default=False)
            )
    points = sorted(
        (float(held[key]), _seen(held)) for held in rows for key in _PLACES if key in held and "days" not in held
    )
    if len(points) > 1:
        days, found = tuple(day for day, _ in points), tuple(seen for _, seen in points)
        straight = _straight(rows[0], default="days_since_exposure" in rows[0])
        return Curve(name, days, found, "input rows", straight)
    shipped = _published().get(name, {})
    if "false_negative" in shipped:
        missed = tuple(1 - float(share) for share in shipped["false_negative"])
        return Curve(name, tuple(map(float, shipped["days"])), missed, shipped["source"], straight=True)
    return curve(_SHIPPED.get(name, name))


def named_series(name: str, given: Given) -> Parameters:
    """Give a series by name: from the input rows, else as shipped. Raises RiskRefused for a name nobody knows."""
    for named, held in given:
        if name in named.split() and any(isinstance(value, list) for value in held.values()):
            return held
    if name not in _published():
        raise refused("choice", name="series", value=name, known=", ".join(_published()))
    return _published()[name]


def _cases(held: Parameters) -> tuple[list[int], list[int] | None]:
    """Give local and imported cases; imported is None where the first day counts as such."""
    imported = held.get("imported")
    if imported is None:
        return _whole_counts(held["incidence"]), None
    local = held.get("local")
    if local is None:
        local = [total - brought for total, brought in zip(held["incidence"], imported, strict=True)]
    return _whole_counts(local), _whole_counts(imported)


def _whole_counts(counts: list[float]) -> list[int]:
    for day, cases in enumerate(counts, 1):
        if isinstance(cases, bool) or not isinstance(cases, int | float) or cases != int(cases) or cases < 0:
            raise refused("counts", day=day, value=cases)
    return [int(cases) for cases in counts]


def _method(asked: Parameters) -> tuple[str, ...]:
    """Name EpiEstim's method for the serial interval given: by its mean and sd, or by a table."""
    return ("parametric_si",) if "mean" in asked.get("serial_interval", {}) else ("non_parametric_si",)


def _prior(asked: Parameters) -> tuple[float, float]:
    if "prior_mean" not in asked:
        return asked["prior_shape"], asked["prior_scale"]
    law = distribution_of({"family": "gamma", "mean": asked["prior_mean"], "sd": asked["prior_sd"]})
    return law.first, law.second


def _interval(asked: Parameters, given: Given, days: int) -> Array:
    if "table" in asked:
        only(asked, "table")
        return np.asarray(named_series(asked["table"], given)["serial_interval_from_day0"], dtype=np.float64)
    if "from_day0" in asked:
        only(asked, "from_day0")
        return np.asarray(asked["from_day0"], dtype=np.float64)
    only(asked, "mean", "sd", family=("gamma", "shifted gamma"), discretisation=("cori2013",), shift=(1,))
    return serial_interval(asked["mean"], asked["sd"], days)


def _coefficient(quantity: str, indicator: str, rho: float | None, estimates: Array, errors: Array) -> float:
    """Give rho, a coefficient of the regression or its error; Denton-Cholette has none of them."""
    known = (*_CONSTANT, *_SLOPE, *_ERRORS, *_OF_COEFFICIENT, "rho", *tokens(indicator))
    words = words_of(quantity, known)
    is_slope = bool(words & {*_SLOPE, *tokens(indicator)})
    if (("rho" in words) + bool(words & _CONSTANT) + is_slope) != 1:
        raise unknown(quantity, sorted(known))
    if "rho" in words:
        if rho is None or words & _ERRORS:
            raise unknown(quantity, ("quarters and coefficients: this method has no such rho",))
        return rho
    held = errors if words & _ERRORS or words & {"std", "standard"} else estimates
    if len(held) != 2:
        raise unknown(quantity, ("quarters: denton-cholette has no coefficients",))
    return float(held[1 if is_slope else 0])


def _seen(held: Parameters) -> float:
    """Give what a test finds on the day of a row, whose quantity says whether its value is that or its complement."""
    words = set(tokens(str(held.get("quantity", "detection"))))
    missing = "negative" in words or "missed" in words
    if missing == bool(words & _SEEN):
        raise unknown(str(held.get("quantity")), sorted((*_SEEN, "false_negative", "missed")))
    return 1 - float(held["value"]) if missing else float(held["value"])


def _whole(held: Parameters) -> tuple[float, ...] | None:
    for name in ("median", "sensitivity", "detection_probability", "probability"):
        if name in held:
            return tuple(map(float, held[name]))
    missed = held.get("false_negative")
    return None if missed is None else tuple(1 - float(share) for share in missed)


def _straight(held: Parameters, *, default: bool) -> bool:
    if (named := held.get("interpolation")) is None:
        return default or "false_negative" in held
    return _known("interpolation", named, {"logit": "logit", "linear": "linear"}) == "linear"


def _known(name: str, value: object, known: dict[str, str]) -> str:
    plain = str(value).lower()
    if plain not in known:
        raise refused("choice", name=name, value=value, known=", ".join(known))
    return known[plain]


def _place(quarter: str) -> int:
    year, part = quarter[:4], quarter[-1]
    return 4 * int(year) + int(part) - 1


def _only(held: Parameters, ending: str) -> tuple[str, list[float]]:
    (found,) = ((name, value) for name, value in held.items() if name.endswith(ending) and isinstance(value, list))
    return found[0].removesuffix(ending), list(found[1])


@cache
def _published() -> dict[str, Parameters]:
    read: dict[str, Parameters] = json.loads(Path(__file__).with_name("series.json").read_text("utf-8"))
    return read
