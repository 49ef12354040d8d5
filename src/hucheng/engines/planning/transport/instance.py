"""The transport problem: minutes between places, orders (parties), vehicles, rules of a trip and of a shift."""

from dataclasses import dataclass

from hucheng.engines.planning.reading import At
from hucheng.engines.planning.refusal import refused

PORT = 0
DAY = 1440
MOST_MINUTES = 31 * DAY


@dataclass(frozen=True, slots=True)
class Order:
    """A party that rides together: its cohort (flight and risk), house (a place, not 0), people, ready minute."""

    cohort: str
    hotel: int
    pax: int
    ready: int


@dataclass(frozen=True, slots=True)
class VehicleType:
    """Vehicles of one kind: seats, how many there are, cost of using one, cost of a minute driven."""

    name: str
    capacity: int
    count: int
    fixed: float
    per_min: float


@dataclass(frozen=True, slots=True)
class TransportInstance:
    """Minutes throughout. A vehicle is busy from `load` before it departs until it is back and disinfected.

    minutes       from place to place; 0 is the port
    max_on_board  from the start of loading to the last stop
    max_wait      from ready to the start of loading
    shift_max     from the first loading of a vehicle to the end of its last disinfection
    w_wait        cost of a person waiting a minute
    barred        minutes [from, to) in which nobody may be on the road, such as 02:00 to 05:00 at night (optional)
    """

    minutes: tuple[tuple[int, ...], ...]
    orders: tuple[Order, ...]
    vehicles: tuple[VehicleType, ...]
    load: int
    unload: int
    disinfect: int
    max_stops: int
    max_on_board: int
    max_wait: int
    shift_max: int
    w_wait: float
    barred: tuple[tuple[int, int], ...] = ()

    @property
    def seats(self) -> int:
        """Give the seats of the largest vehicle."""
        return max(kind.capacity for kind in self.vehicles)

    def may_drive(self, begin: int, busy: int) -> bool:
        """Tell whether a trip that loads from `begin` and keeps its vehicle for `busy` minutes may be on the road."""
        leaves, back = begin + self.load, begin + busy - self.disinfect
        return all(back <= start or end <= leaves for start, end in self.barred)


def read(instance: At) -> TransportInstance:
    """Read an instance; raises PlanRefused with the place of what is wrong."""
    rows = instance.key("minutes").items()
    minutes = tuple(row.wholes(len(rows), high=DAY) for row in rows)
    vehicles = tuple(_vehicle(entry) for entry in instance.key("vehicles").items())
    if not vehicles:
        raise refused("no_vehicles", "vehicles")
    seats = max(kind.capacity for kind in vehicles)
    orders = tuple(_order(entry, len(rows), seats) for entry in instance.key("orders").items())
    params = instance.key("params")
    whole = {name: params.key(name).whole(high=DAY) for name in ("load", "unload", "disinfect")}
    limits = {name: params.key(name).whole(high=MOST_MINUTES) for name in ("max_on_board", "max_wait", "shift_max")}
    stops, weight = params.key("max_stops").whole(1), params.key("w_wait").number()
    barred = (
        tuple(entry.span(0, MOST_MINUTES) for entry in params.key("barred").items()) if params.has("barred") else ()
    )
    return TransportInstance(
        minutes, orders, vehicles, **whole, **limits, max_stops=stops, w_wait=weight, barred=barred
    )


def _vehicle(entry: At) -> VehicleType:
    capacity, count = entry.key("capacity").whole(1), entry.key("count").whole()
    return VehicleType(
        entry.key("name").text(), capacity, count, entry.key("fixed").number(), entry.key("per_min").number()
    )


def _order(entry: At, places: int, seats: int) -> Order:
    pax = entry.key("pax")
    if pax.whole(1) > seats:
        raise refused("party_over_seats", pax.path, found=pax.value, seats=seats)
    house = entry.key("hotel").whole(1, places - 1)
    return Order(entry.key("cohort").text(), house, pax.whole(1), entry.key("ready").whole(high=MOST_MINUTES))
