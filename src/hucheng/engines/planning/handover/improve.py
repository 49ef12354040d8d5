"""Solve the handover problem: rules first, county by county by counts, then some days of a county again."""

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from random import Random

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.handover.conflict import why_none
from hucheng.engines.planning.handover.counts import CountyProgram
from hucheng.engines.planning.handover.days import DaysModel
from hucheng.engines.planning.handover.instance import HandoverInstance
from hucheng.engines.planning.handover.rules import first_plans
from hucheng.engines.planning.handover.trips import city_used, cost, trips_of
from hucheng.engines.planning.program import Program
from hucheng.engines.planning.search import SAME, Search

SHARE = 0.6  # of the time left that the counties by counts may take
DAYS_SECONDS = 4.0
LONGEST = 9  # days solved again together


@dataclass(slots=True)
class _State:
    """Trips by county, None where a county has none yet, and a proven bound for each."""

    instance: HandoverInstance
    search: Search
    random: Random
    trips: dict[int, list[Plan] | None] = field(default_factory=dict)
    bounds: dict[int, float] = field(default_factory=dict)
    settled: set[tuple[int, int, int]] = field(default_factory=set)


def improve(instance: HandoverInstance, search: Search, warm: Plan | None) -> None:
    """Offer the plan of the rules, or a warm one, then better ones and the bound."""
    for plan in chain(first_plans(instance), [warm] if warm is not None else []):
        search.offer(plan)
    state = _State(instance, search, Random(search.seed))
    for county, demand in enumerate(instance.demand):
        own = [trip for trip in search.best["trips"] if trip["county"] == county] if search.best else None
        state.trips[county] = own if demand else []
    if _by_counts(state):
        _by_days(state)


def _by_counts(state: _State) -> bool:
    """Solve each county by counts, and prove the bound; tell whether every county has trips."""
    counties = [n for n, demand in enumerate(state.instance.demand) if demand]
    counties.sort(key=lambda n: state.instance.counties[n].teams * state.instance.counties[n].capacity)
    for place, county in enumerate(counties):
        seconds = max(0.5, SHARE * state.search.left / (len(counties) - place))
        if not state.search.step():
            return False
        if not _county(state, county, seconds):
            break
        state.search.raise_bound(_rounded(state.instance, sum(state.bounds.values())))
    if any(trips is None for trips in state.trips.values()):
        conflict = why_none(state.instance, state.search)
        if conflict is not None:
            state.search.give_up(conflict)
        return False
    return True


def _county(state: _State, county: int, seconds: float) -> bool:
    """Solve a county as if all the city's teams were its own, for the bound; again where others have taken them.

    False where the county alone has no legal plan.
    """
    instance, search = state.instance, state.search
    left = _city_left(state, county)
    program = Program(search)
    every_team = Counter(dict.fromkeys(left, instance.city_teams))
    counts = CountyProgram(instance, county, every_team, program).solve(seconds)
    state.bounds[county] = max(0.0, program.bound)
    if program.infeasible:
        return False
    if counts is not None and any(count > left[day] for day, count in counts.city.items()):
        counts = CountyProgram(instance, county, left, Program(search)).solve(seconds)
    trips = trips_of(instance, county, counts, left, search) if counts else None
    if trips is not None:
        _replace(state, county, trips)
    return True


def _rounded(instance: HandoverInstance, bound: float) -> float:
    """Give the next whole number where every cost is whole."""
    costs = [instance.hop, instance.city_extra, instance.w_delay, *(county.trip_cost for county in instance.counties)]
    return math.ceil(bound - SAME) if all(float(cost).is_integer() for cost in costs) else bound


def _replace(state: _State, county: int, trips: list[Plan]) -> bool:
    """Give a county cheaper trips, and offer the plan where every county has some."""
    old = state.trips[county]
    if old is not None and cost(state.instance, trips) >= cost(state.instance, old) - SAME:
        return False
    state.trips[county] = trips
    found = [own for own in state.trips.values() if own is not None]
    if len(found) == len(state.trips):
        state.search.offer({"trips": [trip for own in found for trip in own]})
    return True


def _city_left(state: _State, county: int) -> Counter[int]:
    """Give the city's teams by day that the other counties leave."""
    used = Counter[int]()
    for other, trips in state.trips.items():
        used += city_used(trips or ()) if other != county else Counter()
    last = max(release for demand in state.instance.demand for _, release in demand) + state.instance.window
    return Counter({day: state.instance.city_teams - used[day] for day in range(last + 1)})


def _by_days(state: _State) -> None:
    """Solve days of a county that costs more than its bound again; more days together when all is settled."""
    length = 1 + state.instance.window
    while not state.search.over():
        open_days = _open(state, length)
        if not open_days:
            if length > LONGEST:
                return
            length += 2
            continue
        county, first = state.random.choices([key for key, _ in open_days], [loss for _, loss in open_days])[0]
        if not state.search.step():
            return
        _days(state, county, range(first, first + length))


def _open(state: _State, length: int) -> list[tuple[tuple[int, int], float]]:
    """Give the stretches of days not settled, with the loss of their county against its bound."""
    found = []
    for county, bound in state.bounds.items():
        trips = state.trips[county] or []
        loss = cost(state.instance, trips) - bound
        if loss > SAME:
            firsts = sorted({trip["day"] for trip in trips})
            found += [((county, day), loss) for day in firsts if (county, day, length) not in state.settled]
    return found


def _days(state: _State, county: int, days: range) -> None:
    trips, left = state.trips[county] or [], _city_left(state, county)
    inside = [trip for trip in trips if trip["day"] in days]
    outside = [trip for trip in trips if trip["day"] not in days]
    model = DaysModel(state.instance, county, inside, days, left)
    better = model.solve(state.search, DAYS_SECONDS, cost(state.instance, inside))
    if better is None or not _replace(state, county, outside + better):
        state.settled.add((county, days.start, len(days)))
        return
    near = range(days.start - len(days), days.stop)
    state.settled = {key for key in state.settled if key[0] != county or key[1] not in near}
