"""Periods of a series: months and quarters by their last day, and how files write them."""

import calendar
import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

MONTH, QUARTER = "month", "quarter"
_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_MONTH = re.compile(r"(\d{4})(?:年(?:1[-~至])?(\d{1,2})月|M(\d{1,2})|[-/.](\d{1,2}))")
_QUARTER = re.compile(r"(\d{4})(?:Q([1-4])|年第?([1-4一二三四])季度)")
_HALF = re.compile(r"(\d{4})(?:H1|年上半年)")
_YEAR = re.compile(r"(\d{4})年?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
FINEST = Decimal("0.0001")
"""Published values are kept to four places."""


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def quarter_end(day: date) -> date:
    """The last day of the quarter that holds this day."""
    return month_end(day.year, (day.month + 2) // 3 * 3)


def period_of(text: str, kind: str) -> date | None:
    """The last day of a period as files write it; None for what is no period of this kind.

    Reads 2020M02, 2020-02, 2020年2月, 2020年1-2月, 2020Q1, 2020年一季度, 2020H1, 2020年上半年, 2020, and the day that
    a spreadsheet makes of 2020-02.
    """
    text = _plain(text)
    if match := _QUARTER.fullmatch(text):
        number = match[2] or _DIGITS.get(match[3], match[3])
        month = int(number) * 3
    elif match := _HALF.fullmatch(text):
        month = 6
    elif match := _YEAR.fullmatch(text):
        month = 12
    elif match := _MONTH.fullmatch(text):
        month = int(match[2] or match[3] or match[4])
    elif match := _DAY.fullmatch(text):
        month = int(match[2])
    if match is None or not 1 <= month <= 12 or not 1900 <= int(match[1]) <= 2200:
        return None
    if kind == QUARTER and month % 3:
        return None
    return month_end(int(match[1]), month)


def label(period: date, kind: str) -> str:
    """Write a period: 2020M02 or 2020Q1."""
    return f"{period.year}Q{period.month // 3}" if kind == QUARTER else f"{period.year}M{period.month:02}"


def day_of(text: str) -> date | None:
    """A day as files write it; None for one that no calendar has."""
    match = _DAY.fullmatch(_plain(text))
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def number_of(text: str) -> Decimal | None:
    """A number as files write it, to four places: true minus, wide digits, thousands and a per-cent sign are read."""
    text = _plain(text).removesuffix("%")
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", "")).quantize(FINEST)
    except InvalidOperation:
        return None


def last_period(day: date, kind: str) -> date:
    """The last day of the latest period of this kind that is over on a day; its last day itself counts as over."""
    end = month_end(day.year, day.month) if kind == MONTH else quarter_end(day)
    return end if end <= day else before(end, kind)


def before(end: date, kind: str) -> date:
    """The last day of the period before the one that ends on `end`."""
    months = end.year * 12 + end.month - 1 - (3 if kind == QUARTER else 1)
    return month_end(months // 12, months % 12 + 1)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").replace(" ", "").upper()
