"""The program over trips: every party of some cohorts served, vehicles enough at every moment (`flow.py`)."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from hucheng.engines.planning.program import Floats, Program
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.transport.cohorts import Clock, Column
from hucheng.engines.planning.transport.flow import Flow, Use
from hucheng.engines.planning.transport.instance import TransportInstance
from hucheng.engines.planning.transport.pricing import Pricer


class Fleet:
    """Trips as columns, made where they help; trips of other cohorts may stand as they are."""

    def __init__(
        self,
        instance: TransportInstance,
        clock: Clock,
        pricers: Sequence[Pricer],
        search: Search,
        *,
        penalty: float,
        standing: Iterable[Use] = (),
    ) -> None:
        """Make the rows; `penalty` is the cost of a party that is not served."""
        self.program, self._search = Program(search), search
        self.pricers = {pricer.number: pricer for pricer in pricers}
        self.columns: dict[Column, int] = {}
        self._serve: dict[tuple[int, int], int] = {}
        for number, pricer in self.pricers.items():
            for place, party in enumerate(pricer.cohort.parties):
                self._serve[number, place] = self.program.row(len(party.orders))
        self._flow = Flow(instance, clock, self.program, standing)
        self.unserved = [self.program.column(penalty, [row], [1.0]) for row in self._serve.values()]

    def add(self, column: Column) -> bool:
        """Add a trip; False where it is there or may not be."""
        pricer = self.pricers[column.cohort]
        if column in self.columns or not pricer.allows(column):
            return False
        rows, values = self._flow.entries([pricer.use(column)])
        rows += [self._serve[column.cohort, party] for party, _ in column.riders]
        values += [float(times) for _, times in column.riders]
        self.columns[column] = self.program.column(pricer.cost(column), rows, values, integer=True)
        return True

    def converge(self) -> float | None:
        """Add trips until none would help or time is up; gives the best proven bound, None where none was proven.

        The bound at any prices: the value of the program, less what each order could still save by a better trip.
        """
        best: float | None = None
        while self._search.left > 0 and self.program.solve():
            priced = self._price()
            if priced is None:
                break
            found, slack = priced
            best = max(best or 0.0, self.program.objective + slack)
            if sum([self.add(column) for column in found]) == 0:
                break
        return best

    def _price(self) -> tuple[list[Column], float] | None:
        """Give trips of negative reduced cost at the last point, and what all orders together could save by any trips.

        None where time ran out before every cohort was priced.
        """
        found: list[Column] = []
        slack, fleet = 0.0, self.fleet_prices()
        for number, pricer in self.pricers.items():
            if self._search.left <= 0:
                return None
            columns, least = pricer.price(self.worth(number), fleet)
            found += columns
            slack += least * pricer.cohort.orders
        return found, slack

    def worth(self, number: int) -> Floats:
        """Give what serving one more of each party of a cohort is worth at the last point."""
        prices = self.program.prices
        return np.array([prices[self._serve[number, n]] for n in range(len(self.pricers[number].cohort.parties))])

    def fleet_prices(self) -> Floats:
        """Give what vehicles are worth at the last point (`Flow.prices`)."""
        return self._flow.prices(self.program.prices)

    @property
    def leaves_someone(self) -> bool:
        """Tell whether somebody is not served, in whole or in part, at the last point."""
        values = self.program.values
        return any(values[place] > 1e-6 for place in self.unserved)

    def forbid(self, room: float) -> None:
        """Forbid trips of reduced cost over `room` at the last point: no plan that is so much better has them."""
        for place, cost in zip(self.columns.values(), self._reduced(), strict=True):
            if cost > room:
                self.program.forbid(place)

    def _reduced(self) -> Iterator[float]:
        """Give the reduced cost of each trip at the last point, of those added since as well."""
        prices = self.program.prices
        fleet = self._flow.prices(prices)
        for column in self.columns:
            pricer = self.pricers[column.cohort]
            kind, first, end = pricer.use(column)
            served = sum(times * prices[self._serve[column.cohort, party]] for party, times in column.riders)
            yield pricer.cost(column) - served - float(fleet[kind, first] - fleet[kind, end])

    def chosen(self) -> list[Column] | None:
        """Give the trips of the last integer point; None where a party is not served."""
        values = self.program.values
        if any(values[place] > 0.5 for place in self.unserved):
            return None
        return [column for column, place in self.columns.items() for _ in range(round(values[place]))]


def penalty_of(instance: TransportInstance) -> float:
    """Give a cost that no party's own trip reaches."""
    drive = (instance.max_stops + 1) * max(map(max, instance.minutes))
    dearest = max(kind.fixed + drive * kind.per_min for kind in instance.vehicles)
    return 1.0 + 2 * dearest + instance.w_wait * instance.max_wait * instance.seats
