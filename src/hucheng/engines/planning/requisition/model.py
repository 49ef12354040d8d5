"""The mixed-integer program of a requisition, for all houses or for a share of them while the others stay.

x in service, z first day of service (new houses), y rooms of a day's arrivals placed: nobody moves house. The last
day of a stay implies service begun by its first (`y <= min(rooms, arrivals) (x - z of the days between)` on it),
which the rows of capacity alone do not see; `cuts.py` has the same for several days together.
"""

import math
from dataclasses import dataclass, field

import highspy

from hucheng.engines.planning.requisition.instance import House, RequisitionInstance
from hucheng.engines.planning.requisition.service import Service
from hucheng.engines.planning.search import SAME
from hucheng.engines.planning.solvers import Row, hold_whole, load

ENDLESS = highspy.kHighsInf
Terms = dict[int, float]


@dataclass(slots=True)
class Share:
    """Houses to plan, the arrivals they take, and what the other houses leave of each limit, by day."""

    houses: list[int]
    arrivals: list[list[int]]
    reserve: list[int]
    crews: list[int]
    staff: list[list[int]]
    zones: list[list[int]]
    barred: set[tuple[int, int]] = field(default_factory=set)


def whole(instance: RequisitionInstance) -> Share:
    """Give the share that is everything."""
    return Share(
        list(range(len(instance.houses))),
        [list(day) for day in instance.arrivals],
        list(instance.reserve),
        [instance.crews] * instance.days,
        [list(skill) for skill in instance.staff],
        [[limit] * instance.days for limit in instance.zone_limit],
    )


def share_of(instance: RequisitionInstance, service: Service, houses: set[int]) -> Share:
    """Give the share of some houses while the rest of a service stays as it is."""
    share = whole(instance)
    share.houses, share.arrivals = sorted(houses), [[0] * len(instance.hold) for _ in range(instance.days)]
    for (house, day, kind), rooms in service.placed.items():
        if house in houses:
            share.arrivals[day][kind] += rooms
    for house, (start, end) in service.serves.items():
        if house not in houses:
            _take(instance, share, house, start, end)
    return share


def _take(instance: RequisitionInstance, share: Share, house: int, start: int, end: int) -> None:
    """Take from the limits what a house that stays uses."""
    told = instance.houses[house]
    near = [a if b == house else b for a, b in instance.conflicts if house in (a, b)]
    for day in range(start, end):
        share.reserve[day] -= told.rooms
        share.zones[told.zone][day] -= 1
        for skill, people in enumerate(told.staff):
            share.staff[skill][day] -= people
        share.barred.update((other, day) for other in near)
    if not told.open_now:
        for day in range(start - told.setup_days, start):
            share.crews[day] -= 1


