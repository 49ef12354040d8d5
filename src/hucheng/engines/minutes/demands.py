"""Which clauses of a report are demands on somebody, and which only tell what is the case."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hucheng.engines.minutes.layout import OPENS_LIST, SPACES, Clause, Sentence
from hucheng.engines.minutes.speech import NUMBERING, LeadIn, Voice, has_modal, lead_in, trimmed
from hucheng.engines.minutes.vocabulary import opens_with_verb, pattern

LONGEST_TOPIC = 9
"""Signs of the words that name a numbered paragraph, their stop among them."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One clause that demands. `block` counts the stretches from one 要 to the next, `alone` tells a sentence of one
    clause, `numbered` one that opens with its number in a list, `modal` whether it has its own word of demanding,
    `opener` the word by which it was recognised.
    """

    start: int
    end: int
    text: str
    mark: str
    sentence: int
    paragraph: int
    block: int
    modal: bool
    alone: bool
    opener: str
    numbered: bool = False


@dataclass(slots=True)
class _State:
    """What the sentences so far have opened: demands go on until a report closes them."""

    open: bool = False
    paragraph: int = -1
    block: int = 0
    opener: str = ""
    listing: bool = False


def demands(sentences: Sequence[Sentence], section: Callable[[int], str | None]) -> list[Demand]:
    """Find the demands of a report, in order.

    section  gives the title of the section that a paragraph stands in; one that announces demands opens them
    """
    found: list[Demand] = []
    state = _State()
    for number, sentence in enumerate(sentences):
        if sentence.paragraph != state.paragraph:
            state.listing = state.listing and bool(NUMBERING.match(sentence.text.lstrip(SPACES)))
            state.open, state.paragraph = state.listing, sentence.paragraph
            if not state.listing and (asked := pattern("demands", "asking").search(section(sentence.paragraph) or "")):
                state.open, state.opener = True, asked.group()
        if OPENS_LIST.search(sentence.text):
            state.listing, state.opener = True, sentence.text.strip(SPACES)[-9:-1]
        found += _of_sentence(sentence, number, state)
    return found


def _of_sentence(sentence: Sentence, number: int, state: _State) -> Iterator[Demand]:
    spoken = [lead_in(clause.text) for clause in sentence.clauses]
    if _is_report(sentence, spoken, state):
        state.open = False
        return
    if _is_topic(sentence):
        return
    body = [
        clause
        for clause, said in zip(sentence.clauses, spoken, strict=True)
        if not said or said.length < len(clause.text)
    ]
    state.block += 1
    for clause, said in zip(sentence.clauses, spoken, strict=True):
        start, text = clause.start, clause.text
        if said:
            state.open = said.voice is Voice.DEMANDING
            state.opener = text[: said.length]
            start, text = start + said.length, text[said.length :]
        skip = trimmed(text)
        start, text = start + skip, text[skip:]
        if text and (demand := _demand(text, start, clause, state)):
            at = (number, sentence.paragraph, state.block)
            yield Demand(
                start, clause.end, text, clause.mark, *at, has_modal(text), len(body) == 1, demand, _is_numbered(clause)
            )


def _is_numbered(clause: Clause) -> bool:
    return bool(NUMBERING.match(clause.text))


def _is_topic(sentence: Sentence) -> bool:
    """Tell the words that only name what a numbered paragraph is about: 一、返校时间。"""
    text = sentence.text.strip(SPACES)
    numbering = NUMBERING.match(text)
    if numbering is None or len(sentence.clauses) > 1 or len(text) - numbering.end() > LONGEST_TOPIC:
        return False
    named = text[numbering.end() :]
    return not has_modal(text) and text.endswith("。") and not opens_with_verb().match(named)


def _demand(text: str, start: int, clause: Clause, state: _State) -> str:
    """Give the word that makes the clause a demand, empty for none, and keep the state."""
    modal = pattern("demands", "modal").search(text)
    if pattern("demands", "report").search(text) and not (modal and modal.start() < 12):
        return ""
    if modal:
        state.block += not pattern("demands", "forbidding").match(modal.group())
        state.open, state.opener = True, modal.group()
    elif not state.open and (opening := pattern("demands", "opening").match(text)):
        return opening.group() if state.opener else ""
    return state.opener or "要" if state.open else ""


def _is_report(sentence: Sentence, spoken: Sequence[LeadIn | None], state: _State) -> bool:
    """A sentence that tells who took part or what the meeting heard, or what a situation asks of us."""
    texts = [clause.text for clause in sentence.clauses]
    modal = any(map(has_modal, texts))
    if not modal and any(map(pattern("demands", "attending").search, texts)):
        return all(said is None or said.length == len(text) for said, text in zip(spoken, texts, strict=True))
    if any(spoken):
        stating = all(said is None or said.voice is Voice.STATING for said in spoken)
        return stating and any(text.startswith("这") for text in texts[1:])
    if any(text.startswith(("这对", "这既", "这是")) for text in texts):
        return True
    return not modal and any(map(pattern("demands", "closing").search, texts))
