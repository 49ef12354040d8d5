"""Every plan of a tiny instance, judged by the checker: the slow truth that the search is measured against."""

from itertools import combinations, product

from hucheng.engines.planning.rooms.check import check


def best_of_all(instance):
    """Give the least objective of all legal plans, None where none is legal."""
    ways = [list(_ways(instance, group)) for group in instance.groups]
    verdicts = (check(instance, {"assign": list(plan)}) for plan in product(*ways) if _fits(instance, plan))
    return min((verdict.objective for verdict in verdicts if verdict.legal), default=None)


def _fits(instance, plan):
    """Beds first, so that the checker sees few plans."""
    taken = [0] * len(instance.rooms)
    for stays in plan:
        for room, *people in stays:
            taken[room] += sum(people)
    return all(people <= room.beds for people, room in zip(taken, instance.rooms, strict=True))


def _ways(instance, group):
    """Give every way to put a party into rooms of one zone that it may use at all."""
    landed = instance.flights[group.flight].arrive
    may = [n for n, room in enumerate(instance.rooms) if room.ready <= landed]
    for zone in range(len(instance.zones)):
        if group.halal and not instance.zones[zone].halal:
            continue
        own = [n for n in may if instance.rooms[n].zone == zone]
        for number in range(1, group.size + 1):
            for rooms in combinations(own, number):
                if not group.accessible or any(instance.rooms[room].accessible for room in rooms):
                    yield from _seatings(instance, group, rooms)


def _seatings(instance, group, rooms):
    for parts in product(*(_splits(total, len(rooms)) for total in (group.men, group.women, group.minors))):
        stays = [[room, *people] for room, people in zip(rooms, zip(*parts, strict=True), strict=True)]
        if all(0 < sum(people) <= instance.rooms[room].beds for room, *people in stays):
            yield stays


def _splits(total, places):
    if places == 1:
        return [(total,)]
    return [(first, *rest) for first in range(total + 1) for rest in _splits(total - first, places - 1)]
