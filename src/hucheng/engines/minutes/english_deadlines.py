"""Time expressions of demands in English, and the day that each names, counted from the meeting."""

import re
from datetime import date
from functools import cache

from hucheng.engines.minutes.due import day_of, days_on, end_of_month, end_of_quarter, end_of_week, working_days_on
from hucheng.engines.minutes.english_dates import (
    DAY_MONTH,
    FIGURES,
    MONTH,
    MONTH_DAY,
    WEEKDAY,
    WEEKDAYS,
    days_named,
    month_of,
)
from hucheng.engines.minutes.vocabulary import any_case

NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fourteen": 14,
    "fifteen": 15,
    "twenty": 20,
    "twenty-four": 24,
    "thirty": 30,
    "forty-eight": 48,
    "seventy-two": 72,
}
NUMBER = rf"(?:\d{{1,4}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
CLOCK = (
    r"(?:noon|midday|midnight|(?:the )?(?:close|end) of (?:business|play|day)|cob|eod"
    r"|\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|a\.m\.|p\.m\.|hours|hrs))?)"
)
DAY = (
    rf"(?:(?:{WEEKDAY},? )?(?:the )?(?:{DAY_MONTH}|{MONTH_DAY}|{FIGURES})"
    rf"|(?:this |next |the coming |coming |the following )?{WEEKDAY}(?: (?:morning|evening|night|afternoon|noon))?)"
)
PART = (
    r"(?:the )?(?:end|beginning|start|middle|close) of (?:the |this |next )?"
    rf"(?:week|month|quarter|year|term|school year|day|{MONTH}(?: \d{{4}})?)"
)
NEAR = (
    r"(?:(?:tomorrow|today|tonight|(?:this|next|the coming) (?:week|month|weekend|quarter|term|morning|afternoon"
    r"|evening)|mid-?day|noon)(?: (?:morning|noon|evening|night))?)"
)
POINT = (
    rf"(?:(?:{CLOCK},?(?: on)? )?(?:{DAY}|{PART}|{NEAR})|{CLOCK}(?! (?:of|per))|(?:early|mid|late)[- ]{MONTH}"
    rf"|{MONTH}(?: \d{{4}})?|the next meeting)"
)
WITHIN = re.compile(
    rf"within (?:the next |a |the )?(?:(?P<number>{NUMBER}) )?(?:(?P<working>working|business)|calendar|full)? ?"
    r"(?P<unit>hour|day|week|month)s?\b",
    re.IGNORECASE,
)
PRECISE = "|".join(
    (
        WITHIN.pattern.replace("?P<number>", "?:").replace("?P<working>", "?:").replace("?P<unit>", "?:"),
        r"(?:by(?: the)?|no later than|not later than|at the latest by|on or before|before|until|till|from"
        rf"|starting(?: on)?|as of|effective|due(?: on| by)?|on) {POINT}\b",
        rf"(?<=for ){NUMBER} (?:days|weeks|hours|months)\b",
        rf"(?:at least |at most |no later than |not later than )?{NUMBER} (?:hours?|days?|weeks?) "
        r"(?:before|after|prior to) \w+",
        r"(?:before|after|upon|on|prior to) (?:(?:schools?|classes|shops|work|production) "
        r"(?:(?:re)?(?:open|start|begin|resume)s?)|(?:the )?(?:arrival|landing|departure|release|reopening|take-?off"
        r"|opening|admission|holidays?|second test|start of term|next flight))\b",
        r"(?:in |during |for )?(?:the )?(?:first|second|third|fourth) (?:quarter|half)(?: of the year)?",
        rf"\b{NEAR}\b",
        r"(?:every|each) (?:(?:single |other |two |second )?(?:day|morning|evening|week|month|hour|night)"
        r"|(?:two|three|four|six|twelve) (?:hours|days))\b|(?:once|twice) (?:a|per) (?:day|week)",
        r"(?:daily|weekly|hourly|monthly)(?=[.,;)]|$| (?:and|on|to|at|with|before|from)\b)",
        rf"^{POINT}$",
    )
)
"""Expressions that name a day, a span or an event; the vague ones stand in `data/english_deadlines.yaml`."""
TODAY = re.compile(
    r"\b(?:today|tonight|immediately|at once|forthwith|right away|close of business|cob|eod|end of (?:the )?day|noon"
    r"|midday|midnight|this (?:morning|afternoon|evening))\b"
)
MONTH_NAMED = re.compile(
    rf"\b(?:(?P<part>end|beginning|start|early|mid|middle|late)(?:[ -](?:of )?))?(?P<month>{MONTH})\b"
)
LAST_DAYS = {"beginning": 10, "start": 10, "early": 10, "mid": 20, "middle": 20}
DAYS = {"day": 1, "week": 7, "month": 30}
MONTHS_OF = {
    "first quarter": 3,
    "second quarter": 6,
    "first half": 6,
    "third quarter": 9,
    "fourth quarter": 12,
    "end of the year": 12,
    "end of year": 12,
}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = (PRECISE, any_case("english_deadlines", "vague").pattern)
    precise, vague = (re.compile(rf"(?<![\w-])(?:{one})", re.IGNORECASE) for one in said)
    return precise, vague


