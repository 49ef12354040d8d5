"""Files of minutes: plain text in any usual encoding, Word, PDF, web pages; what cannot be read is refused."""

import codecs
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Any

from hucheng.engines.minutes.pdf_text import text_of_pdf
from hucheng.engines.minutes.unreadable import AGAIN, PASTE, DocumentUnreadable
from hucheng.engines.words.bilingual import Bilingual

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
FEWEST_LEGIBLE = 0.85
BLOCKS = frozenset(
    ["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "title", "td"]
)
SILENT = frozenset({"script", "style", "head", "noscript", "template"})
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
OLE = b"\xd0\xcf\x11\xe0"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GONE = frozenset({f"{WORD}del", f"{WORD}moveFrom", f"{WORD}rt", FALLBACK})
"""Parts of a document that are no text of it: what was deleted or moved away, readings set above characters, and what
is there twice for older readers.
"""
SPACES = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}


def read_file(data: bytes, name: str) -> str:
    """Give the text of a file: .txt (UTF-8, UTF-16, GB18030), .docx, .pdf with a text layer, .html; told by content
    first, then by name.

    Raises DocumentUnreadable for an empty, oversized (over 20 MB), truncated or meaningless file and for other formats.
    """
    if not data.strip():
        raise DocumentUnreadable(Bilingual("文件是空的。", "The file is empty."), AGAIN)
    if len(data) > MOST_BYTES:
        raise DocumentUnreadable(
            Bilingual("文件超过 20 MB。", "The file is larger than 20 MB."),
            Bilingual("请只上传纪要正文。", "Send only the text of the minutes."),
        )
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"PK"):
        return _legible(_from_docx(data))
    if b"%PDF-" in data[:1024]:
        return _legible(text_of_pdf(data))
    if data.startswith(OLE) or suffix in (".pdf", ".doc", ".docx", ".wps", ".rtf", ".ofd"):
        raise _wrong_format(suffix)
    text = _decoded(data)
    if suffix in (".html", ".htm") or text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")):
        text = _from_html(text)
    return _legible(text)


def _wrong_format(suffix: str) -> DocumentUnreadable:
    if suffix == ".docx":
        return DocumentUnreadable(Bilingual("这不是完整的 Word 文件。", "This is no complete Word file."), AGAIN)
    return DocumentUnreadable(
        Bilingual(f"不支持这种格式（{suffix or '未知'}）。", f"This format is not supported ({suffix or 'unknown'})."),
        PASTE,
    )


def _from_docx(data: bytes) -> str:
    """Give the paragraphs in the order of the document, those of tables and content controls in their place."""
    from docx import Document
    from docx.opc.exceptions import OpcError

    broken = DocumentUnreadable(Bilingual("Word 文件不完整或已损坏。", "The Word file is truncated or damaged."), AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise DocumentUnreadable(Bilingual("文件解压后过大。", "The file unpacks to far too much."), AGAIN)
            if "word/document.xml" not in packed.namelist():
                raise _wrong_format(".zip")
        return "\n".join(_paragraphs(Document(io.BytesIO(data)).element))
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, EOFError, OSError, SyntaxError, NotImplementedError,
            RuntimeError, zlib.error) as error:  # fmt: skip
        raise broken from error


def _paragraphs(document: Any) -> Iterator[str]:
    """Give each paragraph as it reads with every tracked change accepted: insertions stand, deletions are gone."""
    for paragraph in document.iter(f"{WORD}p"):
        if not any(one.tag in GONE for one in paragraph.iterancestors()):
            yield "".join(_written(paragraph))


def _written(part: Any) -> Iterator[str]:
    """Give the text of a paragraph; a paragraph inside it (of a text box) speaks for itself."""
    for child in part:
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in SPACES:
            yield SPACES[child.tag]
        elif child.tag != f"{WORD}p" and child.tag not in GONE:
            yield from _written(child)


class _PageText(HTMLParser):
    """The visible text of a page, one line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a line or a silent part."""
        self._silent += tag in SILENT
        if tag in BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        self._silent -= tag in SILENT and self._silent > 0
        if tag in BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep what is shown; a line break in the source is only a space."""
        if not self._silent:
            self.pieces.append(" ".join(data.split()) if data.strip() else "")


def _from_html(page: str) -> str:
    parser = _PageText()
    parser.feed(page)
    parser.close()
    lines = (line.strip() for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], (encoding,))
    if data[:4000].count(0) > len(data[:4000]) // 8:
        even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
        return _strictly(data, ("utf-16-le", "utf-16-be") if odd >= even else ("utf-16-be", "utf-16-le"))
    return _strictly(data, ("utf-8", "gb18030", "utf-16-le", "utf-16-be"))


def _strictly(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if legibility(text) >= FEWEST_LEGIBLE:
            return text
    raise DocumentUnreadable(
        Bilingual("文字编码无法识别，或文件被截断。", "The encoding is not known, or the file is cut off."), PASTE
    )


def legibility(text: str) -> float:
    """Give the share of characters that belong in minutes: common Han, Latin, digits, punctuation, spaces."""
    if not text:
        return 0.0
    sample = text[:20_000]
    good = sum(
        sign in "\n\r\t\ufeff\u3000\xa0" or "\u4e00" <= sign <= "\u9fa5" or (sign.isprintable() and _is_usual(sign))
        for sign in sample
    )
    return good / len(sample)


def _is_usual(sign: str) -> bool:
    code = ord(sign)
    return code < 0x250 or 0x2000 <= code < 0x2700 or 0x3000 <= code < 0x3040 or 0xFE30 <= code < 0xFFE7


def _legible(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).lstrip("\ufeff")
    if not text.strip("\x00 \n\t\u3000"):
        raise DocumentUnreadable(Bilingual("文件里没有文字。", "There is no text in the file."), PASTE)
    if "\x00" in text:
        raise DocumentUnreadable(Bilingual("文件内容不是文字。", "What the file holds is no text."), AGAIN)
    if legibility(text) < FEWEST_LEGIBLE:
        raise DocumentUnreadable(Bilingual("文件内容不是文字。", "What the file holds is no text."), AGAIN)
    return text
