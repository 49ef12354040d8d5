"""The text layer of a PDF as running text: lines joined to paragraphs, the heads and numbers of pages left out."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

from hucheng.engines.minutes.unreadable import AGAIN, PASTE, DocumentUnreadable
from hucheng.engines.words.bilingual import Bilingual

MOST_PAGES = 300
MOST_SIGNS = 4_000_000
FEWEST_ON_A_PAGE = 8
NARROWEST = 0.7
"""Share of the width of a page that its lines reach at least, where all of them happen to be short."""
DASHES = r"[-–—―─·•\s]*"
PAGE_NUMBER = re.compile(
    rf"{DASHES}(?:第|page)?\s*\d{{1,4}}\s*页?\s*(?:[/／,，共of]*\s*\d{{1,4}}\s*页?)?{DASHES}", re.IGNORECASE
)
SET_APART = re.compile(r"(?<=[⺀-鿿]) (?=[!-~])|(?<=[!-~]) (?=[⺀-鿿])")
"""The small gap that typesetters put between Chinese and Latin signs, told as a space."""
FIRST_WORD = re.compile(r"[!-~]+|.")
EDGE = 2
"""So many lines at the head and foot of a page may be what repeats on all pages."""

NO_TEXT = (
    Bilingual("PDF 没有文字层（多为扫描件）。", "The PDF has no text layer: it is most likely a scan."),
    Bilingual("请粘贴文字，或先做文字识别再上传。", "Paste the text, or run text recognition and send it again."),
)
LOCKED = (
    Bilingual("PDF 已加密。", "The PDF is encrypted."),
    Bilingual("请解除密码后再上传，或粘贴文字。", "Take the password off and send it again, or paste the text."),
)
BROKEN = (Bilingual("PDF 不完整或已损坏。", "The PDF is truncated or damaged."), AGAIN)
TOO_LONG = (Bilingual("PDF 页数过多或解压后过大。", "The PDF has too many pages or unpacks to far too much."), PASTE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Signs that stand together: where they begin and end, their foot and size in points."""

    x: float
    end: float
    y: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page `wide` points wide, from its first piece to the end of its last."""

    x: float
    end: float
    y: float
    size: float
    page: int
    wide: float
    text: str


def text_of_pdf(data: bytes) -> str:
    """Give the text of a PDF, a paragraph a line.

    Raises DocumentUnreadable for a PDF that is encrypted, damaged, without text or far too large.
    """
    from pypdf.errors import LimitReachedError, PyPdfError

    try:
        pages = list(_pages(data))
    except LimitReachedError as error:
        raise DocumentUnreadable(*TOO_LONG) from error
    except (PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError,
            RecursionError, TypeError, ValueError) as error:  # fmt: skip
        raise DocumentUnreadable(*BROKEN) from error
    signs = sum(len(line.text) for page in pages for line in page)
    if signs < FEWEST_ON_A_PAGE * len(pages) or not signs:
        raise DocumentUnreadable(*NO_TEXT)
    return "\n".join(_paragraphs(_body(pages)))


def _pages(data: bytes) -> Iterator[list[Line]]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells every slip of a file; what matters is refused
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentUnreadable(*LOCKED)
    if len(reader.pages) > MOST_PAGES:
        raise DocumentUnreadable(*TOO_LONG)
    signs = 0
    for number, page in enumerate(reader.pages):
        lines = list(_lines(_pieces(page), number, float(page.mediabox.width)))
        signs += sum(len(line.text) for line in lines)
        if signs > MOST_SIGNS:
            raise DocumentUnreadable(*TOO_LONG)
        yield lines


def _pieces(page: Any) -> list[Piece]:
    """Give what stands on a page with its place; pypdf tells the matrices of the page and of the text."""
    found: list[Piece] = []

    def keep(text: str, outer: Sequence[float], inner: Sequence[float], _font: object, size: float) -> None:
        if not text.strip():
            return
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        size = abs(size) * hypot(inner[2], inner[3]) * hypot(outer[2], outer[3]) or 1.0
        text = text.strip("\n")
        found.append(Piece(x, x + size * _width(text), y, size, text.replace("\n", "")))

    page.extract_text(visitor_text=keep)
    return found


def _width(text: str) -> float:
    """Give the width of a text in ems: a narrow sign counts half."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def _lines(pieces: Sequence[Piece], page: int, wide: float) -> Iterator[Line]:
    """Give the lines of a page from the top: pieces whose feet differ by less than half a sign stand on one."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: (-one.y, one.x)):
        if row and row[0].y - piece.y > 0.5 * max(row[0].size, piece.size):
            yield _line(row, page, wide)
            row = []
        row.append(piece)
    if row:
        yield _line(row, page, wide)


def _line(row: list[Piece], page: int, wide: float) -> Line:
    row.sort(key=lambda one: one.x)
    text = row[0].text
    for before, after in pairwise(row):
        text += (" " if _apart(before, after) else "") + after.text
    size = max(row, key=lambda one: len(one.text)).size
    text = SET_APART.sub("", text.strip())
    return Line(row[0].x, max(one.end for one in row), row[0].y, size, page, wide, text)


def _apart(before: Piece, after: Piece) -> bool:
    """Tell whether a gap is meant: a wide one anywhere, a narrow one between Latin words."""
    gap = (after.x - before.end) / max(before.size, after.size)
    latin = before.text[-1:].isascii() and after.text[:1].isascii()
    return gap > (0.2 if latin else 0.8)


def _body(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Leave out the numbers of pages, and what stands at the head or foot of most of them."""
    edges = [(line, _shape(line.text)) for page in pages for line in {*page[:EDGE], *page[-EDGE:]}]
    counted = Counter((shape, round(line.y)) for line, shape in edges)
    often = {shape for (shape, _y), times in counted.items() if times >= max(2, 0.6 * len(pages))}
    return [line for page in pages for at, line in enumerate(page) if not _is_furniture(line, at, len(page), often)]


