"""Fever scanner and questionnaire at both ends of a journey: the decision tree of Gostic 2020 (10.7554/eLife.55570)."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.distributions import gamma_of
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array

OUTCOMES = (
    "detected_departure_fever",
    "detected_departure_risk",
    "detected_arrival_fever",
    "detected_arrival_risk",
    "missed_both",
    "missed_fever",
    "missed_risk_aware",
    "undetectable",
)
BOX = ("R0", "fever_sensitivity", "incubation_mean", "onset_to_admission", "p_risk_aware", "questionnaire_honesty")
STRATEGIES = {"both": (True, True), "departure": (True, False), "arrival": (False, True)}
GRID = 0.1
"""Infection ages of the population model are rounded up to the next tenth of a day, as published."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What a checkpoint finds: fever among those who have it, risk among those who know theirs; and where it stands."""

    fever_sensitivity: float
    honesty: float
    departure: bool = True
    arrival: bool = True

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        share("fever sensitivity", self.fever_sensitivity)
        share("honesty", self.honesty)


def outcomes(ill_before: ArrayLike, ill_after: ArrayLike, checks: Checks, *, fever: float, aware: float) -> Array:
    """Give the shares of the eight OUTCOMES; they sum to 1.

    ill_before, ill_after  shape (n,), shares past their onset at departure and on landing
    fever    share whose illness shows as fever; aware  share who know of their exposure
    gives    shape (8, n)
    raises   RiskRefused for what is no share

    Fever is looked at before the questionnaire at both ends. Without a check on arrival nobody looks at new onsets, so
    they count as without symptoms, as published.
    """
    share("fever", fever)
    share("aware", aware)
    before = np.asarray(ill_before, dtype=np.float64)
    new = np.asarray(ill_after, dtype=np.float64) - before if checks.arrival else np.zeros_like(before)
    seen, told = (checks.fever_sensitivity, checks.honesty) if checks.departure else (0.0, 0.0)
    seen_later, told_later = (checks.fever_sensitivity, checks.honesty) if checks.arrival else (0.0, 0.0)
    stopped = fever * seen * before
    aboard = before * (1 - seen) + new  # with symptoms on landing, before any questionnaire
    untold = 1 - aware * told
    fever_later = fever * seen_later * aboard
    well = fever * (1 - before - new) + (1 - fever)
    passed = (1 - told) * (1 - told_later)
    shares = (
        stopped,
        aware * told * (1 - stopped),
        untold * fever_later,
        aware * (1 - told) * told_later * (1 - stopped - fever_later),
        aware * passed * fever * aboard * (1 - seen_later),
        (1 - aware) * fever * aboard * (1 - seen_later),
        aware * passed * well,
        (1 - aware) * well,
    )
    return np.array(np.broadcast_arrays(*shares))


def growing_epidemic(
    checks: Checks,
    *,
    flight_days: float,
    fever: float,
    aware: float,
    incubation_mean: float,
    incubation_sd: float,
    r0: float,
    onset_to_admission: float,
) -> Array:
    """Give the OUTCOMES averaged over infected travellers from a growing epidemic, shape (8,).

    The age u of an infection at departure has density proportional to exp(-r0 u / G) below
    G = onset_to_admission + incubation_mean, rounded up to the next tenth of a day.
    """
    longest = onset_to_admission + incubation_mean
    if not (r0 > 0 and longest > 0 and flight_days >= 0):
        raise refused("distribution", value=f"R0 {r0}, generation {longest}, flight {flight_days}")
    incubation = gamma_of(incubation_mean, incubation_sd)
    ages = np.arange(1, int(np.ceil(longest / GRID - 1e-9)) + 1) * GRID
    reached = np.expm1(-r0 / longest * np.minimum(ages, longest)) / np.expm1(-r0)
    weight = np.diff(reached, prepend=0.0)
    ill = incubation.cdf(ages), incubation.cdf(ages + flight_days)
    return np.asarray(outcomes(*ill, checks, fever=fever, aware=aware) @ weight)


def over_a_box(
    box: dict[str, tuple[float, float]],
    *,
    strategy: str,
    fever: float,
    flight_days: float,
    incubation_sd: float,
    nodes: int = 5,
) -> Array:
    """Give the OUTCOMES of a growing epidemic averaged over parameters that are uniform in a box, shape (8,).

    box      low and high of each of BOX
    raises   RiskRefused for an unknown strategy and a parameter that the box lacks

    Gauss-Legendre in every direction: exact in the shares, of which each outcome is a polynomial.
    """
    if strategy not in STRATEGIES:
        raise refused("choice", name="strategy", value=strategy, known=", ".join(STRATEGIES))
    counts = dict.fromkeys(("R0", "incubation_mean", "onset_to_admission"), nodes)
    counts |= {"fever_sensitivity": 2, "questionnaire_honesty": 2, "p_risk_aware": 1}
    if missing := counts.keys() - box.keys():
        raise refused("choice", name="box", value="-", known=", ".join(sorted(missing)))
    departure, arrival = STRATEGIES[strategy]
    lines = [_nodes(*box[name], count) for name, count in counts.items()]
    total = np.zeros(len(OUTCOMES))
    for points in product(*lines):
        r0, incubation, admission, sensitivity, honesty, aware = (at for at, _ in points)
        total += float(np.prod([weight for _, weight in points])) * growing_epidemic(
            Checks(sensitivity, honesty, departure, arrival),
            flight_days=flight_days,
            fever=fever,
            aware=aware,
            incubation_mean=incubation,
            incubation_sd=incubation_sd,
            r0=r0,
            onset_to_admission=admission,
        )
    return total


def _nodes(low: float, high: float, count: int) -> list[tuple[float, float]]:
    """Give Gauss-Legendre nodes of an interval with weights that sum to 1."""
    at, weight = np.polynomial.legendre.leggauss(count)
    return [(low + (high - low) * (x + 1) / 2, w / 2) for x, w in zip(at.tolist(), weight.tolist(), strict=True)]
