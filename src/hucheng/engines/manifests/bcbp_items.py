"""The items of a bar-coded boarding pass and how many characters each has: IATA Resolution 792, version 8 (2020)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hucheng.engines.manifests.records import Problem

Items = tuple[tuple[str, int], ...]

HEAD: Items = (("format", 1), ("legs", 1), ("name", 20), ("electronic", 1))
LEG: Items = (
    ("pnr", 7), ("origin", 3), ("destination", 3), ("carrier", 3), ("flight", 5), ("day", 3), ("compartment", 1),
    ("seat", 4), ("sequence", 5), ("status", 1), ("size", 2),
)  # fmt: skip
UNIQUE: Items = (
    ("description", 1), ("checked_in_at", 1), ("issued_at", 1), ("issued", 4), ("document_type", 1), ("issuer", 3),
    ("bag_tags", 13), ("bag_tags_2", 13), ("bag_tags_3", 13),
)  # fmt: skip
REPEATED: Items = (
    ("airline_code", 3), ("serial", 10), ("selectee", 1), ("document_verified", 1), ("marketing_carrier", 3),
    ("frequent_flyer_airline", 3), ("frequent_flyer_number", 16), ("reduced_fare", 1), ("baggage_allowance", 3),
    ("fast_track", 1),
)  # fmt: skip
HEAD_LENGTH, LEG_LENGTH = (sum(width for _name, width in items) for items in (HEAD, LEG))
SHORTEST = HEAD_LENGTH + LEG_LENGTH


@dataclass(frozen=True, slots=True)
class PassLeg:
    """One leg of a boarding pass; text without the spaces that pad it, "" when the item is empty.

    flight      carrier and number as people write them: AC834
    day         the day of the flight, None when it is missing or no day of a year
    seat        34F; INF for a child on the lap
    document_verified  "1" the airline must check the travel document, "2" it has done so
    airline_use what the airline keeps for itself
    """

    pnr: str = ""
    origin: str = ""
    destination: str = ""
    carrier: str = ""
    flight: str = ""
    day: date | None = None
    compartment: str = ""
    seat: str = ""
    sequence: str = ""
    status: str = ""
    airline_code: str = ""
    serial: str = ""
    selectee: str = ""
    document_verified: str = ""
    marketing_carrier: str = ""
    frequent_flyer_airline: str = ""
    frequent_flyer_number: str = ""
    reduced_fare: str = ""
    baggage_allowance: str = ""
    fast_track: str = ""
    airline_use: str = ""

    @property
    def seat_given(self) -> bool:
        """The pass names a seat, and not the lap of another passenger."""
        return any(sign.isdigit() for sign in self.seat)


@dataclass(frozen=True, slots=True)
class BoardingPass:
    """A boarding pass as read.

    name_cut    the name fills its 20 characters, so that its end may be missing
    version     of the conditional items, "" when there are none
    security    what follows `^`: its kind and its text, not verified here
    """

    surname: str = ""
    given: str = ""
    name_cut: bool = False
    electronic: bool = False
    legs: tuple[PassLeg, ...] = ()
    version: str = ""
    description: str = ""
    checked_in_at: str = ""
    issued_at: str = ""
    issued: date | None = None
    document_type: str = ""
    issuer: str = ""
    bag_tags: tuple[str, ...] = ()
    security_kind: str = ""
    security: str = ""
    raw: str = ""
    problems: tuple[Problem, ...] = ()


def cut(text: str, items: Items) -> Iterator[tuple[str, str]]:
    """Give the items that a text holds, as they stand; the text may end before the last of them."""
    place = 0
    for name, width in items:
        if place >= len(text):
            return
        yield name, text[place : place + width]
        place += width


def joined(values: Sequence[str], items: Items) -> str:
    """Write items side by side, each padded to its width; raises ValueError for one that is too long."""
    parts = []
    for value, (name, width) in zip(values, items, strict=False):
        if len(value) > width:
            raise ValueError(f"{name} has {width} characters, {value!r} has {len(value)}")
        parts.append(value.ljust(width))
    return "".join(parts)
