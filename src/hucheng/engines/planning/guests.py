"""Who needs a room, which rooms there are, and what a plan is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hucheng.engines.words.bilingual import Bilingual

ADULT_AGE = 18
CARER = "carer"
WHEELCHAIR = "wheelchair"
HALAL = "halal"


class FloorUse(NamedTuple):
    """What a floor is used for: one risk class and one arrival cohort (flight and day)."""

    risk: str
    cohort: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A person who needs a room.

    party        family or companions who stay together; "" travels alone
    age          whole years, None when not known: then neither a child nor an adult who may look after one
    risk         class such as contact, general, crew; cohort: flight and day
    needs        "wheelchair" and "halal" must be met, "carer" makes the person a dependent whatever the age; any other
                 word (quiet, low_floor) is met where a room offers it
    guardian_of  ids of guests whom this adult looks after, of another party too: a named carer
    """

    id: str
    party: str = ""
    age: int | None = None
    sex: str = ""
    risk: str = ""
    cohort: str = ""
    needs: frozenset[str] = frozenset()
    guardian_of: frozenset[str] = frozenset()

    @property
    def dependent(self) -> bool:
        """Never in a room without an adult of the own party: under 18, or in need of a carer."""
        return (self.age is not None and self.age < ADULT_AGE) or CARER in self.needs

    @property
    def adult(self) -> bool:
        """Known to be of age and in no need of a carer."""
        return self.age is not None and self.age >= ADULT_AGE and CARER not in self.needs

    @property
    def use(self) -> FloorUse:
        """The floors on which the person may live."""
        return FloorUse(self.risk, self.cohort)


@dataclass(frozen=True, slots=True)
class Room:
    """A clean and free room.

    accessible  fit for a wheelchair; offers: words of needs that it meets (halal, quiet)
    number      on the door, "" if the id holds it: its last digits tell which rooms are neighbours
    """

    id: str
    house: str
    floor: int
    beds: int = 1
    accessible: bool = False
    offers: frozenset[str] = frozenset()
    number: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """House and floor."""
        return self.house, self.floor

    def suits(self, guest: Guest) -> bool:
        """Whether the room meets what the guest must have."""
        if WHEELCHAIR in guest.needs and not self.accessible:
            return False
        return HALAL not in guest.needs or HALAL in self.offers


class Placement(NamedTuple):
    """One guest in one room, by id."""

    guest: str
    room: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A guest without a room: code for programs (reasons.csv), why and what to do for people."""

    guest: str
    code: str
    why: Bilingual
    do: Bilingual


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """Every guest exactly once, in order of the guests given.

    lower_bound  rooms that any legal plan for the same placed guests needs; rooms_used is never below it
    """

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    rooms_used: int
    floors_used: int
    lower_bound: int

    def room_of(self) -> dict[str, str]:
        """Give guest id -> room id."""
        return dict(self.placements)


def companies(guests: Sequence[Guest]) -> list[list[Guest]]:
    """Give the guests who belong together: parties, joined where one looks after a guest of another party.

    Order of first appearance.
    """
    leader = {guest.id: guest.id for guest in guests}

    def find(one: str) -> str:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for one, other in _ties(guests):
        leader[find(other)] = find(one)
    found: dict[str, list[Guest]] = {}
    for guest in guests:
        found.setdefault(find(guest.id), []).append(guest)
    return list(found.values())


def _ties(guests: Sequence[Guest]) -> Iterable[tuple[str, str]]:
    here = {guest.id for guest in guests}
    first: dict[str, str] = {}
    for guest in guests:
        if guest.party:
            yield first.setdefault(guest.party, guest.id), guest.id
        for ward in sorted(guest.guardian_of & here):
            yield guest.id, ward
