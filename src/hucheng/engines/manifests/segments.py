"""UN/EDIFACT text to segments (ISO 9735): separators, release character, line breaks between segments.

Own reader of some eighty lines: pydifact 0.2.3 gives up the whole text at a missing terminator, keeps no place
of a segment and drops empty components, while a list that breaks off must still yield its persons.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

Element = tuple[str, ...]
UNA_LENGTH = 9
LONGEST = 64 * 1024
NAMELESS = "?"
"""The tag of a segment that has lost its own: it is counted and said, not passed over."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The separators of one interchange, by default those of syntax level A."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    terminator: str = "'"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its tag, its elements as tuples of components, its number in the file and its text."""

    tag: str
    elements: tuple[Element, ...]
    number: int
    raw: str

    def part(self, element: int, component: int = 0) -> str:
        """Give one component, empty when the segment is shorter."""
        if element >= len(self.elements) or component >= len(self.elements[element]):
            return ""
        return self.elements[element][component]


def marks_of(text: str) -> tuple[Marks, str]:
    """Give the separators that UNA declares, or the defaults, and the text after it."""
    text = text.lstrip("\ufeff \r\n\t")
    if not text.startswith("UNA") or len(text) < UNA_LENGTH:
        return Marks(), text
    marks = Marks(text[3], text[4], text[5], text[6], text[8])
    distinct = len({marks.component, marks.element, marks.terminator}) == 3
    return (marks if distinct else Marks()), text[UNA_LENGTH:]


def segments_of(text: str) -> tuple[tuple[Segment, ...], str]:
    """Cut a text into segments.

    Gives the segments that were ended by a terminator, and the rest behind the last of them ("" when all is well).
    """
    marks, text = marks_of(text)
    pieces, rest = _pieces(_joined(text, marks), marks)
    return tuple(_found(pieces, 0, marks)), rest.strip()


def segments_in(chunks: Iterable[str]) -> Iterator[Segment]:
    """Cut a text that comes in pieces of any length, as `segments_of` does; only the open segment is kept.

    A rest behind the last terminator comes as a segment with the tag "" and the rest as its text; so does what is too
    long for a segment, and nothing after it.
    """
    text, marks, count = "", Marks(), 0
    parts = iter(chunks)
    for chunk in parts:
        text += chunk
        if len(text.lstrip("\ufeff \r\n\t")) >= UNA_LENGTH:
            break
    marks, text = marks_of(text)
    for chunk in chain([""], parts):
        pieces, text = _pieces(_joined(text + chunk, marks), marks)
        yield from _found(pieces, count, marks)
        count += len(pieces)
        if len(text) > LONGEST:
            break
    if rest := text.strip():
        yield Segment("", (), count + 1, rest)


def _found(pieces: Iterable[str], before: int, marks: Marks) -> Iterator[Segment]:
    segments = (_segment(piece, number, marks) for number, piece in enumerate(pieces, start=before + 1))
    return (segment for segment in segments if segment.tag)


def _joined(text: str, marks: Marks) -> str:
    """Take out the line breaks between and inside segments; they are no part of the data."""
    return text if marks.terminator in "\r\n" else text.replace("\r", "").replace("\n", "")


def _pieces(text: str, marks: Marks) -> tuple[list[str], str]:
    if marks.release == " " or marks.release not in text:
        *pieces, rest = text.split(marks.terminator)
        return pieces, rest
    *pieces, rest = _split_released(text, marks.terminator, marks.release)
    return pieces, rest


@cache
def _up_to(mark: str, release: str) -> re.Pattern[str]:
    """Everything before the next mark that is not released."""
    pattern = rf"(?:{re.escape(release)}.|[^{re.escape(release + mark)}])*+(?:{re.escape(release)}$)?"
    return re.compile(pattern, re.DOTALL)


def _split_released(text: str, mark: str, release: str) -> list[str]:
    """Split at a mark that is not released; the release characters stay."""
    parts, place, cut = [], 0, _up_to(mark, release)
    while place <= len(text):
        found = cut.match(text, place)
        end = found.end() if found else place
        parts.append(text[place:end])
        place = end + 1
    return parts


def _segment(piece: str, number: int, marks: Marks) -> Segment:
    piece = piece.strip()
    tag, *elements = _elements(piece, marks)
    return Segment(tag[0].strip().upper() or (NAMELESS if piece else ""), tuple(elements), number, piece)


def _elements(piece: str, marks: Marks) -> list[Element]:
    mark = marks.component
    if marks.release == " " or marks.release not in piece:
        return [tuple(part.split(mark)) if mark in part else (part,) for part in piece.split(marks.element)]
    return [
        tuple(_unreleased(part, marks.release) for part in _split_released(element, mark, marks.release))
        for element in _split_released(piece, marks.element, marks.release)
    ]


def _unreleased(text: str, release: str) -> str:
    return re.sub(rf"{re.escape(release)}(.?)", r"\1", text, flags=re.DOTALL)


def released(text: str, marks: Marks = Marks()) -> str:
    """Put the release character before every separator, so that the text can stand inside a component."""
    special = re.escape(marks.component + marks.element + marks.release + marks.terminator)
    return re.sub(rf"([{special}])", lambda found: marks.release + found[1], text)
