"""Several messages about one flight to one list: changes, people who did not come, crew, seats as boarded.

A list grows before departure: first bookings, then changes, then who is aboard when the doors close; crew have a
message of their own, and scanned boarding passes tell the seats. Every record of every message ends in exactly one
person, and each value that gave way is kept beside the one that took its place.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Any

from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.records import Document, Leg, Problem, Reading, Traveller

NOT_VALUES = frozenset({"number", "line", "raw", "problems"})
VALUES = tuple(one.name for one in fields(Traveller) if one.name not in NOT_VALUES)
DEFAULTS = frozenset({("kind", "passenger"), ("in_transit", False)})
"""What a record says when it does not say."""
NAME_ON_A_PASS = 20
OF_A_PASS = ("seat", "embark", "debark", "pnr")
"""What a boarding pass knows better than a list; its names may be cut."""
LEFT = {"CLNB": "no_show", "XR": "cancelled", "RP": "cancelled", "XF": "cancelled"}


class Standing(Enum):
    """What is known of a person's coming."""

    LISTED = "listed"
    ABOARD = "aboard"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Source:
    """A record: which reading it stood in, counted from 0, and its number and line there."""

    reading: int
    number: int
    line: int


@dataclass(frozen=True, slots=True)
class Change:
    """A value that a later record replaced."""

    field: str
    before: object
    after: object
    source: Source


@dataclass(frozen=True, slots=True)
class Passenger:
    """One person of the flight over all its messages."""

    traveller: Traveller
    standing: Standing
    sources: tuple[Source, ...]
    changes: tuple[Change, ...] = ()

    @property
    def comes(self) -> bool:
        """On the list or aboard; not cancelled, not left behind."""
        return self.standing in (Standing.LISTED, Standing.ABOARD)


@dataclass(frozen=True, slots=True)
class Merged:
    """One flight. The records of all readings = the sources of all people + the records left out."""

    flight: str
    legs: tuple[Leg, ...]
    people: tuple[Passenger, ...]
    left_out: tuple[Source, ...]
    problems: tuple[Problem, ...]

    @property
    def travellers(self) -> tuple[Traveller, ...]:
        """Those who come, numbered anew."""
        coming = (one.traveller for one in self.people if one.comes)
        return tuple(replace(one, number=number) for number, one in enumerate(coming, start=1))


def merge(readings: Sequence[Reading]) -> Merged:
    """Merge the messages of one flight, in the order in which they were made.

    The flight is that of the first reading that names one; a reading of another flight is left out and said.
    Raises ValueError when there is no reading.
    """
    if not readings:
        raise ValueError("give at least one reading")
    flight = next((one.flight for one in readings if one.flight), "")
    book = _Book()
    for place, reading in enumerate(readings):
        if reading.flight and reading.flight != flight:
            facts: dict[str, Any] = {"expected": flight, "found": len(reading.travellers)}
            book.problems.append(problem("MERGE_FLIGHT", field="flight", value=reading.flight, **facts))
            book.left_out += [Source(place, one.number, one.line) for one in reading.travellers]
        else:
            book.take(reading, place)
    legs = tuple(dict.fromkeys(leg for one in readings if one.flight in ("", flight) for leg in one.legs))
    people = tuple(person.told() for person in book.people)
    return Merged(flight, legs, people, tuple(book.left_out), tuple(book.problems))


@dataclass(slots=True)
class _Person:
    """A person while messages come in."""

    traveller: Traveller
    standing: Standing
    sources: list[Source]
    changes: list[Change] = field(default_factory=list)

    def told(self) -> Passenger:
        return Passenger(self.traveller, self.standing, tuple(self.sources), tuple(self.changes))

    def learn(self, later: Traveller, source: Source, names: Sequence[str] = VALUES) -> None:
        """Take every value that a later record gives; one that it does not give stays."""
        self.sources.append(source)
        for name in names:
            before, after = getattr(self.traveller, name), getattr(later, name)
            if name == "document" and before and after and before.number == after.number:
                after = _filled(after, before)
            if after in ("", None, ()) or after == before or (name, after) in DEFAULTS:
                continue
            if before not in ("", None, ()):
                self.changes.append(Change(name, before, after, source))
            self.traveller = replace(self.traveller, **{name: after})


