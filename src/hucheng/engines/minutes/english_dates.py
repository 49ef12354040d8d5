"""Days in English: those that a text names, and when a meeting was held."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hucheng.engines.words.dates import last_such_day

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
DAY_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{MONTH}\b\.?(?:,?[ -]\d{{4}}\b)?"
MONTH_DAY = rf"{MONTH}\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)(?:,? \d{{4}}\b)?"
FIGURES = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b"
WRITTEN = re.compile(
    rf"\b(?:(?P<weekday>{WEEKDAY})\b,? (?:the )?)?"
    rf"(?P<said>(?P<day_first>{DAY_MONTH})|(?P<month_first>{MONTH_DAY})|(?P<figures>{FIGURES}))",
    re.IGNORECASE,
)
RELATIVE = re.compile(rf"\b(?:on|last|this) (?P<weekday>{WEEKDAY})\b|\b(?P<word>yesterday|today)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a text names: year None where it does not say, `doubtful` where figures allow two readings."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    doubtful: bool = False


def days_named(text: str) -> Iterator[Named]:
    """Find the days that a text names by month and day. 22/03/2020 can be read one way; 03/04/2020 is doubtful unless
    the text writes another day in figures whose order is certain, or its weekday decides.
    """
    found = list(WRITTEN.finditer(text))
    order = _order_of([match["figures"] for match in found if match["figures"]])
    for match in found:
        numbers = [int(one) for one in re.findall(r"\d+", match["said"])]
        place = (match.start(), match.end())
        if match["figures"] and "-" in match["figures"]:
            year, month, day = numbers
            yield Named(*place, year, month, day)
        elif match["figures"]:
            yield _figures(place, numbers, (match["weekday"] or "").lower(), order)
        else:
            word = re.search(r"[a-z]{3,}", re.sub(r"\d(?:st|nd|rd|th)\b", "", match["said"].lower()))
            yield Named(
                *place, numbers[1] if len(numbers) > 1 else None, month_of(word.group() if word else ""), numbers[0]
            )


def _order_of(figures: Sequence[str]) -> str:
    """Tell whether days or months stand first in the figures of a text, by those that allow one reading."""
    pairs = [[int(part) for part in re.split("[/.]", one)] for one in figures if "-" not in one]
    days, months = any(one[0] > 12 for one in pairs), any(one[1] > 12 for one in pairs)
    return "" if days == months else "day" if days else "month"


def _figures(place: tuple[int, int], numbers: Sequence[int], weekday: str, order: str) -> Named:
    first, second, year = numbers
    year += 2000 if year < 100 else 0
    real = {pair: day for pair in ((second, first), (first, second)) if (day := last_such_day(year, *pair, None))}
    fitting = [pair for pair, day in real.items() if weekday and day.weekday() == WEEKDAYS.index(weekday)]
    readings = fitting or list(real)
    if len(readings) > 1 and order:
        readings = readings[:1] if order == "day" else readings[1:]
    if not readings:
        return Named(*place, year, 0, 0)
    return Named(*place, year, *readings[0], doubtful=len(readings) > 1)


def month_of(word: str) -> int:
    """Give the number of a month by its name or the first letters of it; 0 for no month."""
    return next((at for at, name in enumerate(MONTHS, start=1) if word and name.startswith(word[:3])), 0)


def held_on(text: str, published: date | None) -> tuple[date | None, bool]:
    """Give the first day that a text names, and whether it is doubtful.

    A day without its year is the last such day not after `published`; so are "on Tuesday" and "yesterday". None where
    `published` would be needed and is not known, where the figures allow two readings, or for a day no calendar has.
    """
    named = next(days_named(text), None)
    relative = RELATIVE.search(text)
    if relative and (named is None or (published and relative.end() <= named.start)):
        return _before(relative, published), False
    if named is None or named.doubtful:
        return None, named is not None
    return last_such_day(named.year, named.month, named.day, published), False


def _before(found: re.Match[str], published: date | None) -> date | None:
    if published is None:
        return None
    if found["word"]:
        return published - timedelta(days=found["word"].lower() == "yesterday")
    return published - timedelta(days=(published.weekday() - WEEKDAYS.index(found["weekday"].lower())) % 7)
