"""One county by counts: how many trips each day, how many stops at each house, how many people when.

Which house goes on which trip is left out, so the program is small and its bound holds for every plan; `packing.py`
puts the houses on the trips. Stops and trips of a window are whole and at least what its people need: with the limits
on single moves these are what makes the bound tight, as in lot sizing (Pochet and Wolsey 2006).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hucheng.engines.planning.handover.instance import HandoverInstance
from hucheng.engines.planning.program import INFINITY, Program

GAP = 5e-4
LONGEST = 6  # days of release that one cover of trips spans


@dataclass(frozen=True, slots=True)
class Counts:
    """Trips by day for the county's teams and the city's, people by (house, release day, day of the trip)."""

    own: Mapping[int, int]
    city: Mapping[int, int]
    moved: Mapping[tuple[int, int, int], int]


class CountyProgram:
    """The rows and columns of one county in an integer program; `city` is how many city teams each day has for it."""

    def __init__(self, instance: HandoverInstance, county: int, city: Mapping[int, int], program: Program) -> None:
        """Lay out the rows and columns."""
        self._instance, self._county = instance, instance.counties[county]
        self._demand, self.program = instance.demand[county], program
        self._most = max(self._county.capacity, instance.city_capacity if instance.city_teams else 0)
        days = sorted({day for _, release in self._demand for day in self._days(release)})
        cost = self._county.trip_cost
        self._own = {day: self._count(cost, self._county.teams) for day in days}
        self.city = {day: self._count(cost + instance.city_extra, city[day]) for day in days}
        places = sorted({(house, day) for house, release in self._demand for day in self._days(release)})
        self._stops = {place: self._count(instance.hop, INFINITY) for place in places}
        self._moved = {
            (house, release, day): self._move(people, day - release)
            for (house, release), people in self._demand.items()
            for day in self._days(release)
        }
        self._rows(days)

    def solve(self, seconds: float) -> Counts | None:
        """Solve the program for this county alone; None where no counts are found in time."""
        if not self.program.solve_integer(seconds, gap=GAP):
            return None
        values = [round(value) for value in self.program.values]
        own = {day: values[column] for day, column in self._own.items()}
        city = {day: values[column] for day, column in self.city.items()}
        moved = {place: values[column] for place, column in self._moved.items() if values[column]}
        return Counts(own, city, moved)

    def _days(self, release: int) -> range:
        return range(release, release + self._instance.window + 1)

    def _count(self, cost: float, upper: float) -> int:
        return self.program.column(cost, [], [], upper=upper, integer=True)

    def _move(self, people: int, waited: int) -> int:
        return self.program.column(self._instance.w_delay * waited, [], [], upper=people, integer=True)

    def _row(self, low: float, high: float, entries: Iterable[tuple[int, float]]) -> int:
        columns = list(entries)
        return self.program.row(low, high, [column for column, _ in columns], [value for _, value in columns])

    def _rows(self, days: list[int]) -> None:
        for (house, release), people in self._demand.items():
            self._leave(house, release, people)
        for day in days:
            self._one_day(day)
        for house in sorted({house for house, _ in self._demand}):
            self._house_covers(house)
        self._trip_covers()

    def _leave(self, house: int, release: int, people: int) -> None:
        """Everybody leaves in the window; nobody leaves without a stop."""
        days = self._days(release)
        self._row(people, people, [(self._moved[house, release, day], 1.0) for day in days])
        for day in days:
            most = float(min(people, self._most))
            self._row(-INFINITY, 0.0, [(self._moved[house, release, day], 1.0), (self._stops[house, day], -most)])

    def _one_day(self, day: int) -> None:
        """Seats, places for stops, and a trip for each stop at one house."""
        moved = [(column, 1.0) for (_, _, on), column in self._moved.items() if on == day]
        stops = [(house, column) for (house, on), column in self._stops.items() if on == day]
        own, city, hotels = self._own[day], self.city[day], float(self._instance.max_hotels)
        seats = [(own, -float(self._county.capacity)), (city, -float(self._instance.city_capacity))]
        self._row(-INFINITY, 0.0, [*moved, *seats])
        entries = [*((column, 1.0) for _, column in stops), (own, -hotels), (city, -hotels)]
        self._row(-INFINITY, 0.0, entries)
        for house, column in stops:
            self._row(-INFINITY, 0.0, [(column, 1.0), (own, -1.0), (city, -1.0)])
            there = [(moved, 1.0) for (at, _, on), moved in self._moved.items() if (at, on) == (house, day)]
            self._row(-INFINITY, 0.0, [*there, (column, -float(self._most))])

    def _house_covers(self, house: int) -> None:
        """The people of a house released over some days need so many stops."""
        releases = sorted(release for at, release in self._demand if at == house)
        for n, first in enumerate(releases):
            people = 0
            for last in releases[n : n + LONGEST]:
                people += self._demand[house, last]
                days = range(first, last + self._instance.window + 1)
                entries = [(self._stops[house, day], 1.0) for day in days if (house, day) in self._stops]
                self._row(math.ceil(people / self._most), INFINITY, entries)

    def _trip_covers(self) -> None:
        """The people released over some days need so many trips."""
        releases = sorted({release for _, release in self._demand})
        for n, first in enumerate(releases):
            people = 0
            for last in releases[n : n + LONGEST]:
                people += sum(count for (_, release), count in self._demand.items() if release == last)
                days = [day for day in range(first, last + self._instance.window + 1) if day in self._own]
                entries = [(trips[day], 1.0) for day in days for trips in (self._own, self.city)]
                self._row(math.ceil(people / self._most), INFINITY, entries)
