"""Whether the days of a station follow each other: a day left out is named, a day twice or out of order is refused."""

from datetime import date

_LEAP = 2000
_HALF_YEAR = 183


def day_of(year: str, month: str, day: str) -> date:
    """Give the date; without a year one in a leap year, so that every day of the calendar exists.

    Raises ValueError when there is no such day.
    """
    return date(int(year) if year else _LEAP, int(month), int(day))


def days_between(before: date, now: date) -> int:
    """Give how many days later the second is; without years a year may end between them. 0 or less is no order.

    Without years 28 February may be followed by 1 March: nobody knows whether it was a leap year.
    """
    apart = (now - before).days
    if before.year == now.year == _LEAP:
        if (before.month, before.day, now.month, now.day) == (2, 28, 3, 1):
            return 1
        if apart < -_HALF_YEAR:  # December is followed by January
            return apart + 366
    return apart
