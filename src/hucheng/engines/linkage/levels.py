"""How far two rows agree, field by field: levels, and what weak fields say together."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hucheng.engines.linkage.addresses import address_level
from hucheng.engines.linkage.births import Birth
from hucheng.engines.linkage.name_levels import name_level
from hucheng.engines.linkage.names import Name
from hucheng.engines.linkage.records import Prepared
from hucheng.engines.linkage.twins import half_told, in_a_row, other_given

LUNAR = range(17, 55)
"""Days by which a lunar birthday read as a solar one comes early: the calendars are 17 to 54 days apart."""
SAME_BIRTH = ("exact", "edit", "swap")
SAME_NAME, STRANGER = ("hanzi", "sound", "letters"), ("surname", "else")
GENERATION = 15
"""Years between parents and children at least; a slip of the pen changes ten years or one, and keeps day and month."""


@dataclass(frozen=True, slots=True)
class Field:
    """How a field is compared: the part of a row on which its level depends and nothing else, so that many rows that
    say the same are compared once; and the level of two rows."""

    part: Callable[[Prepared], Hashable]
    level: Callable[[Prepared, Prepared], str]


@dataclass(frozen=True, slots=True)
class Levels:
    """The level of each field, signs of two people (twins.py), and what is shared of which rarity counts: the name's
    characters or key, and the keys of a home."""

    fields: dict[str, str]
    other_given: bool = False
    in_a_row: bool = False
    shared_name: str = ""
    shared_homes: frozenset[str] = frozenset()

    @property
    def joint(self) -> tuple[str, ...]:
        """What fields say together."""
        return joint_of(self.fields, other_given=self.other_given, in_a_row=self.in_a_row)


class Named(NamedTuple):
    """The level of two names, what they share, and whether they give two given names."""

    level: str
    shared: str
    other_given: bool


def levels_of(a: Prepared, b: Prepared) -> Levels:
    """Compare two prepared rows; symmetric."""
    name = named(a.name, b.name)
    fields = {"name": name.level}
    for told, field in FIELDS.items():
        fields[told] = field.level(a, b)
    follow = follows(fields["document"], a, b)
    return Levels(fields, name.other_given, follow, name.shared, homes_of(fields["address"], a, b))


def named(a: Name, b: Name) -> Named:
    """Compare two names, also for signs of two people and for half a name that agrees."""
    name = name_level(a, b)
    level = "single" if name.level in STRANGER and half_told(a, b) else name.level
    return Named(level, name.shared, name.level not in SAME_NAME and other_given(a, b))


def follows(level: str, a: Prepared, b: Prepared) -> bool:
    """Whether the documents of two rows, whose level is known, follow each other."""
    return level == "edit" and in_a_row(a.documents, b.documents)


def homes_of(level: str, a: Prepared, b: Prepared) -> frozenset[str]:
    """The keys of the home that both rows have, where the level of their addresses is that of one; those of either
    where the two are spelled otherwise."""
    if level != "home":
        return frozenset()
    return a.address.homes & b.address.homes or a.address.homes | b.address.homes


def birth_level(a: Birth, b: Birth) -> str:
    """Compare two dates of birth, either of which may be a year alone."""
    if a.year is None or b.year is None:
        return "null"
    if a.day is None or b.day is None:
        return "yearonly" if a.year == b.year else "yearnear" if abs(a.year - b.year) in (1, 10) else _other(a, b)
    one, other = a.day, b.day
    if one == other:
        return "newyear" if (one.month, one.day) == (1, 1) else "exact"
    if OSA.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}", score_cutoff=1) <= 1:
        return "edit"
    if one.year != other.year:
        return "monthday" if (one.month, one.day) == (other.month, other.day) else _far_or_lunar(a, b)
    if (one.month, one.day) == (other.day, other.month):
        return "swap"
    if (1, 1) in ((one.month, one.day), (other.month, other.day)):
        return "default"
    if one.month == other.month or one.day == other.day:
        return "close"
    return "lunar" if abs((one - other).days) in LUNAR else "year"


def number_level(mine: Collection[str], theirs: Collection[str]) -> str:
    """Compare two sets of document numbers by their best pair."""
    if not mine or not theirs:
        return "null"
    best = "else"
    for one in mine:
        for other in theirs:
            if one == other:
                return "exact"
            apart = OSA.distance(one, other, score_cutoff=2)
            if apart == 1 and min(len(one), len(other)) >= 6:
                best = "edit"
            elif best == "else" and min(len(one), len(other)) >= 7 and (apart == 2 or one[-6:] == other[-6:]):
                best = "close"
    return best


def trip_level(a: Prepared, b: Prepared) -> str:
    """Compare flights and days of arrival; a row that has one of the two only is compared by that."""
    flight = a.flight == b.flight if a.flight and b.flight else None
    if flight is False:
        return "otherflight"
    apart = abs((a.day - b.day).days) if a.day and b.day else None
    if flight is None:
        return "null" if apart is None else ("day0", "day1", "day2")[apart] if apart <= 2 else "dayfar"
    if apart is None:
        return "flight"
    return "same" if apart == 0 else "flightnear" if apart <= 2 else "flightfar"


def joint_of(fields: dict[str, str], *, other_given: bool, in_a_row: bool) -> tuple[str, ...]:
    """What fields say together, which they do not say alone: families share a surname, a phone, a flight and a home.

    Where a document agrees it outweighs the rest; only twins, who are given numbers in a row, are still two.
    other_given, in_a_row   signs of two people (twins.py): two given names told, documents that follow each other
    """
    documents = {fields["document"], fields["resident_id"]}
    said = _family(fields, documents, other_given=other_given, in_a_row=in_a_row)
    if not documents & {"exact", "edit"}:
        said |= _weak(fields, other_document="else" in documents)
    return tuple(term for term, holds in said.items() if holds)


def _family(fields: dict[str, str], documents: set[str], *, other_given: bool, in_a_row: bool) -> dict[str, bool]:
    """Signs that two rows are of one home, and that they are two people of it."""
    born, full = fields["birth"], fields["name"] in SAME_NAME
    one_home = fields["phone"] == "exact" or fields["address"] in ("home", "homelike")
    agree = bool(documents & {"exact", "edit"})
    two_documents = in_a_row and "exact" not in documents if agree else "else" in documents
    return {
        "one_home": one_home,
        "relatives": one_home and other_given and not agree and born in ("else", "generation", "year"),
        "twins": other_given and not full and born in SAME_BIRTH and two_documents,
    }


def _weak(fields: dict[str, str], *, other_document: bool) -> dict[str, bool]:
    """What weak fields say where no document agrees."""
    name, born, phone, trip = fields["name"], fields["birth"], fields["phone"], fields["trip"]
    stranger, full = name in STRANGER, name in SAME_NAME
    half = name in ("part", "onechar", "halfnear", "near", "subset", "english")
    unlike, same_birth = born in ("else", "generation"), born in SAME_BIRTH
    other_birth = unlike or born in ("year", "monthday")
    silent_phone = phone in ("else", "null")
    nowhere = trip in ("otherflight", "dayfar", "null")
    return {
        "stranger_other_birth": stranger and other_birth,
        "stranger_same_birth": stranger and same_birth,
        "stranger_no_birth": stranger and born == "null",
        "household_phone": stranger and phone == "exact",
        "household_trip": name == "surname" and phone == "exact" and trip in ("same", "flight", "day0", "flightnear"),
        "household_home": stranger and fields["address"] == "home",
        "half_other_birth": half and other_birth,
        "full_same_birth": full and (same_birth or born == "yearonly"),
        "full_other_birth": full and unlike,
        "full_home": full and fields["address"] in ("home", "homelike"),
        "generations": born == "generation",
        "other_document_birth": other_document and (unlike or born == "null"),
        "other_document_phone": other_document and silent_phone,
        "name_alone": (unlike or born in ("null", "year")) and silent_phone and nowhere,
    }


def _far_or_lunar(a: Birth, b: Birth) -> str:
    apart = abs((a.day - b.day).days) if a.day and b.day else 0
    return "lunar" if apart in LUNAR else _other(a, b)


def _other(a: Birth, b: Birth) -> str:
    return "generation" if a.year and b.year and abs(a.year - b.year) >= GENERATION else "else"


def _phone_level(one: str, other: str) -> str:
    if not one or not other:
        return "null"
    if one == other:
        return "exact"
    return "edit" if OSA.distance(one, other, score_cutoff=1) <= 1 else "else"


def _seat_level(a: Prepared, b: Prepared) -> str:
    if not (a.seat and b.seat and a.flight and a.day) or (a.flight, a.day) != (b.flight, b.day):
        return "null"
    return "same" if a.seat == b.seat else "else"


def _same(one: str, other: str) -> str:
    return "null" if not one or not other else "same" if one == other else "else"


FIELDS = {
    "birth": Field(lambda row: row.birth, lambda a, b: birth_level(a.birth, b.birth)),
    "document": Field(lambda row: row.documents, lambda a, b: number_level(a.documents, b.documents)),
    "resident_id": Field(lambda row: row.resident_ids, lambda a, b: number_level(a.resident_ids, b.resident_ids)),
    "phone": Field(lambda row: row.phone, lambda a, b: _phone_level(a.phone, b.phone)),
    "trip": Field(lambda row: (row.flight, row.day), trip_level),
    "sex": Field(lambda row: row.sex, lambda a, b: _same(a.sex, b.sex)),
    "nationality": Field(lambda row: row.nationality, lambda a, b: _same(a.nationality, b.nationality)),
    "county": Field(lambda row: row.county, lambda a, b: _same(a.county, b.county)),
    "origin": Field(lambda row: row.origin, lambda a, b: _same(a.origin, b.origin)),
    "source": Field(lambda row: row.row.source, lambda a, b: "same" if a.row.source == b.row.source else "else"),
    "seat": Field(lambda row: (row.seat, row.flight, row.day) if row.seat else "", _seat_level),
    "address": Field(lambda row: row.address, lambda a, b: address_level(a.address, b.address)),
}
"""The fields beside the name, whose level also gives what both names share."""
