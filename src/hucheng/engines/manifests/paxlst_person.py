"""One person of a PAXLST message: segment group 4 (NAD and what follows) with its documents (group 5)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.checks import birth_problem, person_problems
from hucheng.engines.manifests.dates import short_date
from hucheng.engines.manifests.records import Document, Problem, Traveller
from hucheng.engines.manifests.segments import Segment

KINDS = {"FL": "passenger", "FM": "crew", "DDT": "transit", "DDU": "crew"}
SEXES = frozenset({"F", "M", "X", "U"})
PLACES = {"22": "clearance_port", "178": "embark", "179": "debark", "174": "residence", "180": "birth_place"}
REFERENCES = {"AVF": "pnr", "SEA": "seat"}


class Person:
    """A person being put together, segment by segment."""

    def __init__(self, number: int, line: int, on: date) -> None:
        self.number = number
        self.line = line
        self.on = on
        self.fields: dict[str, Any] = {}
        self.documents: list[Document] = []
        self.problems: list[Problem] = []

    def mark(self, code: str, segment: Segment, field: str, value: str, **facts: Any) -> None:
        """Note a problem of this person."""
        at: dict[str, Any] = {"line": segment.number, "field": field, "value": value, "person": self.number}
        self.problems.append(problem(code, **at, **facts))

    def name(self, segment: Segment) -> None:
        """NAD: the kind of person, the name in C080, the address behind it."""
        kind = KINDS.get(segment.part(0))
        if kind is None:
            self.mark("UNKNOWN_PERSON_KIND", segment, "kind", segment.part(0))
        name = [part.strip() for part in (segment.elements[3] if len(segment.elements) > 3 else ())] + ["", "", ""]
        second = " ".join(filter(None, name[2:]))
        address = tuple(", ".join(filter(None, element)) for element in segment.elements[4:])
        self.fields |= {
            "kind": kind or "passenger", "surname": name[0], "given": name[1], "second": second, "address": address,
            "in_transit": segment.part(0) == "DDU",
        }  # fmt: skip

    def attribute(self, segment: Segment) -> None:
        """ATT+2: the sex."""
        if segment.part(0) != "2":
            return
        sex = segment.part(2) or segment.part(1)
        if sex in SEXES:
            self.fields["sex"] = sex
        elif sex:
            self.mark("BAD_SEX", segment, "sex", sex)

    def moment(self, segment: Segment) -> None:
        """DTM+329: birth. DTM+36: expiry of the document before it."""
        text = segment.part(0, 1)
        if segment.part(0) == "329":
            self._birth(segment, text)
        elif segment.part(0) == "36" and (expiry := self._date(segment, "document_expiry", text)):
            self._document(expiry=expiry)

    def _birth(self, segment: Segment, text: str) -> None:
        birth = self._date(segment, "birth", text)
        if birth and (wrong := birth_problem(birth, self.on, line=segment.number, person=self.number)):
            self.problems.append(wrong)
        elif birth:
            self.fields["birth"] = birth

    def _date(self, segment: Segment, field: str, text: str) -> date | None:
        try:
            return short_date(text, self.on, expiry=field != "birth")
        except ValueError:
            where = f"person {self.number} DTM+{segment.part(0)}"
            self.mark("INVALID_DATE", segment, field, text, where=where)
            return None

    def measure(self, segment: Segment) -> None:
        """MEA+CT: pieces of baggage."""
        if segment.part(0) != "CT":
            return
        count = segment.part(2, 1)
        if count.isascii() and count.isdigit() and len(count) < 5:
            self.fields["bags"] = int(count)
        else:
            self.mark("BAD_BAGS", segment, "bags", count)

    def indicator(self, segment: Segment) -> None:
        """GEI+4: 173 means that the airline has seen the document, 174 that it has not."""
        if segment.part(0) == "4":
            self.fields["verified"] = segment.part(1) == "173"

    def place(self, segment: Segment) -> None:
        """LOC: ports and places of the person, or the state that issued the document."""
        if segment.part(0) == "91":
            self._document(issuer=segment.part(1))
        elif field := PLACES.get(segment.part(0)):
            self.fields[field] = segment.part(1)

    def contact(self, segment: Segment) -> None:
        """COM: a telephone number."""
        if segment.part(0, 1) in ("TE", "AL", ""):
            self.fields["phone"] = segment.part(0)

    def nationality(self, segment: Segment) -> None:
        """NAT+2: the nationality, three letters."""
        self.fields["nationality"] = segment.part(1)

    def reference(self, segment: Segment) -> None:
        """RFF: booking and seat."""
        if field := REFERENCES.get(segment.part(0)):
            self.fields[field] = segment.part(0, 1)

    def document(self, segment: Segment) -> None:
        """DOC: a document opens; its expiry and issuer follow."""
        self.documents.append(Document(segment.part(0), segment.part(1)))

    def _document(self, **change: Any) -> None:
        if not self.documents:
            self.documents.append(Document())
        self.documents[-1] = replace(self.documents[-1], **change)

    def traveller(self, raw: str) -> Traveller:
        """Give the person as it stands."""
        document = self.documents[0] if self.documents else None
        known: dict[str, Any] = {"document": document, "other_documents": tuple(self.documents[1:]), "raw": raw}
        return Traveller(number=self.number, line=self.line, **self.fields, **known)


STEPS: dict[str, Callable[[Person, Segment], None]] = {
    "NAD": Person.name, "ATT": Person.attribute, "DTM": Person.moment, "MEA": Person.measure,
    "GEI": Person.indicator, "LOC": Person.place, "COM": Person.contact, "NAT": Person.nationality,
    "RFF": Person.reference, "DOC": Person.document,
}  # fmt: skip
KNOWN_UNUSED = frozenset({"FTX", "EMP", "TDT", "CPI", "QTY", "MOA"})


def person_of(group: Sequence[Segment], *, number: int, on: date) -> tuple[Traveller, list[Problem]]:
    """Read one person from its segments, the first of them NAD.

    Gives the traveller and every problem met; `on` is the day the list was made.
    """
    person = Person(number, group[0].number, on)
    for segment in group:
        if step := STEPS.get(segment.tag):
            step(person, segment)
        elif segment.tag not in KNOWN_UNUSED:
            person.mark("BAD_SEGMENT", segment, segment.tag, segment.raw)
    traveller = person.traveller("\n".join(f"{segment.raw}'" for segment in group))
    return traveller, [*person.problems, *person_problems(traveller)]
