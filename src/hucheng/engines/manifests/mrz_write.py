"""What a document says to the lines of its machine-readable zone (ICAO Doc 9303 part 3, section 4)."""

import re
import unicodedata
from datetime import date

from hucheng.engines.manifests.mrz import Mrz, check_digit
from hucheng.engines.manifests.mrz_forms import FORMS, Form, Span, at

LETTERS = {"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Æ": "AE", "Ø": "OE", "Œ": "OE", "ß": "SS", "Þ": "TH",
           "Ð": "D", "Đ": "D", "Ł": "L", "Ñ": "N"}  # part 3, section 6  # fmt: skip
LEFT_OUT = re.compile(r"['’.`]")


def write_mrz(holder: Mrz, form: str = "TD3") -> tuple[str, ...]:
    """Write the lines of a document.

    form    TD1, TD2, TD3, MRV-A or MRV-B
    gives   three lines of 30 characters, or two of 36 or 44, with their check digits; names that are too long are cut
    raises  ValueError for an unknown form, a letter that has no Latin spelling, or an item too long for its place

    Years are written with two digits: a reader takes the latest century that is not after its day.
    """
    if form not in FORMS:
        raise ValueError(f"form must be one of {', '.join(FORMS)}, got {form!r}")
    layout = FORMS[form]
    number, overflow = _number(holder.number.upper(), layout)
    lines = ["<" * layout.width] * layout.lines
    lines = _put(lines, (0, 0, 2), holder.type.upper())
    lines = _put(lines, (0, 2, 5), holder.issuer.upper())
    lines = _put(lines, layout.names, _names(holder, layout))
    lines = _put(lines, layout.nationality, holder.nationality.upper())
    lines = _put(lines, layout.sex, {"X": "<", "U": "<", "": "<"}.get(holder.sex, holder.sex))
    lines = _put(lines, layout.optional[0], overflow + (holder.personal or ""))
    if len(layout.optional) > 1:
        lines = _put(lines, layout.optional[1], holder.extra or "")
    lines = _put(lines, layout.number, number)
    if not overflow:
        lines = _digit(lines, layout.number)
    for span, day in ((layout.birth, holder.birth), (layout.expiry, holder.expiry)):
        lines = _digit(_put(lines, span, _day(day)), span)
    if layout.personal_checked and holder.personal:
        lines = _digit(lines, layout.optional[0])
    if layout.covered:
        lines = _put(lines, layout.total, check_digit("".join(at(lines, span) for span in layout.covered)))
    return tuple(lines)


def latin(text: str) -> str:
    """Give a name in the letters of the zone: A to Z, words parted by single fillers, apostrophes left out.

    Raises ValueError for letters without a Latin spelling.
    """
    spelled = "".join(LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", text.upper()))
    bare = "".join(one for one in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(one))
    words = re.split(r"[\s,<-]+", LEFT_OUT.sub("", bare).strip(" -<"))
    if strange := re.sub(r"[A-Z]", "", "".join(words)):
        raise ValueError(f"no Latin spelling for {strange[0]!r}; write the name as the document spells it")
    return "<".join(filter(None, words))


def _names(holder: Mrz, layout: Form) -> str:
    line, first, end = layout.names
    surname, given = latin(holder.surname), latin(holder.given)
    return (f"{surname}<<{given}" if given else surname)[: end - first]


def _number(number: str, layout: Form) -> tuple[str, str]:
    """Give the first nine characters, and what goes on in the optional data with its check digit."""
    if len(number) <= 9 or layout.code not in ("TD1", "TD2"):
        return number, ""
    return number[:9], number[9:] + check_digit(number) + "<"


def _day(day: date | None) -> str:
    return f"{day:%y%m%d}" if day else "<<<<<<"


def _put(lines: list[str], span: Span, text: str) -> list[str]:
    line, first, end = span
    if len(text) > end - first or re.search(r"[^A-Z0-9<]", text):
        raise ValueError(f"{text!r} does not fit into {end - first} characters A-Z, 0-9, <")
    written = lines[line][:first] + text.ljust(end - first, "<") + lines[line][end:]
    return [*lines[:line], written, *lines[line + 1 :]]


def _digit(lines: list[str], span: Span) -> list[str]:
    line, _first, end = span
    return _put(lines, (line, end, end + 1), check_digit(at(lines, span)))
