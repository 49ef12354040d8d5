"""What is left to plan once some parties keep their rooms: free rooms, zones bound by those inside, the others."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.rooms.instance import Lock, RoomsInstance, Zone


@dataclass(frozen=True, slots=True)
class Residual:
    """A smaller instance, and the numbers of its groups and rooms in the whole one. Its cost is what it adds."""

    instance: RoomsInstance
    groups: tuple[int, ...]
    rooms: tuple[int, ...]

    def joined(self, kept: Plan, plan: Plan) -> Plan:
        """Give the plan of the whole: of those kept, and of the others as `plan` has them."""
        assign = list(kept["assign"])
        for number, stays in zip(self.groups, plan["assign"], strict=True):
            assign[number] = [[self.rooms[room], *people] for room, *people in stays]
        return {"assign": assign}


def residual(
    instance: RoomsInstance,
    kept: Plan,
    groups: Collection[int],
    closed: Collection[int] = (),
    *,
    plain_only: bool = False,
) -> Residual:
    """Give the problem of placing `groups` while all others stay as in `kept` (no stays: not here yet).

    Closed zones take nobody; `plain_only` sets accessible rooms aside. Rooms that are shared count as full: nobody is
    put beside those who live there.
    """
    wanted = sorted(groups)
    free_group = set(wanted)
    taken: set[int] = set()
    cohorts: dict[int, tuple[int, int]] = {}
    inside: dict[int, set[int]] = defaultdict(set)
    for number, stays in enumerate(kept["assign"]):
        if number in free_group:
            continue
        group = instance.groups[number]
        for room, *_ in stays:
            zone = instance.rooms[room].zone
            taken.add(room)
            cohorts[zone] = (instance.flights[group.flight].day, group.risk)
            inside[zone].add(group.flight)
    barred = {n for n, room in enumerate(instance.rooms) if room.zone in closed or (plain_only and room.accessible)}
    rooms = [n for n in range(len(instance.rooms)) if n not in taken and n not in barred]
    zones = tuple(_bound(zone, cohorts.get(n), inside[n]) for n, zone in enumerate(instance.zones))
    rest = replace(
        instance,
        zones=zones,
        rooms=tuple(instance.rooms[room] for room in rooms),
        groups=tuple(instance.groups[group] for group in wanted),
    )
    return Residual(rest, tuple(wanted), tuple(rooms))


def _bound(zone: Zone, cohort: tuple[int, int] | None, inside: set[int]) -> Zone:
    if cohort is None:
        return zone
    before = zone.lock.flights if zone.lock else frozenset[int]()
    return replace(zone, lock=Lock(*cohort, before | inside))
