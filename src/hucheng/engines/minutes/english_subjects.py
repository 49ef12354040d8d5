"""English clauses with a subject of their own: all schools must …, Health Commission to …, that no resident be …"""

import re
from collections.abc import Iterator
from dataclasses import replace

from hucheng.engines.minutes.english_actors import actors_of, is_actor, is_nobody, plain
from hucheng.engines.minutes.english_clauses import (
    FINITE,
    PREFIX,
    RELATIVE_END,
    Clause,
    has_modal,
    modal,
    passive,
    telling,
)
from hucheng.engines.minutes.english_phrases import agents, verb_phrases, whole
from hucheng.engines.minutes.english_verbs import verb_at, verb_behind_modal
from hucheng.engines.minutes.vocabulary import any_case

NONE_OF = re.compile(
    r"^(?:no|nobody|no one|none|neither|not a|anyone|any|those|whoever|under no circumstances|only)\b", re.IGNORECASE
)
"""Subjects that name nobody who is told: no traveller may leave."""
NEVER = re.compile("under no circumstances", re.IGNORECASE)
INTERRUPTED = re.compile(r"\b(?P<modal>must|shall|should|will)(?P<aside>, [^,]{3,50},) ", re.IGNORECASE)
THAT = re.compile(r"(?:[,;]\s+(?:(?:and|but)\s+)?|\s+(?:and|but)\s+)that\s+(?!is\b)", re.IGNORECASE)
JOINED = re.compile(
    rf"(?:,\s+(?:and |but |while )?|\s+(?:and|but|while)\s+)(?P<who>[^,;]{{2,70}}?)\s+"
    rf"(?:{modal(promise=True).pattern}|to(?=\s))",
    re.IGNORECASE,
)
BARRING = ("may not", "cannot", "can not", "can no longer", "may only", "must only")
MOST_WORDS = 12
"""Words of a subject before "to"."""


def that_clauses(clause: Clause) -> Iterator[Clause]:
    """Split at "and that"."""
    at = clause.start
    for cut in THAT.finditer(clause.paragraph.text, clause.start, clause.end):
        yield clause.between(at, cut.start())
        at = cut.end()
    yield clause.between(at, clause.end)


def that_or_to(clause: Clause, opener: str, *, to: bool, actors: tuple[str, ...] = (), base_form: bool = True) -> bool:
    """Read what follows an introduction: clauses with their own subjects, or a verb phrase.

    base_form  whether the introduction puts what is demanded in the base form (requested that the Director visit)
    """
    made = len(clause.units)
    if to or (verb_at(clause.text) == 0 and not has_modal(clause.text)):
        verb_phrases(clause, actors, opener)
        return len(clause.units) > made
    for one in that_clauses(clause):
        if not modal_clause(one, opener, promise=True) and not (base_form and subjunctive(one, opener)):
            to_clause(one, opener)
    return len(clause.units) > made


def modal_clause(clause: Clause, opener: str, *, promise: bool) -> bool:
    """Read a clause by its modal, or by "is prohibited"; split where another subject with its own modal begins."""
    made = len(clause.units)
    for one in _own_clauses(clause):
        found = not one.text or _prohibited(one) or _with_modal(one, opener, promise=promise)
        if not found and made < len(clause.units):
            to_clause(one, opener)
    return len(clause.units) > made


def _own_clauses(clause: Clause) -> Iterator[Clause]:
    """Split at "and" before a new subject with its own modal, or its own "to" where somebody is told."""
    text, at = clause.paragraph.text, clause.start
    for match in JOINED.finditer(text, clause.start, clause.end):
        who = match["who"]
        if RELATIVE_END.search(who) or verb_at(who) is not None or not _is_whole(text[at : match.start()]):
            continue
        modal_follows = match["modal"] is not None and not FINITE.search(who)
        told = is_actor(who, clause.state.known) and verb_at(text[match.end() :].lstrip(), sure=True) is not None
        if modal_follows or told:
            yield clause.between(at, match.start())
            at = match.start("who")
    yield clause.between(at, clause.end)


def _is_whole(text: str) -> bool:
    """Tell whether a stretch has a demand of its own, so that what follows "and" is another clause."""
    prohibited = any_case("english_demands", "prohibited").search(text)
    return has_modal(text) or telling(text) is not None or prohibited is not None


def _prohibited(clause: Clause) -> bool:
    """Gatherings are prohibited; under no circumstances may a visitor enter."""
    said = NEVER.match(clause.text) or any_case("english_demands", "prohibited").search(clause.text)
    if said is None or RELATIVE_END.search(clause.text[: said.start()].strip()):
        return False
    return whole(clause, said.group(), modal=True)


