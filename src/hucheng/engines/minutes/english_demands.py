"""The demands of English minutes: sentences and items that order, ask for, agree or resolve something."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from hucheng.engines.minutes.english_actors import actors_of, is_actor
from hucheng.engines.minutes.english_clauses import FINITE, PREFIX, Clause, State, modal, telling, trimmed
from hucheng.engines.minutes.english_layout import Paragraph, is_field, opens_actions, sentences_of
from hucheng.engines.minutes.english_phrases import ASIDE, WORD, noun_phrase, verb_phrases, whole
from hucheng.engines.minutes.english_subjects import modal_clause, that_clauses, that_or_to, to_clause
from hucheng.engines.minutes.english_verbs import verb_at
from hucheng.engines.minutes.units import Unit
from hucheng.engines.minutes.vocabulary import any_case, any_of, lists

LONGEST = 1_500
"""Signs of a sentence that are looked at."""
QUIET = re.compile(
    r"(?:date (?:and \w+ )?of (?:the )?next meeting|next meeting|apologies|present|attendance|attendees|in attendance"
    r"|participants|agenda|distribution)\b",
    re.IGNORECASE,
)
"""Sections that hold no demands."""
RESOLVED = re.compile(
    r"(?:it (?:was|is|has been) )?(?:further |also |unanimously |therefore |then )*"
    r"(?P<opener>resolved|agreed|decided|ordered|directed|determined|stressed|emphasi[sz]ed|underlined|recommended"
    r"|requested|required|proposed|concluded|confirmed)\b(?: (?:unanimously|further|also|as follows))?"
    r"\s*[:,–—-]*\s*(?P<word>that\b|to\b|$|(?<=: ))\s*[:,–—-]*\s*",
    re.IGNORECASE,
)
NEED = re.compile(
    r"(?:(?:that|on|upon|again) )*(?:the |a |an )?(?:urgent |great |continuing )?"
    r"(?:need|necessity|requirement|importance) (?P<to>to|of|for) ",
    re.IGNORECASE,
)
ADVERB = re.compile(r"(?:(?:\w+ly|also|further|again|once more) )+(?=to |that |on |the )")
ABOUT_EVERYBODY = re.compile(r"(?:we|all|every|everyone|the)\b", re.IGNORECASE)
NO_ORDER = re.compile(r"[\w-]+ (?:of|is|are|was|were|has|have|had)\b")
NEGATED = re.compile(r"(?:do not|never|no longer) ", re.IGNORECASE)
IN_CHARGE = re.compile(r"(?P<who>[^,;:]{1,90}?) (?:is|are|will be|shall be) (?:responsible for|in charge of) ")
ADDRESSED = re.compile(r"(?P<who>[A-Z][^:;.–—]{1,70}?)(?::| [–—-]) +(?=[A-Za-z])")


def units_of(paragraphs: Sequence[Paragraph], known: Iterable[str] = ()) -> list[Unit]:
    """Find the demands of running text and items, in order.

    known  names of bodies and people that the list of attendance gives
    """
    state = State(known=tuple(known))
    found: list[Unit] = []
    for one in paragraphs:
        if one.title:
            state.enter(actions=opens_actions(one.text))
            continue
        if QUIET.match(one.section) or is_field(one.text):
            continue
        if not one.item:
            state.enter(actions=state.actions)
        for start, end in sentences_of(one.text):
            found += _of_sentence(one, start, min(end, start + LONGEST), state)
    return found


def one_action(paragraph: Paragraph, state: State) -> list[Unit]:
    """Give the demands of a cell that holds an action, the whole cell where no verb phrase is found in it."""
    found = [unit for start, end in sentences_of(paragraph.text) for unit in _of_sentence(paragraph, start, end, state)]
    if found:
        return found
    cell = Clause(paragraph, *trimmed(paragraph.text, 0, len(paragraph.text)), state)
    noun_phrase(cell)
    return cell.units


def _of_sentence(paragraph: Paragraph, start: int, end: int, state: State) -> list[Unit]:
    state.sentence += 1
    found: list[Unit] = []
    pieces = [Clause(paragraph, *trimmed(paragraph.text, *piece), state) for piece in _pieces(paragraph, start, end)]
    for at, one in enumerate(pieces):
        state.block += 1
        if one.text:
            _read(one, first=at == 0)
            found += one.units
    if not found and state.actions and paragraph.item and ASIDE.search(paragraph.text[start:end]):
        noun_phrase(pieces[0])
        found = pieces[0].units
    alone = len(found) == 1 and len(pieces) == 1
    state.open = bool(found) or (state.open and state.listing)
    return [replace(one, demand=replace(one.demand, alone=alone)) for one in found]


@cache
def _reporting() -> re.Pattern[str]:
    table = lists("english_demands")
    verbs = any_of([*table["demanding"], *table["stating"], *table["forbidding"]])
    return re.compile(rf",?;?\s+(?:and|but)\s+(?=(?:also |further |then )?{verbs}\b)")


def _pieces(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split a sentence where it goes on with another verb of reporting: ... and agreed that ..."""
    at = start
    for cut in _reporting().finditer(paragraph.text, start, end):
        yield at, cut.start()
        at = cut.end()
    yield at, end


