"""Dates as passenger lists write them: EDIFACT, machine-readable zone, sheets in Chinese and English."""

import re
from datetime import date, datetime, timedelta

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
NAMED_MONTH = re.compile(r"(\d{1,2})[-/. ]?([A-Za-z]{3})[A-Za-z]*[-/., ]*(\d{4}|\d{2})")
NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
EXCEL_DAY_ZERO = date(1899, 12, 30)
SERIALS = range(366, 80_000)  # 1900-12-31 to 2119: days as a spreadsheet counts them
LIFETIME = 50  # years that a document may still be valid


class AmbiguousDate(ValueError):
    """Day and month could be either way round."""


def birth_year(two_digits: int, not_after: date, month: int, day: int) -> int:
    """Give the latest year with these two digits whose date is not after `not_after`."""
    year = not_after.year // 100 * 100 + two_digits
    return year - 100 if (year, month, day) > (not_after.year, not_after.month, not_after.day) else year


def expiry_year(two_digits: int, around: date) -> int:
    """Give the latest year with these two digits that a document issued before `around` can reach."""
    year = around.year // 100 * 100 + 100 + two_digits
    while year > around.year + LIFETIME:
        year -= 100
    return year


def short_date(text: str, today: date, *, expiry: bool = False) -> date:
    """Read YYMMDD or CCYYMMDD.

    Two-digit years of births: latest century not after `today`; of expiries: at most 50 years ahead.
    Raises ValueError when the text is no such date.
    """
    if len(text) not in (6, 8) or not (text.isascii() and text.isdigit()):
        raise ValueError(f"not a date of 6 or 8 digits: {text!r}")
    month, day = int(text[-4:-2]), int(text[-2:])
    if len(text) == 8:
        return date(int(text[:4]), month, day)
    digits = int(text[:2])
    year = expiry_year(digits, today) if expiry else birth_year(digits, today, month, day)
    return date(year, month, day)


def local_time(text: str) -> datetime:
    """Read YYMMDD, CCYYMMDD, YYMMDDHHMM or CCYYMMDDHHMM (EDIFACT formats 101, 102, 201, 203), years from 2000.

    Raises ValueError when the text is no such moment.
    """
    if not (text.isascii() and text.isdigit()) or len(text) not in (6, 8, 10, 12):
        raise ValueError(f"not a moment: {text!r}")
    full = text if len(text) in (8, 12) else "20" + text
    return datetime.fromisoformat(f"{full[:8]}T{full[8:]}" if len(full) == 12 else full)


def sheet_date(text: str, today: date, *, expiry: bool = False) -> date:
    """Read a date from a cell of a sheet.

    Takes 1985-04-30, 1985/4/30, 1985年4月30日, 19850430, 850430, 30APR1985, 30-Apr-85, 13/04/1985 and the day
    numbers of spreadsheets (31167).
    Raises AmbiguousDate for 03/04/1985, ValueError when there is no such date.
    """
    text = TIME_OF_DAY.sub("", text.strip())
    if found := YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := NAMED_MONTH.fullmatch(text):
        return _named_month(found, today, expiry)
    if found := NUMBERS.fullmatch(text):
        return _day_and_month(int(found[1]), int(found[2]), int(found[3]))
    if text.isascii() and text.isdigit() and int(text[:9]) in SERIALS and len(text) <= 5:
        return EXCEL_DAY_ZERO + timedelta(days=int(text))
    return short_date(text, today, expiry=expiry)


def _named_month(found: re.Match[str], today: date, expiry: bool) -> date:
    month = MONTHS.index(found[2].upper()) + 1
    if len(found[3]) == 4:
        return date(int(found[3]), month, int(found[1]))
    return short_date(f"{found[3]}{month:02}{int(found[1]):02}", today, expiry=expiry)


def _day_and_month(first: int, second: int, year: int) -> date:
    if first > 12 or first == second:
        return date(year, second, first)
    if second > 12 or not first or not second:
        return date(year, first, second)
    raise AmbiguousDate(f"{first}/{second}/{year}")


def age_on(birth: date, day: date) -> int:
    """Give the age in whole years on a day; negative when the birth lies after it."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
