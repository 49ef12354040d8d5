"""Unusually many: which days of a series of counts stand out, such as pupils absent or people with fever.

EARS C1, C2 and C3 need a week or two of history (Hutwagner et al. 2003, J. Urban Health 80:i89). What they know of a
series is the mean and the spread of seven days; where weekdays differ or years of history are at hand,
`absence_regression` is better. A series holds the days on which somebody counted, in order: closed days are left out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import Array

EARS = {"C1": 3.0, "C2": 3.0, "C3": 2.0}
"""Thresholds of the statistics, as CDC uses them."""
_GUARD = 2
_LEAST_BASELINE = 3


@dataclass(frozen=True, slots=True)
class Alarms:
    """What was expected of each day that could be judged, and which days stand out.

    days      place of each judged day in the series; the arrays below have one entry for each
    expected  mean to be expected
    bound     largest count that is not unusual; -1 where C3 alarms whatever came, by the two days before
    alarm     whether the count is above it
    """

    days: NDArray[np.int_]
    expected: Array
    bound: Array
    alarm: NDArray[np.bool_]

    @property
    def first(self) -> int | None:
        """Place of the first alarm in the series."""
        return int(self.days[self.alarm][0]) if self.alarm.any() else None


def ears(counts: ArrayLike, method: str = "C2", *, baseline: int = 7, least_sd: float = 0.5) -> Alarms:
    """Judge each day by the days before it.

    counts    shape (days,), whole numbers >= 0
    method    C1: against the days just before; C2: two days left between, so that a slow start does not hide itself;
              C3: the excesses of C2 over one standard deviation, summed over three days
    least_sd  smallest standard deviation a baseline may have, so that a quiet week does not make one case an alarm
    raises    RiskRefused for an unknown method, counts that are none, and a series too short to judge a single day
    """
    series = counted(counts)
    if method not in EARS:
        raise refused("method", value=method, known=", ".join(EARS))
    if baseline < _LEAST_BASELINE or not least_sd > 0:
        raise refused("number", name="baseline", value=baseline, least=_LEAST_BASELINE, most="...")
    guard = 0 if method == "C1" else _GUARD
    start = baseline + guard
    if len(series) <= start + (_GUARD if method == "C3" else 0):
        raise refused("too_short", count=len(series), least=start + 1 + (_GUARD if method == "C3" else 0))
    before = np.lib.stride_tricks.sliding_window_view(series, baseline)[: len(series) - start]
    mean, sd = before.mean(axis=1), np.maximum(before.std(axis=1, ddof=1), least_sd)
    days, limit = np.arange(start, len(series)), EARS[method]
    if method == "C3":
        excess = np.maximum((series[start:] - mean) / sd - 1, 0.0)
        earlier = excess[1:-1] + excess[:-2]
        days, mean, sd = days[2:], mean[2:], sd[2:]
        bound = np.where(earlier > limit, -1.0, mean + (1 + limit - earlier) * sd)
    else:
        bound = mean + limit * sd
    return Alarms(days, mean, bound, series[days] > bound)


def counted(counts: ArrayLike) -> Array:
    """Give a series of counts as numbers; refuse what is negative, broken or missing, by its day."""
    series = np.asarray(counts, dtype=np.float64)
    if series.ndim != 1 or not series.size:
        raise refused("too_short", count=series.size, least=1)
    wrong = ~((series >= 0) & (series == np.floor(series)) & np.isfinite(series))
    if wrong.any():
        day = int(np.flatnonzero(wrong)[0])
        raise refused("counts", day=day + 1, value=series[day])
    return series
