"""The two texts side by side as pieces that a page can mark: what was repaired, what is a directive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hucheng.command.directives.models import Directive
from hucheng.command.meetings.models import Meeting

SHOWN = (Directive.State.PROPOSED, Directive.State.ACCEPTED, Directive.State.PUBLISHED)
DOUBT = ("suspect", "masked")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one sort. mark: empty, or the kind of the repair."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that belong to one directive, or to none; `first` where its passage begins."""

    pieces: list[Piece]
    directive: Directive | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair to choose from: its number, what was and is there, and the words around it."""

    number: int
    before: str
    after: str
    around: str


def repairs_of(meeting: Meeting) -> list[Repair]:
    """The repairs in their order, numbered from 1, each with a few signs of the repaired text around it."""
    text = meeting.clean_text
    return [
        Repair(number, edit["before"], edit["after"], _around(text, edit["clean_start"], edit["clean_end"]))
        for number, edit in enumerate(meeting.edits, start=1)
    ]


def _around(text: str, start: int, end: int) -> str:
    left, right = text[max(0, start - 6) : start], text[end : end + 6]
    return " ".join(f"{left}[{text[start:end]}]{right}".split())


def original_paragraphs(meeting: Meeting) -> list[list[Piece]]:
    """The text as it came, in paragraphs, with every damaged place marked by the kind of its repair."""
    pieces, done = [], 0
    for edit in sorted(meeting.edits, key=lambda edit: (edit["start"], edit["end"])):
        if edit["start"] < done:
            continue
        pieces += [Piece(meeting.original[done : edit["start"]])] if edit["start"] > done else []
        pieces.append(Piece(meeting.original[edit["start"] : edit["end"]], edit["kind"]))
        done = edit["end"]
    pieces.append(Piece(meeting.original[done:]))
    return [list(line) for line in _lines(pieces)]


def clean_paragraphs(meeting: Meeting, directives: Sequence[Directive]) -> list[list[Run]]:
    """The repaired text in paragraphs of runs, each repaired place and each directive's passage told apart."""
    text = meeting.clean_text
    repairs = [edit for edit in meeting.edits if edit["clean_end"] > edit["clean_start"]]
    spans = [one for one in directives if one.state in SHOWN]
    cuts = {0, len(text)} | {place for place, sign in enumerate(text) if sign == "\n"}
    cuts |= {place + 1 for place, sign in enumerate(text) if sign == "\n"}
    cuts |= {edit[side] for edit in repairs for side in ("clean_start", "clean_end")}
    cuts |= {place for one in spans for place in (one.start, one.end)}
    repaired, owned = _by_place(repairs), {place: one for one in spans for place in range(one.start, one.end)}
    paragraphs: list[list[Run]] = [[]]
    for start, end in pairwise(sorted(cut for cut in cuts if cut <= len(text))):
        if text[start:end] == "\n":
            paragraphs.append([])
            continue
        one = owned.get(start)
        piece = Piece(text[start:end], repaired.get(start, ""))
        _add(paragraphs[-1], piece, one, first=one is not None and start == one.start)
    return [runs for runs in paragraphs if runs]


def _add(runs: list[Run], piece: Piece, directive: Directive | None, *, first: bool) -> None:
    if runs and runs[-1].directive is directive:
        runs[-1].pieces.append(piece)
    else:
        runs.append(Run([piece], directive, first))


def _by_place(repairs: Sequence[dict[str, Any]]) -> dict[int, str]:
    """The mark of every place of the clean text that a repair covers."""
    found: dict[int, str] = {}
    for edit in repairs:
        mark = "doubt" if edit["kind"] in DOUBT else edit["kind"]
        found |= dict.fromkeys(range(edit["clean_start"], edit["clean_end"]), mark)
    return found


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        head, *tail = piece.text.split("\n")
        line += [Piece(head, piece.mark)] if head else []
        for text in tail:
            if line:
                yield line
            line = [Piece(text, piece.mark)] if text else []
    if line:
        yield line
