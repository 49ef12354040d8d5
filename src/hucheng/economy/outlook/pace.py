"""The pace that is still needed: pure arithmetic over what is published."""

from dataclasses import dataclass
from datetime import date, timedelta

from hucheng.economy.indicators.periods import month_end, quarter_end


@dataclass(frozen=True, slots=True)
class Pace:
    """What every day that is not yet published must bring until a horizon.

    needed  for growth: per cent above the same day of the year before; for totals: so much a day
    days    days behind the last published period, up to the horizon and with it
    """

    until: date
    days: int
    needed: float


def needed_growth(so_far: float, target: float, share: float) -> float:
    """Growth that the rest must have so that the whole ends at the target; all growth in per cent.

    so_far  growth of the published part against the same part of the year before
    target  growth wanted for the whole, from 1 January to the horizon
    share   part of the base (the output of the year before up to the horizon) that lies in the published part, [0, 1)
    raises  ValueError for a share outside of [0, 1)

    With the base as one: share x (1 + so_far) + (1 - share) x (1 + needed) = 1 + target, hence
    needed = (target - share x so_far) / (1 - share). It assumes that growth of parts adds up by their weight in the
    base, as it does for values at comparable prices, and that the rest grows evenly. Below -100 the target is reached
    whatever comes; nothing caps it above, so whoever shows it says how it compares with what was ever published.
    """
    if not 0 <= share < 1:
        raise ValueError(f"share must lie in [0, 1), got {share:g}; nothing is left when it is 1")
    return (target - share * so_far) / (1 - share)


def needed_a_day(so_far: float, target: float, days: int) -> float:
    """What each of the days left must add to a total so that it ends at the target. Raises ValueError without days."""
    if days < 1:
        raise ValueError("no day is left")
    return (target - so_far) / days


def share_of_base(published_to: date | None, until: date) -> float:
    """Part of the base up to the horizon that is published: days of the year before, as levels are seldom published.

    Assumes that the output of the year before was spread evenly over its days.
    """
    return _days_before(published_to) / _days_before(until) if published_to else 0.0


def paces(
    *, growth: bool, so_far: float | None, target: float, published_to: date | None, today: date
) -> tuple[Pace | None, Pace | None]:
    """The pace to the end of the quarter that is next to be published, and to the end of the year.

    so_far, published_to  the last published value of the year of `today`; both None while it has none
    A growth target is asked of the year to date at either horizon, a total of the same part of the year as its days.
    None once the year is published whole.
    """
    first = date(today.year, 1, 1)
    year = date(today.year, 12, 31)
    if published_to == year:
        return None, None
    after = published_to + timedelta(days=1) if published_to else first
    quarter = quarter_end(after if published_to else today)
    return tuple(_pace(growth, so_far or 0.0, target, published_to, after, until) for until in (quarter, year))  # type: ignore[return-value]


def _pace(growth: bool, so_far: float, target: float, published_to: date | None, after: date, until: date) -> Pace:
    days = (until - after).days + 1
    if growth:
        return Pace(until, days, needed_growth(so_far, target, share_of_base(published_to, until)))
    part = target * _days_into(until) / _days_into(date(until.year, 12, 31))
    return Pace(until, days, needed_a_day(so_far, part, days))


def _days_into(day: date) -> int:
    return (day - date(day.year, 1, 1)).days + 1


def _days_before(day: date) -> int:
    """Days of the year before up to the same end of a month."""
    return _days_into(month_end(day.year - 1, day.month))
