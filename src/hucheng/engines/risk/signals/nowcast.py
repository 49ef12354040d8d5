"""How many cases of the last days there really are, before all of them are reported.

The delay is estimated from reports in reverse time, which the cut at today does not bias (Lawless 1994, Can. J. Stat.
22:15): the share g(d) of the cases known by delay d that came with exactly d. What is still to come has a gamma-Poisson
law whose level follows the days before (after Höhle and an der Heiden 2014, Biometrics 70:993); days differ in their
delays beyond chance, as offices close and catch up: their shares have a Dirichlet law, so reverse hazards are beta.
Where reports follow the day of the week, hazards change with it (see `weekdays`). Drawn forward in time with a particle
filter, by seed.
"""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.signals.weekdays import Weekly, weekly
from hucheng.engines.risk.special import Array

Counts = NDArray[np.int64]
WINDOW = 28
"""Days from which delays are learnt."""
_BEFORE = 3
"""Days whose mean is the level expected next."""
_LEAST_DAYS = 7
_MOST_DELAY = 60
_LEAST_SIZE, _MOST_SIZE = 1.0, 1e6


@dataclass(frozen=True, slots=True)
class Nowcast:
    """Counts by day of event; arrays of shape (days,).

    reported    known so far
    complete    expected share of a day's cases known so far
    median, low, high  what it will be when all is reported; the interval at `level`
    delay       share reported within 0, 1, ... days
    weekdays    shape (7,), by (day of event + delay) modulo 7: how reports differ by weekday; None: no effect seen
    draws       shape (draws, days): possible final counts of all days together
    """

    reported: Counts
    complete: Array
    median: Array
    low: Array
    high: Array
    level: float
    delay: Array
    weekdays: Array | None
    draws: Counts

    def total(self, days: int) -> tuple[int, float, float, float]:
        """Give the last days together: reported, median, low and high."""
        sums = self.draws[:, -days:].sum(axis=1)
        tail = (1 - self.level) / 2
        low, median, high = np.quantile(sums, [tail, 0.5, 1 - tail], method="inverted_cdf")
        return int(self.reported[-days:].sum()), float(median), float(low), float(high)


@dataclass(frozen=True, slots=True)
class _Delay:
    """Hazards in reverse time by delay from 1: Beta parameters of their means; size of the Dirichlet law of a day."""

    first: Array
    second: Array
    size: float

    @property
    def mean(self) -> Array:
        return self.first / (self.first + self.second)


def triangle(events: ArrayLike, reports: ArrayLike, *, as_of: date, first: date, longest: int) -> Counts:
    """Count cases by day of event and days until reported: shape (days, longest + 1).

    events, reports  one date per case (datetime64[D])
    as_of            last day whose reports are all in: yesterday, while today is still half a day
    raises           RiskRefused for a case reported before it happened, or after as_of

    Events before `first` are left out; delays beyond `longest` count as `longest`.
    """
    happened, told = np.asarray(events, dtype="datetime64[D]"), np.asarray(reports, dtype="datetime64[D]")
    start, end = np.datetime64(first, "D"), np.datetime64(as_of, "D")
    day, delay = (happened - start).astype(int), (told - happened).astype(int)
    for wrong, why in ((delay < 0, "report < event"), (told > end, f"report > {as_of}")):
        if wrong.any():
            raise refused("reports", place=int(np.flatnonzero(wrong)[0]) + 1, why=why)
    out = np.zeros((int((end - start).astype(int)) + 1, longest + 1), dtype=np.int64)
    inside = day >= 0
    np.add.at(out, (day[inside], np.minimum(delay[inside], longest)), 1)
    return out


