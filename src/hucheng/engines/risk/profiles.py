"""Diseases and test curves as data: parameters.csv and curves.csv, a source beside every number."""

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.distributions import Distribution, gamma_of, gamma_through
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array
from hucheng.engines.words.bilingual import Bilingual

_HERE = Path(__file__).parent
_FLOOR = 1e-9
_CUT = 0.01
_TWO_SIDED = 1.959963984540054
SPREADS = ("generation", "serial")
"""Intervals between infections, or between onsets, from which infectiousness by day may be taken: see `spread`."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number with its 95 % interval (None where the source gives none), unit and source."""

    value: float
    low: float | None
    high: float | None
    unit: str
    source: str

    def spread(self, normal: Array) -> Array:
        """Give a value for each standard normal one, with the number as median and its limits at 2.5 % and 97.5 %.

        Shares are normal on the logit scale and others on the log scale, on either side of the median; a number without
        interval stays as it is. A share's limits are kept within 1 % and 99 %.
        """
        if self.low is None or self.high is None:
            return np.full_like(normal, self.value)
        is_share = self.unit == "share"
        low, high = (min(max(end, _CUT), 1 - _CUT) if is_share else end for end in (self.low, self.high))
        middle, below, above = (math.log(one / (1 - one) if is_share else one) for one in (self.value, low, high))
        wide = np.where(normal < 0, middle - below, above - middle) / _TWO_SIDED
        line = np.exp(middle + wide * normal)
        return line / (1 + line) if is_share else line


@dataclass(frozen=True, slots=True)
class Profile:
    """One set of assumptions on a disease.

    test_curves  names of the shipped test curves that hold for it; None: any, as one's own disease says nothing of them
    """

    key: str
    name: Bilingual
    version: str
    source: str
    parameters: dict[str, Parameter]
    test_curves: tuple[str, ...] | None = None

    def __getitem__(self, name: str) -> float:
        """Give a parameter's value; RiskRefused where the sources give none."""
        return self.parameter(name).value

    def parameter(self, name: str) -> Parameter:
        """Give a parameter with interval and source; RiskRefused where the sources give none."""
        self.require(name)
        return self.parameters[name]

    def require(self, *names: str) -> None:
        """Refuse, with all of them named, when the sources give none of some numbers."""
        if missing := [name for name in names if name not in self.parameters]:
            raise refused("parameter", name=self.key, parameter=", ".join(missing))

    @property
    def incubation_number(self) -> str:
        """The name of the number that places the incubation: its median or, where that is not given, its mean."""
        return "incubation_median" if "incubation_median" in self.parameters else "incubation_mean"

    @property
    def incubation(self) -> Distribution:
        """Infection to onset."""
        if "incubation_median" in self.parameters:
            return gamma_through(self["incubation_median"], self["incubation_q975"])
        return gamma_of(self["incubation_mean"], self["incubation_variance"] ** 0.5)

    @property
    def course(self) -> Distribution:
        """Onset to recovery."""
        return gamma_of(self["course_mean"], self["course_variance"] ** 0.5)

    @property
    def severe(self) -> Distribution:
        """Onset to illness so severe that nobody travels, or that it is seen on board."""
        return gamma_of(self["severe_mean"], self["severe_variance"] ** 0.5)

    @property
    def asymptomatic_course(self) -> Distribution:
        """From when onset would have been to recovery, for those who never have symptoms."""
        return gamma_of(self["asymptomatic_course_mean"], self["asymptomatic_course_variance"] ** 0.5)

    @property
    def like_sars_cov_2(self) -> bool:
        """Whether test curves and shares reported of SARS-CoV-2 may be used; one's own disease may choose."""
        return self.test_curves is None or bool(self.test_curves)

    @property
    def spread_by(self) -> str | None:
        """How infectiousness by day is known: None by its end after onset, else by generation or serial intervals."""
        if "infectious_end_slope" in self.parameters:
            return None
        return next((kind for kind in SPREADS if {f"{kind}_mean", f"{kind}_shape"} & self.parameters.keys()), None)

    @property
    def spread(self) -> Distribution:
        """Infection to infecting others, as generation times or serial intervals tell; RiskRefused without them."""
        kind = self.spread_by or SPREADS[0]
        if f"{kind}_shape" in self.parameters:
            return Distribution("weibull", self[f"{kind}_shape"], self[f"{kind}_scale"])
        return gamma_of(self[f"{kind}_mean"], self[f"{kind}_sd"])

    @property
    def longest_infectious(self) -> float:
        """Days after onset by which nobody is infectious any more."""
        return (math.log((1 - _CUT) / _CUT) - self["infectious_end_intercept"]) / self["infectious_end_slope"]

    @property
    def first_end(self) -> float:
        """Days after onset up to which everybody is still infectious."""
        return max((math.log(_CUT / (1 - _CUT)) - self["infectious_end_intercept"]) / self["infectious_end_slope"], 0.0)

    def still_infectious(self, days_after_onset: ArrayLike) -> Array:
        """Give the share infectious so long after onset; 1 from `infectious_before_onset` to onset, 0 earlier.

        The published draw keeps between its 1 % and 99 % points, so that everybody's infectiousness ends.
        """
        lag = np.asarray(days_after_onset, dtype=np.float64)
        ended = 1 / (1 + np.exp(-(self["infectious_end_intercept"] + self["infectious_end_slope"] * lag)))
        after = np.clip((1 - _CUT - ended) / (1 - 2 * _CUT), 0.0, 1.0)
        return np.where(lag < -self["infectious_before_onset"], 0.0, np.where(lag < 0, 1.0, after))

    def infectious_left(self, days_after_onset: ArrayLike) -> Array:
        """Give the expected infectious days still to come so long after onset, per case; days >= 0.

        The integral of `still_infectious` in closed form: nobody's infectiousness ends before `first_end`.
        """
        lag = np.asarray(days_after_onset, dtype=np.float64)
        inside = np.clip(lag, self.first_end, self.longest_infectious)
        slope, start = self["infectious_end_slope"], self["infectious_end_intercept"]
        ended = (
            np.logaddexp(0, start + slope * self.longest_infectious) - np.logaddexp(0, start + slope * inside)
        ) / slope
        left = ((1 - _CUT) * (self.longest_infectious - inside) - ended) / (1 - 2 * _CUT)
        return np.asarray(left + np.maximum(self.first_end - lag, 0.0))


