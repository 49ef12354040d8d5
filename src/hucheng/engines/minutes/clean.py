"""The cleaner: a damaged Chinese text in, the repaired text and every repair out."""

from collections.abc import Sequence

from hucheng.engines.minutes.edits import Cleaned, Kept
from hucheng.engines.minutes.encoding import encoding_repairs
from hucheng.engines.minutes.injected import injection_repairs
from hucheng.engines.minutes.language import Language, language_of
from hucheng.engines.minutes.marks import comma_repairs, invisible_repairs, mask_repairs, width_repairs
from hucheng.engines.minutes.notes import note_repairs
from hucheng.engines.minutes.pasted import break_repairs, markup_repairs, page_repairs
from hucheng.engines.minutes.script import script_repairs
from hucheng.engines.minutes.tracked import TrackedText

STEPS = (
    encoding_repairs,
    markup_repairs,
    page_repairs,
    width_repairs,
    note_repairs,
    script_repairs,
    mask_repairs,
    injection_repairs,
    break_repairs,
    comma_repairs,
)
"""What is no text yet goes first. Notes go before characters change (their readings belong to what was written), lines
are joined before commas at their ends are looked at, and commas come last (others uncover them).
"""
ENGLISH = (encoding_repairs, markup_repairs, page_repairs, invisible_repairs)
"""What is mended in an English text: part of what is mended in a Chinese one, so that a text whose language shows only
when its tags are gone is mended alike. Marks, lines and Chinese names stay as they are written.
"""
ROUNDS = 6


def clean(text: str, *, kept: Sequence[Kept] = ()) -> Cleaned:
    """Repair a text: simplified characters, no pronunciation notes, no stray commas, no advertisements; what was read
    in a wrong encoding, tags, numbers of pages and lines broken at a margin are mended first.

    Real parentheses, upper case, digits and 并 (Taiyuan's own short name) are never touched. Clean text comes back
    as it is: `clean(clean(x).text).text == clean(x).text`. What is only suspected is an edit with `certain` false.
    A text that is mostly English keeps its marks, its lines and Chinese names in it as written.

    kept  stretches of the original where repairs of one kind are not wanted (`undo` takes them from repairs).

    Method: OpenCC t2s with a rule for 著; a note goes only if it is a reading of the character before it (pypinyin).
    """
    tracked = TrackedText(text, kept)
    for _round in range(ROUNDS):
        before = tracked.text
        for step in ENGLISH if language_of(tracked.text) is Language.ENGLISH else STEPS:
            tracked.apply(step(tracked.text))
        if tracked.text == before:
            break
    return tracked.result()
