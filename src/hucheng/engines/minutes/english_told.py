"""Whether an English text tells of a meeting that was held: not of one to come, and not of how meetings should be."""

import re
from collections.abc import Sequence
from functools import cache

from hucheng.engines.minutes.english_head import CONVENED, HEAD_SENTENCES, MET, ORDINAL, head_lines, held_in, is_to_come
from hucheng.engines.minutes.english_layout import field_of, lines_of
from hucheng.engines.minutes.vocabulary import lists

LABELS = (
    "present",
    "attendees",
    "in attendance",
    "apologies",
    "participants",
    "chair",
    "chaired by",
    "members present",
)
SEEN = 20_000
"""Signs within which minutes show that they are some."""
KINDS = "minutes|notes|record|summary"
STRONG = re.compile(
    r"^(?:(?:draft|approved|confirmed|summary) )?(?:minutes|record of decisions|action notes|meeting notes"
    r"|meeting minutes)\b(?: of (?:the|a) |$|:| –| -)"
    rf"|\b(?:{KINDS}) of (?:the|a|an) (?:[\w-]+ ){{0,4}}(?:meeting|session)"
    rf"|\b{ORDINAL} (?:[\w-]+ ){{0,3}}(?:meeting|session)\b(?!s)|\bmeeting (?:no\.?|number|#) ?\d"
    r"|\bpresided over\b.{0,60}\bmeeting\b|\bchaired\b.{0,60}\bmeeting\b"
    r"|\bmeeting\b.{0,80}\b(?:was|were) (?:chaired|presided over|held)\b",
    re.IGNORECASE,
)
MODAL = re.compile(r"\b(?:should|must|shall|can|may)\b")
GATHERED = re.compile(r"\b(?:meeting|committee|council|board|session)\b", re.IGNORECASE)


def has_meeting(text: str, sentences: Sequence[str]) -> bool:
    """Tell whether a text is about a meeting that was held: a title or one of the first sentences says so, or there
    are labels and phrases of minutes, two different ones at least.
    """
    passages = [*(one.text for one in head_lines(text)), *sentences[:HEAD_SENTENCES]]
    told = [one for one in passages if not is_to_come(one)]
    if any(_says_so(one) for one in told):
        return True
    seen = text[:SEEN]
    marks = {match.group().lower() for match in _phrases().finditer(seen)}
    people = any(field[0] in LABELS for one in lines_of(seen) if (field := field_of(one.text)))
    return bool(marks) if people else len(marks) >= 2 and bool(GATHERED.search(seen))


def _says_so(passage: str) -> bool:
    match = STRONG.search(passage) or MET.search(passage)
    if match is not None:
        return not MODAL.search(passage[: match.start()])
    return bool(CONVENED.search(passage)) and held_in(passage).body is not None


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in lists("english_head")["phrases"]), re.IGNORECASE | re.MULTILINE)