@dataclass(frozen=True, slots=True)
class Curve:
    """The probability that a test finds an infection, by days since infection."""

    key: str
    days: tuple[float, ...]
    probabilities: tuple[float, ...]
    source: str
    straight: bool = False

    def __post_init__(self) -> None:
        """Refuse points that make no curve: sensitivities outside 0..1, days that do not rise or lack theirs."""
        rising = all(one < other for one, other in zip(self.days, self.days[1:], strict=False))
        if not self.days or len(self.days) != len(self.probabilities) or not rising:
            raise refused("curve_days", name=self.key)
        for found in self.probabilities:
            share(f"{self.key} sensitivity", found)

    def at(self, days: ArrayLike) -> Array:
        """Give the sensitivity: linear on the logit scale between points, 0 before infection, last value held.

        `straight` curves are linear in the probability itself.
        """
        when = np.asarray(days, dtype=np.float64)
        if self.straight:
            return np.where(when < 0, 0.0, np.interp(when, self.days, self.probabilities))
        kept = np.clip(self.probabilities, _FLOOR, 1 - _FLOOR)
        logit = np.interp(when, self.days, np.log(kept / (1 - kept)))
        return np.where(when < 0, 0.0, 1 / (1 + np.exp(-logit)))


def profile(key: str | Profile) -> Profile:
    """Give one disease profile by name, or the one given. Raises RiskRefused for an unknown name."""
    if isinstance(key, Profile):
        return key
    known = profiles()
    if key not in known:
        raise refused("profile", name=key, known=", ".join(known))
    return known[key]


def curve(key: str | Curve) -> Curve:
    """Give one test curve by name, or the one given. Raises RiskRefused for an unknown name."""
    if isinstance(key, Curve):
        return key
    known = curves()
    if key not in known:
        raise refused("curve", name=key, known=", ".join(known))
    return known[key]


@cache
def profiles() -> dict[str, Profile]:
    """Give the disease profiles by name."""
    numbers: dict[str, dict[str, Parameter]] = {}
    for row in _rows("parameters.csv"):
        low, high = (float(row[end]) if row[end] else None for end in ("low", "high"))
        one = Parameter(float(row["value"]), low, high, row["unit"], row["source"])
        numbers.setdefault(row["profile"], {})[row["parameter"]] = one
    return {
        key: Profile(
            key,
            Bilingual(row["name_zh"], row["name_en"]),
            row["version"],
            row["source"],
            numbers[key],
            tuple(row["test_curves"].split()),
        )
        for row in _rows("profiles.csv")
        if (key := row["profile"])
    }


@cache
def curves() -> dict[str, Curve]:
    """Give the test curves by name."""
    rows = _rows("curves.csv")
    made = {}
    for key in dict.fromkeys(row["curve"] for row in rows):
        own = [row for row in rows if row["curve"] == key]
        days = tuple(float(row["day"]) for row in own)
        made[key] = Curve(key, days, tuple(float(row["probability"]) for row in own), own[0]["source"])
    return made


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