def _read(clause: Clause, *, first: bool) -> None:
    """Find the demands of one clause: what a verb of reporting introduces, what a modal says, or a plain order."""
    if any_case("english_demands", "preamble").match(clause.text) or (first and _listed(clause)):
        return
    for way in (
        _resolved,
        _order_passed,
        _in_charge,
        _reported,
        _necessary,
        _by_modal,
        _to_do,
        _addressed,
        _imperative,
    ):
        if way(clause):
            return


def _listed(clause: Clause) -> bool:
    """An item of a list that a sentence before it opened: (a) the Director visit every home."""
    state = clause.state
    if not (state.listing and clause.paragraph.item):
        return False
    skip = re.match("(?:that|to) ", clause.text, re.IGNORECASE)
    return that_or_to(clause.behind(skip.end() if skip else 0), state.opener, to=False, actors=state.actors)


def _resolved(clause: Clause) -> bool:
    """RESOLVED: that …, It was agreed that …, Decided to …"""
    match = RESOLVED.match(clause.text)
    if match is None:
        return False
    clause.state.opener = match["opener"]
    rest = clause.behind(match.end())
    if rest.text:
        that_or_to(rest, match["opener"], to=match["word"].strip().lower() == "to")
    elif not clause.paragraph.text[clause.end :].startswith("."):
        clause.state.listing, clause.state.actors = True, ()
    return True


def _order_passed(clause: Clause) -> bool:
    """All pillars are requested to …"""
    match = _ordered().match(clause.text)
    if match is None or match["who"].lower() in ("it", "this") or FINITE.search(match["who"]):
        return False
    actors = actors_of(match["who"], clause.state.known, any_name=True)
    verb_phrases(clause.behind(match.end()), actors, match["verb"], own=True)
    return True


def _in_charge(clause: Clause) -> bool:
    """The Market Bureau is responsible for sampling …, where orders are given."""
    match = IN_CHARGE.match(clause.text)
    if match is None or not clause.free or not is_actor(match["who"], clause.state.known):
        return False
    actors = actors_of(match["who"], clause.state.known)
    verb_phrases(clause.behind(match.end()), actors, "responsible", own=True, modal=True)
    return True


@cache
def _ordered() -> re.Pattern[str]:
    verbs = any_of([one for one in lists("english_demands")["telling"] if one.endswith(("ed", "on", "told"))])
    return re.compile(
        r"(?P<who>[^,;:]{1,100}?) (?:is|are|was|were|has been|have been) (?:also |further |therefore |again )?"
        rf"(?P<verb>{verbs}|expected) (?:not )?to (?:please )?",
        re.IGNORECASE,
    )


@cache
def _leading() -> re.Pattern[str]:
    table = lists("english_demands")
    filler = "also|further|again|strongly|unanimously|then|therefore|had|has|repeatedly|specifically|clearly"
    return re.compile(
        rf"(?P<who>(?:[^,;:]{{0,110}}?(?:, [^,;:]{{2,90}},)?\s)??)(?:(?:{filler}) )*"
        rf"(?:(?P<demanding>{any_of(table['demanding'])})|(?P<stating>{any_of(table['stating'])})"
        rf"|(?P<forbidding>{any_of(table['forbidding'])}))\b",
        re.IGNORECASE,
    )


def _reported(clause: Clause) -> bool:
    """The board decided that …, directed X to …, stressed the need to …, forbids …; noted that … only with a modal."""
    match = _leading().match(clause.text)
    if match is None or modal(promise=True).search(match["who"]) or telling(match["who"]):
        return False
    if FINITE.search(re.sub(r"\b(?:had|has)\b", "", match["who"])):
        return False
    if match["forbidding"]:
        return whole(replace(clause, start=clause.start + match.start("forbidding")), match["forbidding"])
    if match["stating"]:
        _stated(clause.behind(match.end()), match["stating"])
    else:
        clause.state.opener = match["demanding"]
        _demanded(clause.behind(match.end()), match["demanding"])
    return True


