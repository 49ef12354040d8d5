"""Who is missed by symptom screening at both ends of a journey (the model of Quilty 2020), without simulation."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict, Unpack

import numpy as np

from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.profiles import Profile
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array

LONGEST_JOURNEY = 72.0
_EDGE = 1e-10


class Screens(TypedDict, total=False):
    """Sensitivities of the two screens; None or absent: the profile's."""

    exit_sensitivity: float | None
    entry_sensitivity: float | None


@dataclass(frozen=True, slots=True)
class Screening:
    """Where an infected person who plans to travel ends; the four shares sum to 1."""

    at_exit: float
    severe_in_flight: float
    at_entry: float
    missed: float


def screening(
    disease: Profile,
    *,
    journey_hours: float,
    exit_sensitivity: float | None = None,
    entry_sensitivity: float | None = None,
    asymptomatic_share: float | None = None,
    incubation_scale: float = 1.0,
    nodes: int = 200,
) -> Screening:
    """Give where infected travellers are found, or that they are not.

    Departure falls at random between infection and severe illness; a person with
    symptoms is found with the given sensitivity at each end; one who falls severely ill on board is found without
    screening; one who never has symptoms is never found. Sensitivities and share default to the profile's.
    Quadrature over incubation and course, exact in the time of departure; error below 2e-5 for every shipped profile.
    Raises RiskRefused for shares outside 0..1 and journeys outside 0..72 hours.
    """
    if not 0 <= journey_hours <= LONGEST_JOURNEY:
        raise refused("journey", value=journey_hours)
    usual = disease["screening_sensitivity"] if None in (exit_sensitivity, entry_sensitivity) else 0.0
    leaving = share("exit sensitivity", usual if exit_sensitivity is None else exit_sensitivity)
    landing = share("entry sensitivity", usual if entry_sensitivity is None else entry_sensitivity)
    silent = share(
        "asymptomatic share", disease["asymptomatic_share"] if asymptomatic_share is None else asymptomatic_share
    )
    parts = _parts(disease, journey_hours / 24, incubation_scale, nodes)
    at_exit = leaving * parts.ill_at_exit
    severe = parts.severe_new + (1 - leaving) * parts.severe_ill
    at_entry = landing * (parts.ill_in_flight + (1 - leaving) * (parts.ill_at_exit - parts.severe_ill))
    left, severe, landed = ((1 - silent) * part for part in (at_exit, severe, at_entry))
    return Screening(left, severe, landed, missed=1 - left - severe - landed)


def screening_interval(
    disease: Profile, *, journey_hours: float, draws: int = 400, seed: int = 1, **sensitivities: Unpack[Screens]
) -> tuple[float, float] | None:
    """Give the 95 % interval of the missed share over what the profile is unsure of; None where it gives no interval.

    The asymptomatic share and the median (or mean) incubation are drawn independently, each from the law with the
    profile's value as median and its 95 % limits that is normal on the logit or log scale on either side. No sampling
    noise of travellers.
    """
    unsure = [name for name in ("asymptomatic_share", disease.incubation_number) if name in disease.parameters]
    unsure = [name for name in unsure if disease.parameters[name].low is not None]
    if not unsure:
        return None
    rng = np.random.default_rng(seed)
    drawn = {name: disease.parameter(name).spread(rng.standard_normal(draws)) for name in unsure}
    silent = drawn.get("asymptomatic_share", np.full(draws, disease["asymptomatic_share"]))
    scales = np.ones(draws)
    if disease.incubation_number in drawn:
        scales = drawn[disease.incubation_number] / disease[disease.incubation_number]
    found = [
        1 - screening(disease, journey_hours=journey_hours, asymptomatic_share=0.0, incubation_scale=scale, nodes=24,
                      **sensitivities).missed
        for scale in scales
    ]  # fmt: skip
    low, high = np.quantile(1 - (1 - silent) * np.array(found), [0.025, 0.975])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Shares of the departures of those who get symptoms, before any screening."""

    ill_at_exit: float
    severe_ill: float
    severe_new: float
    ill_in_flight: float


def _parts(disease: Profile, journey: float, scale: float, nodes: int) -> _Parts:
    incubation, i_weight = _nodes(disease.incubation, nodes)
    course, j_weight = _nodes(disease.severe, nodes)
    i, j = incubation[:, None] * scale, course[None, :]
    weight = i_weight[:, None] * j_weight[None, :] / (i + j)
    severe_ill = np.minimum(j, journey)
    severe_new = np.minimum(i + j, journey) - severe_ill
    ill_in_flight = np.maximum(np.minimum(i, i + j - journey) - np.maximum(i - journey, 0), 0)
    return _Parts(*(float((weight * part).sum()) for part in (j, severe_ill, severe_new, ill_in_flight)))


@lru_cache(maxsize=64)
def _nodes(one: Distribution, count: int) -> tuple[Array, Array]:
    """Give Gauss-Legendre nodes between the far quantiles, weighted by the density and normalised to 1."""
    low, high = one.quantile([_EDGE, 1 - _EDGE])
    at, weight = np.polynomial.legendre.leggauss(count)
    days = low + (high - low) * (at + 1) / 2
    dense = weight * one.density(days)
    return days, dense / dense.sum()
