"""The last day that a deadline names, counted from the day of the meeting: arithmetic without words of any language."""

import calendar
from datetime import date, timedelta


def day_of(year: int | None, month: int, day: int, held: date) -> date | None:
    """Give a day; without its year it is the first such day from the meeting on. None for a day no calendar has."""
    try:
        named = date(year or held.year, month, day)
        return named.replace(year=named.year + 1) if named < held and year is None else named
    except ValueError:
        return None


def end_of_month(month: int, held: date, last: int | None = None) -> date | None:
    """Give the last day of a month, or its day `last`: of this year's, or next year's where the month is over."""
    if not 1 <= month <= 12:
        return None
    year = held.year + (month < held.month)
    return date(year, month, last or calendar.monthrange(year, month)[1])


def end_of_quarter(month: int, held: date) -> date:
    """Give the last day of a month of the meeting's own year."""
    return date(held.year, month, calendar.monthrange(held.year, month)[1])


def days_on(days: int, held: date) -> date:
    """Give the day so many days after the meeting."""
    return held + timedelta(days=days)


def working_days_on(number: int, held: date) -> date:
    """Give the day so many working days after the meeting; Saturdays and Sundays are none."""
    day = held
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


def end_of_week(held: date) -> date:
    """Give the Sunday of the meeting's week."""
    return held + timedelta(days=6 - held.weekday())
