"""Instances of transport for tests, and the best plan of a tiny one by trying all."""

from itertools import permutations, product
from random import Random

from hypothesis import strategies as st

from hucheng.engines.planning.problems import read_instance
from hucheng.engines.planning.transport.cohorts import route_to

PARAMS = {"load": 15, "unload": 8, "max_stops": 3, "max_on_board": 120, "max_wait": 90, "disinfect": 40}
PARAMS |= {"shift_max": 600, "w_wait": 0.2}
COACH = {"name": "coach", "capacity": 36, "count": 12, "fixed": 600, "per_min": 6}
MINIBUS = {"name": "minibus", "capacity": 16, "count": 12, "fixed": 300, "per_min": 4}


def told(orders, *, minutes=None, vehicles=(COACH, MINIBUS), **params):
    """An instance as JSON: orders are (cohort, hotel, pax, ready)."""
    places = 1 + max((order[1] for order in orders), default=1)
    minutes = minutes or [[0 if a == b else 10 + 5 * abs(a - b) for b in range(places)] for a in range(places)]
    rows = [{"cohort": c, "hotel": h, "pax": p, "ready": r} for c, h, p, r in orders]
    return {
        "problem": "transport",
        "minutes": minutes,
        "orders": rows,
        "vehicles": [dict(kind) for kind in vehicles],
        "params": PARAMS | params,
    }


def read(instance):
    return read_instance("transport", instance)


def flights(seed, count=3):
    """Flights through a day, each in two cohorts, with parties that become ready in batches."""
    random, orders = Random(seed), []
    for flight in range(count):
        start = random.randrange(0, 500)
        for risk, size in ((0, 10), (1, 2)):
            for _ in range(size):
                ready = start + 25 * random.randrange(3) * (risk == 0)
                orders.append((f"{flight}-{risk}", random.randrange(1, 4), random.randrange(1, 16), ready))
    return told(orders)


@st.composite
def tiny(draw):
    """Up to four orders of one or two cohorts, two houses, few vehicles."""
    order = st.tuples(st.sampled_from("ab"), st.integers(1, 2), st.integers(1, 9), st.sampled_from([0, 10, 30, 200]))
    orders = draw(st.lists(order, min_size=1, max_size=4))
    vehicles = [
        COACH | {"capacity": 12, "count": draw(st.integers(1, 2)), "fixed": draw(st.sampled_from([50, 400]))},
        MINIBUS | {"capacity": 9, "count": draw(st.integers(0, 2)), "fixed": 40},
    ]
    return told(orders, vehicles=vehicles, shift_max=draw(st.sampled_from([300, 600])))


def best_by_trying(instance):
    """The least cost of any legal plan; None where there is none."""
    costs = [_cost(instance, trips) for trips in _partitions(list(range(len(instance.orders))))]
    return min((cost for cost in costs if cost is not None), default=None)


def _partitions(orders):
    if not orders:
        yield []
        return
    first, rest = orders[0], orders[1:]
    for trips in _partitions(rest):
        yield [[first], *trips]
        for n in range(len(trips)):
            yield [*trips[:n], [first, *trips[n]], *trips[n + 1 :]]


def _cost(instance, trips):
    if any(len({instance.orders[order].cohort for order in trip}) > 1 for trip in trips):
        return None
    units = [(kind, n) for kind, vehicle in enumerate(instance.vehicles) for n in range(vehicle.count)]
    found = [_driven(instance, trips, given) for given in product(units, repeat=len(trips))]
    return min((cost for cost in found if cost is not None), default=None)


def _driven(instance, trips, given):
    if any(
        sum(instance.orders[order].pax for order in trip) > instance.vehicles[kind].capacity
        for trip, (kind, _) in zip(trips, given, strict=True)
    ):
        return None
    total = 0.0
    for unit in set(given):
        mine = [trip for trip, used in zip(trips, given, strict=True) if used == unit]
        costs = [_turn(instance, unit[0], turn) for turn in permutations(mine)]
        if all(cost is None for cost in costs):
            return None
        total += instance.vehicles[unit[0]].fixed + min(cost for cost in costs if cost is not None)
    return total


def _turn(instance, kind, turn):
    """One vehicle's trips in turn, each as early as can be; the first later where the shift were too long."""
    routes = [route_to(instance, tuple({instance.orders[order].hotel for order in trip})) for trip in turn]
    if None in routes:
        return None
    begins, first = [], 0
    for _ in range(2):
        begins, free = [], first
        for trip, route in zip(turn, routes, strict=True):
            begins.append(max(free, *(instance.orders[order].ready for order in trip)))
            free = begins[-1] + route.busy
        first = free - instance.shift_max
        if first <= begins[0]:
            break
    if free - begins[0] > instance.shift_max:
        return None
    waits = [
        (instance.orders[order].pax, begin - instance.orders[order].ready)
        for trip, begin in zip(turn, begins, strict=True)
        for order in trip
    ]
    if any(wait > instance.max_wait for _, wait in waits):
        return None
    drive = sum(route.drive for route in routes)
    return instance.vehicles[kind].per_min * drive + instance.w_wait * sum(pax * wait for pax, wait in waits)
