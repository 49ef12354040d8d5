"""Who needs a room, which rooms there are, and what a plan is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hucheng.engines.planning.answer import Conflict
from hucheng.engines.words.bilingual import Bilingual

ADULT_AGE = 18
CARER = "carer"
WHEELCHAIR = "wheelchair"
HALAL = "halal"


Place = tuple[str, int]
"""House and floor."""


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
                 word asks nothing of a room
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
    """A free room.

    accessible  fit for a wheelchair; halal: the house has a halal kitchen
    number      on the door, "" if the id holds it: its last digits tell which rooms are neighbours
    clean       False while it waits for disinfection: it takes nobody in, but a plan may say that it is missed
    """

    id: str
    house: str
    floor: int
    beds: int = 1
    accessible: bool = False
    halal: bool = False
    number: str = ""
    clean: bool = True

    @property
    def place(self) -> Place:
        """House and floor."""
        return self.house, self.floor

    def suits(self, guest: Guest) -> bool:
        """Whether the room meets what the guest must have."""
        if WHEELCHAIR in guest.needs and not self.accessible:
            return False
        return HALAL not in guest.needs or self.halal


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
    grounds      guest id -> why just this room, for those whom the plan placed
    conflict     the smallest rules in conflict and the cheapest ways out, where rules leave somebody without a room
    """

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    rooms_used: int
    floors_used: int
    lower_bound: int
    grounds: Mapping[str, tuple[Bilingual, ...]] = field(default_factory=dict)
    conflict: Conflict | None = None

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
