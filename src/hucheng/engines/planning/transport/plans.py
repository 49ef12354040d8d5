"""From trips of the search to a plan that people can read, and back."""

from collections import defaultdict
from collections.abc import Sequence

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.transport.cohorts import Clock, Cohort, Column
from hucheng.engines.planning.transport.instance import TransportInstance
from hucheng.engines.planning.transport.vehicles import Span, shifts_of


def span_of(cohorts: Sequence[Cohort], clock: Clock, column: Column) -> Span:
    """Give when a trip has its vehicle."""
    begin = clock.start(column.begin)
    return Span(begin, begin + cohorts[column.cohort].routes[column.route].busy)


def plan_of(
    instance: TransportInstance,
    cohorts: Sequence[Cohort],
    clock: Clock,
    columns: Sequence[Column],
    search: Search,
    seconds: float,
) -> Plan | None:
    """Give the plan of trips that serve everybody at least once; None where a kind has too few vehicles.

    Whoever is on two trips is left out of the second. Trips start as early as their people and their vehicle can.
    `seconds` may be spent on each kind to need fewer vehicles.
    """
    riders = _riders(cohorts, columns)
    trips: list[Plan] = []
    for kind, vehicle in enumerate(instance.vehicles):
        own = [n for n, column in enumerate(columns) if column.kind == kind and riders[n]]
        shifts = shifts_of([span_of(cohorts, clock, columns[n]) for n in own], instance.shift_max, search, seconds)
        if len(shifts) > vehicle.count:
            return None
        for number, shift in enumerate(shifts):
            turn = [own[place] for place in shift.trips]
            begins = _earliest(instance, cohorts, [columns[n] for n in turn], [riders[n] for n in turn], shift.free)
            trips += [
                _trip(instance, cohorts, columns[n], riders[n], (kind, number), begin)
                for n, begin in zip(turn, begins, strict=True)
            ]
    return {"trips": sorted(trips, key=lambda trip: (trip["depart"], trip["vehicle"]))}


def _riders(cohorts: Sequence[Cohort], columns: Sequence[Column]) -> list[list[int]]:
    """Name the orders of each trip; alike orders go in their own order."""
    left = {
        (number, place): list(party.orders)
        for number, cohort in enumerate(cohorts)
        for place, party in enumerate(cohort.parties)
    }
    named = []
    for column in columns:
        taken: list[int] = []
        for party, times in column.riders:
            waiting = left[column.cohort, party]
            taken += waiting[:times]
            del waiting[:times]
        named.append(taken)
    return named


def _earliest(
    instance: TransportInstance,
    cohorts: Sequence[Cohort],
    columns: Sequence[Column],
    riders: Sequence[Sequence[int]],
    until: int,
) -> list[int]:
    """Give the minutes to begin loading; the first trip is not drawn so early that the shift becomes too long."""
    free, begins = until - instance.shift_max, []
    for column, orders in zip(columns, riders, strict=True):
        busy = cohorts[column.cohort].routes[column.route].busy
        begin = max(free, *(instance.orders[order].ready for order in orders))
        while not instance.may_drive(begin, busy):
            begin += 1
        begins.append(begin)
        free = begin + busy
    return begins


def _trip(
    instance: TransportInstance,
    cohorts: Sequence[Cohort],
    column: Column,
    orders: Sequence[int],
    vehicle: tuple[int, int],
    begin: int,
) -> Plan:
    houses = {instance.orders[order].hotel for order in orders}
    route = [house for house in cohorts[column.cohort].routes[column.route].houses if house in houses]
    return {"vehicle": list(vehicle), "depart": begin + instance.load, "orders": list(orders), "route": route}


def columns_of(instance: TransportInstance, cohorts: Sequence[Cohort], clock: Clock, plan: Plan) -> list[Column]:
    """Give the trips of a legal plan as trips of the search, with their own starts."""
    place = {
        order: (number, n)
        for number, cohort in enumerate(cohorts)
        for n, party in enumerate(cohort.parties)
        for order in party.orders
    }
    columns = []
    for trip in plan["trips"]:
        number = place[trip["orders"][0]][0]
        counts: dict[int, int] = defaultdict(int)
        for order in trip["orders"]:
            counts[place[order][1]] += 1
        houses = {instance.orders[order].hotel for order in trip["orders"]}
        routes = cohorts[number].routes
        route = next(n for n, way in enumerate(routes) if set(way.houses) == houses)
        begin = min(trip["depart"] - instance.load, int(clock.times[-1]))
        columns.append(Column(number, trip["vehicle"][0], route, begin, tuple(sorted(counts.items()))))
    return columns
