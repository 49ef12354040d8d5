"""A distribution as papers print it: shape with scale or rate, mean with sd, logs, two quantiles."""

import math
from collections.abc import Mapping
from typing import Any

from hucheng.engines.risk.distributions import Distribution, gamma_of, lognormal_of, through, weibull_of
from hucheng.engines.risk.published.reading import remark
from hucheng.engines.risk.refusal import RiskRefused, refused

_FAMILIES = {
    "gamma": ("gamma",),
    "lognormal": ("lognormal", "lnorm", "logn"),
    "weibull": ("weibull",),
    "erlang": ("erlang",),
    "exponential": ("exponential", "exp"),
}
_NAMES = {
    "mean": ("mean", "mean_days"),
    "sd": ("sd", "std", "stdev", "standard_deviation", "sd_days"),
    "var": ("var", "variance"),
    "cv": ("cv",),
    "scale": ("scale", "theta"),
    "rate": ("rate",),
    "shape": ("shape", "k"),
    "meanlog": ("meanlog", "mu", "mulog", "logmean", "log_mean"),
    "sdlog": ("sdlog", "sigma", "sigmalog", "logsd", "log_sd"),
    "median": ("median", "median_days"),
}
_OWN = {
    "gamma": ("shape", "scale", "rate"),
    "weibull": ("shape", "scale"),
    "erlang": ("shape", "scale", "rate"),
    "exponential": ("scale", "rate"),
    "lognormal": ("meanlog", "sdlog"),
}
_MOMENTS = ("mean", "sd", "var", "cv")
_BY_MOMENTS = {"gamma": gamma_of, "erlang": gamma_of, "lognormal": lognormal_of, "weibull": weibull_of}
_SHARED = ("family", "distribution", "fit")
_AGREED = 0.05


def distribution_of(given: Mapping[str, Any]) -> Distribution:
    """Read a distribution of days from its family and any two of its numbers.

    given   family, and: shape with scale or rate; meanlog (mu) with sdlog (sigma); mean with sd, var or cv; median with
            sdlog or a quantile; or two quantiles, such as {"q0.05": 2, "q0.95": 12}, in `fit` or beside the family
    raises  RiskRefused for a family or a number that it does not know, too few, and those that contradict each other
    """
    family = _family(given.get("family", given.get("distribution")))
    numbers, quantiles = _read(given, family)
    law = _of_own(family, numbers) or _of_moments(family, numbers) or _of_quantiles(family, numbers, quantiles)
    if law is None:
        raise refused("distribution", value=dict(given))
    if family == "erlang" and abs(law.first - round(law.first)) > 1e-9:
        raise refused("distribution", value=f"erlang: shape {law.first:g}")
    told = [(getattr(law, name), numbers[name]) for name in ("mean", "sd") if name in numbers]
    told += [(float(law.quantile(level)), day) for level, day in quantiles.items()]
    if any(abs(found - said) > _AGREED * abs(said) for found, said in told):
        raise refused("distribution", value=dict(given))
    return law


def _family(name: object) -> str:
    plain = str(name).lower().replace("-", "").replace("_", "").replace(" ", "")
    for family, names in _FAMILIES.items():
        if plain in names:
            return family
    raise refused("choice", name="distribution", value=name, known=", ".join(_FAMILIES))


def _read(given: Mapping[str, Any], family: str) -> tuple[dict[str, float], dict[float, float]]:
    """Give the numbers by one name each, and the quantiles by their probability."""
    numbers: dict[str, float] = {}
    quantiles: dict[float, float] = {}
    fit = given.get("fit", {})
    for key, value in [*given.items(), *(fit.items() if isinstance(fit, Mapping) else [])]:
        if key in _SHARED or remark(key, value):
            continue
        name = next((name for name, names in _NAMES.items() if key in names), None)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise _unread(family, key, value)
        if name is not None and name in (
            *_OWN[family],
            *_MOMENTS,
            "median",
            *(("shape",) if family == "erlang" else ()),
        ):
            numbers[name] = float(value)
        elif key.startswith("q") and _is_share(key.removeprefix("q").removeprefix("uantile_")):
            quantiles[float(key.removeprefix("q").removeprefix("uantile_"))] = float(value)
        else:
            raise _unread(family, key, value)
    if "median" in numbers:
        quantiles[0.5] = numbers.pop("median")
    return numbers, quantiles


def _of_own(family: str, numbers: dict[str, float]) -> Distribution | None:
    """Give the law of its own parameters; a rate is one over the scale."""
    if family == "lognormal":
        pair = numbers.get("meanlog"), numbers.get("sdlog")
        return None if None in pair else Distribution(family, numbers["meanlog"], numbers["sdlog"])
    if "rate" in numbers and not numbers["rate"] > 0:
        raise refused("distribution", value=f"{family}: rate {numbers['rate']:g}")
    scale = numbers.get("scale", 1 / numbers["rate"] if "rate" in numbers else None)
    if (
        "scale" in numbers
        and "rate" in numbers
        and not math.isclose(numbers["scale"] * numbers["rate"], 1, rel_tol=0.02)
    ):
        raise refused("distribution", value=f"{family}: scale {numbers['scale']:g}, rate {numbers['rate']:g}")
    if family == "exponential":
        scale = numbers.get("mean") if scale is None else scale
        return None if scale is None else Distribution("gamma", 1.0, scale)
    if "shape" not in numbers:
        return None
    kind = "weibull" if family == "weibull" else "gamma"
    if scale is None and kind == "gamma" and "mean" in numbers:
        scale = numbers["mean"] / numbers["shape"] if numbers["shape"] else None
    return None if scale is None else Distribution(kind, numbers["shape"], scale)


def _of_moments(family: str, numbers: dict[str, float]) -> Distribution | None:
    if "mean" not in numbers or family not in _BY_MOMENTS:
        return None
    spreads = {
        "sd": numbers.get("sd"),
        "var": math.sqrt(numbers["var"]) if numbers.get("var", -1) >= 0 else None,
        "cv": numbers["cv"] * numbers["mean"] if "cv" in numbers else None,
    }
    known = [spread for spread in spreads.values() if spread is not None]
    if not known:
        return None
    if not math.isclose(min(known), max(known), rel_tol=_AGREED):
        raise refused("distribution", value=f"{family}: {numbers}")
    return _BY_MOMENTS[family](numbers["mean"], known[0])


def _of_quantiles(family: str, numbers: dict[str, float], quantiles: dict[float, float]) -> Distribution | None:
    if family == "lognormal" and "sdlog" in numbers and quantiles.get(0.5, 0) > 0:
        return Distribution(family, math.log(quantiles[0.5]), numbers["sdlog"])
    if len(quantiles) != 2 or family not in ("gamma", "lognormal", "weibull"):
        return None
    return through(family, quantiles)


def _is_share(text: str) -> bool:
    try:
        return 0 < float(text) < 1
    except ValueError:
        return False


def _unread(family: str, name: str, value: object) -> RiskRefused:
    return refused("unread", model=family, name=name, value=value)
