"""The reader: minutes in, the meeting, its people and every directive out."""

from collections.abc import Callable, Sequence
from datetime import date

from hucheng.engines.minutes.chinese import read_chinese
from hucheng.engines.minutes.clean import clean
from hucheng.engines.minutes.edits import EditKind, Kept
from hucheng.engines.minutes.english import read_english
from hucheng.engines.minutes.language import Language, language_of
from hucheng.engines.minutes.records import Meeting, Minutes, Reading
from hucheng.engines.minutes.suspects import suspects
from hucheng.engines.words.bilingual import Bilingual

NO_MEETING = Bilingual("未发现会议。", "No meeting found.")
NO_DATE = Bilingual("日期不完整：请给出发布日期。", "The date is incomplete: give the day of publication.")
MASKED = Bilingual("文中有被遮盖或植入的内容，请核对。", "Something in the text was masked or injected: please check.")
TAMPERED = (EditKind.MASKED, EditKind.INJECTED)

Grammar = Callable[[str, date | None], Reading | None]
GRAMMARS: dict[Language, Grammar] = {Language.CHINESE: read_chinese, Language.ENGLISH: read_english}
"""What reads a mended text of each language, given the day of publication; None for a text without a meeting."""


def read(text: str, *, article_date: date | None = None, kept: Sequence[Kept] = ()) -> Minutes:
    """Read minutes or a press report of a meeting, in Chinese or English, damaged or clean; the language is that of
    most sentences.

    article_date  day of publication; it resolves days without year (3月24日, 昨天). Without it such a day stays None.
    kept          stretches that a person wants left as they are (`Cleaned.kept`)

    Deterministic, by rules and word lists (`data/`), after the labelling guideline of the project. A text without a
    meeting gives no directives and the warning that says so. Every span points into `clean_text`.
    """
    cleaned = clean(text, kept=kept)
    found = GRAMMARS[language_of(cleaned.text)](cleaned.text, article_date)
    if found is None:
        return Minutes(Meeting(), (), (), (), cleaned, (NO_MEETING,))
    warnings = found.warnings + ((NO_DATE,) if found.meeting.date is None else ())
    warnings += (MASKED,) if any(edit.kind in TAMPERED for edit in cleaned.edits) else ()
    warnings += tuple(dict.fromkeys(one.why for one in suspects(cleaned.text)))
    return Minutes(found.meeting, found.attendees, found.venues, found.directives, cleaned, warnings)
