"""Who aboard is a close contact of a case, from the aircraft's cabin (R19, Prevention and Control Plan, 6th edition).

The same row and three rows before and behind, companions, and the crew who served there. What is not known proves
nothing: a seat that cannot be read makes a contact until it is known, and so does crew whose zone is not known.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from hucheng.engines.manifests.cabins import Cabin, open_cabin
from hucheng.engines.words.bilingual import Bilingual

K = TypeVar("K", bound=Hashable)
REACH = 3
"""Rows before and behind."""

_SAME = Bilingual("与病例同排", "seated in the same row as a case")
_ROWS = Bilingual("与病例相距{n}排", "seated {n} row(s) from a case")
_ZONE = Bilingual("坐在染病乘务员服务的区域", "seated in the zone of a crew member who is a case")
_COMPANION = Bilingual("与病例同行", "travels with a case")
_CREW = Bilingual("为病例所在区域服务的乘务员", "crew who served where a case sat")
_MATES = Bilingual("与染病乘务员同组", "crew of the same flight as a crew member who is a case")
_UNKNOWN = Bilingual("本人或病例座位（区域）不明，不能排除", "own place or that of a case not known, so not excluded")


@dataclass(frozen=True, slots=True)
class Aboard(Generic[K]):
    """One person on the flight.

    party   family or companions; "" is nobody's companion
    crew    on duty; zones: those of the cabin that the crew member served, empty when not known
    """

    key: K
    seat: str = ""
    party: str = ""
    crew: bool = False
    zones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Contact(Generic[K]):
    """Why somebody is a close contact.

    rows_from_case  rows of this cabin to the nearest case with a known seat, None when either is not known
    of              the cases that ground it, in the order in which they were given
    """

    rows_from_case: int | None
    near: bool
    zone: bool
    companion: bool
    crew: bool
    unknown: bool
    of: tuple[K, ...]

    @property
    def known(self) -> bool:
        """Some ground is sure; otherwise the person is a contact only until the places are known."""
        return self.near or self.zone or self.companion or self.crew

    @property
    def why(self) -> Bilingual:
        """Every ground that holds, as one line for people."""
        near = _SAME if self.rows_from_case == 0 else _ROWS.filled(n=self.rows_from_case)
        crew = _MATES if self.crew and self.zone else _CREW
        grounds = ((self.near, near), (self.zone and not self.crew, _ZONE), (self.companion, _COMPANION),
                   (self.crew, crew), (self.unknown, _UNKNOWN))  # fmt: skip
        said = [text for holds, text in grounds if holds]
        return Bilingual("；".join(text.zh for text in said), "; ".join(text.en for text in said))


@dataclass(frozen=True, slots=True)
class Step(Generic[K]):
    """The contacts after one more finding: who is new, who is none any more because now a case itself."""

    at: datetime
    cases: tuple[K, ...]
    contacts: dict[K, Contact[K]]
    new: tuple[K, ...]
    now_cases: tuple[K, ...]


def contacts_aboard(
    aboard: Iterable[Aboard[K]], cases: Collection[K], *, cabin: Cabin | None = None, reach: int = REACH
) -> dict[K, Contact[K]]:
    """Give everybody aboard who is a close contact of the cases, the cases themselves left out.

    aboard  everybody on the flight
    cases   keys of the cases; one that is not aboard has no known seat
    cabin   the aircraft's layout; None: rows follow their numbers
    reach   rows before and behind that count, >= 0
    raises  ValueError for a negative reach
    """
    if reach < 0:
        raise ValueError(f"reach must be >= 0 rows, got {reach}")
    people = {one.key: one for one in aboard}
    cabin = cabin or open_cabin()
    ill = [_Case(people.get(case) or Aboard(case), cabin, reach) for case in dict.fromkeys(cases)]
    sick = {case.person.key for case in ill}
    found = {key: _judge(one, ill, cabin, reach) for key, one in people.items() if key not in sick}
    return {key: contact for key, contact in found.items() if contact.known or contact.unknown}


class _Case(Generic[K]):
    """One case with what is known of its place."""

    def __init__(self, person: Aboard[K], cabin: Cabin, reach: int) -> None:
        self.person = person
        self.place = cabin.place(person.seat)
        self.on_duty = person.crew and self.place is None
        near = cabin.zones_near(self.place, reach) if self.place is not None else frozenset()
        self.zones = person.zones if self.on_duty else near
        self.unknown = self.place is None and not self.zones


def _judge(one: Aboard[K], ill: Sequence[_Case[K]], cabin: Cabin, reach: int) -> Contact[K]:
    place = cabin.place(one.seat)
    on_duty = one.crew and place is None
    own_zones = cabin.zones_near(place, 0) if place is not None else one.zones if on_duty else frozenset()
    distances = {c.person.key: abs(c.place - place) for c in ill if c.place is not None and place is not None}
    near = {key for key, rows in distances.items() if rows <= reach}
    zone = {c.person.key for c in ill if c.on_duty and (on_duty or c.zones & own_zones)}
    party = {c.person.key for c in ill if one.party and c.person.party == one.party}
    crew = {c.person.key for c in ill if on_duty and (c.on_duty or c.zones & own_zones)}
    placed = near | zone | crew
    unknown = {c.person.key for c in ill if c.person.key not in placed and (c.unknown or not own_zones)}
    return Contact(
        rows_from_case=min(distances.values(), default=None), near=bool(near), zone=bool(zone), companion=bool(party),
        crew=bool(crew), unknown=bool(unknown),
        of=tuple(c.person.key for c in ill if c.person.key in placed | party | unknown),
    )  # fmt: skip


def follow(
    aboard: Sequence[Aboard[K]], findings: Iterable[tuple[datetime, Collection[K]]], *, cabin: Cabin | None = None,
    reach: int = REACH,
) -> list[Step[K]]:  # fmt: skip
    """Work the contacts out again after each finding, in the order of time; cases stay cases.

    findings  (when, keys of those found then); a key found before is not counted twice
    """
    steps: list[Step[K]] = []
    cases: dict[K, None] = {}
    named: dict[K, Contact[K]] = {}
    for at, keys in sorted(findings, key=lambda finding: finding[0]):
        cases |= dict.fromkeys(keys)
        contacts = contacts_aboard(aboard, list(cases), cabin=cabin, reach=reach)
        new = tuple(key for key in contacts if key not in named)
        fell_ill = tuple(key for key in named if key in cases)
        steps.append(Step(at, tuple(cases), contacts, new, fell_ill))
        named = contacts
    return steps
