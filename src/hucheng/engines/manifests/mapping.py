"""The columns of a sheet shown to a person: what each is taken for and why, what its content suggests.

A correction is data: plain header -> field, kept by whoever keeps data, given to the next reading as its memory.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hucheng.engines.manifests.columns import CHINESE, NAMES, field_of, plain, template, value_of
from hucheng.engines.manifests.dates import AmbiguousDate, sheet_date
from hucheng.engines.manifests.records import Reading
from hucheng.engines.manifests.resident_id import resident_id_problems
from hucheng.engines.words.bilingual import Bilingual

SAMPLES, MOST = 3, 0.7
"""Values shown of a column; share of its values that must agree with a suggestion."""
PASSPORT = re.compile(r"(?=.*\d)[A-Z]{0,3}\d{5,9}[A-Z]?|[A-Z]\d{2}[A-Z]\d{2}[A-Z]\d{2}", re.IGNORECASE)
SEAT = re.compile(r"0{0,2}[1-9]\d?[A-L]", re.IGNORECASE)
FLIGHT = re.compile(r"(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])\s?\d{2,4}", re.IGNORECASE)
TELEPHONE = re.compile(r"\+?[\d ()-]{7,20}")
LATIN_NAME = re.compile(r"[A-Z' -]{2,}[/,][A-Z' -]+", re.IGNORECASE)
HOW = {
    "asked": Bilingual("由人指定", "named by a person"),
    "remembered": Bilingual("按上次更正", "as corrected before"),
    "header": Bilingual("按表头", "by its header"),
    "content": Bilingual("按内容建议", "suggested by its content"),
    "": Bilingual("未识别", "not understood"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One column as a person sees it.

    field    what it is taken for, "" for nothing; with how == "content" only a suggestion that was not used
    how      "asked", "remembered", "header", "content" or ""
    samples  some of its values
    """

    column: str
    field: str
    how: str
    samples: tuple[str, ...]

    @property
    def used(self) -> bool:
        """The reading took its values from this column."""
        return bool(self.field) and self.how != "content"

    @property
    def why(self) -> Bilingual:
        """How it came to be taken for that."""
        return HOW[self.how]


class UnfitMapping(ValueError):
    """A mapping that cannot be kept; `code` says why: unknown_field, field_twice, no_name."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(f"{code}: {value}" if value else code)
        self.code = code
        self.value = value


def shown(
    reading: Reading, *, today: date, memory: Mapping[str, str] | None = None, asked: Mapping[str, str] | None = None
) -> tuple[Shown, ...]:
    """Give every column of a sheet with what it is taken for.

    memory, asked  what the reading was given: memory and mapping
    """
    taken = {header: field for field, header in reading.mapping.items()}
    missing = [column.field for column in template() if column.field not in reading.mapping]
    given = []
    for place, header in enumerate(reading.columns):
        cells = [row[place] for row in reading.cells if place < len(row) and row[place]]
        field = taken.get(header, "")
        how = _how(header, field, memory or {}, asked or {}) if field else ""
        if not field and plain(header) not in (memory or {}) and (field := suggested(cells, missing, today)):
            how = "content"
            missing.remove(field)
        given.append(Shown(header, field, how, tuple(dict.fromkeys(cells))[:SAMPLES]))
    return tuple(given)


def _how(header: str, field: str, memory: Mapping[str, str], asked: Mapping[str, str]) -> str:
    if asked.get(field) == header:
        return "asked"
    return "remembered" if memory.get(plain(header)) == field else "header"


def suggested(cells: Sequence[str], missing: Iterable[str], today: date) -> str:
    """Give the first missing field that most of the values look like, or ""."""
    wanted = set(missing)
    for field, looks in LOOKS.items():
        if field in wanted and cells and sum(looks(cell, today) for cell in cells) >= MOST * len(cells):
            return field
    return ""


def _is_day(cell: str, today: date, *, ahead: bool) -> bool:
    try:
        return (sheet_date(cell, today, expiry=ahead) > today) is ahead and not cell.strip().isdigit()
    except AmbiguousDate:
        return not ahead
    except (ValueError, OverflowError):
        return False


def _is_whole_name(cell: str, _today: date) -> bool:
    return LATIN_NAME.fullmatch(cell) is not None or (len(cell) <= 6 and CHINESE.fullmatch(cell) is not None)


LOOKS: dict[str, Callable[[str, date], bool]] = {
    "resident_id": lambda cell, _today: not list(resident_id_problems(cell.upper())),
    "sex": lambda cell, _today: value_of("sex", cell) is not None,
    "birth": lambda cell, today: _is_day(cell, today, ahead=False),
    "document_expiry": lambda cell, today: _is_day(cell, today, ahead=True),
    "nationality": lambda cell, _today: value_of("nationality", cell) is not None,
    "kind": lambda cell, _today: value_of("kind", cell) is not None,
    "seat": lambda cell, _today: SEAT.fullmatch(cell) is not None,
    "flight": lambda cell, _today: FLIGHT.fullmatch(cell) is not None,
    "document_number": lambda cell, _today: PASSPORT.fullmatch(cell) is not None,
    "phone": lambda cell, _today: TELEPHONE.fullmatch(cell) is not None,
    "name": _is_whole_name,
}
"""From the narrowest form to the widest: a resident ID is no telephone number, a sex no seat."""


def remember(memory: Mapping[str, str], columns: Iterable[str], fields: Mapping[str, str]) -> dict[str, str]:
    """Give the memory with what a person settled about these columns.

    columns  every header that the person saw
    fields   header -> field; a header that is missing or "" holds nothing
    raises   UnfitMapping for a field that no list has, one field for two headers, or no column with a name
    """
    known = {column.field for column in template()} - {"note"}
    settled = {plain(header): fields.get(header, "") for header in columns if plain(header)}
    used = [field for field in settled.values() if field]
    if strange := [field for field in used if field not in known]:
        raise UnfitMapping("unknown_field", strange[0])
    if twice := [field for field in used if used.count(field) > 1]:
        raise UnfitMapping("field_twice", twice[0])
    if not NAMES & set(used):
        raise UnfitMapping("no_name")
    return {**memory, **settled}


def is_news(columns: Iterable[str], fields: Mapping[str, str]) -> bool:
    """A person settled something that the headers alone do not say."""
    return any(fields.get(header, "") != field_of(header).replace("note", "") for header in columns)
