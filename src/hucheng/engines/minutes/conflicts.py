"""Demands that cannot both be followed, and demands made twice: found by their words, each with its reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations

from hucheng.engines.minutes.alike import bare
from hucheng.engines.minutes.english_alike import is_english
from hucheng.engines.minutes.likeness import grams, signs, text_likeness
from hucheng.engines.minutes.records import Directive, Kind, Modality
from hucheng.engines.minutes.vocabulary import any_of, lists
from hucheng.engines.words.bilingual import Bilingual

SAME_MATTER = 0.45
"""From this likeness of what is left without the opposite words on, two demands are about one matter."""
SAME_DEMAND = 0.75
"""From this likeness on, two demands of one meeting are one demand, worded twice."""
FEWEST = 2
"""So many pairs of signs at least must be left to tell the matter by; of English words, one is enough."""


class ConflictKind(StrEnum):
    """What is wrong between two demands."""

    OPPOSITE = "opposite"
    BAN = "ban"
    DEADLINE = "deadline"
    LEAD = "lead"
    TWICE = "twice"


WHY = {
    ConflictKind.OPPOSITE: Bilingual(
        "要求相反：“{one}”与“{other}”。", "They ask for the contrary: “{one}” and “{other}”."
    ),
    ConflictKind.BAN: Bilingual("一处禁止，一处要求。", "One bans what the other demands."),
    ConflictKind.DEADLINE: Bilingual("期限不同：{one}与{other}。", "The deadlines differ: {one} and {other}."),
    ConflictKind.LEAD: Bilingual("牵头单位不同：{one}与{other}。", "The leads differ: {one} and {other}."),
    ConflictKind.TWICE: Bilingual("同一要求写了两次。", "The same demand stands twice."),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two demands and what is wrong between them; the one that stands first in the text comes first."""

    kind: ConflictKind
    first: Directive
    second: Directive
    why: Bilingual


def conflicts(directives: Sequence[Directive]) -> tuple[Conflict, ...]:
    """Find the demands of one meeting, or of several together, that contradict or repeat each other.

    Actions and outcomes only. Two that share no pair of signs are never compared, so a thousand demands take no time.
    """
    working = [one for one in directives if one.kind in (Kind.ACTION, Kind.OUTCOME)]
    found = []
    for at, other in sorted(_near(working)):
        conflict = _between(working[at], working[other])
        if conflict:
            found.append(conflict)
    return tuple(found)


def _near(working: Sequence[Directive]) -> set[tuple[int, int]]:
    """Give the pairs that share a rare pair of signs; what very many demands share tells nothing."""
    by_sign: dict[str, list[int]] = {}
    for number, one in enumerate(working):
        for sign in signs(one.text_clean):
            by_sign.setdefault(sign, []).append(number)
    most = max(12, len(working) // 8)
    return {pair for numbers in by_sign.values() if len(numbers) <= most for pair in combinations(numbers, 2)}


def _between(one: Directive, other: Directive) -> Conflict | None:
    for opposed, left, right in _opposed(one.text_clean, other.text_clean):
        if _matter_alike(one.text_clean, other.text_clean, opposed) >= SAME_MATTER:
            return _conflict(ConflictKind.OPPOSITE, one, other, left, right)
    if _matter_alike(one.text_clean, other.text_clean, _bans()) >= SAME_DEMAND and _bans_one(one, other):
        return _conflict(ConflictKind.BAN, one, other)
    if text_likeness(one.text_clean, other.text_clean) < SAME_DEMAND:
        return None
    if one.due and other.due and one.due != other.due:
        return _conflict(ConflictKind.DEADLINE, one, other, one.due.isoformat(), other.due.isoformat())
    leads = [body for body in (one.lead, other.lead) if body and not body.is_group]
    if len(leads) == 2 and leads[0].code != leads[1].code:
        return _conflict(ConflictKind.LEAD, one, other, leads[0].written, leads[1].written)
    return _conflict(ConflictKind.TWICE, one, other) if _same_hands(one, other) else None


def _conflict(kind: ConflictKind, first: Directive, second: Directive, one: str = "", other: str = "") -> Conflict:
    said = WHY[kind]
    if one:
        said = said.filled(one=one, other=other)
    return Conflict(kind, first, second, said)


def _opposed(one: str, other: str) -> Iterator[tuple[re.Pattern[str], str, str]]:
    """Give the opposite words that two texts hold, one on each side; a text with both sides is neither."""
    for left, right in _opposites():
        sides = [(left.search(text), right.search(text)) for text in (one, other)]
        if any(bool(a) == bool(b) for a, b in sides) or bool(sides[0][0]) == bool(sides[1][0]):
            continue
        first, second = ((a or b) for a, b in sides)
        if first and second:
            yield re.compile(f"{left.pattern}|{right.pattern}"), first.group(), second.group()


def _matter_alike(one: str, other: str, without: re.Pattern[str]) -> float:
    """Give how alike two demands are without certain words; 0 where too little is left to say."""
    left, right = without.sub("", one), without.sub("", other)
    fewest = 1 if is_english(one) and is_english(other) else FEWEST
    if min(sum(grams(left).values()), sum(grams(right).values())) < fewest:
        return 0.0
    return text_likeness(left, right)


def _bans_one(one: Directive, other: Directive) -> bool:
    return (one.modality is Modality.FORBID) != (other.modality is Modality.FORBID)


def _same_hands(one: Directive, other: Directive) -> bool:
    """Two units that are told the same have each their own demand."""
    return frozenset(one.actors) == frozenset(other.actors) and (
        bare(one.text_clean) == bare(other.text_clean) or one.theme is other.theme
    )


@cache
def _opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    chinese = (_sides(entry, "{}") for entry in lists("opposites")["opposites"])
    english = (_sides(entry, r"(?i:\b{}\b)") for entry in lists("opposites")["english"])
    return (*chinese, *english)


def _sides(entry: str, form: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    left, right = (re.compile(form.format(any_of(side.strip().split("/")))) for side in entry.split("|"))
    return left, right


@cache
def _bans() -> re.Pattern[str]:
    chinese = any_of(["坚决", "不得", "严禁", "禁止", "不准", "不许", "一律", "防止", "杜绝", "避免", "要", "必须"])
    return re.compile(rf"{chinese}|(?i:\b(?:must|shall|should|may|not|never|ban|prohibit|forbid|prevent|stop)\b)")
