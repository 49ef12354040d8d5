"""Judgements on one directive: kind, measurable, deadline, modality, each with the word that decided."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from hucheng.engines.minutes.records import Kind, Modality
from hucheng.engines.minutes.units import Unit
from hucheng.engines.minutes.vocabulary import pattern

HEADING_AT_MOST = 26
ORDER = (
    ("principle", False),
    ("named", True),
    ("number", True),
    ("forbidden", True),
    ("introduced", True),
    ("founded", True),
    ("degree", False),
    ("operation", True),
)
OF_DOCUMENT = re.compile(r"^按照")
NAMED_BASIS = re.compile(r"《|“[^”]+”|[0-9一二三四五六七八九十]+(?:条|项)")


def kinds(units: Sequence[Unit]) -> list[tuple[Kind, str]]:
    """Give kind and deciding word of each unit; a heading is told by what follows it."""
    following: list[Unit | None] = [*units[1:], None][: len(units)]
    return [_kind(unit, after) for unit, after in zip(units, following, strict=True)]


def _kind(unit: Unit, after: Unit | None) -> tuple[Kind, str]:
    if is_heading(unit, after):
        return Kind.HEADING, "。"
    if OF_DOCUMENT.match(unit.core):
        return (Kind.ACTION if NAMED_BASIS.search(unit.core) else Kind.STANCE), "按照"
    for kind in (Kind.STANCE, Kind.OUTCOME):
        if match := pattern("kinds", kind.value).search(unit.core):
            return kind, match.group()
    return Kind.ACTION, ""


def is_heading(unit: Unit, after: Unit | None) -> bool:
    """A sentence of its own that opens with 要 and that the next one spells out: one without a 要 of its own first, or
    any one before the next number, where the sentence is numbered (一要…).
    """
    if not (unit.demand.alone and unit.demand.modal and len(unit.text) <= HEADING_AT_MOST) or after is None:
        return False
    follows = after.demand.sentence == unit.demand.sentence + 1 and after.demand.paragraph == unit.demand.paragraph
    spells_out = not after.demand.numbered if unit.demand.numbered else not after.demand.modal
    return follows and spells_out and not unit.actors_here


def measurable(unit: Unit) -> tuple[bool, str]:
    """Tell whether somebody else could say done or not done, and the word that decided.

    Where no word decides, an action can be verified unless its verb is one of the few that have no end (关心, 引导):
    verbs that name a deed cannot be listed. States and attitudes cannot.
    """
    for name, verdict in ORDER:
        if match := pattern("measurable", name).search(unit.core):
            return verdict, match.group()
    return verifiable(unit.core, partial(pattern, "kinds"), pattern("measurable", "vague"))


def verifiable(core: str, kinds: Callable[[str], re.Pattern[str]], vague: re.Pattern[str]) -> tuple[bool, str]:
    """Tell whether a demand of which no word decides can be verified, by the words of one language: those of each kind,
    and the verbs that have no end.
    """
    if any(kinds(kind.value).search(core) for kind in (Kind.STANCE, Kind.OUTCOME)):
        return False, ""
    match = vague.search(core)
    return (False, match.group()) if match else (True, "")


def deadline(text: str) -> str | None:
    """Give the literal time word of a directive, the most precise one first; None when there is none."""
    for name in ("precise", "vague"):
        if match := pattern("deadlines", name).search(text):
            return match.group()
    return None


def modality(unit: Unit) -> Modality:
    """Give how the demand is worded: forbidding before ensuring before strengthening, else simply must."""
    for one in (Modality.FORBID, Modality.ENSURE, Modality.STRENGTHEN):
        if pattern("kinds", one.value).search(unit.core):
            return one
    return Modality.MUST
