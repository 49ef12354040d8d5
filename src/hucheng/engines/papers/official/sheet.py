"""A document put together and ready to be set: what stands where, in which face, still no markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Face(StrEnum):
    """The four faces of the national format."""

    TEXT = "text"
    HEAVY = "heavy"
    KAI = "kai"
    TITLE = "title"


class Layout(StrEnum):
    """DOCUMENT has a red mark and line, LETTER double red lines at head and foot, MINUTES a mark without 文件."""

    DOCUMENT = "document"
    LETTER = "letter"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one face."""

    text: str
    face: Face = Face.TEXT


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `indent` characters before its first line, `hang` before the others, `blank` lines above it; `keep`
    holds it on one page with what follows.
    """

    runs: tuple[Run, ...]
    indent: int = 2
    hang: int = 0
    blank: int = 0
    keep: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `shares` are the widths of its columns against each other; without heads it is a form of two columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and when; `sealed` leaves the room that a seal needs."""

    name: str
    day: str
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document. Empty texts are left out with their lines."""

    layout: Layout
    mark: str
    body: tuple[Paragraph | Table, ...]
    number: str = ""
    urgency: str = ""
    signatory: str = ""
    title: str = ""
    to: str = ""
    after: tuple[Paragraph, ...] = ()
    attachments: tuple[str, ...] = ()
    signature: Signature | None = None
    copies: str = ""
    printed_by: str = ""
    printed: str = ""


def day_of(day: date) -> str:
    """Write a day as documents do, without leading zeros: 2020年3月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


def plain(text: str, *, indent: int = 2, blank: int = 0) -> Paragraph:
    """Give a paragraph in the face of the text."""
    return Paragraph((Run(text),), indent, 0, blank)


def heading(text: str, face: Face) -> Paragraph:
    """Give a heading, which never stands last on a page."""
    return Paragraph((Run(text, face),), keep=True)


def labelled(label: str, text: str, *, blank: int = 0) -> Paragraph:
    """Give a line such as 出席：… with its label in the heavy face and what follows hanging behind it."""
    return Paragraph((Run(label, Face.HEAVY), Run(text)), 2, 2 + len(label), blank)


def sentence(text: str) -> str:
    """Give a text that ends with a stop, whatever it ended with."""
    return text.rstrip("。；;，, .") + "。" if text.rstrip()[-1:] not in ("！", "？", "”", "：") else text


def joined(names: Sequence[object]) -> str:
    """Join names with the mark for lists."""
    return "、".join(map(str, names))
