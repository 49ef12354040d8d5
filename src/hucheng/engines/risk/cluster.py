"""How far a cluster grows in the coming days: the distribution of its further cases by day, exact and not simulated.

A case infects a negative binomial number of others (mean r, dispersion k; Lloyd-Smith 2005, 10.1038/nature04153), who
have onset after it as the serial interval w tells. The further cases of `h` days that follow from a case whose onset
was `a` days ago, and from theirs, have the generating function

    F(a, h; s) = (1 + r/k Σ_{d=1..h} w(a + d) [1 - s F(0, h - d; s)])^-k

and those of a cluster the product over its cases. Its coefficients come from a Fourier transform on a circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hucheng.engines.risk.growth import extinction
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import Array

MOST_AHEAD, MOST_CASES = 60, 2**16
_TAIL, _WIDER = 1e-9, 8
_Complex = NDArray[np.complex128]
_Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Further:
    """The further cases of a cluster up to one day: their mean, and the chances of 0, 1, 2, ... of them."""

    mean: float
    chances: Array

    def quantile(self, level: float) -> int:
        """Give the number of cases that is not exceeded with this chance."""
        return int(np.searchsorted(np.cumsum(self.chances), level - 1e-12))

    def at_least(self, cases: int) -> float:
        """Give the chance of so many or more."""
        return float(min(max(1 - self.chances[:cases].sum(), 0.0), 1.0))


def further_cases(
    days_since_onset: Sequence[int], interval: ArrayLike, r: float, dispersion: float, *, days: int
) -> list[Further]:
    """Give the further cases of a cluster up to each of the coming days 1, 2, ..., days.

    days_since_onset  one entry a known case, whole days >= 0; whom each has infected already is not known, so each
                      expects r times the part of its serial interval still ahead, as in `more_to_come`
    interval          shares of the serial interval by day, from day 0 (whose share is not used)
    raises            RiskRefused for r or dispersion that make no offspring, days outside 1..60, no case, and a cluster
                      that may bring more than 65,536 cases
    """
    extinction(r, dispersion)  # refuses what makes no offspring
    ages, counts, law = _cluster(days_since_onset, interval, days)
    means = _means(ages, counts, law, r, days)
    chances = _chances(ages, counts, law, r, dispersion, days, least=_WIDER * means[-1])
    return [Further(mean, one) for mean, one in zip(means, chances, strict=True)]


def expected_cases(days_since_onset: Sequence[int], interval: ArrayLike, r: float, *, days: int) -> float:
    """Give the expected further cases within the coming days alone, in no time; arguments as of `further_cases`."""
    return _means(*_cluster(days_since_onset, interval, days), r, days)[-1]


def _cluster(days_since_onset: Sequence[int], interval: ArrayLike, days: int) -> tuple[_Whole, _Whole, Array]:
    """Give the ages of the cases, how many have each, and the serial interval as far as it is needed."""
    if not 1 <= days <= MOST_AHEAD:
        raise refused("number", name="days", value=days, least=1, most=MOST_AHEAD)
    known = np.asarray(days_since_onset, dtype=np.float64)
    if not len(known):
        raise refused("no_case")
    if (known < 0).any() or (known != np.floor(known)).any():
        raise refused("days", name="onset", value=float(known.min()), most="-")
    ages, counts = np.unique(known.astype(np.int64), return_counts=True)
    law = np.zeros(int(ages.max()) + days + 1)
    given = np.asarray(interval, dtype=np.float64)[: len(law)]
    law[: len(given)] = given
    return ages, counts, law


def _means(ages: _Whole, counts: _Whole, law: Array, r: float, days: int) -> list[float]:
    """Give the expected cases up to each day, by the renewal of expectations."""
    own = np.zeros(days + 1)
    for ahead in range(1, days + 1):
        own[ahead] = r * law[1 : ahead + 1] @ (1 + own[ahead - 1 :: -1][:ahead])
    return [
        float(sum(count * r * law[age + 1 : age + ahead + 1] @ (1 + own[ahead - 1 :: -1][:ahead])
                  for age, count in zip(ages, counts, strict=True)))
        for ahead in range(1, days + 1)
    ]  # fmt: skip


def _chances(
    ages: _Whole, counts: _Whole, law: Array, r: float, dispersion: float, days: int, *, least: float
) -> list[Array]:
    """Give the chances of each number of cases up to each day, on ever larger circles until their end holds nothing."""
    points = 256
    while points <= MOST_CASES:
        if points > least:
            found = _on_circle(ages, counts, law, r, dispersion, days, points)
            if found[-1][points // 2 :].sum() < _TAIL:
                return found
        points *= 2
    raise refused("cluster_large", most=MOST_CASES)


def _on_circle(
    ages: _Whole, counts: _Whole, law: Array, r: float, dispersion: float, days: int, points: int
) -> list[Array]:
    s = np.exp(-2j * np.pi * np.arange(points // 2 + 1) / points)
    lacking: list[_Complex] = []  # 1 - s F(0, h; s) for h = 0, 1, ...
    for ahead in range(days):
        expected = _expected(law, 0, lacking, ahead)
        lacking.append(1 - s * np.exp(-dispersion * np.log1p(r / dispersion * expected)))
    out = []
    for ahead in range(1, days + 1):
        logs = sum(
            count * np.log1p(r / dispersion * _expected(law, int(age), lacking, ahead))
            for age, count in zip(ages, counts, strict=True)
        )
        chances = np.fft.irfft(np.exp(-dispersion * logs), points)
        out.append(np.clip(chances, 0.0, 1.0))
    return out


def _expected(law: Array, age: int, lacking: list[_Complex], ahead: int) -> _Complex | float:
    """Give Σ w(age + d) [1 - s F(0, ahead - d; s)] over the days d ahead."""
    if not ahead:
        return 0.0
    return np.asarray(law[age + 1 : age + ahead + 1] @ np.array(lacking[ahead - 1 :: -1][:ahead]))
