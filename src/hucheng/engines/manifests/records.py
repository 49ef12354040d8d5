"""What a passenger list says once it has been read: travellers, legs, and every problem met on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hucheng.engines.words.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be taken as it stood.

    line    row of a sheet or number of a segment, counted from 1; 0 when it concerns the whole file
    fatal   the row (or, with line 0, the file) is not usable until it is mended
    person  number of the traveller concerned, counted from 1; None when it concerns the file
    facts   what a program may want to compare: declared and found counts, persons with one document
    """

    code: str
    line: int
    field: str
    value: str
    why: Bilingual
    do: Bilingual
    fatal: bool = False
    person: int | None = None
    facts: tuple[tuple[str, object], ...] = ()


class ManifestUnreadable(ValueError):
    """Nothing of the file can be used; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.why.en} {problem.do.en}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Document:
    """A travel document: type P, I, V ...; expiry None when the list does not give it."""

    type: str = ""
    number: str = ""
    expiry: date | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Port:
    """A port of a leg; qualifier 125 departed, 87 first arrival, 92 en route, 130 final; local time."""

    qualifier: str
    port: str
    scheduled: datetime | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """One flown leg with its ports in order."""

    flight: str
    ports: tuple[Port, ...] = ()


@dataclass(frozen=True, slots=True)
class Traveller:
    """One person as the list gives it; an empty string means that the list does not say.

    kind    "passenger", "crew" or "transit"; in_transit: crew who only pass through (NAD+DDU)
    line    row or segment where the person begins
    raw     the source: segments of PAXLST, or the cells of the row as a JSON list
    """

    number: int
    kind: str = "passenger"
    surname: str = ""
    given: str = ""
    second: str = ""
    name_zh: str = ""
    sex: str = ""
    birth: date | None = None
    nationality: str = ""
    document: Document | None = None
    resident_id: str = ""
    seat: str = ""
    pnr: str = ""
    embark: str = ""
    debark: str = ""
    clearance_port: str = ""
    residence: str = ""
    birth_place: str = ""
    bags: int | None = None
    phone: str = ""
    verified: bool | None = None
    raw: str = ""
    line: int = 0
    problems: tuple[Problem, ...] = ()
    other_documents: tuple[Document, ...] = ()
    address: tuple[str, ...] = ()
    in_transit: bool = False

    @property
    def has_name(self) -> bool:
        """Any form of a name is there."""
        return bool(self.surname or self.given or self.name_zh)

    @property
    def has_identity(self) -> bool:
        """A document number, a resident ID or a birth date is there."""
        return bool((self.document and self.document.number) or self.resident_id or self.birth)

    @property
    def readable(self) -> bool:
        """No fatal problem, a name, and a document or a birth date: the row may be taken in."""
        return self.has_name and self.has_identity and not any(problem.fatal for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read. Every row of it is one traveller, readable or not: `rows == len(travellers)`.

    format      "paxlst", "csv", "xlsx", "json", "bcbp" or "mrz"
    list_kind   "passenger", "crew", "mixed" or "" when the file does not say
    function    what a message does to an earlier one: "" new or whole, else the code of BGM (CP, CLOB, CLNB, XR, XF)
    problems    all problems, those of travellers included
    mapping     field -> column header as used (sheets only); columns: every header of the sheet
    cells       the first rows below the header of a sheet, so that its columns can be shown
    meta        what the envelope says: sender, prepared, release, encoding, delimiter, sheet ...
    """

    format: str
    flight: str
    legs: tuple[Leg, ...]
    list_kind: str
    travellers: tuple[Traveller, ...]
    problems: tuple[Problem, ...]
    control_total: int | None
    rows: int
    mapping: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    sha256: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    function: str = ""
    cells: tuple[tuple[str, ...], ...] = ()

    @property
    def readable(self) -> tuple[Traveller, ...]:
        """The travellers that may be taken in."""
        return tuple(traveller for traveller in self.travellers if traveller.readable)

    @property
    def unreadable(self) -> tuple[Traveller, ...]:
        """The travellers that wait for a mended row."""
        return tuple(traveller for traveller in self.travellers if not traveller.readable)

    def as_paxlst_dict(self) -> dict[str, Any]:
        """Give the reading as a plain dictionary in the layout of the reference messages (JSON-ready)."""
        from hucheng.engines.manifests.paxlst_dict import paxlst_dict

        return paxlst_dict(self)
