"""Dates of birth as lists write them, and the one inside a resident identity number."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from hucheng.engines.words.resident_id import check_character

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_PIVOT = 20
"""A year of two figures above this is of the last century: these lists are of 2020."""
_TIME = re.compile(r"[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?Z?$")
_ABOUT = re.compile(r"^(?:生于|出生于|约|大约|ABOUT|CA\.?)\s*|\s*(?:出?生|左右)$")
_SERIAL = re.compile(r"(\d{5})(?:\.0)?")
_SPREADSHEET, _SERIALS = date(1899, 12, 30), range(10_000, 60_000)
"""The day before day 1 of spreadsheets, counted with the 29 February 1900 that they hold; days of 1927 to 2064."""
_ANY_MONTH = rf"({'|'.join(_MONTHS)})[A-Z]{{0,6}}"
_FORMS = (
    (re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"), "ymd"),
    (re.compile(r"(\d{4})(\d\d)(\d\d)"), "ymd"),
    (re.compile(rf"(\d\d?)[ -]?{_ANY_MONTH}[ -]?(\d{{4}}|\d\d)"), "dmy"),
    (re.compile(rf"{_ANY_MONTH}[ .]*(\d\d?),? *(\d{{4}})"), "mdy"),
    (re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"), "dmy"),
    (re.compile(r"民[国國](\d{1,3})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"), "ymd"),
    (re.compile(r"民[国國](\d{1,3})年?"), "y"),
    (re.compile(r"(\d{4})年?(?:\.0)?"), "y"),
    (
        re.compile(r"[农農阴陰]?[历曆]?(\d{4})年[正一二三四五六七八九十冬腊臘闰閏]+月[初廿卅一二三四五六七八九十]*日?"),
        "y",
    ),
    (re.compile(r"(\d{4})[-/.年](?:0?[1-9]|1[0-2])月?"), "y"),
)
_MINGUO, _BUDDHIST = 1911, 543
"""The calendar of Taiwan counts from 1912 as its year 1; that of Thailand is 543 years ahead."""
_BORN, _BUDDHIST_YEARS = range(1880, 2101), range(2423, 2644)
"""Years in which somebody living may be born, and the same in the calendar of Thailand."""


@dataclass(frozen=True, slots=True)
class Birth:
    """A date of birth as far as it is known: the day, or only the year."""

    day: date | None = None
    year: int | None = None


@lru_cache(maxsize=100_000)
def birth(text: str) -> Birth:
    """Read a date of birth as lists write it: 1994-07-30, 1994/7/3, 1994年7月3日, 19940730, 30JUL94, 30/07/1994,
    July 30, 1994, or 1994 alone; each may have a time behind it or `约` before it. 34545 is a day of a spreadsheet.

    Two figures of a year mean the last hundred years before the pandemic's own (94 is 1994, 03 is 2003). With the year
    last the day comes first; a month above twelve there is read the other way. A day that no calendar has keeps only
    its year. A lunar date keeps only its year. Anything else is nothing said.
    """
    text = _ABOUT.sub("", _TIME.sub("", unicodedata.normalize("NFKC", text).strip().upper()))
    if (serial := _SERIAL.fullmatch(text)) and int(serial[1]) in _SERIALS:
        day = _SPREADSHEET + timedelta(days=int(serial[1]))
        return Birth(day, day.year)
    for form, order in _FORMS:
        if match := form.fullmatch(text):
            parts = dict(zip(order, match.groups(), strict=True))
            return _birth(parts | ({"y": str(int(parts["y"]) + _MINGUO)} if text.startswith("民") else {}))
    return Birth()


def resident_birth(number: str) -> Birth:
    """The date of birth inside a resident identity number whose check character holds (GB 11643); else nothing."""
    if not resident_id(number):
        return Birth()
    return _birth({"y": number[6:10], "m": number[10:12], "d": number[12:14]})


def resident_id(number: str) -> bool:
    """Whether the check character of an 18-character resident identity number holds (ISO 7064, MOD 11-2)."""
    return re.fullmatch(r"\d{17}[0-9X]", number) is not None and check_character(number[:17]) == number[17]


def _birth(parts: dict[str, str]) -> Birth:
    year = int(parts["y"])
    year += (1900 if year > _PIVOT else 2000) if len(parts["y"]) == 2 else 0
    year -= _BUDDHIST if year in _BUDDHIST_YEARS else 0
    if year not in _BORN:
        return Birth()
    month = _MONTHS.index(parts["m"]) + 1 if parts.get("m") in _MONTHS else int(parts.get("m", 0))
    day = int(parts.get("d", 0))
    if month > 12 >= day:
        month, day = day, month
    try:
        return Birth(date(year, month, day), year)
    except ValueError:
        return Birth(None, year)
