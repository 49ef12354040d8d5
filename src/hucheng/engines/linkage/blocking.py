"""Which rows are worth comparing: keys that two rows of one person have in common, and how many rows may share one."""

import math
from collections.abc import Hashable, Iterable, Iterator

from hucheng.engines.linkage.names import letter_key
from hucheng.engines.linkage.records import Prepared

Key = tuple[Hashable, ...]
LARGEST = {
    "name": 60, "birth": 14, "phone": 40, "phone_end": 30, "phone_start": 12, "document_end": 30, "document_start": 12,
    "name_day": 60, "name_flight": 60, "name_year": 60, "part_birth": 20, "part_trip": 8, "birth_flight": 12,
    "part_home": 30, "part_place": 20, "birth_place": 20,
}  # fmt: skip
"""A key shared by more rows than this says too little and finds nothing by itself; others find up to 100 rows."""
USUAL = 100
MOST = max(USUAL, *LARGEST.values())
BUDGETS = {
    "name": 6.4, "name_day": 6.0, "name_year": 6.0, "name_monthday": 4.0, "name_flight": 2.0, "sound_monthday": 2.5,
    "part_birth": 2.4, "birth": 0.4, "document_start": 0.8, "document_end": 0.7,
}  # fmt: skip
"""Pairs a row that a kind of key may give at most in a run, each counted under every key it shares: the
longer the lists, the less a name says, even with a day or a year."""
FEW_ROWS = 2_000
"""Budgets are those of so many rows at least."""
FIRST_NUMBERS = frozenset({"document", "resident_id", "phone"})
BORN_NAMES, FIRST_NAMES = frozenset({"name_monthday", "name_year"}), frozenset({"name", "name_year", "name_day"})
FEW_KINDS = frozenset({"document", "resident_id", "phone", "name", "name_year", "hanzi"})
FEW_SPELLINGS = 6
"""Spellings of a name under which a row is kept where each key costs a row of a table; the likeliest come first."""


def keys_of(row: Prepared) -> frozenset[Key]:
    """Every key under which a row is found, its kind first."""
    return frozenset([*_number_keys(row), *_name_keys(row), *_part_keys(row), *_birth_keys(row), *_home_keys(row)])


def stages_of(row: Prepared) -> Iterator[frozenset[Key]]:
    """Give the keys of a row in the order in which they are looked under: whole numbers, the name as it is usually
    spelled with what dates it, and the others."""
    numbers = frozenset(key for key in _number_keys(row) if key[0] in FIRST_NUMBERS)
    yield numbers
    names = {letter_key(way.joined) for way in row.name.spellings[:2] if way.joined} or row.name.keys
    kinds = BORN_NAMES if row.birth.day else FIRST_NAMES
    named = frozenset(key for key in _named(row, names) if key[0] in kinds)
    yield named
    yield keys_of(row) - numbers - named


def few_keys_of(row: Prepared) -> frozenset[Key]:
    """Give the keys that find most: numbers, and the likeliest spellings of the name alone and with the birth year."""
    names = {letter_key(way.joined) for way in row.name.spellings[:FEW_SPELLINGS] if way.joined} or row.name.keys
    return frozenset(key for key in (*_number_keys(row), *_hanzi(row), *_named(row, names)) if key[0] in FEW_KINDS)


def largest(key: Key) -> int:
    """How many rows may share this key before it finds nothing."""
    return LARGEST.get(str(key[0]), USUAL)


def allowed(blocks: Iterable[tuple[str, int, int]], rows: int) -> dict[str, int]:
    """Give for each kind of key how many of `rows` rows may share one in a run.

    blocks   kind, size and number of the blocks of that size
    A block finds pairs when it is within LARGEST and when all blocks of its kind up to its size stay within the budget
    of the kind, so that rare keys come first and the pairs of a run are bounded before any is made.
    """
    left = {kind: budget * max(rows, FEW_ROWS) for kind, budget in BUDGETS.items()}
    found: dict[str, int] = {}
    for kind, size, count in sorted(blocks):
        left[kind] = left.get(kind, math.inf) - count * size * (size - 1) // 2
        if size <= LARGEST.get(kind, USUAL) and left[kind] >= 0:
            found[kind] = size
    return found


def _number_keys(row: Prepared) -> Iterator[Key]:
    for number in row.documents:
        yield from (("document", number), ("document_end", number[-6:]), ("document_start", number[:6]))
    for number in row.resident_ids:
        yield from (("resident_id", number), ("resident_end", number[6:]), ("resident_start", number[:16]))
    if row.phone:
        yield from (("phone", row.phone), ("phone_end", row.phone[-7:]), ("phone_start", row.phone[:8]))


def _hanzi(row: Prepared) -> Iterator[Key]:
    if row.name.hanzi:
        yield ("hanzi", row.name.hanzi)


def _name_keys(row: Prepared) -> Iterator[Key]:
    yield from _named(row, row.name.keys)
    born = row.birth.day
    for sound in row.name.sounds:
        if born:
            yield ("sound_monthday", sound, born.month, born.day)
        if row.birth.year and row.flight:
            yield ("sound_trip", sound, row.birth.year, row.flight)


def _named(row: Prepared, names: Iterable[str]) -> Iterator[Key]:
    born = row.birth.day
    for key in names:
        yield ("name", key)
        if born:
            yield ("name_monthday", key, born.month, born.day)
        if row.birth.year:
            yield ("name_year", key, row.birth.year)
        if row.day:
            yield ("name_day", key, row.day)
        if row.flight:
            yield ("name_flight", key, row.flight)


def _part_keys(row: Prepared) -> Iterator[Key]:
    for part in _parts(row):
        if row.birth.day:
            yield ("part_birth", part, row.birth.day)
        if row.day and row.flight and row.birth.year:
            yield ("part_trip", part, row.day, row.flight, row.birth.year)


def _parts(row: Prepared) -> set[str]:
    parts = {part for way in row.name.spellings[:3] for part in (way.surname, way.given) if len(part) > 1}
    return parts | {word for word in row.name.words if len(word) > 2}


def _home_keys(row: Prepared) -> Iterator[Key]:
    """A home or a place with a part of the name or the birthday; alone it would find the family and the neighbours."""
    places = [place for place in (row.address.postcode, row.address.locality) if place]
    for part in _parts(row):
        yield from (("part_home", part, home) for home in row.address.homes)
        yield from (("part_place", part, place) for place in places)
    if row.birth.day:
        yield from (("birth_place", row.birth.day, place) for place in places)


def _birth_keys(row: Prepared) -> Iterator[Key]:
    if row.birth.day:
        yield ("birth", row.birth.day)
        if row.flight:
            yield ("birth_flight", row.birth.day, row.flight)