def _is_furniture(line: Line, at: int, of: int, often: set[str]) -> bool:
    at_edge = at < EDGE or at >= of - EDGE
    return at_edge and (bool(PAGE_NUMBER.fullmatch(line.text)) or _shape(line.text) in often)


def _shape(text: str) -> str:
    """Give a text with its numbers alike, since the head of a page may count."""
    return re.sub(r"\d+", "0", text)


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    if not lines:
        return
    usual = Counter(round(line.x) for line in lines).most_common(1)[0][0]
    left = min(line.x for line in lines if abs(line.x - usual) < 3 * line.size)
    right = max(sorted(line.end for line in lines)[int(0.9 * (len(lines) - 1))], NARROWEST * lines[0].wide)
    pitch = _pitch(lines)
    text, last = lines[0].text, lines[0]
    for line in lines[1:]:
        if _goes_on(last, line, left, right, pitch):
            text = _joined(text, line.text)
        else:
            yield text
            text = line.text
        last = line
    yield text


def _pitch(lines: Sequence[Line]) -> float:
    """Give the usual distance from line to line, in points."""
    steps = [round(above.y - below.y, 1) for above, below in pairwise(lines) if above.page == below.page]
    return Counter(steps).most_common(1)[0][0] if steps else 0.0


def _goes_on(last: Line, line: Line, left: float, right: float, pitch: float) -> bool:
    """A line that has no room for the next word goes on in the next line of its size, which begins at the left edge or
    hangs far behind it.
    """
    word = FIRST_WORD.match(line.text)
    full = right - last.end < last.size * max(1.6, _width(word.group()) + 0.6 if word else 0)
    alike = abs(last.size - line.size) < 0.1 * last.size
    near = last.page != line.page or last.y - line.y <= 1.5 * pitch
    indent = (line.x - left) / line.size
    return full and alike and near and (indent < 0.7 or indent > 2.6)


def _joined(text: str, more: str) -> str:
    """Join two lines of a paragraph: Latin words with a space or over a hyphen, everything else without a gap."""
    if text[-1:] == "-" and text[-2:-1].isalpha() and more[:1].islower():
        return text[:-1] + more
    gap = " " if text[-1:].isascii() and more[:1].isascii() and not text.endswith(" ") else ""
    return text + gap + more
