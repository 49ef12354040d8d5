"""Minutes in Chinese: the grammar that finds the meeting, its people and every demand."""

import re
from datetime import date

from hucheng.engines.minutes.directives import directives
from hucheng.engines.minutes.layout import Layout, lay_out
from hucheng.engines.minutes.meeting import HELD, about_people, read_meeting
from hucheng.engines.minutes.people import attendees
from hucheng.engines.minutes.records import Reading, Theme
from hucheng.engines.minutes.rolls import listed
from hucheng.engines.minutes.themes import own_theme
from hucheng.engines.minutes.venues import groups_and_venues, seated
from hucheng.engines.words.bilingual import Bilingual
from hucheng.engines.words.numerals import NUMERAL

NUMBERED = re.compile(r"第[^,，;；。\s]{0,8}次[^,，;；。\s]{0,8}会议")
SCHOOL = re.compile(r"(?:学校|学院|大学|中学|小学|幼儿园)(?:党委|党总支|党支部|校务会)?$")
OF_BODIES = (Theme.SCHOOLS, Theme.IMPORT_LINE)
"""The lines of work that the name of a body can stand for: a school, the task force of a port."""
TITLE = re.compile(rf"第\s*{NUMERAL}\s*次[^,，;；。]{{0,12}}会(?:议(?:纪要|记录)?)?$")
"""A title that names a numbered meeting by itself."""
TITLES = 3
NO_NUMBER = Bilingual("未读到会议次数。", "The number of the meeting could not be read.")


def read_chinese(text: str, published: date | None) -> Reading | None:
    """Read a mended Chinese text; None when it speaks of no meeting.

    published  day of publication; it gives the year to days that the text names without one
    """
    layout = lay_out(text)
    if not has_meeting(layout):
        return None
    people = attendees(tuple(about_people(layout.sentences)))
    present = seated(people)
    present += [one for one in listed(text) if one.name not in {other.name for other in present}]
    groups, venues = groups_and_venues(layout.sentences)
    meeting = read_meeting(layout, present, published)
    base = _line_of(meeting.body_as_written or "")
    found = directives(text, layout, held=meeting.date, base=base)
    unread = meeting.number is None and NUMBERED.search(text)
    return Reading(meeting, (*present, *groups), tuple(venues), found, (NO_NUMBER,) if unread else ())


def _line_of(body: str) -> Theme | None:
    """Give the line of work that the name of a body stands for, where it stands for one."""
    if SCHOOL.search(body):
        return Theme.SCHOOLS
    named = own_theme(body)
    return named.theme if named and named.theme in OF_BODIES else None


def has_meeting(layout: Layout) -> bool:
    """Tell whether the text speaks of a meeting at all, in a sentence or in its title."""
    if any(HELD.search(one.text) for one in layout.sentences):
        return True
    return any(TITLE.search(line) for line in layout.lines[:TITLES])