def nowcast(
    reports: ArrayLike,
    *,
    window: int = WINDOW,
    level: float = 0.9,
    draws: int = 2000,
    seed: int = 0,
    by_weekday: bool = True,
) -> Nowcast:
    """Give what each day's count will be when all is reported.

    reports  shape (days, delays): whole numbers by day of event and days until reported, 0 after the last day
    window   days from which the delay is learnt, the latest for which it is known
    by_weekday  whether reports may follow the day of the week; they do only where the weeks agree that they do
    raises   RiskRefused for negative counts, reports from the future, too few days, or delays beyond 60 days
    """
    counts = _checked(reports)
    if not 0 < level < 1:
        raise refused("probability", name="level", value=level)
    if not 100 <= draws <= 100_000:
        raise refused("number", name="draws", value=draws, least=100, most=100_000)
    dice = np.random.default_rng(seed)
    found = weekly(counts, window) if by_weekday else None
    learnt = _learn_delay(counts, window, found)
    reported = counts.sum(axis=1)
    complete = _complete(learnt.mean, found, len(counts))
    growth, shape = _learn_level(counts, learnt, window, complete)
    paths = _filtered(reported, learnt, found, growth, shape, draws, dice)
    tail = (1 - level) / 2
    low, median, high = np.quantile(paths, [tail, 0.5, 1 - tail], axis=0, method="inverted_cdf")
    known = np.append(_completeness(learnt.mean), 1.0)
    return Nowcast(reported, complete, median, low, high, level, known, found.factors if found else None, paths)


def _checked(reports: ArrayLike) -> Counts:
    counts = np.asarray(reports)
    if counts.ndim != 2 or not 2 <= counts.shape[1] <= _MOST_DELAY + 1:
        raise refused("number", name="delays", value=counts.shape, least=1, most=_MOST_DELAY)
    if (wrong := ~(np.isfinite(counts) & (counts >= 0) & (counts == np.floor(counts)))).any():
        raise refused("counts", day=int(np.argwhere(wrong)[0][0]) + 1, value=counts[wrong].flat[0])
    days, delays = counts.shape
    if days < delays + _LEAST_DAYS:
        raise refused("too_short", count=days, least=delays + _LEAST_DAYS)
    future = np.arange(days)[:, None] + np.arange(delays) >= days
    if counts[future].any():
        place = int(np.argwhere(future & (counts > 0))[0][0]) + 1
        raise refused("reports", place=place, why="report > last day")
    return counts.astype(np.int64)


def _learn_delay(counts: Counts, window: int, found: Weekly | None) -> _Delay:
    """Estimate hazards from the latest days for which each delay is known, and their spread between days."""
    days, delays = counts.shape
    by = np.cumsum(counts, axis=1)
    odds = None if found is None else np.array([found.odds(day, found.factors) for day in range(days)])
    exact, known, excess, pairs = (np.zeros(delays - 1) for _ in range(4))
    for place, delay in enumerate(range(1, delays)):
        rows = slice(max(days - delay - window, 0), days - delay)
        came, until = counts[rows, delay], by[rows, delay]
        known[place] = until.sum()
        mean = _means(came, until, None if odds is None else odds[rows, place])
        exact[place] = came.sum() if found is None else mean.usual * known[place]
        varied = until * mean.each * (1 - mean.each)
        met = varied > 0
        excess[place] = ((came[met] - (until * mean.each)[met]) ** 2 / varied[met] - 1).sum()
        pairs[place] = np.maximum(until[met] - 1, 0).sum()
    share = np.append(_completeness((exact + 0.5) / (known + 1))[1:], 1.0)
    size = _size(float(excess.sum()), pairs, share)
    # days that differ tell less of the mean than as many independent cases would
    worth = 1 / (1 + max(float(by[:, -1].mean()) - 1, 0.0) / (size * share + 1))
    return _Delay(exact * worth + 0.5, (known - exact) * worth + 0.5, size)


@dataclass(frozen=True, slots=True)
class _Means:
    """The hazard of one delay: on an average day, and on each day."""

    usual: float
    each: Array


def _means(came: Counts, until: Counts, odds: Array | None) -> _Means:
    """Give the hazard that makes the days together expect what came; odds: of each day against an average one."""
    total = max(int(until.sum()), 1)
    if odds is None:
        return _Means(came.sum() / total, np.full(len(came), came.sum() / total))
    low, high = 0.0, 1.0
    for _ in range(50):
        usual = (low + high) / 2
        each = usual * odds / (1 - usual + usual * odds)
        low, high = (usual, high) if float((until * each).sum()) < came.sum() else (low, usual)
    return _Means(usual, np.asarray(each))


def _size(excess: float, pairs: Array, share: Array) -> float:
    """The size of the Dirichlet law that scatters the days by as much as they do beyond chance."""
    low, high = math.log(_LEAST_SIZE), math.log(_MOST_SIZE)
    for _ in range(40):
        middle = (low + high) / 2
        scatter = float((pairs / (math.exp(middle) * share + 1)).sum())
        low, high = (middle, high) if scatter > excess else (low, middle)
    return math.exp(high)


