"""The plan that simple rules give at once: wait for a full vehicle or the last day, fill from the fullest house."""

from collections import Counter
from collections.abc import Iterator

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.handover.instance import HandoverInstance

SHARES = (1.0, 0.8, 0.6, 0.4, 0.3, 0.2, 0.1, 0.0)
Waiting = dict[tuple[int, int], int]


def first_plans(instance: HandoverInstance) -> Iterator[Plan]:
    """Give the legal plans of waiting until a vehicle is full to a share; the fuller, the later people leave."""
    for share in SHARES:
        plan = _plan(instance, share)
        if plan is not None:
            yield plan


def _plan(instance: HandoverInstance, share: float) -> Plan | None:
    trips: list[Plan] = []
    city: Counter[int] = Counter()
    for county in sorted(range(len(instance.counties)), key=lambda n: instance.counties[n].teams):
        own = _county(instance, county, city, share)
        if own is None:
            return None
        trips += own
    return {"trips": trips}


def _county(instance: HandoverInstance, county: int, city: Counter[int], share: float) -> list[Plan] | None:
    demand, seats = instance.demand[county], instance.counties[county].capacity
    waiting: Waiting = {}
    trips: list[Plan] = []
    last = max((release for _, release in demand), default=-1) + instance.window
    for day in range(last + 1):
        waiting |= {place: people for place, people in demand.items() if place[1] == day}
        left = instance.counties[county].teams
        while waiting and (_due(instance, waiting, day) or _fullest(instance, waiting) >= share * seats):
            if left == 0 and city[day] == instance.city_teams:
                break
            team = "own" if left else "city"
            left, city[day] = left - (team == "own"), city[day] + (team == "city")
            pick = _pick(instance, waiting, day, seats if team == "own" else instance.city_capacity)
            trips.append({"day": day, "county": county, "team": team, "pick": pick})
        if _due(instance, waiting, day):
            return None
    return trips


def _due(instance: HandoverInstance, waiting: Waiting, day: int) -> bool:
    return any(release + instance.window <= day for _, release in waiting)


def _fullest(instance: HandoverInstance, waiting: Waiting) -> int:
    """Give the people at the fullest houses that one trip may stop at."""
    people: Counter[int] = Counter()
    for (house, _), count in waiting.items():
        people[house] += count
    return sum(count for _, count in people.most_common(instance.max_hotels))


def _pick(instance: HandoverInstance, waiting: Waiting, day: int, seats: int) -> list[list[int]]:
    """Take from houses where people must leave today, then from the fullest; the earliest released first."""
    people: Counter[int] = Counter()
    must: Counter[int] = Counter()
    for (house, release), count in waiting.items():
        people[house] += count
        must[house] += count if release + instance.window <= day else 0
    houses = sorted(people, key=lambda house: (-must[house], -people[house], house))[: instance.max_hotels]
    pick = []
    for place in sorted(waiting, key=lambda place: (place[1], houses.index(place[0]) if place[0] in houses else 0)):
        taken = min(seats, waiting[place]) if place[0] in houses else 0
        if taken:
            pick.append([*place, taken])
            seats -= taken
            waiting[place] -= taken
            if not waiting[place]:
                del waiting[place]
    return pick
