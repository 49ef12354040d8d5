"""What pages and printers leave in pasted text: tags, entities, numbers of pages, lines broken at a margin."""

import html
import re
from collections import Counter
from collections.abc import Iterator

from hucheng.engines.minutes.edits import EditKind
from hucheng.engines.minutes.tracked import Repair

BLOCKS = "p|br|div|li|tr|h[1-6]|section|article|center|blockquote"
INLINE = "span|strong|b|i|em|u|font|a|td|th|table|tbody|thead|img|ul|ol|sup|sub|o:p|small|big"
TAG = re.compile(rf"</?(?:(?P<block>{BLOCKS})|{INLINE})(?:\s[^<>\n]{{0,400}})?\s*/?>", re.IGNORECASE)
ENTITY = re.compile(
    r"&(?:nbsp|amp|quot|apos|lt|gt|ldquo|rdquo|lsquo|rsquo|middot|hellip|mdash|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)
PAGE = re.compile(
    r"^[ \t\u3000]*(?:[-–—―─]+\s*\d{1,4}\s*[-–—―─]+|第\s*\d{1,4}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?)"
    r"[ \t\u3000]*(?:\n|$)",
    re.MULTILINE,
)
NARROWEST, WIDEST = 15, 60
FEWEST_LINES = 4
BEGINS = re.compile(
    r"[ \t\u3000]|[一二三四五六七八九十]{1,3}[、是]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、]"
)


def markup_repairs(text: str) -> Iterator[Repair]:
    """Take known tags out, a line break for those that break a line, and write entities as the signs they stand for.

    Scripts and unknown tags are text like any other: they are shown, never run.
    """
    found = [*TAG.finditer(text), *ENTITY.finditer(text)]
    for match in sorted(found, key=re.Match.start):
        if match.group().startswith("&"):
            after = html.unescape(match.group()).replace("\xa0", " ")
        else:
            after = "\n" if match["block"] else ""
        yield Repair(EditKind.MARKUP, match.start(), match.end(), after)


def page_repairs(text: str) -> Iterator[Repair]:
    """Take lines out that hold nothing but the number of a page: — 3 —, 第3页 共8页."""
    for match in PAGE.finditer(text):
        yield Repair(EditKind.PAGE, match.start(), match.end(), "")


def break_repairs(text: str) -> Iterator[Repair]:
    """Join lines that were broken at a margin: most lines are of one width, and such a line ends inside a sentence."""
    lines = [(match.start(), match.group()) for match in re.finditer(r"[^\n]+", text)]
    width = _margin([line for _start, line in lines])
    if width is None:
        return
    for (start, line), (after, following) in zip(lines, lines[1:], strict=False):
        end = start + len(line)
        if after == end + 1 and abs(len(line) - width) <= 1 and _goes_on(line, following):
            gap = " " if line[-1].isascii() and following[0].isascii() and line[-1].isalnum() else ""
            yield Repair(EditKind.BREAK, end, after, gap)


def _margin(lines: list[str]) -> int | None:
    """Give the width at which lines are broken, where half of the longer lines have it; None for running text."""
    lengths = [len(line) for line in lines if len(line) >= NARROWEST]
    if len(lengths) < FEWEST_LINES or max(lengths) > WIDEST:
        return None
    counted = Counter(lengths)
    width = max(counted, key=lambda one: (counted[one] + counted[one + 1] + counted[one - 1], one))
    near = counted[width] + counted[width + 1] + counted[width - 1]
    return width if near >= max(FEWEST_LINES - 1, len(lengths) / 2) and max(lengths) <= width + 1 else None


def _goes_on(line: str, following: str) -> bool:
    return line[-1] not in "。！!？?；;：:" and not BEGINS.match(following)