def _learn_level(counts: Counts, delay: _Delay, window: int, complete: Array) -> tuple[float, float]:
    """Learn how the next day's mean follows from the days before: its factor, and the gamma shape of its scatter."""
    known = np.append(_completeness(delay.mean), 1.0)
    full = len(counts) - int(np.searchsorted(known, 0.9))  # days nearly all of whose cases are known
    values = (counts.sum(axis=1) / complete)[max(full - window, 0) : full]
    before = np.convolve(values, np.full(_BEFORE, 1 / _BEFORE), "valid")[:-1] + 0.25
    ratio = values[_BEFORE:] / before
    if len(ratio) < _LEAST_DAYS // 2:
        return 1.0, 2.0
    growth = min(max(float(ratio.mean()), 0.5), 2.0)
    chance = float((growth / before + growth**2 / (_BEFORE * before)).mean())
    scatter = (float(ratio.var(ddof=1)) - chance) / growth**2
    return growth, 1 / min(max(scatter, 0.01), 2.0)


def _filtered(
    reported: Counts,
    delay: _Delay,
    found: Weekly | None,
    growth: float,
    shape: float,
    draws: int,
    dice: np.random.Generator,
) -> Counts:
    """Draw final counts day by day; draws that make the reports of a day unlikely are given up for likelier ones."""
    days, longest = len(reported), len(delay.first)
    paths = np.tile(reported, (draws, 1))
    hazards = dice.beta(delay.first, delay.second, (draws, longest))
    factors = None if found is None else found.drawn(draws, dice)
    for day in range(days - longest, days):
        ahead = hazards[:, days - 1 - day :]
        if found is not None:
            ahead = found.of(ahead, day, days - 1 - day, factors)
        share = _drawn_share(ahead, delay.size, dice)
        mean = growth * paths[:, max(day - _BEFORE, 0) : day].mean(axis=1) + 0.25
        kept = _resampled(_log_likelihood(int(reported[day]), shape, mean * share), dice)
        paths, hazards, share, mean = paths[kept], hazards[kept], share[kept], mean[kept]
        factors = None if factors is None else factors[kept]
        rate = dice.gamma(shape + reported[day], 1 / (shape / mean + share))
        paths[:, day] = reported[day] + dice.poisson(rate * (1 - share))
    return paths


def _drawn_share(hazards: Array, size: float, dice: np.random.Generator) -> Array:
    """The share of one day's cases known by now, which scatters between days."""
    if size < _MOST_SIZE / 2:
        after = np.cumprod((1 - hazards)[:, ::-1], axis=1)[:, ::-1]
        shares = size * np.column_stack([after[:, 1:], np.ones(len(after))])
        hazards = dice.beta(np.maximum(hazards * shares, 1e-6), np.maximum((1 - hazards) * shares, 1e-6))
    return np.asarray(np.maximum((1 - hazards).prod(axis=1), 1e-9))


def _log_likelihood(count: int, shape: float, mean: Array) -> Array:
    """Negative binomial, without what is the same for all draws."""
    return np.asarray(count * np.log(mean / (mean + shape)) - shape * np.log1p(mean / shape))


def _resampled(log_weights: Array, dice: np.random.Generator) -> NDArray[np.intp]:
    """Systematic resampling: each draw as often as its weight says, give or take one."""
    weights = np.exp(log_weights - log_weights.max())
    places = (np.arange(len(weights)) + dice.random()) / len(weights)
    return np.minimum(np.searchsorted(np.cumsum(weights / weights.sum()), places), len(weights) - 1)


def _completeness(hazards: Array) -> Array:
    """Give the share known by delays 0, 1, ... of all but the longest: what no later delay adds."""
    return np.asarray(np.cumprod((1 - hazards)[::-1])[::-1])


def _complete(hazards: Array, found: Weekly | None, days: int) -> Array:
    """Give the expected share known so far of each day's cases."""
    complete = np.ones(days)
    for age in range(min(len(hazards), days)):
        ahead = hazards[age:] if found is None else found.of(hazards[age:], days - 1 - age, age)
        complete[days - 1 - age] = float(np.prod(1 - ahead))
    return np.maximum(complete, 1e-9)
