"""Reports that follow the day of the week: offices that close on Sundays report on Mondays.

A case of day t is reported d days later in proportion to f(d) m(w), with w the weekday of the report: the weekday of
reporting within the delay, as in Günther et al. 2021 (10.1002/bimj.202000112), here multiplicative. Factors that the
weeks do not agree on are left out, and those kept are drawn towards 1 by as much as chance alone would scatter them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.risk.special import Array, beta_quantile

WEEK = 7
_LEVEL = 0.95
"""Weekdays must differ more than chance would make them in 19 of 20 series without any effect."""
_LEAST_CASES = 3.0
_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Weekly:
    """The weekday of reporting within the delay.

    factors  shape (7,), by (day of event + delay) modulo 7: how many are reported on that weekday, mean 1
    errors   shape (7,), standard errors of their logarithms, from how far the weeks agree
    shape    share of each delay on an average day; the last delay is not told apart
    """

    factors: Array
    errors: Array
    shape: Array

    def of(self, hazards: Array, day: int, first: int = 0, factors: Array | None = None) -> Array:
        """Give the hazards of a day of event from those of an average day, from a place in the delays on.

        factors  others than the likeliest: shape (draws, 7), with hazards of shape (draws, delays)
        """
        odds = self.odds(day, self.factors if factors is None else factors)[..., first:]
        return np.asarray(hazards * odds / (1 - hazards + hazards * odds))

    def odds(self, day: int, factors: Array) -> Array:
        """Give by how much a day's odds of delays 1, 2, ..., among those up to each, differ from an average day's."""
        at = factors[..., (day + np.arange(len(self.shape))) % WEEK]
        before = np.cumsum(self.shape * at, axis=-1)[..., :-1]
        usual = np.cumsum(self.shape)[:-1]
        return np.where(before > 0, at[..., 1:] * usual / np.where(before > 0, before, 1.0), 1.0)

    def drawn(self, draws: int, dice: np.random.Generator) -> Array:
        """Draw factors as far as the weeks leave them open, shape (draws, 7)."""
        return np.asarray(self.factors * np.exp(self.errors * dice.standard_normal((draws, WEEK))))


def weekly(counts: NDArray[np.int64], window: int) -> Weekly | None:
    """Give the effect of the weekday of reporting, learnt from the last days; None where the weeks show none.

    counts  shape (days, delays), 0 for what is still to be reported; the last delay may pool longer ones
    window  days of reporting to learn from, at least two weeks
    """
    days, delays = counts.shape
    start = max(days - window - delays, 0)
    seen = counts[start:, : delays - 1].astype(float)  # the last delay holds reports of other weekdays too
    at = np.arange(start, days)[:, None] + np.arange(delays - 1)
    known = at < days
    spread = _spread(seen, known, at, window)
    if spread is None:
        return None
    factors, shape = _fitted(seen, known, at % WEEK)
    ratio, errors = spread
    factors = np.exp(np.log(factors) * (1 - 1 / ratio))
    return Weekly(factors / factors.mean(), errors, np.append(shape, 0.0))


def _spread(seen: Array, known: Array, at: Array, window: int) -> tuple[float, Array] | None:
    """Give how much more the weekdays differ than days of one weekday do (F), and the standard errors of their logs.

    None where chance would make them differ as much.
    """
    level, shape = _two_way(seen, known, np.ones_like(seen))
    expected = level[:, None] * shape * known
    last = int(at[:, 0].max())
    sums = np.array([[one[known & (at == day)].sum() for one in (seen, expected)] for day in range(last + 1)])
    used = np.flatnonzero((sums[:, 1] >= _LEAST_CASES) & (np.arange(last + 1) > last - window))
    if len(used) < 2 * WEEK or len(set(used % WEEK)) < WEEK:
        return None
    ratio = np.log((sums[used, 0] + 0.5) / (sums[used, 1] + 0.5))
    groups = [ratio[used % WEEK == day] for day in range(WEEK)]
    free = len(used) - WEEK
    within = sum(((one - one.mean()) ** 2).sum() for one in groups) / free
    between = sum(len(one) * (one.mean() - ratio.mean()) ** 2 for one in groups) / (WEEK - 1)
    place = float(beta_quantile((WEEK - 1) / 2, free / 2, _LEVEL))
    least = free / (WEEK - 1) * place / (1 - place)
    spread = between / max(within, 1e-9)
    if spread <= least:
        return None
    return float(spread), np.sqrt(within / np.array([len(one) for one in groups]))


def _fitted(seen: Array, known: Array, weekday: Array) -> tuple[Array, Array]:
    """Give weekday factors and the shares of delays of the likeliest Poisson model with a level for each day."""
    factors = np.ones(WEEK)
    shape = np.full(seen.shape[1], 1 / seen.shape[1])
    reported = np.bincount(weekday[known], seen[known], WEEK)
    for _ in range(_ROUNDS):
        level, shape = _two_way(seen, known, factors[weekday], shape)
        means = (level[:, None] * shape)[known]
        expected = np.bincount(weekday[known], means, WEEK)
        factors = (reported + 0.5) / (expected + 0.5)
        factors /= factors.mean()
    return factors, shape


def _two_way(seen: Array, known: Array, weight: Array, shape: Array | None = None) -> tuple[Array, Array]:
    """Fit level by day and share by delay (sum 1) to the known cells, by turns; weight multiplies each cell's mean."""
    cells, weights = seen * known, weight * known
    shape = np.full(seen.shape[1], 1 / seen.shape[1]) if shape is None else shape
    level = np.zeros(len(seen))
    for _ in range(_ROUNDS):
        level = cells.sum(axis=1) / np.maximum(weights @ shape, 1e-12)
        shape = cells.sum(axis=0) / np.maximum(level @ weights, 1e-12)
        shape = shape / max(shape.sum(), 1e-12)
    return level, shape