class _Book:
    """Everybody met so far, found again by document, resident ID, name and birth, or name and booking."""

    def __init__(self) -> None:
        self.people: list[_Person] = []
        self.problems: list[Problem] = []
        self.left_out: list[Source] = []
        self.known: dict[Hashable, list[_Person]] = defaultdict(list)

    def take(self, reading: Reading, place: int) -> None:
        """Take one message: first whom a document names for certain, then the others by name."""
        met: list[_Person] = []
        later: list[Traveller] = []
        for traveller in reading.travellers:
            source = Source(place, traveller.number, traveller.line)
            person = self._match(traveller, _strong(traveller), met)
            if person:
                self._settle(person, traveller, source, reading, met)
            else:
                later.append(traveller)
        for traveller in later:
            source = Source(place, traveller.number, traveller.line)
            person = self._match(traveller, _weak(traveller, reading), met, source)
            if person is None:
                person = _Person(traveller, Standing.LISTED, [])
                self.people.append(person)
                if reading.format == "bcbp":
                    self._say("NOT_ON_LIST", traveller)
            self._settle(person, traveller, source, reading, met)
        self._close(reading, met)

    def _match(
        self, traveller: Traveller, keys: Iterable[Hashable], met: list[_Person], source: Source | None = None
    ) -> _Person | None:
        """Give the one person of earlier messages under a key; of this message only an exact repetition."""
        for key in keys:
            found = [one for one in self.known.get(key, ()) if one not in met or _same(one.traveller, traveller)]
            if len(found) == 1:
                return found[0]
            if found and source:
                self._say("MERGE_AMBIGUOUS", traveller, found=len(found))
                return None
        return None

    def _settle(
        self, person: _Person, traveller: Traveller, source: Source, reading: Reading, met: list[_Person]
    ) -> None:
        person.learn(traveller, source, OF_A_PASS if reading.format == "bcbp" else VALUES)
        person.standing = _standing(reading, person.standing)
        if person not in met:
            met.append(person)
        for key in (*_strong(person.traveller), *_weak(person.traveller), *_on_a_pass(person.traveller)):
            if person not in self.known[key]:
                self.known[key].append(person)

    def _close(self, reading: Reading, met: list[_Person]) -> None:
        """Closed with those aboard: whoever was listed among passengers (or crew) and is not named did not come."""
        if reading.function == "XF":
            for person in self.people:
                person.standing = Standing.CANCELLED
        if reading.function != "CLOB":
            return
        kinds = {person.traveller.kind == "crew" for person in met}
        for person in self.people:
            if person not in met and person.standing is Standing.LISTED and (person.traveller.kind == "crew") in kinds:
                person.standing = Standing.NO_SHOW

    def _say(self, code: str, traveller: Traveller, **facts: Any) -> None:
        name = " ".join(filter(None, (traveller.surname, traveller.given, traveller.name_zh)))
        self.problems.append(problem(code, line=traveller.line, field="surname", value=name, **facts))


def _filled(document: Document, known: Document) -> Document:
    """Give the same document with what only the earlier record said of it."""
    return Document(
        document.type or known.type, document.number, document.expiry or known.expiry, document.issuer or known.issuer
    )


def _standing(reading: Reading, before: Standing) -> Standing:
    if reading.function in LEFT:
        return Standing(LEFT[reading.function])
    if reading.function == "CLOB" or reading.format == "bcbp":
        return Standing.ABOARD
    return Standing.ABOARD if before is Standing.ABOARD else Standing.LISTED


def _strong(one: Traveller) -> list[Hashable]:
    keys: list[Hashable] = []
    for document in filter(None, (one.document, *one.other_documents)):
        if document.number:
            keys += [("document", document.number, document.issuer)]
            keys += [("number", document.number, document.type)] if not document.issuer else []
    return keys + ([("resident", one.resident_id)] if one.resident_id else [])


def _name(one: Traveller) -> str:
    spelled = f"{one.surname}/{one.given} {one.second}" if one.surname or one.given else one.name_zh
    return " ".join(spelled.upper().replace("-", " ").split())


def _weak(one: Traveller, reading: Reading | None = None) -> list[Hashable]:
    name = _name(one)
    if reading and reading.format == "bcbp":
        return _on_a_pass(one)
    return [("born", name, one.birth)] if name and one.birth else [("row", name, one.pnr)] if name else []


def _on_a_pass(one: Traveller) -> list[Hashable]:
    """A pass cuts names after 20 characters, stroke included, with or without spaces between the given names."""
    name = _name(one)
    spellings = dict.fromkeys((name[:NAME_ON_A_PASS].strip(), name.replace(" ", "")[:NAME_ON_A_PASS]))
    return [("pass", spelled, one.pnr) for spelled in spellings if one.pnr and spelled]


def _same(one: Traveller, other: Traveller) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in VALUES)
