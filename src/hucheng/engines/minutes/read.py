"""The reader: minutes in, the meeting, its people and every directive out."""

import re
from collections.abc import Sequence
from datetime import date

from hucheng.engines.minutes.clean import clean
from hucheng.engines.minutes.directives import directives
from hucheng.engines.minutes.edits import EditKind, Kept
from hucheng.engines.minutes.layout import Layout, lay_out
from hucheng.engines.minutes.meeting import HELD, about_people, read_meeting
from hucheng.engines.minutes.people import attendees
from hucheng.engines.minutes.records import Meeting, Minutes, Theme
from hucheng.engines.minutes.rolls import listed
from hucheng.engines.minutes.suspects import suspects
from hucheng.engines.minutes.venues import groups_and_venues, seated
from hucheng.engines.words.bilingual import Bilingual

NUMBERED = re.compile(r"第[^,，;；。\s]{0,8}次[^,，;；。\s]{0,8}会议")
SCHOOL = re.compile(r"(?:学校|学院|大学|中学|小学|幼儿园)$")
NO_MEETING = Bilingual("未发现会议。", "No meeting found.")
NOT_CHINESE = Bilingual("文本不是中文，未读取。", "The text is not Chinese: nothing was read.")
NO_NUMBER = Bilingual("未读到会议次数。", "The number of the meeting could not be read.")
NO_DATE = Bilingual("日期不完整：请给出发布日期。", "The date is incomplete: give the day of publication.")
MASKED = Bilingual("文中有被遮盖或植入的内容，请核对。", "Something in the text was masked or injected: please check.")


def read(text: str, *, article_date: date | None = None, kept: Sequence[Kept] = ()) -> Minutes:
    """Read minutes or a press report of a meeting, damaged or clean.

    article_date  day of publication; it resolves days without year (3月24日, 昨天). Without it such a day stays None.
    kept          stretches that a person wants left as they are (`Cleaned.kept`)

    Deterministic, by rules and word lists (`data/`), after the labelling guideline of the project. A text without a
    meeting gives no directives and the warning that says so. Every span points into `clean_text`.
    """
    cleaned = clean(text, kept=kept)
    layout = lay_out(cleaned.text)
    if not has_meeting(layout):
        return Minutes(
            Meeting(), (), (), (), cleaned, (NO_MEETING, *([] if is_chinese(cleaned.text) else [NOT_CHINESE]))
        )
    people = attendees(tuple(about_people(layout.sentences)))
    present = seated(people)
    present += [one for one in listed(cleaned.text) if one.name not in {other.name for other in present}]
    groups, venues = groups_and_venues(layout.sentences)
    meeting = read_meeting(layout, present, article_date)
    base = Theme.SCHOOLS if SCHOOL.search(meeting.body or "") else None
    found = directives(cleaned.text, layout, held=meeting.date, base=base)
    warnings = [NO_NUMBER] if meeting.number is None and NUMBERED.search(cleaned.text) else []
    warnings += [NO_DATE] if meeting.date is None else []
    warnings += [MASKED] if any(edit.kind in (EditKind.MASKED, EditKind.INJECTED) for edit in cleaned.edits) else []
    warnings += dict.fromkeys(one.why for one in suspects(cleaned.text))
    return Minutes(meeting, (*present, *groups), tuple(venues), found, cleaned, tuple(warnings))


def is_chinese(text: str) -> bool:
    """Tell whether a text is written in Chinese, as far as its letters say; one without letters is none."""
    letters = [sign for sign in text[:4_000] if sign.isalpha()]
    return sum("\u4e00" <= sign <= "\u9fff" for sign in letters) * 2 >= len(letters) > 0


def has_meeting(layout: Layout) -> bool:
    """Tell whether the text speaks of a meeting at all."""
    return any(HELD.search(one.text) for one in layout.sentences)
