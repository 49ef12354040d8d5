"""Instances of handover for tests, and the best plan of a tiny one by trying all."""

from collections import Counter
from itertools import product
from random import Random

from hypothesis import strategies as st

from hucheng.engines.planning.problems import read_instance

PARAMS = {
    "window": 2,
    "max_hotels": 3,
    "hop": 25,
    "city_extra": 150,
    "city_teams": 2,
    "city_capacity": 40,
    "w_delay": 4,
}


def told(demand, counties=((12, 2, 200),), *, days=21, **params):
    """An instance as JSON: demand rows are (house, county, release, people); counties (seats, teams, cost)."""
    return {
        "problem": "handover",
        "days": days,
        "counties": [
            {"name": str(n), "capacity": seats, "teams": teams, "trip_cost": cost}
            for n, (seats, teams, cost) in enumerate(counties)
        ],
        "demand": [list(row) for row in demand],
        "params": PARAMS | params,
    }


def read(instance):
    return read_instance("handover", instance)


def releases(seed, *, houses=5, days=(0, 1, 4, 5, 8)):
    """People of five houses released in spells, for three counties of different vehicles."""
    random = Random(seed)
    demand = [
        (house, county, day, random.randrange(1, 7))
        for house in range(houses)
        for county in range(3)
        for day in days
        if random.random() < 0.7
    ]
    return told(demand, [(40, 2, 318), (19, 3, 150), (12, 4, 112)])


@st.composite
def tiny(draw):
    """Up to five people of two houses, two days of release, one or two counties, few teams."""
    rows = draw(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=5))
    demand = [(*place, people) for place, people in sorted(Counter(rows).items())]
    counties = [(draw(st.integers(1, 3)), draw(st.integers(0, 1)), 100), (2, 1, 60)]
    limits = {"window": draw(st.integers(0, 1)), "max_hotels": draw(st.integers(1, 2)), "city_teams": 1}
    return told(demand, counties, days=3, city_capacity=3, w_delay=draw(st.sampled_from([0, 4, 30])), **limits)


def best_by_trying(instance):
    """The least cost of any legal plan: every person with every team and day; None where there is none."""
    people = [
        (county, house, release)
        for county, demand in enumerate(instance.demand)
        for (house, release), count in demand.items()
        for _ in range(count)
    ]
    ways = [
        [
            (day, county, team)
            for day in range(release, release + instance.window + 1)
            for team in _teams(instance, county)
        ]
        for county, _, release in people
    ]
    return min((cost for given in product(*ways) if (cost := _cost(instance, people, given)) is not None), default=None)


def _teams(instance, county):
    return [("own", n) for n in range(instance.counties[county].teams)] + [
        ("city", n) for n in range(instance.city_teams)
    ]


def _cost(instance, people, given):
    trips, city, total = {}, {}, 0.0
    for (county, house, release), (day, _, team) in zip(people, given, strict=True):
        if team[0] == "city" and city.setdefault((day, team), county) != county:
            return None
        trips.setdefault((day, county, team), []).append(house)
        total += instance.w_delay * (day - release)
    for (_, county, team), houses in trips.items():
        own = team[0] == "own"
        stops = len(set(houses))
        if stops > instance.max_hotels or len(houses) > (
            instance.counties[county].capacity if own else instance.city_capacity
        ):
            return None
        total += instance.counties[county].trip_cost + instance.hop * stops + (0 if own else instance.city_extra)
    return total
