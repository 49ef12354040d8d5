"""Solve the transport problem: rules first, the bound by column generation, then cohorts of some hours solved again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.search import SAME, Search
from hucheng.engines.planning.transport.cohorts import Clock, Cohort, Column, clock_of, cohorts_of
from hucheng.engines.planning.transport.conflict import why_none
from hucheng.engines.planning.transport.fleet import Fleet, penalty_of
from hucheng.engines.planning.transport.flow import vehicles_part
from hucheng.engines.planning.transport.instance import TransportInstance
from hucheng.engines.planning.transport.plans import columns_of, plan_of, span_of
from hucheng.engines.planning.transport.pricing import Pricer
from hucheng.engines.planning.transport.rules import first_trips
from hucheng.engines.planning.transport.sets import Sets
from hucheng.engines.planning.transport.vehicles import fewest

FIRST_WINDOW = 8.0  # cohorts solved again together, at first
SLICE = 5.0  # seconds that one window may take at least
NEAR = 400.0  # trips of more reduced cost are not worth a column
TRIPS = 250  # trips that a cohort has in a window's program
GAP = 1e-3
QUICK = 1.0  # seconds to put trips on fewer vehicles after each window
LAST = 0.4  # of the time is kept for putting the trips of a large plan on fewer vehicles


@dataclass(slots=True)
class _State:
    """What the search knows: the problem laid out, the trips met by cohort, the trips to go on from and their value.

    The value counts vehicles as the program sees them; the plan that is offered counts them as they drive.
    """

    instance: TransportInstance
    search: Search
    clock: Clock
    cohorts: tuple[Cohort, ...]
    exact: list[Pricer]
    pool: dict[int, set[Column]] = field(default_factory=dict)
    sets: list[Sets] = field(default_factory=list)
    trips: list[Column] | None = None
    value: float = float("inf")


def improve(instance: TransportInstance, search: Search, warm: Plan | None) -> None:
    """Offer the plan of the rules, or a warm one, prove a bound, then improve."""
    if not instance.orders:
        search.offer({"trips": []})
        search.raise_bound(0.0)
        return
    clock, cohorts = clock_of(instance), cohorts_of(instance)
    exact = [Pricer(instance, clock, cohort, n, early=False) for n, cohort in enumerate(cohorts)]
    state = _State(instance, search, clock, cohorts, exact)
    for trips in first_trips(instance, cohorts, clock):
        _take(state, trips, 0.0)
    if warm is not None:
        _start_from(state, warm)
    if _prove(state):
        _windows(state)


def _start_from(state: _State, warm: Plan) -> None:
    """Offer a plan from outside; go on from its trips where the clock of the search allows all of them."""
    if state.search.offer(warm):
        trips = columns_of(state.instance, state.cohorts, state.clock, warm)
        if all(state.exact[trip.cohort].allows(trip) for trip in trips):
            _take(state, trips)


def _take(state: _State, trips: list[Column], seconds: float = QUICK) -> bool:
    """Offer the plan of the trips, and go on from them where their value is the best; tell whether it is."""
    plan = plan_of(state.instance, state.cohorts, state.clock, trips, state.search, seconds)
    if plan is None:
        return False
    state.search.offer(plan)
    value = _value(state, trips, trips)
    if value >= state.value - SAME:
        return False
    state.trips, state.value = trips, value
    return True


def _value(state: _State, trips: Sequence[Column], all_trips: Sequence[Column]) -> float:
    """Give the cost of trips, and of the fewest vehicles that all trips could need."""
    cost = sum(state.exact[trip.cohort].cost(trip) for trip in trips)
    for kind, vehicle in enumerate(state.instance.vehicles):
        spans = [span_of(state.cohorts, state.clock, trip) for trip in all_trips if trip.kind == kind]
        cost += vehicle.fixed * fewest(spans, state.instance.shift_max)
    return cost


def _prove(state: _State) -> bool:
    """Raise the bound: trips in parts, then each cohort whole at the prices found, which also gives a plan.

    False where no legal plan exists or time is over.
    """
    instance, search, clock = state.instance, state.search, state.clock
    pricers = [Pricer(instance, clock, cohort, n, early=True) for n, cohort in enumerate(state.cohorts)]
    fleet = Fleet(instance, clock, pricers, search, penalty=penalty_of(instance))
    bound = fleet.converge()
    if bound is None:
        return False
    if state.trips is None and fleet.leaves_someone and (conflict := why_none(instance, search)):
        search.give_up(conflict)
        return False
    search.raise_bound(bound)
    for trip in fleet.columns:
        state.pool.setdefault(trip.cohort, set()).add(trip)
    prices, plans = fleet.fleet_prices(), []
    for number, pricer in enumerate(pricers):
        if search.left <= 0:
            return False
        own = Sets(instance, pricer.cohort, state.pool.get(number, ()), search)
        state.sets.append(own)
        plans.append(own.plan(pricer, prices))
    found = [plan for plan in plans if plan is not None]
    if len(found) == len(plans):
        search.raise_bound(sum(plan.bound for plan in found) + vehicles_part(instance, clock, prices))
        _take(state, list(chain.from_iterable(plan.trips for plan in found)))
    return True


def _windows(state: _State) -> None:
    """Solve windows of cohorts again, later ones in turn; as many together as a slice of time bears."""
    search, total = state.search, len(state.cohorts)
    first, size, kept = 0, FIRST_WINDOW, LAST * search.left
    settled = 0
    while settled < total and search.step():
        if kept and not search.by_steps and search.left < kept:
            kept = 0.0
            _take(state, state.trips or [], search.left)
            continue
        count = total if state.trips is None else min(round(size), total)
        seconds = max(SLICE, (search.left - kept) / 4)
        before = search.elapsed
        better = _again(state, [(first + n) % total for n in range(count)], seconds)
        settled = 0 if better or state.trips is None else settled + (max(1, count // 2) if count < total else total)
        first = (first + max(1, count // 2)) % total
        took = search.elapsed - before
        if not search.by_steps:
            size = size * 0.8 if took > seconds else size * 1.3 if took < seconds / 2 else size
            size = min(float(total), max(2.0, size))


def _again(state: _State, window: Sequence[int], seconds: float) -> bool:
    """Solve some cohorts again while the trips of the others stand; tell whether that was better."""
    inside = set(window)
    standing = [trip for trip in state.trips or () if trip.cohort not in inside]
    fleet = Fleet(
        state.instance,
        state.clock,
        [state.exact[number] for number in window],
        state.search,
        penalty=penalty_of(state.instance),
        standing=[state.exact[trip.cohort].use(trip) for trip in standing],
    )
    mine = [trip for trip in state.trips or () if trip.cohort in inside]
    for trip in chain(mine, *(sorted(state.pool.get(number, ())) for number in window)):
        fleet.add(trip)
    low = fleet.converge()
    now = _value(state, mine, state.trips) if state.trips is not None else float("inf")
    if low is None or now - low < SAME:
        return False
    prices, worth = fleet.fleet_prices(), {number: fleet.worth(number) for number in window}
    for number in window:
        near = state.sets[number].near(state.exact[number], prices, worth[number], min(now - low, NEAR), TRIPS)
        for trip in near:
            fleet.add(trip)
    fleet.forbid(now - low)
    if not fleet.program.solve_integer(seconds, cutoff=now - 1e-4, gap=GAP):
        return False
    chosen = fleet.chosen()
    return chosen is not None and _take(state, standing + chosen, QUICK if state.trips else seconds)
