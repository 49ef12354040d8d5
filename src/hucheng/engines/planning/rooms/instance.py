"""The rooms problem: flights, air zones, rooms, parties, weights."""

from dataclasses import dataclass

from hucheng.engines.planning.reading import At
from hucheng.engines.planning.refusal import refused

DAY = 1440
MOST_BEDS = 60
MOST_PEOPLE = 60
MOST_LEVEL = 1000
WEIGHTS = ("w_room", "w_zone", "w_mix", "w_split", "w_share", "w_med")


@dataclass(frozen=True, slots=True)
class Flight:
    """A flight of a day, landing at `arrive` minutes after the midnight that day 0 begins with."""

    id: str
    day: int
    arrive: int


@dataclass(frozen=True, slots=True)
class Lock:
    """Who lives in a zone already: arrival day and risk class, and the flights they came by."""

    day: int
    risk: int
    flights: frozenset[int]


@dataclass(frozen=True, slots=True)
class Zone:
    """Rooms that breathe the same air: a floor or a wing of a hotel."""

    hotel: int
    halal: bool
    lock: Lock | None


@dataclass(frozen=True, slots=True)
class Room:
    """A room of a zone; `level` is its closeness to medical help, `ready` the minute from which it is clean."""

    zone: int
    beds: int
    accessible: bool
    level: int
    ready: int


@dataclass(frozen=True, slots=True)
class Group:
    """A party: people of one flight and risk class who stay in one zone. `need` is the medical closeness wished for.

    ramp_adults, ramp_minors  who must sleep in an accessible room, where that is known: the format of instances says
                              only that somebody must, who then is none of these and has any room of the party
    """

    flight: int
    risk: int
    men: int
    women: int
    minors: int
    accessible: bool
    halal: bool
    need: int
    ramp_adults: int = 0
    ramp_minors: int = 0

    @property
    def size(self) -> int:
        """Give the number of people."""
        return self.men + self.women + self.minors

    @property
    def adults(self) -> int:
        """Give the number of adults."""
        return self.men + self.women

    @property
    def may_share(self) -> bool:
        """Tell whether strangers may be put beside this party where the setting allows it: one adult alone."""
        return self.size == 1 and not self.minors


@dataclass(frozen=True, slots=True)
class Weights:
    """Cost of a room used, a zone opened, a further flight in it, a room too many, a sharer, a step of closeness."""

    room: int
    zone: int
    mix: int
    split: int
    share: int
    med: int


@dataclass(frozen=True, slots=True)
class RoomsInstance:
    """What is to be planned.

    sharing    single adults of one sex, flight and risk class may share a room
    most_beds  beds of the largest room
    """

    sharing: bool
    weights: Weights
    flights: tuple[Flight, ...]
    zones: tuple[Zone, ...]
    rooms: tuple[Room, ...]
    groups: tuple[Group, ...]
    most_beds: int

    def fewest(self, group: Group) -> int:
        """Give the fewest rooms that a party can need, going by the beds of the largest room."""
        return -(-group.size // self.most_beds)


def read(instance: At) -> RoomsInstance:
    """Read an instance; raises PlanRefused with the place of what is wrong."""
    params = instance.key("params")
    weights = Weights(*(params.key(name).whole(high=10**6) for name in WEIGHTS))
    flights = tuple(_flight(entry) for entry in instance.key("flights").items())
    zones = tuple(_zone(entry, len(flights)) for entry in instance.key("zones").items())
    rooms = tuple(_room(entry, len(zones)) for entry in instance.key("rooms").items())
    _refuse_empty_zones(instance, zones, rooms)
    most = max((room.beds for room in rooms), default=0)
    groups = tuple(_group(entry, len(flights), most) for entry in instance.key("groups").items())
    return RoomsInstance(params.key("sharing").flag(), weights, flights, zones, rooms, groups, most)


def _flight(entry: At) -> Flight:
    flight = Flight(entry.key("id").text(), entry.key("day").whole(high=3660), entry.key("arrive").whole())
    if flight.arrive < flight.day * DAY:
        raise refused("backwards", entry.key("arrive").path, start=flight.day * DAY, end=flight.arrive)
    return flight


def _zone(entry: At, flights: int) -> Zone:
    locked, lock = entry.key("locked"), None
    if locked.value is not None:
        day, risk, inside = locked.items(3)
        lock = Lock(day.whole(), risk.whole(), frozenset(inside.wholes(high=flights - 1)))
    return Zone(entry.key("hotel").whole(), entry.key("halal").flag(), lock)


def _room(entry: At, zones: int) -> Room:
    zone, beds, accessible, level, ready = entry.items(5)
    return Room(
        zone.whole(high=zones - 1),
        beds.whole(1, MOST_BEDS),
        accessible.flag(),
        level.whole(high=MOST_LEVEL),
        ready.whole(),
    )


def _refuse_empty_zones(instance: At, zones: tuple[Zone, ...], rooms: tuple[Room, ...]) -> None:
    if empty := set(range(len(zones))) - {room.zone for room in rooms}:
        raise refused("zone_without_rooms", f"zones[{min(empty)}]")


def _group(entry: At, flights: int, most_beds: int) -> Group:
    flight, risk, men, women, minors, accessible, halal, need = entry.items(8)
    group = Group(
        flight.whole(high=flights - 1),
        risk.whole(),
        men.whole(high=MOST_PEOPLE),
        women.whole(high=MOST_PEOPLE),
        minors.whole(high=MOST_PEOPLE),
        accessible.flag(),
        halal.flag(),
        need.whole(high=MOST_LEVEL),
    )
    if not group.size:
        raise refused("empty_party", entry.path)
    if group.size > most_beds * (group.adults if group.minors else group.size):
        raise refused("party_beyond_rooms", entry.path, size=group.size, adults=group.adults, beds=most_beds)
    return group
