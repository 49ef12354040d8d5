"""Rows on series, scores and distributions, and the curves and series that rows refer to by name."""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from hucheng.engines.risk.disaggregation import disaggregate
from hucheng.engines.risk.distributions import Distribution, gamma_of, gamma_through
from hucheng.engines.risk.growth import Rt, effective_r, serial_interval
from hucheng.engines.risk.profiles import Curve, curve
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.scores import crps_normal
from hucheng.engines.risk.special import Array

Parameters = dict[str, Any]
Given = Sequence[tuple[str, Parameters]]
_SHIPPED = {"clifford2021_pcr_gam": "kucirka", "hellewell2021_pcr": "hellewell"}
_METHODS = ("chow-lin", "fernandez", "denton-cholette")
_QUARTER = re.compile(r"(\d{4})[ _-]?Q([1-4])")
_QUANTILE = re.compile(r"q(?:uantile_)?(0?\.\d+)")
_ERRORS = {"se", "stderr", "error"}


def reproduction_number(quantity: str, asked: Parameters, given: Given) -> float:
    """Cori 2013: the posterior of Rt over one window of a named series."""
    held = named_series(asked["dataset"], given)
    cases = [int(count) for count in held["incidence"]]
    interval = _interval(asked["serial_interval"], given, len(cases))
    window = asked["t_end"] - asked["t_start"] + 1
    prior = asked["prior_shape"], asked["prior_scale"]
    found = effective_r(cases, interval=interval, window=window, prior=prior, least_cases=0)
    posterior = found[asked["t_start"] - 2]
    if posterior is None or asked["t_start"] < 2:
        raise refused("window", value=asked["t_start"], most=len(cases))
    return _of_posterior(quantity, posterior)


def disaggregated(quantity: str, asked: Parameters, given: Given) -> float:
    """Chow-Lin, Fernandez or Denton-Cholette: a coefficient, or the value of a quarter."""
    held = named_series(asked["data"], given)
    first = _place(held["first_quarter"])
    low, high = (np.asarray(_only(held, ending), dtype=np.float64) for ending in ("_a", "_q"))
    method = next((name for name in _METHODS if str(asked["method"]).startswith(name)), asked["method"])
    found = disaggregate(
        low, high, method=method, ratio=4, aggregation=asked["conversion"], before=4 * held["first_year"] - first
    )
    error = bool(_ERRORS & set(quantity.lower().split("_")))
    if quarter := _QUARTER.search(quantity):
        values = found.errors if error else found.values
        return _told(None if values is None else values[_place(quarter[0]) - first], quantity)
    if quantity.startswith("rho"):
        return _told(found.rho, quantity)
    column = 0 if "intercept" in quantity or "constant" in quantity else 1
    return float((found.coefficient_errors if error else found.coefficients)[column])


def _told(value: float | None, quantity: str) -> float:
    """Give a number of a method; refuse one that the method does not have, such as an error of Denton-Cholette."""
    if value is None:
        raise refused("choice", name="quantity", value=quantity, known="values, coefficients")
    return float(value)


def ranked_probability_score(quantity: str, asked: Parameters, given: Given) -> float:
    """CRPS of a normal forecast in closed form."""
    return float(crps_normal(mean=asked["mean"], sd=asked["sd"], observed=asked["observed"]))


def moment(quantity: str, asked: Parameters, given: Given) -> float:
    """Mean, sd, median or a quantile of a distribution."""
    law = distribution_of({**asked, "family": asked["distribution"]})
    if level := _QUANTILE.search(quantity):
        return float(law.quantile(float(level[1])))
    if "median" in quantity:
        return float(law.quantile(0.5))
    for name in ("mean", "sd"):
        if re.search(rf"(^|_){name}(_|$)", quantity):
            return float(getattr(law, name))
    raise refused("choice", name="quantity", value=quantity, known="mean, sd, median, quantile_p")


def distribution_of(given: Parameters) -> Distribution:
    """Read a distribution: family with shape and scale, mean and sd or var, meanlog and sdlog, or two quantiles."""
    family = given["family"]
    if "fit" in given:
        return gamma_through(given["fit"]["median"], given["fit"]["q0.975"])
    if family == "lognormal":
        return Distribution(family, given["meanlog"], given["sdlog"])
    if "shape" in given:
        return Distribution(family, given["shape"], given["scale"])
    if family != "gamma":
        raise refused("distribution", value=given)
    return gamma_of(given["mean"], given["sd"] if "sd" in given else given["var"] ** 0.5)


def named_curve(name: str, given: Given) -> Curve:
    """Give a test curve by name: from the input rows (one row a day, or one with all), else as shipped."""
    for _, held in given:
        if held.get("curve") == name and "median" in held:
            return Curve(name, tuple(map(float, held["days"])), tuple(map(float, held["median"])), "input row")
    points = sorted(
        (float(held["days_since_infection"]), float(held["value"]))
        for _, held in given
        if held.get("curve") == name and "days_since_infection" in held
    )
    if len(points) > 1:
        return Curve(name, tuple(day for day, _ in points), tuple(found for _, found in points), "input rows")
    return curve(_SHIPPED.get(name, name))


def named_series(name: str, given: Given) -> Parameters:
    """Give a series by name: from the input rows, else as shipped. Raises RiskRefused for a name nobody knows."""
    for named, held in given:
        if name in named.split() and any(isinstance(value, list) for value in held.values()):
            return held
    if name not in _published():
        raise refused("choice", name="series", value=name, known=", ".join(_published()))
    return _published()[name]


def _interval(asked: Parameters, given: Given, days: int) -> Array:
    if "table" in asked:
        return np.asarray(named_series(asked["table"], given)["serial_interval_from_day0"], dtype=np.float64)
    return serial_interval(asked["mean"], asked["sd"], days)


def _of_posterior(quantity: str, posterior: Rt) -> float:
    if level := _QUANTILE.search(quantity):
        return float(posterior.quantile(float(level[1])))
    if quantity.endswith("median"):
        return float(posterior.quantile(0.5))
    return posterior.sd if quantity.endswith(("_sd", "_std")) else posterior.mean


def _place(quarter: str) -> int:
    year, part = quarter[:4], quarter[-1]
    return 4 * int(year) + int(part) - 1


def _only(held: Parameters, ending: str) -> list[float]:
    (found,) = (value for name, value in held.items() if name.endswith(ending) and isinstance(value, list))
    return list(found)


@cache
def _published() -> dict[str, Parameters]:
    read: dict[str, Parameters] = json.loads(Path(__file__).with_name("series.json").read_text("utf-8"))
    return read
