"""Close contacts aboard: the same row, three rows before and behind, companions, crew of the zone (R19)."""

import re
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

_SEAT = re.compile(r"\s*0*(\d{1,3})\s*-?\s*([A-Z])?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ContactReason:
    """Why somebody counts as a close contact of a case aboard.

    rows_from_case  rows to the nearest case, None when the seat is not known
    """

    rows_from_case: int | None
    near: bool
    companion: bool
    crew: bool
    seat_unknown: bool


def seat_row(seat: str) -> int | None:
    """The row number of a seat such as "34F" or "034-F"; None when it cannot be read."""
    found = _SEAT.fullmatch(seat or "")
    return int(found[1]) if found else None


def contacts_by_seat(
    seats: Mapping[K, str],
    index: Collection[K],
    *,
    parties: Mapping[K, str] | None = None,
    crew: Collection[K] = (),
    rows: int = 3,
) -> dict[K, ContactReason]:
    """Everybody aboard who is a close contact of the index cases, the cases themselves left out.

    seats    person -> seat, everybody aboard
    index    the cases among them
    parties  person -> party (family or companions); an empty party is nobody's companion
    crew     cabin crew: contacts as soon as there is a case whose zone they served
    rows     how many rows before and behind count (Prevention and Control Plan, 6th edition: three)
    A person whose seat cannot be read counts as a contact: a missing seat is no proof of distance. A case whose
    seat cannot be read makes no near rows, but its companions and the crew stay contacts.
    """
    cases = set(index)
    if not cases:
        return {}
    parties = parties or {}
    case_rows = sorted({row for case in cases if (row := seat_row(seats.get(case, ""))) is not None})
    case_parties = {party for case in cases if (party := parties.get(case))}
    serving = set(crew)
    found: dict[K, ContactReason] = {}
    for person, seat in seats.items():
        if person in cases:
            continue
        reason = _reason(seat_row(seat), case_rows, rows, parties.get(person) in case_parties, person in serving)
        if reason.near or reason.companion or reason.crew or reason.seat_unknown:
            found[person] = reason
    return found


def _reason(row: int | None, case_rows: list[int], reach: int, companion: bool, crew: bool) -> ContactReason:
    distance = min((abs(row - case) for case in case_rows), default=None) if row is not None else None
    return ContactReason(
        rows_from_case=distance,
        near=distance is not None and distance <= reach,
        companion=companion,
        crew=crew,
        seat_unknown=row is None and not crew,
    )