def _with_modal(clause: Clause, opener: str, *, promise: bool) -> bool:
    """Read a clause by its modal: the subject before it, what shall be done behind it."""
    if within := INTERRUPTED.search(clause.text):
        return _interrupted(clause, within, opener)
    for match in modal(promise=promise).finditer(clause.text):
        prefix = PREFIX.match(clause.text, 0, match.start())
        begin = prefix.end() if prefix else 0
        subject, rest = clause.text[begin : match.start()].strip(), clause.text[match.end() :].lstrip()
        word, verb = match["modal"].lower(), verb_behind_modal(rest)
        if RELATIVE_END.search(subject) or verb is None or re.match(r"have (?:been|\w+ed|\w+en)\b", rest[verb:]):
            continue
        if word in ("may", "can") and not NONE_OF.match(subject):
            continue
        if word in ("will", "would") and not opener and not _promised(clause, subject, rest):
            return False
        before = prefix.group() if prefix else ""
        _by_subject(replace(clause, before=before or clause.before), subject, begin, match, opener or word)
        return True
    return False


def _interrupted(clause: Clause, found: re.Match[str], opener: str) -> bool:
    """The Health Bureau shall, within 48 hours, publish …: what stands between the commas says when or how."""
    if verb_at(clause.text, found.end(), sure=True) is None:
        return False
    actors = actors_of(clause.text[: found.start()], clause.state.known)
    inner = replace(clause.behind(found.end()), before=found["aside"])
    verb_phrases(inner, actors, opener or found["modal"], own=bool(actors), modal=True)
    return True


def _promised(clause: Clause, subject: str, rest: str) -> bool:
    """Tell whether "will" undertakes something: somebody will do it, or in a list of actions it will be done."""
    if passive().match(rest):
        return clause.paragraph.item and "meeting" not in subject.lower()
    undertaken = clause.state.actions and plain(subject).lower() == "we"
    return undertaken or is_actor(subject, clause.state.known)


def _by_subject(clause: Clause, subject: str, begin: int, said: re.Match[str], opener: str) -> None:
    """Make the units of a clause with a modal. Somebody who is told stands outside the demand; a thing that something
    shall be done with, and "no traveller", stay in it, and so does "must not".
    """
    behind = clause.text[said.end() :]
    rest = behind.lstrip()
    told = is_actor(subject, clause.state.known) and not NONE_OF.match(plain(subject)) and not passive().match(rest)
    unnamed = is_nobody(subject) and (not passive().match(rest) or plain(subject).lower() == "we")
    actors = actors_of(subject, clause.state.known) if told else ()
    barred = said["not"] is not None or said["modal"].lower() in BARRING
    start = begin if subject and not told and not unnamed else said.start() if barred else said.end()
    head = clause.start + said.end() + len(behind) - len(rest)
    verb_phrases(
        clause.behind(start), actors or agents(rest), opener, own=bool(actors), modal=True, head=max(head, clause.start)
    )


def subjunctive(clause: Clause, opener: str) -> bool:
    """The Director visit every home; no resident be admitted: the base form behind its subject."""
    text = clause.text
    for match in re.finditer(r"(?<=\s)(?:not )?(?=[a-z])", text[:200]):
        subject, rest = text[: match.start()].strip(), text[match.end() :]
        named = is_actor(subject, clause.state.known)
        if verb_at(rest, sure=named or rest.startswith("be ")) != 0 or FINITE.search(subject):
            continue
        done = passive().match(rest)
        if RELATIVE_END.search(subject) or not (done or named):
            continue
        told = not done and not NONE_OF.match(plain(subject))
        actors = actors_of(subject, clause.state.known) if told else ()
        inner = clause.behind(match.start() if told else 0)
        verb_phrases(inner, actors or agents(text), opener, own=bool(actors), head=clause.start + match.end())
        return True
    return False


def to_clause(clause: Clause, opener: str) -> bool:
    """Health Commission to submit a list; the survey to be repeated by Friday."""
    made = len(clause.units)
    for one in _own_clauses(clause):
        prefix = PREFIX.match(one.text)
        skip = prefix.end() if prefix else 0
        told = telling(one.text[skip:])
        if told is None or not told[0].strip() or FINITE.search(told[0]) or len(told[0].split()) > MOST_WORDS:
            continue
        verb = skip + told[1]
        done = passive().match(one.text[verb:])
        actors = actors_of(told[0], one.state.known, any_name=clause.free)
        if not actors and not done and not is_nobody(told[0]):
            continue
        inner = replace(one.behind(skip if done else verb), before=prefix.group() if prefix else one.before)
        named = agents(one.text) if done else actors
        verb_phrases(inner, named, opener, own=not done, modal=True, head=one.start + verb if done else None)
    return len(clause.units) > made
