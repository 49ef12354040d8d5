"""Flight after flight: people already in rooms stay, and what later flights may need has a price."""

import math
from collections.abc import Collection

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.rooms.counts import Counts, counted
from hucheng.engines.planning.rooms.filling import Filling
from hucheng.engines.planning.rooms.instance import RoomsInstance
from hucheng.engines.planning.rooms.model import Key
from hucheng.engines.planning.rooms.neighbours import LocalSearch
from hucheng.engines.planning.rooms.residual import residual
from hucheng.engines.planning.rooms.rules import SPARE, first_filling
from hucheng.engines.planning.search import Search

HALAL_PRICE = 40
"""Price of opening a zone with a halal kitchen, beyond its weight, on a flight none of whose people need it."""


def place(
    instance: RoomsInstance, kept: Plan, groups: Collection[int], search: Search, *, rooms_to_come: int
) -> Plan | None:
    """Give a plan with rooms for `groups` too, all others staying where `kept` has them; None where some find none.

    rooms_to_come  rooms that people still to come are expected to need (forecast), for the prices of large zones
    """
    rest = residual(instance, kept, groups)
    counts = counted(rest.instance)
    counts = counted(rest.instance, prices(counts, rooms_to_come))
    spaces, left = first_filling(counts)
    filling = Filling(counts, [dict[Key, int](space.pieces.items()) for space in spaces], left)
    LocalSearch(filling, search).run(lambda: None)
    plan = filling.plan()
    return None if plan is None else rest.joined(kept, plan)


def prices(counts: Counts, rooms_to_come: int) -> tuple[int, ...]:
    """Give what each zone is worth to those still to come.

    A room costs what it costs in the smallest zone still needed, so a large zone is worth more than its opening; a
    zone with a halal kitchen has a price for those who do not need one.
    """
    weight = counts.instance.weights.zone
    free = sorted((zone.size for number, zone in enumerate(counts.zones) if counts.opens(number)), reverse=True)
    own = sum(one.fewest * len(members) for one, members in zip(counts.classes, counts.members, strict=True))
    wanted, smallest = SPARE * (own + rooms_to_come), 1
    for smallest in free:
        wanted -= smallest
        if wanted <= 0:
            break
    return tuple(
        max(0, math.floor(weight * zone.size / max(1, smallest)) - weight) + HALAL_PRICE * zone.halal
        for zone in counts.zones
    )
