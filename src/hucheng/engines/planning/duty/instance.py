"""The duty problem: days, leaders, holidays, weights."""

from dataclasses import dataclass

from hucheng.engines.planning.reading import At

MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Leader:
    """Who may serve: fit to be chief or not, a portfolio, days away (never) and days to avoid (at a cost)."""

    chief: bool
    portfolio: str
    away: frozenset[int]
    avoid: frozenset[int]


@dataclass(frozen=True, slots=True)
class DutyInstance:
    """Days 0 to `days` - 1; a leader rests until `min_gap` days after a duty; weights are per unit of spread or day."""

    days: int
    leaders: tuple[Leader, ...]
    holidays: frozenset[int]
    min_gap: int
    w_spread: int
    w_holiday: int
    w_avoid: int


def read(instance: At) -> DutyInstance:
    """Read an instance; raises PlanRefused with the place of what is wrong."""
    days, params = instance.key("days").whole(1, MOST_DAYS), instance.key("params")
    leaders = tuple(_leader(entry, days) for entry in instance.key("leaders").items())
    holidays = frozenset(instance.key("holidays").wholes(high=days - 1))
    gap = params.key("min_gap").whole(1)
    spread, holiday, avoid = (params.key(name).whole() for name in ("w_spread", "w_holiday", "w_avoid"))
    return DutyInstance(days, leaders, holidays, gap, spread, holiday, avoid)


def _leader(entry: At, days: int) -> Leader:
    away, avoid = (frozenset(entry.key(name).wholes(high=days - 1)) for name in ("away", "avoid"))
    return Leader(entry.key("chief").flag(), entry.key("portfolio").text(), away, avoid)
