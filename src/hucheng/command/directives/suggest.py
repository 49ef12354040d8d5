"""Who might own a directive, by when, under which measure: a proposal with its reason, never more than that.

The catalogue `data/owners.csv` is the project's own: a line names words of the field, the body that leads such work in
this city, who supports it, the days that it usually gets and the measures that show it. A directive is likened to the
line whose words it holds most of; without any there is no proposal and a person decides alone.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from hucheng.core.clock import SHANGHAI
from hucheng.engines import minutes
from hucheng.engines.words.numerals import whole_number

CATALOGUE = Path(__file__).parent / "data" / "owners.csv"
EVENING = time(18, 0)
"""A day named without an hour ends with the working day."""
WITHIN = re.compile(r"([0-9]{1,3}|[一二两三四五六七八九十]{1,3})(日|天|周|个月|小时)(?:内|之内|以内)")
ON_DAY = re.compile(r"(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日")
DAYS = {"日": 1, "天": 1, "周": 7, "个月": 30}
SAME_THEME = 1
"""How much the same theme weighs beside words of the field (two to eight characters each)."""


@dataclass(frozen=True, slots=True)
class Owner:
    """One line of the catalogue."""

    clause: int
    theme: str
    keys: tuple[str, ...]
    lead: str
    supports: tuple[str, ...]
    task_zh: str
    task_en: str
    due: str
    measures: tuple[str, ...]
    no_measure_zh: str
    no_measure_en: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line of the catalogue for a directive, the words that led to it, and the deadline that follows.

    from_text  whether the deadline is read from the directive's own words
    """

    owner: Owner
    words: tuple[str, ...]
    due: datetime
    from_text: bool

    @property
    def measure(self) -> str:
        """The first measure of the line; empty where the line gives a reason for none."""
        return self.owner.measures[0] if self.owner.measures else ""


def suggest(text: str, theme: str, meeting_day: date) -> Suggestion | None:
    """Liken a directive to a line of the catalogue; None when it holds none of the catalogue's words."""
    weighed = [(_weight(one, text, theme), one) for one in owners()]
    weight, best = max(weighed, key=lambda pair: (pair[0], -pair[1].clause))
    if not weight:
        return None
    said = due_said(text, meeting_day)
    due = said or _usual(best.due, meeting_day)
    return Suggestion(best, tuple(key for key in best.keys if key in text), due, said is not None)


def wording_by_clause(text: str, meeting_day: date) -> dict[int, str]:
    """Read minutes and give, for each line of the catalogue, the first directive that is likened to it."""
    found: dict[int, str] = {}
    for one in minutes.read(text, article_date=meeting_day).directives:
        suggestion = suggest(one.text_clean, one.theme.value, meeting_day)
        if suggestion:
            found.setdefault(suggestion.owner.clause, one.text_clean)
    return found


def due_said(text: str, meeting_day: date) -> datetime | None:
    """Read a deadline in the words of a directive: within so many days or hours, or a day of a month; None if none.

    A day without a year is the first such day from the meeting on.
    """
    within = WITHIN.search(text)
    if within:
        number, unit = whole_number(within[1]), within[2]
        hours = timedelta(hours=number or 0) if unit == "小时" else timedelta(days=(number or 0) * DAYS[unit])
        return datetime.combine(meeting_day, EVENING, SHANGHAI) + hours
    named = ON_DAY.search(text)
    return _that_day(named, meeting_day) if named else None


@cache
def owners() -> tuple[Owner, ...]:
    """Every line of the catalogue."""
    with CATALOGUE.open(encoding="utf-8", newline="") as table:
        return tuple(_owner(row) for row in csv.DictReader(table))


def _owner(row: dict[str, str]) -> Owner:
    return Owner(
        clause=int(row["clause"]),
        theme=row["theme"],
        keys=tuple(row["keys"].split()),
        lead=row["lead"],
        supports=tuple(row["supports"].split()),
        task_zh=row["task_zh"],
        task_en=row["task_en"],
        due=row["due"],
        measures=tuple(row["measures"].split()),
        no_measure_zh=row["no_measure_zh"],
        no_measure_en=row["no_measure_en"],
    )


def _weight(owner: Owner, text: str, theme: str) -> int:
    words = sum(len(key) for key in owner.keys if key in text)
    return words + SAME_THEME if words and owner.theme == theme else words


def _usual(due: str, meeting_day: date) -> datetime:
    """The catalogue's days after the meeting, or its fixed day; a fixed day that is over gives a week."""
    day = meeting_day + timedelta(days=int(due)) if due.startswith("+") else date.fromisoformat(due)
    day = day if day >= meeting_day else meeting_day + timedelta(days=7)
    return datetime.combine(day, EVENING, SHANGHAI)


def _that_day(named: re.Match[str], meeting_day: date) -> datetime | None:
    year = int(named[1]) if named[1] else meeting_day.year
    try:
        day = date(year, int(named[2]), int(named[3]))
        if not named[1] and day < meeting_day:
            day = day.replace(year=year + 1)
    except ValueError:
        return None
    return datetime.combine(day, EVENING, SHANGHAI)
