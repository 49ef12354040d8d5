"""Flight after flight: people already in rooms stay, and what later flights may need has a price."""

import math
from collections.abc import Collection
from dataclasses import dataclass

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
ACCESSIBLE_PRICE = 40
"""The same for a zone with an accessible room, while such rooms are scarce."""
PLENTY = 1.5
"""Accessible rooms in unused zones for each one needed now or expected, below which they are scarce."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What people still to come are expected to need (forecast): rooms, and parties that need an accessible one."""

    rooms: int = 0
    accessible: int = 0


def place(
    instance: RoomsInstance, kept: Plan, groups: Collection[int], search: Search, *, expected: Expected
) -> Plan | None:
    """Give a plan with rooms for `groups` too, all others staying where `kept` has them; None where some find none.

    While accessible rooms are scarce those who need one are placed first, and the others in rooms that are not
    accessible; only where that strands somebody may the others take accessible rooms as well.
    """
    if scarce(residual(instance, kept, groups).instance, expected):
        needy = [number for number in groups if instance.groups[number].accessible]
        others = [number for number in groups if not instance.groups[number].accessible]
        plan: Plan | None = kept
        if needy:
            plan = _placed(instance, kept, needy, search, expected)
        if plan is not None and others:
            plan = _placed(instance, plan, others, search, expected, plain_only=True)
        if plan is not None:
            return plan
    return _placed(instance, kept, groups, search, expected)


def scarce(instance: RoomsInstance, expected: Expected) -> bool:
    """Tell whether the accessible rooms of unused zones are few beside those who need one, now or later."""
    if not expected.accessible:
        return False
    free = sum(room.accessible and instance.zones[room.zone].lock is None for room in instance.rooms)
    return free < PLENTY * (expected.accessible + sum(group.accessible for group in instance.groups))


def _placed(
    instance: RoomsInstance,
    kept: Plan,
    groups: Collection[int],
    search: Search,
    expected: Expected,
    *,
    plain_only: bool = False,
) -> Plan | None:
    rest = residual(instance, kept, groups, plain_only=plain_only)
    counts = counted(rest.instance)
    counts = counted(rest.instance, prices(counts, expected))
    spaces, left = first_filling(counts)
    filling = Filling(counts, [dict[Key, int](space.pieces.items()) for space in spaces], left)
    LocalSearch(filling, search).run(lambda: None)
    plan = filling.plan()
    return None if plan is None else rest.joined(kept, plan)


def prices(counts: Counts, expected: Expected) -> tuple[int, ...]:
    """Give what each zone is worth to those still to come.

    A room costs what it costs in the smallest zone still needed, so a large zone is worth more than its opening; a
    zone with a halal kitchen, or with accessible rooms while they are scarce, has a price for those who do not need it.
    """
    weight = counts.instance.weights.zone
    free = sorted((zone.size for number, zone in enumerate(counts.zones) if counts.opens(number)), reverse=True)
    own = sum(one.fewest * len(members) for one, members in zip(counts.classes, counts.members, strict=True))
    wanted, smallest = SPARE * (own + expected.rooms), 1
    for smallest in free:
        wanted -= smallest
        if wanted <= 0:
            break
    ramp = ACCESSIBLE_PRICE if scarce(counts.instance, expected) else 0
    return tuple(
        max(0, math.floor(weight * zone.size / max(1, smallest)) - weight)
        + HALAL_PRICE * zone.halal
        + ramp * any(kind.accessible for kind, _ in zone.kinds)
        for zone in counts.zones
    )
