"""The reader: minutes in, the meeting, its people and every directive out."""

from collections.abc import Sequence
from datetime import date

from hucheng.engines.minutes.chinese import read_chinese
from hucheng.engines.minutes.clean import clean
from hucheng.engines.minutes.edits import EditKind, Kept
from hucheng.engines.minutes.records import Meeting, Minutes
from hucheng.engines.minutes.suspects import suspects
from hucheng.engines.words.bilingual import Bilingual

NO_MEETING = Bilingual("未发现会议。", "No meeting found.")
NOT_CHINESE = Bilingual("文本不是中文，未读取。", "The text is not Chinese: nothing was read.")
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
    found = read_chinese(cleaned.text, article_date)
    if found is None:
        warnings = (NO_MEETING, *([] if is_chinese(cleaned.text) else [NOT_CHINESE]))
        return Minutes(Meeting(), (), (), (), cleaned, warnings)
    warnings = found.warnings + ((NO_DATE,) if found.meeting.date is None else ())
    warnings += (MASKED,) if any(edit.kind in (EditKind.MASKED, EditKind.INJECTED) for edit in cleaned.edits) else ()
    warnings += tuple(dict.fromkeys(one.why for one in suspects(cleaned.text)))
    return Minutes(found.meeting, found.attendees, found.venues, found.directives, cleaned, warnings)


def is_chinese(text: str) -> bool:
    """Tell whether a text is written in Chinese, as far as its letters say; one without letters is none."""
    letters = [sign for sign in text[:4_000] if sign.isalpha()]
    return sum("\u4e00" <= sign <= "\u9fff" for sign in letters) * 2 >= len(letters) > 0
