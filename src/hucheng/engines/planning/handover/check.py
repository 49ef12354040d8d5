"""The checker of handover plans: shares nothing with the search but the instance."""

from collections import Counter
from collections.abc import Iterator, Sequence

from hucheng.engines.planning.answer import Plan, Verdict, Violation
from hucheng.engines.planning.handover.instance import HandoverInstance


def check(instance: HandoverInstance, plan: Plan) -> Verdict:
    """Judge `{"trips": [{"day", "county", "team": "own" or "city", "pick": [[house, release day, people]]}]}`."""
    trips = plan["trips"]
    broken = [fault for n, trip in enumerate(trips) for fault in _trip(instance, n, trip)]
    broken += _everyone(instance, trips)
    broken += _teams(instance, trips)
    return Verdict(_parts(instance, trips), tuple(broken))


def _trip(instance: HandoverInstance, n: int, trip: Plan) -> Iterator[Violation]:
    if trip["team"] not in ("own", "city"):
        raise ValueError(f"team of trip {n}")
    own = trip["team"] == "own"
    seats = instance.counties[trip["county"]].capacity if own else instance.city_capacity
    if len({house for house, _, _ in trip["pick"]}) > instance.max_hotels:
        yield Violation("max_hotels", str(n))
    if sum(people for _, _, people in trip["pick"]) > seats:
        yield Violation("capacity", str(n))
    for house, release, people in trip["pick"]:
        if not release <= trip["day"] <= release + instance.window:
            yield Violation("release_window", str((n, house, release)))
        if people < 1:
            yield Violation("integer_people", str(n))


def _everyone(instance: HandoverInstance, trips: Sequence[Plan]) -> Iterator[Violation]:
    left = Counter({(c, *place): people for c, own in enumerate(instance.demand) for place, people in own.items()})
    for trip in trips:
        for house, release, people in trip["pick"]:
            left[trip["county"], house, release] -= people
    for (county, house, release), people in left.items():
        if people:
            yield Violation("everyone_handed_over_once", str((house, county, release)))


def _teams(instance: HandoverInstance, trips: Sequence[Plan]) -> Iterator[Violation]:
    own = Counter((trip["county"], trip["day"]) for trip in trips if trip["team"] == "own")
    city = Counter(trip["day"] for trip in trips if trip["team"] == "city")
    for (county, day), count in own.items():
        if count > instance.counties[county].teams:
            yield Violation("teams_per_day", str((county, day)))
    for day, count in city.items():
        if count > instance.city_teams:
            yield Violation("teams_per_day", str((-1, day)))


def _parts(instance: HandoverInstance, trips: Sequence[Plan]) -> dict[str, float]:
    delay = sum(people * (trip["day"] - release) for trip in trips for _, release, people in trip["pick"])
    stops = sum(len({house for house, _, _ in trip["pick"]}) for trip in trips)
    roads = sum(instance.counties[trip["county"]].trip_cost for trip in trips)
    city = sum(trip["team"] == "city" for trip in trips)
    cost = roads + instance.hop * stops + instance.city_extra * city
    return {"trips": cost, "delay": instance.w_delay * delay}
