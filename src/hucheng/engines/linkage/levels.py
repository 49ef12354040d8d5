"""How far two rows agree, field by field: levels, and what weak fields say together."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from hucheng.engines.linkage.births import Birth
from hucheng.engines.linkage.name_levels import name_level
from hucheng.engines.linkage.records import Prepared

LUNAR = range(17, 55)
"""Days by which a lunar birthday read as a solar one comes early: the calendars are 17 to 54 days apart."""
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
    """The level of each field, what fields say together, and the name's characters or key that both rows share."""

    fields: dict[str, str]
    joint: tuple[str, ...]
    shared_name: str = ""


def levels_of(a: Prepared, b: Prepared) -> Levels:
    """Compare two prepared rows; symmetric."""
    fields, shared = compared(a, b)
    return Levels(fields, joint_of(fields), shared)


def compared(a: Prepared, b: Prepared) -> tuple[dict[str, str], str]:
    """The level of each field, and what both names share."""
    name = name_level(a.name, b.name)
    return {"name": name.level} | {told: field.level(a, b) for told, field in FIELDS.items()}, name.shared


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


def joint_of(fields: dict[str, str]) -> tuple[str, ...]:
    """What weak fields say together, which they do not say alone: families share a surname, a phone and a flight.

    Nothing is said where a document agrees, which outweighs all of it; only that twins are given numbers in a row.
    """
    name, born, phone, trip = fields["name"], fields["birth"], fields["phone"], fields["trip"]
    stranger, full = name in ("surname", "else"), name in ("hanzi", "sound", "letters")
    documents = {fields["document"], fields["resident_id"]}
    if documents & {"exact", "edit"}:
        in_a_row = "exact" not in documents and born in ("exact", "newyear")
        return ("twins",) if in_a_row and (stranger or name in ("onechar", "given")) else ()
    half = name in ("part", "onechar", "halfnear", "near", "subset", "english")
    unlike = born in ("else", "generation")
    other_birth, same_birth = unlike or born in ("year", "monthday"), born in ("exact", "edit", "swap")
    silent_phone = phone in ("else", "null")
    other_document = "else" in documents
    said = {
        "stranger_other_birth": stranger and other_birth,
        "stranger_same_birth": stranger and same_birth,
        "stranger_no_birth": stranger and born == "null",
        "household_phone": stranger and phone == "exact",
        "household_trip": name == "surname" and phone == "exact" and trip in ("same", "flight", "day0", "flightnear"),
        "half_other_birth": half and other_birth,
        "full_same_birth": full and (same_birth or born == "yearonly"),
        "full_other_birth": full and unlike,
        "twins": (stranger or name in ("onechar", "halfnear", "near", "given")) and same_birth and other_document,
        "other_document_birth": other_document and (unlike or born == "null"),
        "other_document_phone": other_document and silent_phone,
        "name_alone": (unlike or born in ("null", "year"))
        and silent_phone
        and trip in ("otherflight", "dayfar", "null"),
    }
    return tuple(term for term, holds in said.items() if holds)


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
}
"""The fields beside the name, whose level also gives what both names share."""
