"""One row of a sheet to one traveller."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.checks import birth_problem, person_problems
from hucheng.engines.manifests.columns import CHINESE, value_of
from hucheng.engines.manifests.dates import AmbiguousDate, sheet_date
from hucheng.engines.manifests.records import Document, Problem, Traveller
from hucheng.engines.manifests.resident_id import FORM, birth_of, resident_id_problems

FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s().-]+$)")
ESCAPED = re.compile(r"'+[=+@\t\r-]")
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+1[4-9]", re.IGNORECASE)
ID_FIELDS = ("resident_id", "document_number")
TITLES = re.compile(r"\s+(MR|MRS|MS|MISS|MSTR|CHD|INF|DR)$", re.IGNORECASE)
PLAIN_FIELDS = ("second", "pnr", "embark", "debark", "clearance_port", "residence", "birth_place", "phone")


def unescaped(text: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a text as a formula."""
    return text[1:] if ESCAPED.match(text) else text


@dataclass(slots=True)
class Row:
    """A row being read; problems gather in `problems`."""

    line: int
    number: int
    cells: tuple[str, ...]
    places: Mapping[str, int]
    today: date
    problems: list[Problem] = field(default_factory=list)

    def mark(self, code: str, field: str, value: str, **facts: Any) -> None:
        """Note a problem of this row."""
        self.problems.append(problem(code, line=self.line, field=field, value=value, person=self.number, **facts))

    def cell(self, name: str) -> str:
        """Give the text of a field, without the apostrophe that guards formulas."""
        place = self.places.get(name)
        return unescaped(self.cells[place]) if place is not None and place < len(self.cells) else ""

    @property
    def flight(self) -> str:
        """The flight number without spaces."""
        return self.cell("flight").upper().replace(" ", "")

    def check_width(self, expected: int) -> None:
        """Compare the cells with the header, and look for formulas."""
        filled = len(self.cells)
        if filled < expected:
            self.mark("ROW_SHORT", "", str(expected - filled))
        elif filled > expected and any(self.cells[expected:]):
            self.mark("ROW_LONG", "", str(filled - expected))
        names = {place: name for name, place in self.places.items()}
        for place, text in enumerate(self.cells):
            if text and FORMULA.match(text):
                self.mark("FORMULA_TEXT", names.get(place, ""), text)

    def check_numbers(self, lost: frozenset[int], numeric: frozenset[int]) -> None:
        """Refuse long numbers that a spreadsheet has kept as numbers: their last digits are gone."""
        for name in ID_FIELDS:
            place = self.places.get(name)
            if place is not None and (place in lost or SCIENTIFIC.fullmatch(self.cell(name))):
                self.mark("LOST_DIGITS", name, self.cell(name))
            elif place in numeric:
                self.mark("NUMERIC_DOCUMENT", name, self.cell(name))

    def coded(self, name: str, code: str, otherwise: str = "") -> str:
        """Give the value a coded cell means; marks what is not understood."""
        written = self.cell(name)
        if not written:
            return otherwise
        if (value := value_of(name, written)) is not None:
            return value
        self.mark(code, name, written)
        return otherwise

    def day(self, name: str) -> date | None:
        """Give a date, None when the cell is empty or no date; marks what is not understood."""
        written = self.cell(name)
        if not written:
            return None
        try:
            return sheet_date(written, self.today, expiry=name != "birth")
        except AmbiguousDate:
            self.mark("AMBIGUOUS_DATE", name, written)
        except (ValueError, OverflowError):
            self.mark("INVALID_DATE", name, written)
        return None

    def birth(self) -> date | None:
        """Give the birth date unless it is impossible."""
        birth = self.day("birth")
        wrong = birth and birth_problem(birth, self.today, line=self.line, person=self.number)
        if wrong:
            self.problems.append(wrong)
            return None
        return birth

    def nationality(self) -> str:
        """Give the three-letter code, or the text as written when it is not known."""
        written = self.cell("nationality")
        if known := value_of("nationality", written) if written else None:
            return known
        if written and not (len(written) == 3 and written.isascii() and written.isalpha()):
            self.mark("BAD_NATIONALITY", "nationality", written)
            return written
        return written.upper()

    def names(self) -> dict[str, Any]:
        """Give surname, given and Chinese name, from their own columns or one column of whole names."""
        surname, given, chinese = (self.cell(name) for name in ("surname", "given", "name_zh"))
        whole = self.cell("name")
        if whole and CHINESE.search(whole):
            chinese = chinese or whole
        elif whole and not surname and not given:
            surname, given = split_latin(whole)
        return {"surname": surname, "given": given, "name_zh": chinese}

    def identity(self) -> dict[str, Any]:
        """Give document and resident ID; a card's number in the document column counts as a resident ID."""
        number = re.sub(r"\s", "", self.cell("document_number")).upper()
        resident = re.sub(r"\s", "", self.cell("resident_id")).upper()
        kind = self.cell("document_type")
        kind = value_of("document_type", kind) or kind.upper()
        if not resident and FORM.fullmatch(number) and kind in ("", "I"):
            number, resident = "", number
        wrong = list(resident_id_problems(resident, line=self.line, person=self.number)) if resident else []
        self.problems += wrong
        issuer = self.cell("document_issuer").upper()
        document = Document(kind or "P", number, self.day("document_expiry"), issuer) if number else None
        return {"document": document, "resident_id": "" if wrong else resident}

    def bags(self) -> int | None:
        """Give the pieces of baggage."""
        written = self.cell("bags")
        if written.isascii() and written.isdigit() and len(written) < 5:
            return int(written)
        if written:
            self.mark("BAD_BAGS", "bags", written)
        return None

    def traveller(self, raw: str) -> Traveller:
        """Read the whole row."""
        identity = self.identity()
        birth = self.birth()
        if resident := identity["resident_id"]:
            inside = birth_of(resident)
            if birth and inside != birth:
                self.mark("RESIDENT_ID_BIRTH", "birth", birth.isoformat())
            elif not birth and not self.cell("birth"):
                birth = inside
        verified = self.coded("verified", "BAD_FLAG")
        plain: dict[str, Any] = {name: self.cell(name) for name in PLAIN_FIELDS}
        read = Traveller(
            number=self.number, line=self.line, raw=raw, birth=birth, kind=self.coded("kind", "BAD_KIND", "passenger"),
            sex=self.coded("sex", "BAD_SEX"), nationality=self.nationality(), bags=self.bags(),
            seat=self.cell("seat").upper().replace(" ", ""), verified=verified == "Y" if verified else None,
            **self.names(), **identity, **plain,
        )  # fmt: skip
        self.problems += person_problems(read)
        return read


def split_latin(whole: str) -> tuple[str, str]:
    """Cut a whole name of a list: WANG/LIHUA MS, WANG, LIHUA, or WANG LIHUA (surname first, as airlines write)."""
    whole = TITLES.sub("", whole.strip())
    for mark in ("/", ",", "，", "<<", " "):
        surname, found, given = whole.partition(mark)
        if found:
            return surname.strip(), given.replace("<", " ").strip()
    return whole, ""
