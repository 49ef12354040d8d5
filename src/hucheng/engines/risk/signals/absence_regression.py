"""Unusually many, by regression: against the same weeks of earlier years, or the same weekdays of earlier weeks.

Farrington flexible (Farrington et al. 1996, J. R. Stat. Soc. A 159:547; Noufaily et al. 2013, Stat. Med. 32:1206), with
the conventions of the R package surveillance (Salmon et al. 2016, J. Stat. Softw. 70:10): a quasi-Poisson regression
with seasons and a trend; past outbreaks are weighted down by their Anscombe residuals; the bound is a quantile of the
negative binomial with the fitted mean and dispersion. The same regression on weekdays serves series of a few weeks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.signals.absence import Alarms, counted
from hucheng.engines.risk.special import Array, student_quantile

OUTLYING = 2.58
"""Anscombe residual above which a past count is weighted down."""
_TREND_LEVEL = 0.05
_LEAST_YEARS = 3
_FEW, _FEW_WEEKS = 5, 4
_STEPS = 50


@dataclass(frozen=True, slots=True)
class _Fit:
    beta: Array
    mean: Array
    spread: Array
    dispersion: float
    hat: Array
    free: int


def farrington(
    counts: ArrayLike,
    *,
    first: int | None = None,
    period: int = 52,
    years: int = 5,
    half_window: int = 3,
    seasons: int = 10,
    left_out: int = 26,
    level: float = 0.01,
) -> Alarms:
    """Judge each week by the same season of earlier years.

    counts       shape (weeks,), whole numbers >= 0, no week left out
    first        place of the first week to judge; the first that has its years if None
    half_window  weeks either side of the same week a year ago that count as its season
    seasons      parts into which the rest of the year is cut, plus that season
    left_out     weeks before the one judged that are not used, so that an outbreak does not hide itself
    level        chance of an alarm in a usual week
    raises       RiskRefused for counts that are none, a series too short, or a level outside 0..1

    The trend is kept unless it forecasts more than ever was, or there are fewer than three years. A week in which fewer
    than five came in four weeks is never an alarm.
    """
    series = counted(counts)
    if not 0 < share("level", level) < 1:
        raise refused("probability", name="level", value=level)
    if min(period, years, seasons) < 1 or half_window < 0 or (seasons > 1 and period < seasons + 2 * half_window):
        raise refused("number", name="seasons", value=seasons, least=1, most=period - 2 * half_window)
    start = period * years + half_window if first is None else first
    if not period * years + half_window <= start < len(series):
        raise refused("too_short", count=len(series), least=period * years + half_window + 1)
    days = np.arange(start, len(series))
    judged = [_judged_week(series, int(day), period, years, half_window, seasons, left_out, level) for day in days]
    expected, bound = (np.array(column) for column in zip(*judged, strict=True))
    recent = np.convolve(series, np.ones(_FEW_WEEKS))[: len(series)][days]
    return Alarms(days, expected, bound, (series[days] > bound) & (recent >= _FEW))


def by_weekday(
    counts: ArrayLike,
    weekdays: ArrayLike,
    *,
    enrolled: ArrayLike | None = None,
    baseline: int = 40,
    guard: int = 3,
    level: float = 0.01,
) -> Alarms:
    """Judge each day by the same weekdays of the weeks before, for a series too young for earlier years.

    counts, weekdays  shape (days,): days on which somebody counted, weekdays as any whole numbers
    enrolled          how many there are who could be absent, > 0; the same on all days if None
    baseline          days of history used; guard  days before the one judged that are not
    level             chance of an alarm on a usual day
    raises            RiskRefused as farrington
    """
    series, which = counted(counts), np.asarray(weekdays, dtype=int)
    size = np.ones(len(series)) if enrolled is None else np.asarray(enrolled, dtype=np.float64)
    if which.shape != series.shape or size.shape != series.shape or not ((size > 0) & np.isfinite(size)).all():
        raise refused("forecasts", observed=series.shape, forecasts=(which.shape, size.shape))
    if not 0 < share("level", level) < 1:
        raise refused("probability", name="level", value=level)
    if baseline < 10 or guard < 0 or len(series) <= baseline + guard:
        raise refused("too_short", count=len(series), least=max(baseline, 10) + guard + 1)
    days = np.arange(baseline + guard, len(series))
    judged = [_judged_day(series, which, size, int(day), baseline, guard, level) for day in days]
    expected, bound = (np.array(column) for column in zip(*judged, strict=True))
    return Alarms(days, expected, bound, series[days] > bound)


def _judged_week(
    series: Array, now: int, period: int, years: int, half: int, seasons: int, left_out: int, level: float
) -> tuple[float, float]:
    season = _seasons(now, period, years, half, seasons)
    weeks = np.flatnonzero(season[: max(now - left_out, 0)] > 0)
    factors = (season[weeks, None] == np.arange(1, seasons)).astype(np.float64)  # the judged season is the base
    base = np.column_stack([np.ones(len(weeks)), factors])
    base = base[:, base.any(axis=0)]
    # the judged week is time 0 of the trend, so that the constant alone is its forecast
    trended = np.column_stack([base, weeks - now])
    fit = _robust(trended, series[weeks], np.zeros(len(weeks)))
    if years < _LEAST_YEARS or np.exp(fit.beta[0]) > series[weeks].max():
        fit = _robust(base, series[weeks], np.zeros(len(weeks)))
    mean = float(np.exp(fit.beta[0]))
    return mean, upper_bound(mean, fit.dispersion, level)


def _seasons(now: int, period: int, years: int, half: int, seasons: int) -> NDArray[np.int_]:
    """Number each week before now: the judged season is `seasons`, the rest of each year 1, 2, ...; 0 is not used."""
    out = np.zeros(now, dtype=int)
    for year in range(1, years + 1):
        middle = now - year * period
        out[max(middle - half, 0) : middle + half + 1] = seasons
        gap = period - 2 * half - 1
        if seasons > 1:
            sizes = np.full(seasons - 1, gap // (seasons - 1))
            sizes[: gap % (seasons - 1)] += 1
            out[middle + half + 1 : middle + half + 1 + gap] = np.repeat(np.arange(1, seasons), sizes)
    out[max(now - half, 0) : now] = seasons
    return out


def _judged_day(
    series: Array, weekdays: NDArray[np.int_], size: Array, now: int, baseline: int, guard: int, level: float
) -> tuple[float, float]:
    days = np.arange(now - guard - baseline, now - guard)
    others = [one for one in np.unique(weekdays[days]) if one != weekdays[now]]
    known = (weekdays[days] == weekdays[now]).any()
    factors = [(weekdays[days] == one).astype(np.float64) for one in (others if known else others[1:])]
    base = np.column_stack([np.ones(baseline), *factors])
    trended = np.column_stack([base, days - now])
    fit = _robust(trended, series[days], np.log(size[days]))
    if not _significant(fit):
        fit = _robust(base, series[days], np.log(size[days]))
    mean = float(np.exp(fit.beta[0]) * size[now])
    # the mean itself is uncertain from so few days: its variance adds to that of the count
    dispersion = fit.dispersion * (1 + mean * float(fit.spread[0, 0]))
    return mean, upper_bound(mean, dispersion, level)


def upper_bound(mean: float, dispersion: float, level: float) -> float:
    """Give the least count that a usual day exceeds with a chance of at most `level`; variance = dispersion * mean."""
    spread = (dispersion * mean) ** 0.5
    counts = np.arange(int(mean + 12 * spread + 30 * dispersion) + 2)
    if dispersion > 1 + 1e-9:
        size = mean / (dispersion - 1)
        first, ratios = -size * np.log(dispersion), (counts[:-1] + size) / (counts[:-1] + 1) * (1 - 1 / dispersion)
    else:
        first, ratios = -mean, mean / (counts[:-1] + 1)
    masses = np.exp(first + np.concatenate([[0.0], np.cumsum(np.log(np.maximum(ratios, 1e-300)))]))
    return float(np.minimum(np.searchsorted(np.cumsum(masses), 1 - level - 1e-12), len(counts) - 1))


def _robust(drivers: Array, counts: Array, offset: Array) -> _Fit:
    """Fit, weight down what stands out, and fit again."""
    fit = _quasi_poisson(drivers, counts, offset, np.ones(len(counts)))
    anscombe = 1.5 * (counts ** (2 / 3) * fit.mean ** (-1 / 6) - fit.mean**0.5)
    residual = anscombe / np.sqrt(max(fit.dispersion, 1.0) * np.maximum(1 - fit.hat, 1e-9))
    weights = np.where(residual > OUTLYING, np.maximum(residual, 1.0) ** -2.0, 1.0)
    return _quasi_poisson(drivers, counts, offset, weights * len(counts) / weights.sum())


def _quasi_poisson(drivers: Array, counts: Array, offset: Array, weights: Array) -> _Fit:
    """Poisson regression with a log link by iterated least squares; dispersion by Pearson's statistic."""
    mean = counts + 0.1
    linear = np.log(mean)
    beta, before = np.zeros(drivers.shape[1]), np.inf
    for _ in range(_STEPS):
        root = np.sqrt(weights * mean)
        working = linear - offset + (counts - mean) / mean
        beta = np.asarray(np.linalg.lstsq(drivers * root[:, None], working * root, rcond=None)[0], dtype=np.float64)
        linear = np.clip(drivers @ beta + offset, -30.0, 30.0)
        mean = np.exp(linear)
        deviance = float((weights * (mean - counts * linear)).sum())
        if abs(deviance - before) <= 1e-12 * (abs(deviance) + 0.1):
            break
        before = deviance
    root = np.sqrt(weights * mean)
    half = np.linalg.pinv(drivers * root[:, None])
    spread = np.asarray(half @ half.T, dtype=np.float64)
    hat = weights * mean * np.einsum("ij,jk,ik->i", drivers, spread, drivers)
    free = len(counts) - drivers.shape[1]
    pearson = float((weights * (counts - mean) ** 2 / mean).sum()) / max(free, 1)
    return _Fit(beta, mean, spread, max(pearson, 1.0), hat, free)


def _significant(fit: _Fit) -> bool:
    """Whether the last coefficient, the trend, is significant by Student's t."""
    error = (fit.dispersion * float(fit.spread[-1, -1])) ** 0.5
    return bool(abs(float(fit.beta[-1])) > student_quantile(1 - _TREND_LEVEL / 2, max(fit.free, 1)) * error)
