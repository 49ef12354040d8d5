"""When a test is owed: on arrival, on day 7 and on day 13 (rounds of the replay; rules R18 and R22)."""

from datetime import date, datetime, time, timedelta

from hucheng.core.clock import SHANGHAI

ROUNDS = (0, 7, 13)
FIRST_DAY = timedelta(hours=24)
"""The first sample is taken in the port or on the first evening in the house."""


def midnight(day: date) -> datetime:
    """The beginning of a day in the city."""
    return datetime.combine(day, time(), tzinfo=SHANGHAI)


def window_of(landed: datetime, number: int) -> tuple[datetime, datetime]:
    """From when until when a round is on time: 24 hours from landing, later the day of that number."""
    if number == 0:
        return landed, landed + FIRST_DAY
    begins = midnight(landed.astimezone(SHANGHAI).date() + timedelta(days=number))
    return begins, begins + timedelta(days=1)


def round_at(landed: datetime, at: datetime) -> int:
    """The round that has begun last."""
    days = (at.astimezone(SHANGHAI).date() - landed.astimezone(SHANGHAI).date()).days
    return max(number for number in ROUNDS if number <= max(days, 0))


def landed_range(number: int, at: datetime) -> tuple[datetime | None, datetime | None]:
    """From when until when those landed for whom this is the round now; None is open."""
    today = at.astimezone(SHANGHAI).date()
    later = next((other for other in ROUNDS if other > number), None)
    first = midnight(today - timedelta(days=later - 1)) if later else None
    last = midnight(today - timedelta(days=number - 1)) if number else None
    return first, last
