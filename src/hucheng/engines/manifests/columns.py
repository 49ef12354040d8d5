"""Which column of a sheet holds which field: guessed from the header, shown, and overridden by a person."""

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hucheng.engines.words.countries import written_countries

NAMES = frozenset({"surname", "given", "name", "name_zh"})
NOT_LETTERS = re.compile(r"[\W_]+")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the template with its header in both languages."""

    field: str
    en: str
    zh: str
    written: tuple[str, ...]


def data_rows(name: str) -> list[dict[str, str]]:
    """Give the rows of a table that lies beside the code."""
    with files(__package__).joinpath(name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@cache
def template() -> tuple[Column, ...]:
    """Give every field that a sheet may hold, in the order of the template."""
    rows = data_rows("columns.csv")
    return tuple(Column(row["field"], row["en"], row["zh"], tuple(row["synonyms"].split("|"))) for row in rows)


def plain(header: str) -> str:
    """Give a header without case, spaces and signs, so that spellings of it agree."""
    return NOT_LETTERS.sub("", unicodedata.normalize("NFKC", header).casefold())


@cache
def _fields() -> dict[str, str]:
    known: dict[str, str] = {"#": "note"}
    for column in template():
        for written in (column.en, column.zh, *column.written):
            known.setdefault(plain(written), column.field)
    known.pop("", None)
    return known


def field_of(header: str) -> str:
    """Give the field that a header names, or "".

    Tries the whole header, then without brackets, its Chinese part, its other part: `姓名 Name`, `性别(Sex)`.
    """
    bare = BRACKETS.sub("", header)
    chinese = "".join(CHINESE.findall(header))
    for candidate in (header, bare, chinese, CHINESE.sub("", header)):
        if field := _fields().get(plain(candidate) or candidate.strip(), ""):
            return field
    return ""


def guess_mapping(columns: Sequence[str], memory: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give field -> header for every header that is understood; of two headers for one field the first counts.

    memory  plain header -> field as a person settled it before ("" for none): it counts before every guess
    """
    settled: dict[str, str] = {}
    for header in columns:
        if field := (memory or {}).get(plain(header), ""):
            settled.setdefault(field, header)
    mapping = dict(settled)
    for header in columns:
        if plain(header) not in (memory or {}) and (field := field_of(header)):
            mapping.setdefault(field, header)
    mapping.pop("note", None)
    return mapping


def header_row(
    rows: Sequence[Sequence[str]], wanted: Mapping[str, str], memory: Mapping[str, str] | None = None
) -> int | None:
    """Find the header among the first rows: the one with most headers understood, settled or asked for, and a name.

    Gives its index, or None.
    """
    asked = {header for header in wanted.values() if header}
    best, most = None, 1
    for index, row in enumerate(rows[:15]):
        understood = guess_mapping(row, memory)
        settled = sum(plain(header) in (memory or {}) for header in row)
        score = len(understood) + 10 * (len(asked.intersection(row)) + settled)
        if score > most and (NAMES & understood.keys() or asked.intersection(row)):
            best, most = index, score
    return best


@cache
def values() -> dict[tuple[str, str], str]:
    """Give (field, written form) -> value for sex, kind, document type and nationality."""
    known = {
        (row["field"], plain(form) or form): row["value"]
        for row in data_rows("values.csv")
        for form in row["written"].split("|")
    }
    return known | {("nationality", plain(form)): code for form, code in written_countries().items()}


def value_of(field: str, written: str) -> str | None:
    """Give the value that a cell means, None when the form is not known."""
    return values().get((field, plain(written) or written.strip()))
