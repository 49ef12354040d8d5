"""Who speaks and what opens a demand: 会议强调, 市长某某指出, 要, 必须."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from hucheng.engines.minutes.people import name_pattern
from hucheng.engines.minutes.vocabulary import pattern, words

DEMANDING = ("决定", "商定", "议定", "强调", "要求", "提出", "明确", "提出要求", "要求说", "强调说")
NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:是要|是|要(?![求素])|、|则)|[(（][一二三四五六七八九十\d]{1,2}[)）]、?|\d{1,2}(?:[.、](?!\d)|\.(?=\d{1,2}月\d))|[①-⑳])\s*"
)
CONNECTIVE = re.compile(r"^(?:同时|此外|另外|其次|首先|最后|特别是|尤其是|与此同时|对此|为此|因此|并且|而且)(?=.{2})")
LEADS_OUT = re.compile(r"(?:并|会议|会上|[讲话]话|时|还)(强调|要求|指出|提出要求)$")
AND = re.compile(r"^(?:并|且|并且)(?=[将对把在及要做加向为按与同实提建持进切严主][^举])")


class Voice(Enum):
    """What a lead-in does with the clauses behind it."""

    DEMANDING = "demanding"
    STATING = "stating"


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A lead-in and the length that it takes up at the start of the clause."""

    voice: Voice
    length: int


@cache
def _lead_in() -> re.Pattern[str]:
    titles = words("people", "titles")
    who = rf"(?:会议|大会|与会人员|大家|他|她|(?:[^,，]{{0,24}}{titles})?{name_pattern()}(?:同志)?)"
    plain = "还|同时|进一步|再次|在讲话中|最后|特别|特别是|在会上|现场|首先"
    adverb = rf"(?:{plain}|代表[^,，]{{2,20}}|在(?:讲话|会议|总结)(?:时|中)|就[^,，]{{2,30}}?)"
    verb = r"(?P<verb>强调指出|指出|强调说|强调|要求说|提出要求|要求|表示|提出|明确|认为|说|(?:决定|商定|议定)$)"
    return re.compile(rf"(?:{who}{adverb}*{verb}|(?:并|还|同时)?(?P<bare>强调|要求|指出)(?=要|各|全|必须|务必|$))")


def lead_in(clause: str) -> LeadIn | None:
    """Find 会议强调, 市长某某指出, 强调要 and the like at the start of a clause, or 并强调 at its end."""
    match = _lead_in().match(clause)
    if match:
        verb = match["verb"] or match["bare"]
        return LeadIn(Voice.DEMANDING if verb in DEMANDING else Voice.STATING, match.end())
    ending = LEADS_OUT.search(clause)
    if ending:
        return LeadIn(Voice.DEMANDING if ending[1] in DEMANDING else Voice.STATING, len(clause))
    return None


def has_modal(clause: str) -> bool:
    """Tell whether a clause demands by a word of its own, such as 要, 必须, 不得."""
    return bool(pattern("demands", "modal").search(clause))


def trimmed(clause: str) -> int:
    """Give the length of numbering and connectives at the start of a clause, which are no part of the demand.

    The 要 of 一要 and 三是要 stays with the demand.
    """
    length = 0
    if match := NUMBERING.match(clause):
        length = match.end()
        if match.group().rstrip().endswith("要"):
            length = match.group().rindex("要")
    for strip in (CONNECTIVE, AND):
        if match := strip.match(clause[length:]):
            length += match.end()
    return length
