"""Minutes in English: the grammar that finds the meeting, its people and every demand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hucheng.engines.minutes.directives import judged
from hucheng.engines.minutes.english_demands import LONGEST, units_of
from hucheng.engines.minutes.english_duties import duties_of
from hucheng.engines.minutes.english_head import read_meeting
from hucheng.engines.minutes.english_judge import ENGLISH
from hucheng.engines.minutes.english_layout import Paragraph, paragraphs_of, sentences_of
from hucheng.engines.minutes.english_people import attendees
from hucheng.engines.minutes.english_tables import rows_of
from hucheng.engines.minutes.english_told import has_meeting
from hucheng.engines.minutes.english_venues import venue_behind, venues_of
from hucheng.engines.minutes.records import Attendee, Reading, Theme
from hucheng.engines.minutes.responsible import assigned
from hucheng.engines.words.bilingual import Bilingual

OF_BODIES = (Theme.SCHOOLS, Theme.IMPORT_LINE)
"""The lines of work that the name of a body can stand for: a school, a quarantine group."""
DOUBTFUL = Bilingual(
    "日期可读作两天（日/月或月/日），未采用：请核对。",
    "The date can be read as two days (day/month or month/day) and was left open: please check.",
)


def read_english(text: str, published: date | None) -> Reading | None:
    """Read an English text; None when it tells of no meeting that was held.

    published  day of publication; it gives the year to days that the text names without one
    """
    paragraphs = paragraphs_of(text)
    sentences = [sentence for one in paragraphs if not one.title for sentence in _sentences(one)]
    if not has_meeting(text, sentences):
        return None
    people = _seated(attendees(text, sentences))
    venues, groups = venues_of(text, sentences)
    meeting, doubtful = read_meeting(text, sentences, people, published)
    known = _known(people)
    rows, rest = rows_of(paragraphs, text, known)
    told = assigned(units_of(rest, known), duties_of(text, known), text)
    found = sorted([*rows, *told], key=lambda one: one.start)
    named = ENGLISH.own_theme(meeting.body or "")
    base = named.theme if named and named.theme in OF_BODIES else None
    directives = judged(text, found, ENGLISH, held=meeting.date, base=base)
    return Reading(meeting, (*people, *groups), tuple(venues), directives, (DOUBTFUL,) if doubtful else ())


def _sentences(paragraph: Paragraph) -> list[str]:
    return [paragraph.text[start : min(end, start + LONGEST)].strip() for start, end in sentences_of(paragraph.text)]


def _seated(people: Sequence[tuple[Attendee, str, int]]) -> list[Attendee]:
    """Give each named person the venue stated behind the name."""
    return [replace(one, venue=venue_behind(sentence, end)) for one, sentence, end in people]


def _known(people: Sequence[Attendee]) -> tuple[str, ...]:
    """Give the names and bodies that the list of attendance gives, as actors of demands may be named by them."""
    roles = [part.strip() for one in people for part in one.role.split(",") if part.strip()]
    names = [one.name for one in people if one.name]
    parts = [part for name in names for part in name.split() if len(part) > 1]
    return tuple(dict.fromkeys([*names, *parts, *roles]))
