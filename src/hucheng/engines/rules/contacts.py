"""Close contacts aboard: the same row, three rows before and behind, companions, crew of the zone (R19)."""

import re
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from hucheng.engines.words.bilingual import Bilingual

K = TypeVar("K", bound=Hashable)

_SEAT = re.compile(r"\s*0*([1-9]\d?)\s*-?\s*([A-Z])?\s*", re.IGNORECASE | re.ASCII)
_SAME = Bilingual("与病例同排", "seated in the same row as a case")
_ROWS = Bilingual("与病例相距{n}排", "seated {n} row(s) from a case")
_COMPANION = Bilingual("与病例同行", "travels with a case")
_CREW = Bilingual("在有病例的航班上服务", "served as crew with a case aboard")
_UNKNOWN = Bilingual("本人或病例座位不明，不能排除", "own seat or a case's seat not known, so not excluded")


@dataclass(frozen=True, slots=True)
class ContactReason:
    """Why somebody counts as a close contact of a case aboard.

    rows_from_case  rows to the nearest case whose seat is known, None when either seat is not known
    seat_unknown    the own seat, or that of some case, cannot be read
    """

    rows_from_case: int | None
    near: bool
    companion: bool
    crew: bool
    seat_unknown: bool

    @property
    def why(self) -> Bilingual:
        """Every ground that holds, as one line for people."""
        near = _SAME if self.rows_from_case == 0 else _ROWS.filled(n=self.rows_from_case)
        grounds = ((self.near, near), (self.companion, _COMPANION), (self.crew, _CREW), (self.seat_unknown, _UNKNOWN))
        said = [text for holds, text in grounds if holds]
        return Bilingual("；".join(text.zh for text in said), "; ".join(text.en for text in said))


def seat_row(seat: str) -> int | None:
    """The row number, 1 to 99, of a seat such as "34F" or "034-F".

    None when it cannot be read: also for row 0 or above 99, which no cabin has and lists use as a filler.
    """
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
    A missing seat is no proof of distance: a person whose seat cannot be read counts as a contact, and while the
    seat of a case cannot be read everybody aboard does, until it is known.
    """
    cases = set(index)
    if not cases:
        return {}
    parties = parties or {}
    read = {seat_row(seats.get(case, "")) for case in cases}
    case_rows = sorted(row for row in read if row is not None)
    case_parties = {party for case in cases if (party := parties.get(case))}
    serving = set(crew)
    found: dict[K, ContactReason] = {}
    for person, seat in seats.items():
        if person in cases:
            continue
        row = seat_row(seat)
        distance = min((abs(row - case) for case in case_rows), default=None) if row is not None else None
        near, crewing = distance is not None and distance <= rows, person in serving
        unknown = not crewing and not near and (row is None or None in read)
        reason = ContactReason(distance, near, parties.get(person) in case_parties, crewing, unknown)
        if reason.near or reason.companion or reason.crew or reason.seat_unknown:
            found[person] = reason
    return found
