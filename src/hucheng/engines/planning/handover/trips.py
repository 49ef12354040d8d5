"""The trips of one county, from counts to a plan: houses packed onto trips, people in the order of their release."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.handover.counts import Counts
from hucheng.engines.planning.handover.instance import HandoverInstance
from hucheng.engines.planning.handover.packing import Packed, Trip, pack
from hucheng.engines.planning.search import Search


def cost(instance: HandoverInstance, trips: Iterable[Plan]) -> float:
    """Give what trips cost."""
    total = 0.0
    for trip in trips:
        total += instance.counties[trip["county"]].trip_cost + instance.city_extra * (trip["team"] == "city")
        total += instance.hop * len({house for house, _, _ in trip["pick"]})
        total += instance.w_delay * sum(people * (trip["day"] - release) for _, release, people in trip["pick"])
    return total


def city_used(trips: Iterable[Plan]) -> Counter[int]:
    """Give how many trips by city teams each day has."""
    return Counter(trip["day"] for trip in trips if trip["team"] == "city")


def teams(instance: HandoverInstance, county: int, own: int, city: int) -> list[Trip]:
    """Give so many trips of the county's teams and of the city's."""
    place = instance.counties[county]
    by_city = Trip(instance.city_capacity, place.trip_cost + instance.city_extra, city=True)
    return [Trip(place.capacity, place.trip_cost, city=False)] * own + [by_city] * city


def trips_of(
    instance: HandoverInstance, county: int, counts: Counts, city: Mapping[int, int], search: Search
) -> list[Plan] | None:
    """Give trips that move people as the counts say; `city` limits the city's teams by day. None where some day fails.

    Where the counted trips cannot take a day's houses, one more of each team may be used, or all of them.
    """
    trips: list[Plan] = []
    for day in counts.own:
        waiting: dict[int, dict[int, int]] = defaultdict(dict)
        for (house, release, on), people in counts.moved.items():
            if on == day:
                waiting[house][release] = people
        packed = _packed(instance, county, counts, day, city[day], waiting, search) if waiting else []
        if packed is None:
            return None
        for trip, taken in packed:
            team, pick = "city" if trip.city else "own", picked(waiting, taken)
            trips.append({"day": day, "county": county, "team": team, "pick": pick})
    return trips


def _packed(
    instance: HandoverInstance,
    county: int,
    counts: Counts,
    day: int,
    city: int,
    waiting: Mapping[int, Mapping[int, int]],
    search: Search,
) -> list[Packed] | None:
    people = {house: sum(parts.values()) for house, parts in waiting.items()}
    own, most = counts.own[day], instance.counties[county].teams
    for more in (0, 1, most):
        offered = teams(instance, county, min(own + more, most), min(counts.city[day] + more, city))
        packed = pack(people, offered, instance.max_hotels, instance.hop, search)
        if packed is not None:
            return packed
    return None


def picked(waiting: Mapping[int, dict[int, int]], people: Mapping[int, int]) -> list[list[int]]:
    """Take people of each house from those who wait, the earliest released first."""
    pick = []
    for house, count in people.items():
        for release in sorted(waiting[house]):
            taken = min(count, waiting[house][release])
            if taken:
                pick.append([house, release, taken])
                waiting[house][release] -= taken
                count -= taken
    return pick
