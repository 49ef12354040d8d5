"""English minutes as paragraphs and sentences: items of lists, titles of sections, rows of tables, running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from hucheng.engines.minutes.english_verbs import verb_at
from hucheng.engines.minutes.vocabulary import any_case, any_of, lists

WIDEST, NARROWEST = 100, 60
"""Lines of a text that was broken at a margin are at most so wide, the widest of them at least so wide."""
MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
MARKER = re.compile(
    r"\s*(?:[-–—•*·▪●○◦►]\s+|\(?\d{1,3}(?:\.\d{1,3}){0,3}(?:[.):]\s+|[.)](?=[A-Z])|\s+(?=(?-i:[A-Z]))(?!"
    + MONTHS
    + r"))"
    r"|\(?(?:[a-z]|[ivx]{1,5})[.)]\s+"
    r"|(?:Action|AP|Decision|Resolution|Recommendation|Item|Agenda item|Task|A|R|D)\s?(?:point|item)?\s?"
    r"(?:no\.?\s?)?\d{1,3}(?:[./]\d{1,4})?\s?[.:)–—-]\s*)+",
    re.IGNORECASE,
)
BULLET = re.compile(r"\s*[-–—•*·▪●○◦►(]")
STOP = re.compile(r"(?<=[.!?])[”’\"')\]]*(?=\s|$)|;(?=\s|$)")
ABBREVIATED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|Cllr|St|Sr|Jr|No|Nos|Hon|Rev|Gen|Col|Capt|Lt|Sgt|Insp|Supt|Gov|Sen|Rep|vs|etc|approx|dept|Dept"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|e\.g|i\.e|a\.m|p\.m|cf|para|art|Art|Fig|Inc|Ltd|Co)|\b[A-Z])\.$"
)
SHOUTED = re.compile(r"[A-Z][A-Z &/,'’()-]{3,}$")
OPENS_LIST = re.compile(r"(?:it was )?(?:resolved|agreed|decided|ordered)\b", re.IGNORECASE)
LONGEST_TITLE = 10
"""Words; a longer line without a stop is running text."""
BARS = re.compile(r"\s*[|\t]\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text behind its number or bullet, line breaks read as spaces: `text[at]` stands at `start + at`.

    title    whether it is a line that opens a section
    section  the title that it stands under, empty for none
    item     whether it is an item of a list
    """

    start: int
    text: str
    number: int
    title: bool = False
    section: str = ""
    item: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its place."""

    start: int
    text: str


def lines_of(text: str) -> list[Line]:
    """Give the lines of a text, empty ones included."""
    return [Line(match.start(), match.group()) for match in re.finditer(r"[^\n]*(?:\n|$)", text) if match.group()]


def paragraphs_of(text: str) -> list[Paragraph]:
    """Give the paragraphs of a text with the section of each; the titles above all running text open none."""
    found: list[Paragraph] = []
    section, running = "", False
    stretches = list(_stretches(text))
    for number, (start, end) in enumerate(stretches):
        flat = text[start:end].replace("\n", " ")
        marker = MARKER.match(flat)
        skip = marker.end() if marker else len(flat) - len(flat.lstrip())
        body = flat[skip:].rstrip()
        if not body:
            continue
        one = Paragraph(start + skip, body, number, item=marker is not None)
        if not BULLET.match(flat) and (
            is_title(body) or (marker and _stands_above(body, text, stretches[number + 1 :]))
        ):
            one = replace(one, title=True)
            section = body if running or opens_actions(body) else section
        running = running or not one.title
        found.append(replace(one, section=section))
    return found


def _stands_above(body: str, text: str, following: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a short numbered line without a stop is the title of the running text in the line below it."""
    if not following or len(body.split()) > LONGEST_TITLE or body[-1] in ".;:!?," or is_field(body):
        return False
    start, end = following[0]
    below = text[start:end].strip()
    return text[start - 2 : start] != "\n\n" and not MARKER.match(below) and not is_field(below) and below.endswith(".")


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Join lines that were broken at a margin, and lines that go on in the middle of a sentence."""
    lines = lines_of(text)
    width = max((len(one.text.rstrip()) for one in lines), default=0)
    start, last = -1, ""
    for one in lines:
        body = one.text.strip()
        if start >= 0 and body and not _goes_on(last, one.text, width):
            yield start, one.start
            start = one.start
        elif not body:
            if start >= 0:
                yield start, one.start
            start = -1
        elif start < 0:
            start = one.start
        last = one.text
    if start >= 0:
        yield start, len(text)


def _goes_on(line: str, following: str, width: int) -> bool:
    """Tell whether a line goes on in the one behind it."""
    before, after = line.rstrip(), following.strip()
    if not before or not after or MARKER.match(following) or is_field(after) or "|" in after or "\t" in after:
        return False
    if after[0].islower() or before.endswith((",", ";")) and not SHOUTED.match(after):
        return True
    broken = NARROWEST <= width <= WIDEST and not SHOUTED.match(before)
    return broken and len(before) + 1 + len(after.split()[0]) > width


@cache
def _fields() -> re.Pattern[str]:
    rows = [row for key, row in lists("english_head").items() if key.startswith("labels_")]
    names = any_of(label for row in rows for label in row)
    return re.compile(rf"\s*(?P<label>{names})\s*(?:[:：]|\s[–—-]\s)\s*", re.IGNORECASE)


def field_of(line: str) -> tuple[str, int] | None:
    """Give the label that opens a line (`Date:`), in small letters, and where its value begins; None for none."""
    marker = MARKER.match(line)
    match = _fields().match(line, marker.end() if marker else 0)
    return (match["label"].lower(), match.end()) if match else None


def is_field(line: str) -> bool:
    """Tell whether a line opens with one of the labels of minutes."""
    return field_of(line) is not None


def is_title(line: str) -> bool:
    """Tell a title of a section: a few words without a stop, none of them a verb that demands."""
    if line.endswith((".", ";", "!", "?", ",", ":")) and not any_case("english_demands", "section").fullmatch(
        line.rstrip(":")
    ):
        return False
    if BARS.search(line) or is_field(line) or len(line.split()) > LONGEST_TITLE or re.search(r"\([^)]*:", line):
        return False
    if OPENS_LIST.match(line) and not opens_actions(line):
        return False
    if SHOUTED.fullmatch(line):
        return True
    named = re.match(r"[A-Z][^:]{1,60}: (?=[a-z])", line)
    ordered = (verb_at(line) == 0 and len(line.split()) > 1) or (named and verb_at(line, named.end()) is not None)
    return (
        not ordered
        and not re.search(r"\b(?:to|must|should|shall|will|not)\b", line)
        and line[:1].isalnum()
        and not line[:1].islower()
    )


def opens_actions(title: str) -> bool:
    """Tell whether the title of a section says that demands follow: Actions, Decisions, Next steps."""
    plain = MARKER.sub("", title + " ", count=1) if MARKER.match(title + " ") else title
    return bool(any_case("english_demands", "section").match(plain.strip().rstrip(":")))


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Give the sentences of a paragraph, semicolons ending one; stops of abbreviations and in numbers are none."""
    found, start = [], 0
    for match in STOP.finditer(text):
        if ABBREVIATED.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return [(begin, end) for begin, end in found if text[begin:end].strip(" .;")]
