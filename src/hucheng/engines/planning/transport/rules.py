"""The plan that simple rules give at once: as parties become ready, house by house, into vehicles as they are free."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hucheng.engines.planning.transport.cohorts import Clock, Cohort, Column
from hucheng.engines.planning.transport.instance import TransportInstance

HOLDS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Shares of the longest wait for which the first of a load may be held."""


@dataclass(slots=True)
class _Load:
    """A trip being filled: parties by place, people, houses, when the last is ready and the first must leave."""

    ready: int
    due: int
    pax: int = 0
    riders: dict[int, int] = field(default_factory=dict)
    houses: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Vehicle:
    kind: int
    begin: int
    free: int


def first_trips(instance: TransportInstance, cohorts: Sequence[Cohort], clock: Clock) -> Iterator[list[Column]]:
    """Give trips that the vehicles can drive, one plan for each time that the first may be held for the next."""
    if any(_route(cohort, {party.hotel}) is None for cohort in cohorts for party in cohort.parties):
        return
    for part in HOLDS:
        trips = _trips(instance, cohorts, clock, round(part * instance.max_wait))
        if trips is not None:
            yield trips


def _trips(instance: TransportInstance, cohorts: Sequence[Cohort], clock: Clock, hold: int) -> list[Column] | None:
    loads = [(load, number) for number, cohort in enumerate(cohorts) for load in _loads(instance, cohort, hold)]
    loads.sort(key=lambda pair: (pair[0].ready, pair[1]))
    used: list[_Vehicle] = []
    columns = []
    for load, number in loads:
        column = _sent(instance, cohorts[number], number, clock, load, used)
        if column is None:
            return None
        columns.append(column)
    return columns


def _loads(instance: TransportInstance, cohort: Cohort, hold: int) -> list[_Load]:
    """Fill the largest vehicle with those who are ready within `hold` minutes, neighbours by house; then the next."""
    loads: list[_Load] = []
    for place, party in enumerate(cohort.parties):
        for _ in party.orders:
            load = next((load for load in loads if _takes(instance, cohort, load, place, hold)), None)
            if load is None:
                loads.append(load := _Load(party.ready, party.ready + instance.max_wait))
            load.ready = party.ready
            load.pax += party.pax
            load.houses.add(party.hotel)
            load.riders[place] = load.riders.get(place, 0) + 1
    return loads


def _takes(instance: TransportInstance, cohort: Cohort, load: _Load, place: int, hold: int) -> bool:
    party = cohort.parties[place]
    first = load.due - instance.max_wait
    if party.ready - first > hold or load.pax + party.pax > instance.seats:
        return False
    return party.hotel in load.houses or _route(cohort, load.houses | {party.hotel}) is not None


def _route(cohort: Cohort, houses: set[int]) -> int | None:
    return next((n for n, route in enumerate(cohort.routes) if set(route.houses) == houses), None)


def _sent(
    instance: TransportInstance, cohort: Cohort, number: int, clock: Clock, load: _Load, used: list[_Vehicle]
) -> Column | None:
    """Send a load: with a vehicle on shift, with a new one, or when one comes back in time; the cheapest kind first."""
    route = _route(cohort, load.houses)
    assert route is not None
    busy = cohort.routes[route].busy
    kinds = [n for n, kind in enumerate(instance.vehicles) if kind.capacity >= load.pax]
    kinds.sort(key=lambda n: (instance.vehicles[n].fixed, instance.vehicles[n].per_min))
    for slot in range(clock.at_or_after(load.ready), len(clock.times)):
        begin = int(clock.times[slot])
        if begin > load.due:
            return None
        if not instance.may_drive(begin, busy):
            continue
        for kind in kinds:
            if _vehicle(instance, kind, begin, begin + busy, used):
                return Column(number, kind, route, begin, tuple(sorted(load.riders.items())))
    return None


def _vehicle(instance: TransportInstance, kind: int, begin: int, end: int, used: list[_Vehicle]) -> bool:
    own = [vehicle for vehicle in used if vehicle.kind == kind]
    back = [v for v in own if v.free <= begin and end - v.begin <= instance.shift_max]
    if back:
        min(back, key=lambda vehicle: vehicle.begin).free = end
    elif len(own) < instance.vehicles[kind].count and end - begin <= instance.shift_max:
        used.append(_Vehicle(kind, begin, end))
    else:
        return False
    return True
