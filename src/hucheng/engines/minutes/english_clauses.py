"""A stretch of English minutes that is read for demands: what stands around it, and the small signs of its grammar."""

import re
from dataclasses import dataclass, field, replace
from functools import cache

from hucheng.engines.minutes.english_layout import Paragraph
from hucheng.engines.minutes.english_verbs import adverbs, verb_at
from hucheng.engines.minutes.units import Unit
from hucheng.engines.minutes.vocabulary import any_case

BEFORE = (
    "by|before|after|within|from|in|on|at|to|for|during|until|with|as|because|since|given|while|when|if|where|under"
    "|through|of|following|pending|starting|effective|according"
)
PREFIX = re.compile(rf"(?:{BEFORE})\b[^,]{{0,120}},\s*", re.IGNORECASE)
"""What stands before a subject and says when, where or on what ground: By Friday, …"""
RELATIVE_END = re.compile(r"\b(?:who|which|that|what|how|whether|as|where|when|if|than)$", re.IGNORECASE)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|said|been|did|does|do|will|would|can|could|who|which|that|because)\b",
    re.IGNORECASE,
)
"""Words that stand in no name of somebody."""
PARTICIPLES = (
    "kept|sent|made|done|held|put|set|given|told|paid|shown|read|built|met|left|shut|cut|dealt|brought|sought|found"
    "|worn|run|drawn"
)
SIGNS_BEFORE, SIGNS_BEHIND = " \t,;:.@–—“\"'’”", " \t,;:.!?–—-"
FARTHEST = 220
"""Signs within which it must be said who is told."""


@dataclass(slots=True)
class State:
    """What the sentences so far have opened: orders go on a demand, items a list.

    known    names of bodies and people that the list of attendance gives
    actions  whether the section is a list of actions
    listing  an open list of items that go on the sentence before it; `actors` are then whom it names
    """

    known: tuple[str, ...] = ()
    actions: bool = False
    open: bool = False
    listing: bool = False
    actors: tuple[str, ...] = ()
    opener: str = ""
    sentence: int = 0
    block: int = 0

    def enter(self, *, actions: bool) -> None:
        """Begin a section: nothing stays open."""
        self.actions, self.open, self.listing, self.actors = actions, False, False, ()


@dataclass(frozen=True, slots=True)
class Clause:
    """The stretch of a paragraph from `start` to `end`. What is found in it is added to `units`, which the stretches
    cut from it share; `before` says when, where the clause itself does not.
    """

    paragraph: Paragraph
    start: int
    end: int
    state: State
    before: str = ""
    units: list[Unit] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the clause."""
        return self.paragraph.text[self.start : self.end]

    @property
    def free(self) -> bool:
        """Whether an order may stand here without a word that introduces it."""
        return self.state.open or self.state.actions or self.paragraph.item

    def behind(self, skip: int) -> "Clause":
        """Give the rest of the clause behind its first signs, spaces and marks taken off."""
        return self.between(self.start + skip, self.end)

    def between(self, start: int, end: int) -> "Clause":
        """Give a stretch of the paragraph as a clause, spaces, marks and connectives taken off."""
        start, end = trimmed(self.paragraph.text, start, end)
        return replace(self, start=start, end=end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take spaces, connectives, half quotation marks and the stop off a stretch."""
    while start < end and text[start] in SIGNS_BEFORE:
        start += 1
    if match := any_case("english_demands", "connective").match(text, start, end):
        start = match.end()
    while end > start and text[end - 1] in SIGNS_BEHIND:
        end -= 1
    return (start, end - 5) if text[max(start, end - 5) : end].lower() in (", and", "; and") else (start, end)


@cache
def modal(*, promise: bool) -> re.Pattern[str]:
    """Give the pattern for the words that demand (must, is to); with `promise` will and would are among them."""
    said = any_case("english_demands", "modal").pattern
    said = f"{said}|{any_case('english_demands', 'promise').pattern}" if promise else said
    return re.compile(rf"\b(?P<modal>{said}|(?-i:may|can))\b(?P<not> (?:not|never|no longer)\b)?", re.IGNORECASE)


def has_modal(text: str) -> bool:
    """Tell whether a stretch has a word that demands, will and would among them."""
    return bool(modal(promise=True).search(text))


@cache
def passive() -> re.Pattern[str]:
    """Give the pattern for a verb phrase that something is done to its subject: be tested, not be kept."""
    return re.compile(rf"(?:not )?be (?:{adverbs()})(?:\w+ed|\w+en|{PARTICIPLES})\b", re.IGNORECASE)


def telling(text: str) -> tuple[str, int] | None:
    """Find whom a stretch tells to do something, and where what he shall do begins: the Health Department | contact."""
    for match in re.finditer(r"\s(?:not )?to(?:\s+|\s*:?$)", text[:FARTHEST]):
        name, rest = text[: match.start()], text[match.end() :]
        if ";" in name or modal(promise=False).search(name):
            return None
        if not rest.strip() or verb_at(rest, sure=True) is not None:
            return name, match.end()
    return None
