"""Verb phrases of English demands: cut where one that can be done and closed on its own ends, and kept as units."""

import re

from hucheng.engines.minutes.demands import Demand
from hucheng.engines.minutes.english_actors import actors_of, holders, is_actor
from hucheng.engines.minutes.english_clauses import Clause, telling, trimmed
from hucheng.engines.minutes.english_verbs import verb_at
from hucheng.engines.minutes.units import Unit
from hucheng.engines.minutes.vocabulary import any_case

CUT = re.compile(
    r"\s*(?:,(?:\s*(?:and|but|then|or)\b)?|;(?:\s*and\b)?|\band\b|\bbut\b)\s*(?:(?:also|then|further) )?"
    r"(?P<to>(?:to|must|should|shall|will|are to|is to) )?"
)
ASIDE = re.compile(
    r"\s*[(\[](?:action|owner|lead|led by|responsible|action by|by|to be done by)\s*[:–-]\s*(?P<who>[^)\]]{2,80})[)\]]",
    re.IGNORECASE,
)
"""Who is responsible, in brackets behind a demand."""
BY = re.compile(r"\bby (?P<who>(?:the )?[A-Za-z][\w'’ -]{2,60}?)(?= by | within | before | at | on |[,.;)]|$)")
QUOTED_END = re.compile(r"[,.!?]?[”\"’](?=\s|$)")
WORD = re.compile(r"[\w'’-]+|.")
MOST_WORDS = 8
"""Words of a name of somebody who is told behind "and"."""


def agents(text: str) -> tuple[str, ...]:
    """Give by whom something shall be done: be published by the press office."""
    return tuple(name for match in BY.finditer(text) if is_actor(match["who"]) for name in actors_of(match["who"]))


def whole(clause: Clause, opener: str, *, modal: bool = False) -> bool:
    """Take a clause as one demand."""
    _add(clause, clause.start, clause.end, clause.start, agents(clause.text), opener, own=False, modal=modal)
    return True


def noun_phrase(clause: Clause) -> bool:
    """Take an action without a verb: Review of the lists (Owner: Wang Wei)."""
    aside = ASIDE.search(clause.text)
    named = clause.between(clause.start, clause.start + aside.start()) if aside else clause
    actors = actors_of(aside["who"], clause.state.known, any_name=True) if aside else ()
    _add(named, named.start, named.end, named.start, actors, "action", own=False, modal=False)
    return True


def verb_phrases(
    clause: Clause,
    actors: tuple[str, ...],
    opener: str,
    *,
    own: bool = False,
    modal: bool = False,
    head: int | None = None,
) -> None:
    """Cut a verb phrase into those that can be done and closed on their own, and keep each as a unit.

    own   whether the actors are the subject of this clause
    head  where the verb stands, if the stretch begins before it (with its subject or modal)
    """
    text, stop = clause.paragraph.text, _end(clause)
    if aside := ASIDE.search(text, clause.start, stop):
        stop = aside.start()
        actors = actors_of(aside["who"], clause.state.known, any_name=True) or actors
    begin, core = clause.start, clause.start if head is None else head
    for cut in CUT.finditer(text, core, stop):
        if cut.start() <= core:
            continue
        other, skip = _other(text[cut.end() : stop], clause.state.known)
        if not _parts(text[core : cut.start()], text[cut.end() + skip : stop], cut, told=skip > 0):
            continue
        _add(clause, begin, cut.start(), core, actors, opener, own=own, modal=modal)
        begin = core = cut.end() + skip
        actors, modal = other or actors, False
    _add(clause, begin, stop, core, actors, opener, own=own, modal=modal)


def _end(clause: Clause) -> int:
    """Give where a demand ends: before the mark that closes a speech which began before it."""
    quoted = QUOTED_END.search(clause.paragraph.text, clause.start, clause.end)
    if quoted is None or re.search('[“"]', clause.paragraph.text[clause.start : quoted.start()]):
        return clause.end
    return quoted.start()


def _other(text: str, known: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Find somebody else who is told behind "and": … to check the lists and the army to | clean the rooms."""
    told = telling(text[:120])
    if told is None or not is_actor(told[0], known) or verb_at(told[0]) is not None:
        return (), 0
    return (actors_of(told[0], known), told[1]) if len(told[0].split()) <= MOST_WORDS else ((), 0)


def _parts(before: str, behind: str, cut: re.Match[str], *, told: bool) -> bool:
    """Tell whether a new verb phrase begins behind a comma or "and", while the one before it is whole."""
    if before.count("(") > before.count(")") or before.count("“") > before.count("”") or before.count('"') % 2:
        return False
    if "," in cut.group() and re.match(rf"{any_case('english_demands', 'result').pattern}\s", behind, re.IGNORECASE):
        return True
    verb = verb_at(behind, sure=bool(cut["to"]) or told)
    if verb is None or len(before.split()) < 2 or not WORD.findall(behind[verb:])[1:]:
        return False
    return len(before[verb_at(before, sure=True) or 0 :].split()) > 1


def _add(
    clause: Clause, start: int, end: int, core: int, actors: tuple[str, ...], opener: str, *, own: bool, modal: bool
) -> None:
    """Keep a stretch of the paragraph as a unit. A subject or "must not" that stays in it belongs to its core too."""
    paragraph, state = clause.paragraph, clause.state
    start, end = trimmed(paragraph.text, start, end)
    text = paragraph.text[start:end]
    if len(text) < 3:
        return
    before = paragraph.text[start : max(core, start)].strip()
    said = paragraph.text[max(core, start) : end] if not before else text
    at = (paragraph.start + start, paragraph.start + end)
    place = (state.sentence, paragraph.number, state.block)
    state.open, state.opener = True, opener
    clause.units.append(
        Unit(
            Demand(*at, text, ".", *place, modal, False, opener),
            *at,
            text,
            said,
            holders(text, state.known) or actors,
            own,
            clause.before,
            section=paragraph.section or None,
        )
    )
