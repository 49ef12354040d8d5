"""How good the forecasts of the past were: scored against what came, and against two rivals that need no model.

The rivals: the last value, with the spread of past changes over as many days both ways (the baseline of the forecast
hubs, Cramer et al. 2022, PNAS 119:e2113561119); and the average of the last week as a Poisson count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hucheng.engines.risk.demand.occupancy import poisson_quantiles
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.scores import Coverage, coverage, wis
from hucheng.engines.risk.special import Array

LEADS = ((1, 3), (4, 7), (8, 14), (15, 400))
_LEAST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Issued:
    """One forecast as it was given: made after the number of day `made` was known, for a later day."""

    resource: str
    made: date
    day: date
    levels: tuple[float, ...]
    quantiles: tuple[float, ...]

    @property
    def lead(self) -> int:
        """Days looked ahead."""
        return (self.day - self.made).days


@dataclass(frozen=True, slots=True)
class Record:
    """The score of forecasts of one resource and span of days ahead.

    wis                mean weighted interval score, in units of the resource
    against_last_value, against_last_week  wis over the rival's; below 1 is better; None where the rival never erred
    inside             by width of the interval: the share of what came that lay in it
    """

    resource: str
    leads: tuple[int, int]
    count: int
    wis: float
    against_last_value: float | None
    against_last_week: float | None
    inside: dict[float, Coverage]


def records(issued: Sequence[Issued], observed: dict[str, dict[date, float]]) -> list[Record]:
    """Score the forecasts whose day has come, by resource and days ahead; those made before anything was known are not.

    Raises RiskRefused for a forecast of its own past, and for levels that make no intervals.
    """
    found = []
    for resource in dict.fromkeys(one.resource for one in issued):
        known = observed.get(resource, {})
        for leads in LEADS:
            due = [one for one in issued if one.resource == resource and leads[0] <= _checked(one) <= leads[1]]
            due = [one for one in due if one.day in known and any(day <= one.made for day in known)]
            if due:
                found.append(_record(resource, leads, due, known))
    return found


def last_value(known: dict[date, float], made: date, lead: int, levels: Sequence[float]) -> Array:
    """Give the quantiles of the last value with the changes of the past, both ways; with few changes only itself."""
    past = {day: value for day, value in known.items() if day <= made}
    last = past[max(past)]
    step = timedelta(days=lead)
    changes = [value - past[day - step] for day, value in past.items() if day - step in past]
    if len(changes) < _LEAST_CHANGES:
        return np.full(len(levels), float(last))
    spread = np.concatenate([changes, np.negative(changes)])
    return np.asarray(np.maximum(last + np.quantile(spread, levels), 0.0))


def last_week(known: dict[date, float], made: date, levels: Sequence[float]) -> Array:
    """Give the quantiles of a Poisson count with the mean of the last seven days known."""
    days = sorted(day for day in known if day <= made)[-7:]
    return poisson_quantiles(np.mean([known[day] for day in days]), levels).reshape(-1)


def _record(resource: str, leads: tuple[int, int], due: list[Issued], known: dict[date, float]) -> Record:
    levels = due[0].levels
    if any(one.levels != levels for one in due):
        raise refused("levels", value="different levels in one record")
    came = np.array([known[one.day] for one in due])
    given = np.array([one.quantiles for one in due])
    own = float(wis(came, levels, given).wis.mean())
    rivals = (
        np.array([last_value(known, one.made, one.lead, levels) for one in due]),
        np.array([last_week(known, one.made, levels) for one in due]),
    )
    last, week = (_over(own, float(wis(came, levels, rival).wis.mean())) for rival in rivals)
    half = len(levels) // 2
    inside = {
        round(levels[-1 - place] - levels[place], 6): coverage(came, given[:, place], given[:, -1 - place])
        for place in range(half)
    }
    return Record(resource, leads, len(due), own, last, week, inside)


def _over(own: float, rival: float) -> float | None:
    return own / rival if rival > 0 else None


def _checked(one: Issued) -> int:
    if one.lead < 1:
        raise refused("issued", made=one.made, day=one.day)
    return one.lead