class Program:
    """Columns and rows of a share. `slack` names the families of rules that may be broken, and counts how far."""

    def __init__(self, instance: RequisitionInstance, share: Share, slack: frozenset[str] = frozenset()) -> None:
        """Build the program."""
        self.instance, self.share, self.slack = instance, share, slack
        self.costs: list[float] = []
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.whole: list[int] = []
        self.rows: list[Row] = []
        self.serves: dict[tuple[int, int], int] = {}
        self.first: dict[tuple[int, int], int] = {}
        self.rooms: dict[tuple[int, int, int], int] = {}
        self.slacks: list[int] = []
        self.usable = [n for n in share.houses if instance.houses[n].eligible]
        for house in self.usable:
            self._columns(house, instance.houses[house])
        for day in range(instance.days):
            self._day(day)
        for house in self.usable:
            self._house(house, instance.houses[house])

    def solver(self, solver: highspy.Highs, *, integer: bool = True) -> highspy.Highs:
        """Pass the program to HiGHS."""
        load(solver, self.costs, self.rows, lows=self.lows, highs=self.highs)
        if integer:
            hold_whole(solver, self.whole)
        return solver

    def let_rooms_divide(self) -> None:
        """Let rooms placed be fractions: they come out whole nearly always when service is, and search is quicker."""
        rooms = set(self.rooms.values())
        self.whole = [column for column in self.whole if column not in rooms]

    def divides(self, values: list[float]) -> bool:
        """Tell whether a solution places a fraction of a room."""
        return any(abs(values[column] - round(values[column])) > SAME for column in self.rooms.values())

    def values_of(self, service: Service) -> list[float]:
        """Give the values of the columns for a service of these houses, to start from."""
        values = [0.0] * len(self.costs)
        for house in self.usable:
            start, end = service.serves.get(house, (0, 0))
            for day in range(start, end):
                values[self.serves[house, day]] = 1.0
            if end and (house, start) in self.first:
                values[self.first[house, start]] = 1.0
        for where, rooms in service.placed.items():
            if where in self.rooms:
                values[self.rooms[where]] = float(rooms)
        return values

    def service_from(self, values: list[float]) -> Service:
        """Read the values of a solution as a service."""
        service = Service()
        for house in self.usable:
            days = [day for day in range(self.instance.days) if values[self.serves[house, day]] > 0.5]
            if days:
                service.serves[house] = (days[0], days[-1] + 1)
        service.placed = {where: n for where, column in self.rooms.items() if (n := round(values[column]))}
        return service

    def hold(self, service: Service, houses: set[int]) -> None:
        """Let some houses serve when they do now and no other day; what is placed in them stays open."""
        for house in houses & set(self.usable):
            start, end = service.serves.get(house, (0, 0))
            for day in range(self.instance.days):
                self._fix(self.serves[house, day], float(start <= day < end))
                if (house, day) in self.first:
                    self._fix(self.first[house, day], float(day == start and end > 0))
        for (house, day, _kind), column in self.rooms.items():
            start, end = service.serves.get(house, (0, 0))
            if house in houses and not start <= day < end:
                self._fix(column, 0.0)

    def _fix(self, column: int, value: float) -> None:
        self.lows[column] = self.highs[column] = value

    def _column(self, cost: float, low: float = 0.0, high: float = ENDLESS, *, integer: bool = True) -> int:
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        if integer:
            self.whole.append(len(self.costs) - 1)
        return len(self.costs) - 1

    def _row(self, low: float, high: float, terms: Terms, rule: str = "") -> None:
        """Add a row; where its rule may be broken, a slack on the side that is tight counts how far."""
        if rule in self.slack:
            self.slacks.append(self._column(0.0, integer=False))
            terms = terms | {self.slacks[-1]: 1.0 if high == ENDLESS else -1.0}
        if terms:
            self.rows.append((low, high, terms))
        elif low > 0 or high < 0:
            self.rows.append((low, high, {self._column(0.0, 0.0, 0.0, integer=False): 1.0}))

    def _columns(self, house: int, told: House) -> None:
        share, instance = self.share, self.instance
        for day in range(instance.days):
            barred = (house, day) in share.barred
            self.serves[house, day] = self._column(told.day_cost, float(day < told.held_until), 0.0 if barred else 1.0)
            if not told.open_now and day >= told.setup_days:
                self.first[house, day] = self._column(told.setup_cost, 0.0, 1.0)
            for kind in told.classes:
                fit = told.rooms if "class_rooms" in self.slack else instance.special_rooms(house, kind)
                if most := min(share.arrivals[day][kind], fit):
                    self.rooms[house, day, kind] = self._column(instance.room_cost(house, kind), 0.0, float(most))

    def _day(self, day: int) -> None:
        instance, share = self.instance, self.share
        for kind, rooms in enumerate(share.arrivals[day]):
            here = {self.rooms[house, day, kind]: 1.0 for house in self.usable if (house, day, kind) in self.rooms}
            if "all_arrivals_placed" in self.slack:
                self._row(rooms, ENDLESS, here, "all_arrivals_placed")
            else:
                self._row(rooms, rooms, here)
        houses = {house: self.serves[house, day] for house in self.usable}
        told = instance.houses
        sizes = {x: float(told[n].rooms) for n, x in houses.items()}
        self._row(self._reserve(day), ENDLESS, sizes, "service_level_reserve")
        for skill, limits in enumerate(share.staff):
            terms = {x: float(told[n].staff[skill]) for n, x in houses.items()}
            self._row(-ENDLESS, limits[day], terms, "staff")
        for zone, limits in enumerate(share.zones):
            here = {x: 1.0 for n, x in houses.items() if told[n].zone == zone}
            if len(here) > limits[day]:
                self._row(-ENDLESS, limits[day], here, "zone_limit")
        for pair in instance.conflicts:
            if pair[0] in houses and pair[1] in houses:
                self._row(-ENDLESS, 1, {houses[n]: 1.0 for n in pair}, "min_separation")
        self._row(-ENDLESS, share.crews[day], self._setting_up(day), "setup_crews")

    def _reserve(self, day: int) -> int:
        """Give the least rooms of whole houses that hold the reserve: a multiple of the divisor that all share."""
        if "service_level_reserve" in self.slack:
            return self.share.reserve[day]
        step = math.gcd(*(self.instance.houses[house].rooms for house in self.usable)) or 1
        return -(-self.share.reserve[day] // step) * step

    def _setting_up(self, day: int) -> Terms:
        return {
            self.first[house, start]: 1.0
            for house in self.usable
            for start in range(day + 1, min(self.instance.days, day + self.instance.houses[house].setup_days + 1))
            if (house, start) in self.first
        }

    def _house(self, house: int, told: House) -> None:
        for day in range(self.instance.days):
            self._rooms_on(house, told, day)
            self._interval_on(house, told, day)
        if not told.open_now:
            starts = {self.first[house, day]: 1.0 for day in range(self.instance.days) if (house, day) in self.first}
            self._row(-ENDLESS, 1, starts)

    def _rooms_on(self, house: int, told: House, day: int) -> None:
        instance, x = self.instance, self.serves[house, day]
        inside: dict[int, Terms] = {}
        for kind in told.classes:
            arrived = range(max(0, day - instance.hold[kind] + 1), day + 1)
            columns = [self.rooms[house, then, kind] for then in arrived if (house, then, kind) in self.rooms]
            inside[kind] = dict.fromkeys(columns, 1.0)
            if kind in instance.capped and columns:
                cap = float(instance.special_rooms(house, kind))
                self._row(-ENDLESS, 0, inside[kind] | {x: -cap}, "class_rooms")
            if (house, day, kind) in self.rooms:
                last = min(instance.days - 1, day + instance.hold[kind] - 1)
                room = self.rooms[house, day, kind]
                most = self.highs[room]
                begun = range(max(day, last - max(1, told.min_days)) + 1, last + 1)
                late = {self.first[house, start]: most for start in begun if (house, start) in self.first}
                self._row(-ENDLESS, 0, {room: 1.0, self.serves[house, last]: -most} | late)
        everyone = {column: 1.0 for terms in inside.values() for column in terms}
        self._row(-ENDLESS, -told.occupied[day], everyone | {x: -float(told.rooms)})

    def _interval_on(self, house: int, told: House, day: int) -> None:
        """One interval: service begins on a first day, lasts its contract, and does not begin again."""
        x, before = self.serves[house, day], self.serves.get((house, day - 1))
        if told.open_now:
            if before is not None:
                self._row(-ENDLESS, 0, {x: 1.0, before: -1.0})
            return
        begun = {x: 1.0} if before is None else {x: 1.0, before: -1.0}
        if (house, day) in self.first:
            begun[self.first[house, day]] = -1.0
        self._row(-ENDLESS, 0, begun)
        recent = range(max(0, day - max(1, told.min_days) + 1), day + 1)
        bound = {self.first[house, start]: -1.0 for start in recent if (house, start) in self.first}
        if bound:
            self._row(0, ENDLESS, bound | {x: 1.0})