def deadline(text: str) -> str | None:
    """Give the literal time expression of a demand, a precise one before a vague one; None when there is none."""
    for one in _patterns():
        if match := one.search(text):
            return match.group().strip(" ,")
    return None


def is_precise(said: str) -> bool:
    """Tell whether a time expression names a day, a span or an event."""
    return bool(_patterns()[0].search(said))


def number_of(said: str | None) -> int:
    """Give the number that a span states in figures or words; one where it states none (within a week)."""
    words = said or "a"
    return int(words) if words.isdigit() else NUMBERS[words]


def due_day(said: str | None, held: date | None) -> date | None:
    """Give the last day that a deadline names, counted from the day of the meeting; None where it names none.

    "By Friday" is the first Friday behind the meeting, a day without its year the first such day from the meeting on.
    Figures that allow two readings name no day.
    """
    if said is None or held is None:
        return None
    if named := next(days_named(said), None):
        return None if named.doubtful else day_of(named.year, named.month, named.day, held)
    words = said.lower()
    if within := WITHIN.search(words):
        return _within(within, held)
    return _by_month(words, held) or _by_word(words, held)


def _within(found: re.Match[str], held: date) -> date | None:
    number = number_of(found["number"])
    if number > 1000:
        return None
    if found["working"] and found["unit"] == "day":
        return working_days_on(number, held)
    return days_on(-(-number // 24) if found["unit"] == "hour" else number * DAYS[found["unit"]], held)


def _by_month(words: str, held: date) -> date | None:
    """The end of March, mid-April, by May (over on its last day)."""
    match = MONTH_NAMED.search(words)
    if match is None or (match["month"] == "may" and match["part"] is None and "by may" not in words):
        return None
    year = re.search(r"\b20\d\d\b", words)
    counted = date(int(year.group()), 1, 1) if year else held
    return end_of_month(month_of(match["month"]), counted, LAST_DAYS.get(match["part"] or ""))


def _by_word(words: str, held: date) -> date | None:
    if match := re.search(rf"(?P<next>next )?\b(?P<day>{WEEKDAY})\b", words):
        day = WEEKDAYS.index(match["day"])
        ahead = day + 7 - held.weekday() if match["next"] else (day - held.weekday() - 1) % 7 + 1
        return days_on(ahead, held)
    if "tomorrow" in words or TODAY.search(words):
        return days_on("tomorrow" in words, held)
    if "week" in words and re.search(r"\b(?:this|next|end|weekend)\b", words):
        return end_of_week(days_on(7 * ("next" in words), held))
    if "month" in words and re.search(r"\b(?:this|end)\b", words) and "next" not in words:
        return end_of_month(held.month, held)
    month = next((month for said, month in MONTHS_OF.items() if said in words), None)
    return end_of_quarter(month, held) if month else None
