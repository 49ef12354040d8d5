"""The reader: minutes in, the meeting, its people and every directive out."""

import re
from dataclasses import replace
from datetime import date

from hucheng.engines.minutes.clean import clean
from hucheng.engines.minutes.demands import demands
from hucheng.engines.minutes.duties import duties_of
from hucheng.engines.minutes.edits import EditKind
from hucheng.engines.minutes.judge import deadline, kinds, measurable, modality
from hucheng.engines.minutes.layout import Layout, lay_out
from hucheng.engines.minutes.meeting import HELD, about_people, read_meeting
from hucheng.engines.minutes.people import attendees
from hucheng.engines.minutes.records import Directive, Kind, Meeting, Minutes, Theme
from hucheng.engines.minutes.responsible import assigned
from hucheng.engines.minutes.rolls import listed
from hucheng.engines.minutes.suspects import suspects
from hucheng.engines.minutes.themes import themes
from hucheng.engines.minutes.units import Unit, units
from hucheng.engines.minutes.venues import groups_and_venues, seated
from hucheng.engines.minutes.why import explain
from hucheng.engines.words.bilingual import Bilingual

NUMBERED = re.compile(r"第[^,，;；。\s]{0,8}次[^,，;；。\s]{0,8}会议")
SCHOOL = re.compile(r"(?:学校|学院|大学|中学|小学|幼儿园)$")
NO_MEETING = Bilingual("未发现会议。", "No meeting found.")
NO_NUMBER = Bilingual("未读到会议次数。", "The number of the meeting could not be read.")
NO_DATE = Bilingual("日期不完整：请给出发布日期。", "The date is incomplete: give the day of publication.")
MASKED = Bilingual("文中有被遮盖或植入的内容，请核对。", "Something in the text was masked or injected: please check.")


def read(text: str, *, article_date: date | None = None) -> Minutes:
    """Read minutes or a press report of a meeting, damaged or clean.

    article_date  day of publication; it resolves days without year (3月24日, 昨天). Without it such a day stays None.

    Deterministic, by rules and word lists (`data/`), after the labelling guideline of the project. A text without a
    meeting gives no directives and the warning that says so. Every span points into `clean_text`.
    """
    cleaned = clean(text)
    layout = lay_out(cleaned.text)
    if not has_meeting(layout):
        return Minutes(Meeting(), (), (), (), cleaned, (NO_MEETING,))
    people = attendees(tuple(about_people(layout.sentences)))
    present = seated(people)
    present += [one for one in listed(cleaned.text) if one.name not in {other.name for other in present}]
    groups, venues = groups_and_venues(layout.sentences)
    meeting = read_meeting(layout, present, article_date)
    found = directives(cleaned.text, layout, Theme.SCHOOLS if SCHOOL.search(meeting.body or "") else None)
    warnings = [NO_NUMBER] if meeting.number is None and NUMBERED.search(cleaned.text) else []
    warnings += [NO_DATE] if meeting.date is None else []
    warnings += [MASKED] if any(edit.kind in (EditKind.MASKED, EditKind.INJECTED) for edit in cleaned.edits) else []
    warnings += dict.fromkeys(one.why for one in suspects(cleaned.text))
    return Minutes(meeting, (*present, *groups), tuple(venues), found, cleaned, tuple(warnings))


def has_meeting(layout: Layout) -> bool:
    """Tell whether the text speaks of a meeting at all."""
    return any(HELD.search(one.text) for one in layout.sentences)


def directives(text: str, layout: Layout, base: Theme | None = None) -> tuple[Directive, ...]:
    """Find and judge the directives of a laid-out text; `base` is the theme that the body itself stands for."""
    found = assigned(units(demands(layout.sentences)), duties_of(text), text)
    found = [replace(one, section=layout.section(one.demand.paragraph)) for one in found]
    judged = kinds(found)
    themed = themes(found, [kind for kind, _word in judged], base)
    result = []
    for number, (unit, kind, theme) in enumerate(zip(found, judged, themed, strict=True), start=1):
        measured = measurable(unit)
        why = explain(
            opener=unit.demand.opener, kind=kind, theme=(theme.theme, theme.word, theme.own), measured=measured
        )
        result.append(_directive(text, number, unit, kind[0], theme.theme, measured[0], why))
    return tuple(result)


def _directive(
    text: str, number: int, unit: Unit, kind: Kind, theme: Theme, counted: bool, why: Bilingual
) -> Directive:
    span = text[unit.start : unit.end]
    return Directive(
        id=number,
        text_clean=span,
        start=unit.start,
        end=unit.end,
        kind=kind,
        theme=theme,
        actors=unit.actors,
        deadline=deadline(span) or deadline(unit.before),
        measurable=counted,
        modality=modality(unit),
        why=why,
    )
