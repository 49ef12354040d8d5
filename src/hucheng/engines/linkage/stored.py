"""A prepared row as text and back, so that a register prepares each row once."""

import json
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from hucheng.engines.linkage.addresses import Address
from hucheng.engines.linkage.births import Birth
from hucheng.engines.linkage.names import Name
from hucheng.engines.linkage.records import Prepared, Row
from hucheng.engines.linkage.spellings import Spelling

FORM = 6
"""To be raised whenever the forms that are compared change: registers on disk then prepare their rows again."""
_ROW = tuple(field.name for field in fields(Row))


def row_text(row: Row) -> str:
    """A row as it was given."""
    return _text([_told(getattr(row, name)) for name in _ROW])


def row_of(text: str) -> Row:
    """The row of a text; one of an earlier version lacks the fields that came later, which stand at the end."""
    told = dict(zip(_ROW, json.loads(text), strict=False))
    told |= {"birth": _birth(told["birth"]), "documents": tuple(told["documents"]), "day": _day(told["day"])}
    told |= {"address": tuple(told.get("address", ()))}
    return Row(**told)


def form_text(row: Prepared) -> str:
    """What is compared of a row, without the row itself."""
    name = row.name
    named = [
        name.hanzi, name.family, name.given, name.surname, name.first, sorted(name.words),
        " ".join(f"{way.surname}/{way.given}" for way in name.spellings),
        sorted(name.keys), sorted(name.sounds), name.cut,
    ]  # fmt: skip
    rest = [row.phone, row.sex, row.nationality, row.flight, _told(row.day), row.seat, row.county, row.origin]
    rest.append([row.address.lines, row.address.house, row.address.locality, row.address.postcode, row.address.region])
    return _text([named, _told(row.birth), sorted(row.documents), sorted(row.resident_ids), *rest])


def prepared_of(row: Row, form: str) -> Prepared:
    """The prepared row that a row and its form give, as `prepare` made it."""
    named, born, documents, resident_ids, phone, sex, nationality, flight, day, seat, county, origin, home = json.loads(
        form
    )
    return Prepared(
        row,
        _name(*named),
        _birth(born),
        frozenset(documents),
        frozenset(resident_ids),
        phone,
        sex,
        nationality,
        flight,
        _day(day),
        seat,
        county,
        origin,
        _address(*home),
    )


def _name(
    hanzi: str, family: str, given: str, surname: str, first: str, words: list[str], ways: str,
    keys: list[str], sounds: list[str], cut: bool,
) -> Name:  # fmt: skip
    parts = (hanzi, family, given, surname, first)
    return Name(*parts, frozenset(words), _spellings(ways), frozenset(keys), frozenset(sounds), cut)


@lru_cache(maxsize=50_000)
def _spellings(ways: str) -> tuple[Spelling, ...]:
    """Spellings of one text; many rows have one name."""
    return tuple(Spelling(*way.split("/")) for way in ways.split(" ")) if ways else ()


def _address(lines: list[str], *parts: str) -> Address:
    return Address(tuple(lines), *parts)


def _told(value: Any) -> Any:
    if isinstance(value, Birth):
        return [_told(value.day), value.year]
    return value.isoformat() if isinstance(value, date) else value


def _birth(told: list[Any]) -> Birth:
    return Birth(_day(told[0]), told[1])


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _text(told: list[Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
