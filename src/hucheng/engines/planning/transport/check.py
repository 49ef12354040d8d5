"""The checker of transport plans: shares nothing with the search but the instance."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hucheng.engines.planning.answer import Plan, Verdict, Violation
from hucheng.engines.planning.transport.instance import TransportInstance


@dataclass(frozen=True, slots=True)
class _Trip:
    """A trip of a plan, as it is written and as it runs."""

    vehicle: tuple[int, int]
    depart: int
    orders: Sequence[int]
    route: Sequence[int]
    drive: int
    last_stop: int
    begin: int
    end: int


def check(instance: TransportInstance, plan: Plan) -> Verdict:
    """Judge `{"trips": [{"vehicle": [kind, number], "depart": minute, "orders": [...], "route": [houses]}]}`."""
    broken = [*_fleet(instance, plan["trips"])]
    trips = {n: _read(instance, trip) for n, trip in enumerate(plan["trips"]) if _exists(instance, trip)}
    broken += _served(instance, list(trips.values()))
    for n, trip in trips.items():
        broken += _riders(instance, n, trip)
        broken += _road(instance, n, trip)
    broken += _shifts(instance, list(trips.values()))
    return Verdict(_parts(instance, list(trips.values())), tuple(broken))


def _exists(instance: TransportInstance, trip: Plan) -> bool:
    kind, number = trip["vehicle"]
    return bool(kind < len(instance.vehicles) and number < instance.vehicles[kind].count)


def _fleet(instance: TransportInstance, trips: Sequence[Plan]) -> Iterator[Violation]:
    for n, trip in enumerate(trips):
        if not _exists(instance, trip):
            yield Violation("vehicle_exists", str(n))


def _read(instance: TransportInstance, trip: Plan) -> _Trip:
    kind, number = trip["vehicle"]
    here, drive, clock, last = 0, 0, trip["depart"], trip["depart"]
    for house in trip["route"]:
        drive += instance.minutes[here][house]
        last = clock + instance.minutes[here][house]
        clock, here = last + instance.unload, house
    drive += instance.minutes[here][0]
    end = clock + instance.minutes[here][0] + instance.disinfect
    begin = trip["depart"] - instance.load
    return _Trip((kind, number), trip["depart"], trip["orders"], trip["route"], drive, last, begin, end)


def _served(instance: TransportInstance, trips: Sequence[_Trip]) -> Iterator[Violation]:
    times = [0] * len(instance.orders)
    for trip in trips:
        for order in trip.orders:
            times[order] += 1
    for order, count in enumerate(times):
        if count > 1:
            yield Violation("order_once", str(order))
        if count == 0:
            yield Violation("every_order_served", str(order))


def _riders(instance: TransportInstance, n: int, trip: _Trip) -> Iterator[Violation]:
    orders = [instance.orders[order] for order in trip.orders]
    if len({order.cohort for order in orders}) != 1:
        yield Violation("one_cohort_per_trip", str(n))
    if sum(order.pax for order in orders) > instance.vehicles[trip.vehicle[0]].capacity:
        yield Violation("capacity", str(n))
    for place, order in zip(trip.orders, orders, strict=True):
        if trip.begin < order.ready:
            yield Violation("not_before_ready", str(place))
        if trip.begin - order.ready > instance.max_wait:
            yield Violation("max_wait", str(place))


def _road(instance: TransportInstance, n: int, trip: _Trip) -> Iterator[Violation]:
    houses = {instance.orders[order].hotel for order in trip.orders}
    if set(trip.route) != houses or len(trip.route) != len(houses):
        yield Violation("route_matches_orders", str(n))
    if len(trip.route) > instance.max_stops:
        yield Violation("max_stops", str(n))
    back = trip.end - instance.disinfect
    if any(start < back and trip.depart < end for start, end in instance.barred):
        yield Violation("night_barred", str(n))
    if trip.last_stop - trip.begin > instance.max_on_board:
        yield Violation("time_on_board", str(n))


def _shifts(instance: TransportInstance, trips: Sequence[_Trip]) -> Iterator[Violation]:
    for vehicle, own in _by_vehicle(trips).items():
        times = sorted((trip.begin, trip.end) for trip in own)
        if any(before[1] > after[0] for before, after in zip(times, times[1:], strict=False)):
            yield Violation("vehicle_overlap", str(vehicle))
        if times[-1][1] - times[0][0] > instance.shift_max:
            yield Violation("driver_shift", str(vehicle))


def _by_vehicle(trips: Sequence[_Trip]) -> dict[tuple[int, int], list[_Trip]]:
    own: dict[tuple[int, int], list[_Trip]] = defaultdict(list)
    for trip in trips:
        own[trip.vehicle].append(trip)
    return own


def _parts(instance: TransportInstance, trips: Sequence[_Trip]) -> dict[str, float]:
    waits = (
        instance.orders[order].pax * max(0, trip.begin - instance.orders[order].ready)
        for trip in trips
        for order in trip.orders
    )
    used = {trip.vehicle for trip in trips}
    return {
        "waiting": instance.w_wait * sum(waits),
        "driving": sum(instance.vehicles[trip.vehicle[0]].per_min * trip.drive for trip in trips),
        "vehicles": sum(instance.vehicles[kind].fixed for kind, _ in used),
    }
