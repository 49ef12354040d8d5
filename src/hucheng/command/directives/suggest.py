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
HOURS = re.compile(
    r"(?P<zh>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})小时(?:内|之内|以内)"
    r"|within (?:the next )?(?P<en>[0-9]{1,3}) hours",
    re.IGNORECASE,
)
SAME_THEME = 1
"""How much the same theme weighs beside words of the field (two to eight characters each)."""
ENGLISH_WORD = 2
"""How much an English word weighs: as much as the two characters that a Chinese word usually has."""


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
    return Suggestion(best, tuple(key for key in best.keys if holds(text, key)), due, said is not None)


def wording_by_clause(text: str, meeting_day: date) -> dict[int, str]:
    """Read minutes and give, for each line of the catalogue, the first directive that is likened to it."""
    found: dict[int, str] = {}
    for one in minutes.read(text, article_date=meeting_day).directives:
        suggestion = suggest(one.text_clean, one.theme.value, meeting_day)
        if suggestion:
            found.setdefault(suggestion.owner.clause, one.text_clean)
    return found


def holds(text: str, key: str) -> bool:
    """Tell whether a text holds words of the field; English ones in any case and at the beginning of a word."""
    return _english(key).search(text) is not None if key.isascii() else key in text


def weight_of(key: str) -> int:
    """How much words of the field weigh: the longer, the more they say."""
    return ENGLISH_WORD * len(key.split()) if key.isascii() else len(key)


def due_said(text: str, meeting_day: date) -> datetime | None:
    """Read a deadline in the words of a directive, in either language: hours count from the evening of the meeting, a
    day ends with its own. None where none is named.
    """
    if hours := HOURS.search(text):
        return evening_of(meeting_day) + timedelta(hours=int(hours["en"] or whole_number(hours["zh"]) or 0))
    day = minutes.deadline_day(text, meeting_day)
    return evening_of(day) if day else None


def evening_of(day: date) -> datetime:
    """The end of a working day, at which what is due that day is due."""
    return datetime.combine(day, EVENING, SHANGHAI)


@cache
def owners() -> tuple[Owner, ...]:
    """Every line of the catalogue."""
    with CATALOGUE.open(encoding="utf-8", newline="") as table:
        return tuple(_owner(row) for row in csv.DictReader(table))


def _owner(row: dict[str, str]) -> Owner:
    return Owner(
        clause=int(row["clause"]),
        theme=row["theme"],
        keys=(*row["keys"].split(), *row["keys_en"].split("|")),
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
    words = sum(weight_of(key) for key in owner.keys if holds(text, key))
    return words + SAME_THEME if words and owner.theme == theme else words


@cache
def _english(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(key)}", re.IGNORECASE)


def _usual(due: str, meeting_day: date) -> datetime:
    """The catalogue's days after the meeting, or its fixed day; a fixed day that is over gives a week."""
    day = meeting_day + timedelta(days=int(due)) if due.startswith("+") else date.fromisoformat(due)
    return evening_of(day if day >= meeting_day else meeting_day + timedelta(days=7))
