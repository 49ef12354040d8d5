"""Houses onto the trips of one county and day: few stops, each trip within its seats and its number of houses."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ortools.sat.python import cp_model

from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import cp_sat

SECONDS = 2.0


class Trip(NamedTuple):
    """A trip that may be used: seats, what using it costs, by the city or the county, whether it must be used."""

    seats: int
    cost: float
    city: bool


class Packed(NamedTuple):
    """A trip with the people it takes from each house."""

    trip: Trip
    people: dict[int, int]


def pack(
    people: Mapping[int, int], trips: Sequence[Trip], max_hotels: int, hop: float, search: Search
) -> list[Packed] | None:
    """Give the people of each house to trips, at the least cost of trips and stops; None where they do not fit."""
    if sum(trip.seats for trip in trips) < sum(people.values()):
        return None
    return _by_rule(people, trips, max_hotels) or _by_model(people, trips, max_hotels, hop, search)


def _by_rule(people: Mapping[int, int], trips: Sequence[Trip], max_hotels: int) -> list[Packed] | None:
    """Every house whole on one trip, all trips needed: then nothing can be better. Fullest house to fullest fit."""
    packed = [Packed(trip, {}) for trip in trips]
    for house in sorted(people, key=lambda house: (-people[house], house)):
        fits = [
            entry
            for entry in packed
            if len(entry.people) < max_hotels and sum(entry.people.values()) + people[house] <= entry.trip.seats
        ]
        if not fits:
            return None
        max(fits, key=lambda entry: sum(entry.people.values()) - entry.trip.seats).people[house] = people[house]
    return packed if all(entry.people for entry in packed) else None


def _by_model(
    people: Mapping[int, int], trips: Sequence[Trip], max_hotels: int, hop: float, search: Search
) -> list[Packed] | None:
    model = cp_model.CpModel()
    places = range(len(trips))
    stop = {(house, n): model.new_bool_var("") for house in people for n in places}
    load = {(house, n): model.new_int_var(0, min(people[house], trips[n].seats), "") for house, n in stop}
    used = [model.new_bool_var("") for _ in trips]
    for house, count in people.items():
        model.add(sum(load[house, n] for n in places) == count)
        model.add(sum(stop[house, n] for n in places) >= 1)
    for n, trip in enumerate(trips):
        model.add(sum(load[house, n] for house in people) <= trip.seats * used[n])
        model.add(sum(stop[house, n] for house in people) <= max_hotels * used[n])
        if n and trips[n - 1] == trip:
            model.add(sum(load[h, n - 1] for h in people) >= sum(load[h, n] for h in people))
        for house in people:
            model.add(load[house, n] <= min(people[house], trip.seats) * stop[house, n])
    stops = round(1000 * hop) * sum(stop.values())
    model.minimize(stops + sum(round(1000 * trip.cost) * on for trip, on in zip(trips, used, strict=True)))
    solver, status = cp_sat(model, search, seconds=SECONDS)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [
        Packed(trip, {house: taken for house in people if (taken := solver.value(load[house, n]))})
        for n, trip in enumerate(trips)
        if solver.value(used[n])
    ]
