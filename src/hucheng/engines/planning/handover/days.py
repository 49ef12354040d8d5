"""Some days of one county solved again, house by house and trip by trip, while its other days stand."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.handover.instance import HandoverInstance
from hucheng.engines.planning.handover.packing import Trip
from hucheng.engines.planning.handover.trips import teams
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import cp_sat

Slot = tuple[int, int]
"""A trip that may be used: its day and its number."""
SCALE = 1000


class DaysModel:
    """CP-SAT over the trips of some days: used or not, where they stop, how many of each release they take."""

    def __init__(
        self, instance: HandoverInstance, county: int, old: Sequence[Plan], days: range, city: Mapping[int, int]
    ) -> None:
        """Take the county's `old` trips on `days`, and `city` teams by day. A day may use one trip more."""
        self._instance, self._county, self._cp = instance, county, cp_model.CpModel()
        self._slots = {slot: trip for day in days for slot, trip in self._offered(day, old, city).items()}
        people: Counter[tuple[int, int]] = Counter()
        for trip in old:
            for house, release, count in trip["pick"]:
                people[house, release] += count
        self._used = {slot: self._cp.new_bool_var("") for slot in self._slots}
        self._stop: dict[tuple[int, Slot], cp_model.IntVar] = {}
        self._load: dict[tuple[int, int, Slot], cp_model.IntVar] = {}
        for (house, release), count in people.items():
            self._moves(house, release, count)
        self._limits()
        self._minimise()

    def solve(self, search: Search, seconds: float, below: float) -> list[Plan] | None:
        """Give cheaper trips for the days; None where none were found."""
        self._cp.add(self._cost <= round(SCALE * below) - 1)
        solver, status = cp_sat(self._cp, search, seconds=seconds)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return [self._trip(slot, solver) for slot in self._slots if solver.value(self._used[slot])]

    def _offered(self, day: int, old: Sequence[Plan], city: Mapping[int, int]) -> dict[Slot, Trip]:
        now = Counter(trip["team"] for trip in old if trip["day"] == day)
        own = min(now["own"] + 1, self._instance.counties[self._county].teams)
        offered = teams(self._instance, self._county, own, min(now["city"] + 1, city[day]))
        return {(day, n): trip for n, trip in enumerate(offered)}

    def _moves(self, house: int, release: int, count: int) -> None:
        slots = [slot for slot in self._slots if release <= slot[0] <= release + self._instance.window]
        for slot in slots:
            most = min(count, self._slots[slot].seats)
            load = self._load[house, release, slot] = self._cp.new_int_var(0, most, "")
            if (house, slot) not in self._stop:
                self._stop[house, slot] = self._cp.new_bool_var("")
            self._cp.add(load <= most * self._stop[house, slot])
        self._cp.add(sum(self._load[house, release, slot] for slot in slots) == count)

    def _limits(self) -> None:
        loads = {slot: sum(load for (*_, at), load in self._load.items() if at == slot) for slot in self._slots}
        for slot, trip in self._slots.items():
            self._cp.add(loads[slot] <= trip.seats * self._used[slot])
            stops = sum(stop for (_, at), stop in self._stop.items() if at == slot)
            self._cp.add(stops <= self._instance.max_hotels * self._used[slot])
            before = (slot[0], slot[1] - 1)
            if self._slots.get(before) == trip:  # alike trips: the fuller one first
                self._cp.add(loads[before] >= loads[slot])

    def _minimise(self) -> None:
        hop, delay = round(SCALE * self._instance.hop), self._instance.w_delay
        trips = sum(round(SCALE * trip.cost) * self._used[slot] for slot, trip in self._slots.items())
        waits = sum(
            round(SCALE * delay * (slot[0] - release)) * load for (_, release, slot), load in self._load.items()
        )
        self._cost = trips + hop * sum(self._stop.values()) + waits
        self._cp.minimize(self._cost)

    def _trip(self, slot: Slot, solver: cp_model.CpSolver) -> Plan:
        loads = ((house, release, load) for (house, release, at), load in self._load.items() if at == slot)
        pick = [[house, release, taken] for house, release, load in loads if (taken := solver.value(load))]
        team = "city" if self._slots[slot].city else "own"
        return {"day": slot[0], "county": self._county, "team": team, "pick": pick}