def _stated(rest: Clause, verb: str) -> None:
    """Read what was only noted or said: a demand where it has a modal of its own."""
    rest.state.open = False
    that = re.match(r"(?:by [^,]{2,40} )?that ", rest.text)
    for one in that_clauses(rest.behind(that.end()) if that else rest):
        if that or ABOUT_EVERYBODY.match(one.text):
            modal_clause(one, verb, promise=False)


def _demanded(rest: Clause, verb: str) -> None:
    """Read what a demanding verb is about."""
    if adverb := ADVERB.match(rest.text):
        rest = rest.behind(adverb.end())
    table = lists("english_demands")
    if need := NEED.match(rest.text):
        _needed(rest.behind(need.end()), need["to"].lower(), verb)
    elif that := re.match(r"(?:(?!that )[^,;]{0,40}, )?that ", rest.text, re.IGNORECASE):
        that_or_to(rest.behind(that.end()), verb, to=False, base_form=verb.lower() in table["subjunctive"])
    elif to := re.match(r"(?:not )?to (?=[a-z])", rest.text):
        verb_phrases(rest.behind(to.end()), (), verb)
    elif verb.lower() in table["telling"] and (told := telling(rest.text)):
        _told(rest, told, verb)
    elif verb.lower().endswith(" for") and rest.text:
        whole(rest, verb)
    elif not rest.text:
        rest.state.listing, rest.state.actors = True, ()


def _needed(inner: Clause, joint: str, verb: str) -> None:
    """The need to close the gap; the importance of clean hands."""
    if joint == "to":
        verb_phrases(inner, (), verb)
    else:
        whole(inner, verb)


def _told(rest: Clause, told: tuple[str, int], verb: str) -> None:
    """The board directed the Health Department to …, or to: with a list of items behind it."""
    actors = actors_of(told[0], rest.state.known, any_name=True)
    inner = rest.behind(told[1])
    if inner.text:
        verb_phrases(inner, actors, verb, own=bool(actors))
    else:
        rest.state.listing, rest.state.actors = True, actors


def _necessary(clause: Clause) -> bool:
    """It is essential to …, Efforts must be made to …"""
    match = re.match(rf"(?P<said>{any_case('english_demands', 'necessary').pattern})\b", clause.text, re.IGNORECASE)
    if match is None:
        return False
    rest = clause.behind(match.end())
    if that := re.match(r"(?:that|for) ", rest.text):
        that_or_to(rest.behind(that.end()), match["said"], to=False)
    elif to := re.match(r"(?:now |also )?(?:not )?to ", rest.text):
        verb_phrases(rest.behind(to.end()), (), match["said"], modal=not match["said"].lower().startswith("the "))
    return True


def _by_modal(clause: Clause) -> bool:
    return modal_clause(clause, "", promise=clause.free)


def _to_do(clause: Clause) -> bool:
    """Health Commission to submit a list: an item of a list of actions."""
    return clause.free and not _opens_with_order(clause.text) and to_clause(clause, "to")


def _opens_with_order(text: str) -> bool:
    """Tell whether a stretch begins with a verb: Press schools to …, but not Press Office to …"""
    return verb_at(text) == 0 or (verb_at(text, sure=True) == 0 and bool(re.match(r"\w+ (?!to )[a-z]", text)))


def _addressed(clause: Clause) -> bool:
    """Risk Communication: publish answers …"""
    match = ADDRESSED.match(clause.text)
    if match is None or not clause.free:
        return False
    if verb_at(clause.text, match.end(), sure=clause.text[match.end()].islower()) is None:
        return False
    actors = actors_of(match["who"], clause.state.known, any_name=True)
    verb_phrases(clause.behind(match.end()), actors, match["who"], own=True)
    return True


def _imperative(clause: Clause) -> bool:
    """A plain order, where an order may stand without introduction: Set up a dedicated body. Do not open the gate."""
    prefix = PREFIX.match(clause.text)
    inner = clause.behind(prefix.end() if prefix else 0)
    negated = NEGATED.match(inner.text)
    sure = clause.state.open and not FINITE.search(inner.text.partition(",")[0])
    if not clause.free or (not negated and (verb_at(inner.text, sure=sure) is None or NO_ORDER.match(inner.text))):
        return False
    first = WORD.match(inner.text)
    actors = clause.state.actors if clause.paragraph.item else ()
    opener = clause.state.opener or (first.group() if first else "")
    verb_phrases(replace(inner, before=prefix.group() if prefix else ""), actors, opener)
    return True
