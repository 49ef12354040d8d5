"""Dates as reports write them, resolved against the day they were published."""

import calendar
import re
from datetime import date, timedelta

from hucheng.engines.words.numerals import NUMERAL, whole_number

FULL = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})(?!\d)")
YEAR_MONTH_DAY = re.compile(
    rf"(?P<year>[〇零○一二三四五六七八九]{{4}})年(?P<month>{NUMERAL})月(?P<day>{NUMERAL})[日号]"
)
MONTH_DAY = re.compile(
    rf"(?P<ago>前年|去年|今年|明年)?(?<!\d年)(?<!\d)(?P<month>{NUMERAL})\s*月\s*(?P<day>{NUMERAL})\s*[日号]"
)
DAY = re.compile(rf"(?:(?<![月\d])|(?<=本月))(?P<day>{NUMERAL})\s*[日号](?!报|内|前|均|常)")
YEARS_ON = {"前": -2, "去": -1, "今": 0, "明": 1}
DAYS_BACK = {"前": 2, "昨": 1, "今": 0}
RELATIVE = re.compile(
    r"前[天日](?=[,，上下晚早]|$)|昨(?:天|日|晚|夜|(?=[,，上下]))|今(?:天|日|晨|晚)(?=[,，上下晚早]|$)"
)


def first_date(text: str, *, published: date | None = None) -> date | None:
    """Give the first date that a text names; None when it names none or not enough of it is known.

    A date without year is the last such day not after `published`; so is a day without month. 昨天, 今天 and 去年 count
    from `published`. Without `published` only a date that states its year is known. Of several days the first counts.
    """
    found = [match for pattern in (FULL, YEAR_MONTH_DAY, MONTH_DAY, DAY, RELATIVE) if (match := pattern.search(text))]
    if not found:
        return None
    match = min(found, key=lambda one: (one.start(), -one.end()))
    if match.re is RELATIVE:
        return published and published - timedelta(days=DAYS_BACK[match.group()[0]])
    ago = match.groupdict().get("ago")
    if ago and published is None:
        return None
    parts = {key: whole_number(value) for key, value in match.groupdict().items() if value and key != "ago"}
    year = published.year + YEARS_ON[ago[0]] if ago and published else parts.get("year")
    return last_such_day(year, parts.get("month"), parts.get("day"), published)


def last_such_day(year: int | None, month: int | None, day: int | None, published: date | None) -> date | None:
    """Fill in the year or the month that is not said with the last ones that give a day not after `published`.

    None for a day that no calendar has, or when `published` would be needed and is not known.
    """
    if day is None or (published is None and (year is None or month is None)):
        return None
    if year is not None and month is not None:
        return _real(year, month, day)
    if published is None:
        return None
    if month is not None:
        days = (_real(published.year - back, month, day) for back in range(9))
    else:
        days = (_real(*_months_back(published, back), day) for back in range(3))
    return next((one for one in days if one and one <= published), None)


def _months_back(published: date, back: int) -> tuple[int, int]:
    years, month = divmod(published.year * 12 + published.month - 1 - back, 12)
    return years, month + 1


def _real(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)
