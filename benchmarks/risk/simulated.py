"""The quarantine model as a vectorised simulation, written apart from the engine: every traveller is drawn.

Incubation and course are gamma, the departure uniform over each infection or as in a growing epidemic, the look for
symptoms at departure, onset during the stay, tests with their results, those who do not comply, people whose tests all
fail together: what `hucheng.engines.risk.quarantine` integrates is counted here.
"""

from dataclasses import dataclass, replace

import numpy as np

from hucheng.engines.risk import curve, profile
from hucheng.engines.risk.profiles import Curve, Parameter, Profile

KNOWN = profile("sars_cov_2_2020")
GAMMAS = ("incubation", "course", "asymptomatic_course")


@dataclass(frozen=True)
class Case:
    """One set of assumptions and one policy."""

    disease: Profile
    curve: Curve
    hours: float
    release: int
    tests: tuple[int, ...]
    monitoring: bool = True
    growth: float | None = None
    adherence: float = 1.0
    correlation: float = 0.0
    delay: int = 1


def worked(release: int, tests: tuple[int, ...], hours: float = 8) -> Case:
    """A policy under the shipped profile of 2020 and the curve of Kucirka."""
    return Case(KNOWN, curve("kucirka"), hours, release, tests)


def drawn(rng: np.random.Generator, wild: bool = False) -> Case:
    """A random disease and policy, far beyond the shipped ones; a wild one beyond what can be integrated, too."""
    numbers = dict(KNOWN.parameters)

    def put(name: str, value: float) -> None:
        numbers[name] = Parameter(float(value), None, None, "", "drawn")

    for name in ("incubation_median", "incubation_q975"):
        numbers.pop(name, None)
    for name, low, high in zip(GAMMAS, (2.5, 5, 4), (9, 13, 11), strict=True):
        mean = np.exp(rng.uniform(np.log(0.3), np.log(40))) if wild else rng.uniform(low, high)
        put(f"{name}_mean", mean)
        put(f"{name}_variance", (mean * (rng.uniform(0.03, 0.95) if wild else rng.uniform(0.25, 0.7))) ** 2)
    slope, middle = rng.uniform(0.5, 1.5), rng.uniform(4, 9)
    put("infectious_end_slope", slope)
    put("infectious_end_intercept", -slope * middle)
    put("infectious_before_onset", rng.uniform(0, 3))
    for name in ("asymptomatic_share", "asymptomatic_relative_sensitivity", "screening_sensitivity"):
        put(name, rng.uniform())
    release = int(rng.integers(0, 22))
    tests = tuple(int(day) for day in rng.integers(0, release + 1, rng.integers(0, 5)))
    return Case(
        replace(KNOWN, key="drawn", parameters=numbers),
        curve(str(rng.choice(["kucirka", "hellewell"]))),
        float(rng.integers(0, 49)),
        release,
        tests,
        bool(rng.uniform() < 0.8),
        None if rng.uniform() < 0.5 else float(rng.uniform(-0.05, 0.2)),
        float(rng.uniform(0.5, 1)),
        float(rng.uniform()),
        int(rng.integers(0, 3)),
    )


def gammas(disease: Profile) -> list[tuple[float, float]]:
    """Shape and scale of the three gamma laws."""
    if "incubation_median" in disease.parameters:
        first = disease.incubation
        known = [(first.first, first.second)]
    else:
        known = [_gamma(disease, "incubation")]
    return known + [_gamma(disease, name) for name in GAMMAS[1:]]


def _gamma(disease: Profile, name: str) -> tuple[float, float]:
    mean, variance = disease[f"{name}_mean"], disease[f"{name}_variance"]
    return mean**2 / variance, variance / mean


def simulate(case: Case, draws: int, rng: np.random.Generator) -> tuple[dict[str, float], dict[str, float]]:
    """The shares released infectious, released harmless and stopped, and the infectious days; with standard errors."""
    disease = case.disease
    incubation, course, silent_course = gammas(disease)
    silent = rng.uniform(size=draws) < disease["asymptomatic_share"]
    onset = rng.gamma(*incubation, draws)
    lasting = np.where(silent, rng.gamma(*silent_course, draws), rng.gamma(*course, draws))
    ends = onset + lasting
    leaves, weight = _departure(case.growth, ends, rng)
    level = rng.uniform(0.01, 0.99, draws)
    fading = np.log(level / (1 - level)) - disease["infectious_end_intercept"]
    last = np.where(silent, ends, onset + np.maximum(fading / disease["infectious_end_slope"], 0))
    aboard = silent | (leaves < onset) | (rng.uniform(size=draws) >= disease["screening_sensitivity"])
    lands = leaves + case.hours / 24
    stays = rng.uniform(size=draws) < case.adherence
    out = lands + np.where(stays, case.release, 0)
    free = np.ones(draws, dtype=bool)
    if case.monitoring:
        free &= ~(stays & ~silent & (onset > lands) & (onset < out))
    free &= ~stays | ~_found(case, lands, silent, rng)
    infectious = free & (last > out)
    days = np.where(free, np.maximum(last - np.maximum(out, onset - disease["infectious_before_onset"]), 0), 0)
    counted = {"infectious": infectious, "harmless": free & ~infectious, "stopped": ~free, "days": days}
    weight = weight * aboard
    total = weight.sum()
    shares = {name: float((weight * value).sum() / total) for name, value in counted.items()}
    errors = {
        name: float(np.sqrt((weight**2 * (value - shares[name]) ** 2).sum()) / total) for name, value in counted.items()
    }
    return shares, errors


def _departure(growth: float | None, ends: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Age at departure, and how much each person counts."""
    place = rng.uniform(size=len(ends))
    if growth is None:
        return place * ends, np.ones_like(ends)
    if abs(growth) < 1e-9:
        return place * ends, ends
    whole = -np.expm1(-growth * ends) / growth
    return -np.log1p(-growth * place * whole) / growth, whole


def _found(case: Case, lands: np.ndarray, silent: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Who has a positive result by release."""
    part = np.where(silent, case.disease["asymptomatic_relative_sensitivity"], 1)
    used = [day for day in case.tests if day + case.delay <= case.release]
    together = rng.uniform(size=len(lands)) < case.correlation if case.correlation else np.zeros(len(lands), dtype=bool)
    one = rng.uniform(size=len(lands))
    found = np.zeros(len(lands), dtype=bool)
    for day in used:
        sensitivity = case.curve.at(lands + day) * part
        found |= np.where(together, one, rng.uniform(size=len(lands))) < sensitivity
    return found
