"""The handover problem: whom to take to which county, from which house, since which day, with which teams."""

from collections import defaultdict
from dataclasses import dataclass

from hucheng.engines.planning.reading import At
from hucheng.engines.planning.refusal import refused

MOST_DAYS = 3660
MOST_PLACES = 100_000


@dataclass(frozen=True, slots=True)
class County:
    """Seats of a trip of the county's own team, its teams (trips a day), the cost of a trip there."""

    capacity: int
    teams: int
    trip_cost: float


@dataclass(frozen=True, slots=True)
class HandoverInstance:
    """Days from 0. A trip serves one county on one day and stops at `max_hotels` houses at most.

    demand      people by county, then by (house, release day)
    window      days after release within which people must leave
    hop         cost of a stop at a house
    city_extra  cost of a trip by a city team beyond that of the county's
    w_delay     cost of a person waiting a day
    """

    counties: tuple[County, ...]
    demand: tuple[dict[tuple[int, int], int], ...]
    window: int
    max_hotels: int
    hop: float
    city_extra: float
    city_teams: int
    city_capacity: int
    w_delay: float


def read(instance: At) -> HandoverInstance:
    """Read an instance; raises PlanRefused with the place of what is wrong."""
    days, params = instance.key("days").whole(1, MOST_DAYS), instance.key("params")
    counties = tuple(_county(entry) for entry in instance.key("counties").items())
    demand: list[dict[tuple[int, int], int]] = [defaultdict(int) for _ in counties]
    for entry in instance.key("demand").items():
        house, county, release, people = entry.items(4)
        place = house.whole(high=MOST_PLACES), release.whole(high=days - 1)
        own = demand[county.whole(high=len(counties) - 1)]
        if place in own:
            raise refused("demand_twice", entry.path)
        own[place] = people.whole(1)
    whole = {name: params.key(name).whole(high=MOST_DAYS) for name in ("window", "city_teams", "city_capacity")}
    hop, extra, delay = (params.key(name).number() for name in ("hop", "city_extra", "w_delay"))
    moved, stops = tuple(dict(own) for own in demand), params.key("max_hotels").whole(1)
    return HandoverInstance(counties, moved, max_hotels=stops, hop=hop, city_extra=extra, w_delay=delay, **whole)


def _county(entry: At) -> County:
    return County(entry.key("capacity").whole(1), entry.key("teams").whole(), entry.key("trip_cost").number())
