"""A report as paragraphs, sentences and clauses, each a span of the text."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from hucheng.engines.minutes.duties import without_duties

OPENING, CLOSING = "(（《“‘「『【[", ")）》”’」』】]"
SPACES = " \t\u3000\xa0"
STOPS = "。！!？?"
COMMAS = ",，;；:："
BRACKETS = f"{OPENING}{CLOSING}".translate({ord(sign): f"\\{sign}" for sign in "[]"})
AT_STOPS = re.compile(f"[{STOPS}{BRACKETS}]")
AT_MARKS = re.compile(f"[{COMMAS}{STOPS}{BRACKETS}]")
REPORTER = re.compile(r"[(（](?:[^()（）]{0,8}(?:记者|通讯员|编辑|责编|摄影)|完|下转|来源)[^()（）]{0,40}[)）]")
TITLE = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]、?")
OPENS_LIST = re.compile(r"(?:如下|以下[^,，。:：]{0,6}|议定|决定|要求|强调|明确|部署|指出|意见)[:：]\s*$")
"""The end of a line behind which a list of demands begins."""
CAPTION = re.compile(
    r"\s*(?:图为|图片|视频[:：]|▲|△|责任编辑|编辑[:：]|来源[:：]|免责|声明|版权|上一篇|下一篇|相关(?:信息|阅读|链接))"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, semicolons and stops; `mark` is the sign behind it."""

    start: int
    end: int
    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch up to a stop, in paragraph number `paragraph`."""

    start: int
    end: int
    text: str
    paragraph: int
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A numbered line that opens a section, as it stands before the paragraphs of higher number."""

    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The running text as sentences, the lines that are no running text (titles, sources, captions), and those of them
    that open a section.
    """

    sentences: tuple[Sentence, ...]
    lines: tuple[str, ...]
    titles: tuple[Title, ...] = ()

    def section(self, paragraph: int) -> str | None:
        """Give the title of the section that a paragraph stands in."""
        above = bisect_left(self.titles, paragraph, key=lambda one: one.paragraph)
        return self.titles[above - 1].text if above else None


def lay_out(text: str) -> Layout:
    """Split a text. A line without any stop that is short counts as a title or caption, not as running text."""
    sentences: list[Sentence] = []
    lines: list[str] = []
    titles: list[Title] = []
    for number, match in enumerate(re.finditer(r"[^\n]+", text)):
        line = match.group()
        if is_running_text(line):
            sentences += _sentences(line, match.start(), number)
        elif line.strip():
            lines.append(line.strip())
            if numbered := TITLE.match(lines[-1]):
                titles.append(Title(lines[-1][numbered.end() :], number))
    return Layout(tuple(sentences), tuple(lines), tuple(titles))


def is_running_text(line: str) -> bool:
    """Tell a paragraph from a title, a source line, a caption."""
    if CAPTION.match(line):
        return False
    if OPENS_LIST.search(line):
        return True
    return any(stop in line for stop in "。；;") or len(line) > 60 or (line.count(",") + line.count("，")) > 1


def _sentences(line: str, offset: int, paragraph: int) -> Iterator[Sentence]:
    masked = REPORTER.sub(lambda found: " " * len(found.group()), without_duties(line))
    start = 0
    for end, _sign in _breaks(masked, AT_STOPS):
        yield from _sentence(masked, start, end + 1, offset, paragraph)
        start = end + 1
    yield from _sentence(masked, start, len(masked), offset, paragraph)


def _sentence(line: str, start: int, end: int, offset: int, paragraph: int) -> Iterator[Sentence]:
    text = line[start:end]
    clauses = tuple(_clauses(text, offset + start))
    if clauses:
        yield Sentence(offset + start, offset + end, text, paragraph, clauses)


def _clauses(text: str, offset: int) -> Iterator[Clause]:
    start = 0
    for end, sign in [*_breaks(text, AT_MARKS), (len(text), "")]:
        inner = text[start:end]
        if inner.strip(SPACES + "”’"):
            body = _without_half_quotes(inner)
            lead = inner.index(body)
            yield Clause(offset + start + lead, offset + start + lead + len(body), body, sign)
        start = end + 1


def _without_half_quotes(clause: str) -> str:
    """Take off the spaces around a clause and the marks of a speech that begins or ends elsewhere."""
    body = clause.strip(SPACES).lstrip("”’")
    if "”" not in body:
        body = body.removeprefix("“")
    return body if "“" in body else body.rstrip("”")


def _breaks(text: str, signs: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Give the signs outside brackets and quotation marks. A bracket that is never closed breaks nothing, and a speech
    (behind a colon) is read like any other sentence.

    signs  finds the signs and all brackets
    """
    closers: list[str] = []
    for match in signs.finditer(text):
        at, sign = match.start(), match.group()
        if sign in OPENING:
            closer = CLOSING[OPENING.index(sign)]
            if text.find(closer, at + 1, at + 200) >= 0 and not (sign == "“" and _is_speech(text, at)):
                closers.append(closer)
        elif sign in CLOSING:
            if closers and sign == closers[-1]:
                closers.pop()
        elif not closers:
            if sign in ":：" and at and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
                continue
            yield at, sign


def _is_speech(text: str, at: int) -> bool:
    """Tell whether a colon stands before a quotation mark, with nothing but spaces between."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at] in tuple(":：")
