"""Fields brought to one form: documents, phones, flights, countries. Placeholders of clerks count as nothing said."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from hucheng.engines.linkage.tables import table
from hucheng.engines.words.countries import written_countries

_LOOKALIKES = str.maketrans({"O": "0", "I": "1"})
_PLACEHOLDERS = frozenset({"123456", "1234567", "12345678", "123456789", "1234567890"})
_SEVERAL = re.compile(r"[/、,;|\n]|[(\[](?=[^)\]]{6})")
"""What stands between two numbers of one cell; a short bracket is the check digit of Hong Kong's identity cards."""
_MASKED = re.compile(r"[*#×●○]|X{2,}|某")
_LABEL = re.compile(r".*[:：]|[\u3400-\u9fff]+|^(?:PASSPORT|PP)?\s*NO\b\.?")
_AS_DECIMAL = re.compile(r"(?<=\d)\.0+$")
"""What a spreadsheet appends to a whole number."""
SHORTEST = 6
"""Signs of a number that may stand beside another in one cell."""
_FLIGHT = re.compile(r"(?<![A-Z0-9])([A-Z]{2}|[A-Z]\d|\d[A-Z])[ -]?0*(\d{1,4})(?!\d)")


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Letters and digits only, full-width made narrow, lower case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def documents(text: str) -> Iterator[str]:
    """The document numbers of a cell in one form: without what the cell calls them (`护照E12345678`), each of several
    (`E12345678/G87654321`); one that is masked (`E1234****`) would be that of many people and counts as nothing."""
    text = unicodedata.normalize("NFKC", text).upper()
    parts = [document(_LABEL.sub("", part)) for part in _SEVERAL.split(text) if not _MASKED.search(part)]
    told = list(filter(None, parts))
    if any(len(number) < SHORTEST for number in told):
        told = [] if _MASKED.search(text) else [document(_LABEL.sub("", text))]
    yield from filter(None, told)


def document(text: str) -> str:
    """A document number in one form; "" for a placeholder (no digit, eight zeros, one digit repeated, counting up)."""
    number = plain(_without_decimals(text)).upper()
    digits = {sign for sign in number if sign.isdigit()}
    empty = not digits or number.endswith("0" * 8) or (number.isdigit() and len(digits) == 1) or number in _PLACEHOLDERS
    return "" if empty else number


def unconfused(number: str) -> str:
    """The number with letters that are read for digits made digits: O for 0, I for 1."""
    return number.translate(_LOOKALIKES)


def phone(text: str) -> str:
    """Digits of a phone without the country code of China, the first of several; "" for one that is masked, fewer than
    seven digits or one digit repeated."""
    text = unicodedata.normalize("NFKC", text)
    if _MASKED.search(text):
        return ""
    return next(filter(None, map(_digits, re.split(r"[/、,;|\n转]", text))), "")


@lru_cache(maxsize=10_000)
def flight(text: str) -> str:
    """A flight number in one form: `CA0910`, `CA 910`, `国航910`, `CA910/20MAR` are ca910; other texts as they are."""
    airlines, names = _airlines()
    written = names.sub(lambda name: airlines[name[0]], unicodedata.normalize("NFKC", text).upper())
    found = _FLIGHT.search(written)
    return (found[1] + found[2]).lower() if found else plain(text)


def country(text: str) -> str:
    """A country by its code of three letters, however it is written; other texts as they are."""
    written = plain(text)
    return _countries().get(written, written)


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", _without_decimals(text))
    digits = re.sub(r"^(00)?86(?=1\d{10}$)", "", digits)
    return digits if len(digits) >= 7 and len(set(digits)) > 1 else ""


def _without_decimals(text: str) -> str:
    text = text.strip()
    return _AS_DECIMAL.sub("", text) if text.replace(".", "").isdigit() else text


@cache
def _airlines() -> tuple[dict[str, str], re.Pattern[str]]:
    """The codes of airlines by their names in characters, and these names where a number follows."""
    named = {name: row["code"] for row in table("airlines.csv") for name in row["names"].split()}
    longest_first = sorted(named, key=len, reverse=True)
    return named, re.compile(f"(?:{'|'.join(longest_first)})(?=[ -]?\\d)")


@cache
def _countries() -> dict[str, str]:
    return {plain(form): code.lower() for form, code in written_countries().items()}
