"""Flight after flight: people already in rooms stay, and what later flights may need has a price."""

import math
from collections.abc import Collection
from dataclasses import dataclass

from ortools.sat.python import cp_model

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.rooms.counts import Counts, counted
from hucheng.engines.planning.rooms.filling import Filling
from hucheng.engines.planning.rooms.instance import RoomsInstance
from hucheng.engines.planning.rooms.model import Key, build
from hucheng.engines.planning.rooms.naming import named
from hucheng.engines.planning.rooms.neighbours import STEP_SECONDS, LocalSearch
from hucheng.engines.planning.rooms.residual import residual
from hucheng.engines.planning.rooms.rules import SPARE, first_filling
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import cp_sat

HALAL_PRICE = 40
"""Price of opening a zone with a halal kitchen, beyond its weight, on a flight none of whose people need it."""
ACCESSIBLE_PRICE = 40
"""The same for a zone with an accessible room, while such rooms are scarce."""
UNUSED = 20
"""Unused zones of each sort that a repair, or a flight that the rules cannot place, may open."""
SQUEEZE_SECONDS = 0.5
STEP_BY_STEPS = 0.2
"""Deterministic time of CP-SAT for a step of a search by steps: somebody waits for the answer."""
PLENTY = 1.5
"""Accessible rooms, and unused zones with one, for each one needed now or expected, below which they are scarce."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What people still to come are expected to need (forecast): rooms, and parties that need an accessible one."""

    rooms: int = 0
    accessible: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A plan, and the parties for whom it has no room: theirs is no stay."""

    plan: Plan
    left: tuple[int, ...]


def place(
    instance: RoomsInstance, kept: Plan, groups: Collection[int], search: Search, *, expected: Expected
) -> Plan | None:
    """Give a plan with rooms for `groups` too, all others staying where `kept` has them; None where some find none."""
    found = place_most(instance, kept, groups, search, expected=expected)
    return None if found.left else found.plan


def place_most(
    instance: RoomsInstance, kept: Plan, groups: Collection[int], search: Search, *, expected: Expected
) -> Placed:
    """Give rooms to as many of `groups` as the search finds room for, all others staying where `kept` has them.

    While accessible rooms are scarce those who need one are placed first, and the others in rooms that are not
    accessible; only whom that strands may take accessible rooms as well.
    """
    if not scarce(residual(instance, kept, groups).instance, expected):
        return _placed(instance, kept, groups, search, expected)
    needy = [number for number in groups if instance.groups[number].accessible]
    others = [number for number in groups if not instance.groups[number].accessible]
    first = _placed(instance, kept, needy, search.part(1 / 4), expected) if needy else Placed(kept, ())
    then = _placed(instance, first.plan, others, search.part(1 / 2), expected, plain_only=True)
    stranded = first.left + then.left
    if not stranded:
        return then
    last = _placed(instance, then.plan, stranded, search.part(1 / 3), expected)
    if not last.left:
        return last
    anew = _placed(instance, kept, groups, search, expected)
    return min(last, anew, key=lambda found: sum(instance.groups[number].size for number in found.left))


def scarce(instance: RoomsInstance, expected: Expected) -> bool:
    """Tell whether accessible rooms are few in unused zones beside those who need one, now or later.

    Rooms are counted by party, and zones by flight and risk class: a zone serves one, so many rooms in few zones do
    not help; each party expected may be of a class of its own.
    """
    if not expected.accessible:
        return False
    free = [room.zone for room in instance.rooms if room.accessible and instance.zones[room.zone].lock is None]
    needy = [group for group in instance.groups if group.accessible]
    classes = {(group.flight, group.risk) for group in needy}
    rooms, zones = expected.accessible + len(needy), expected.accessible + len(classes)
    return len(free) < PLENTY * rooms or len(set(free)) < PLENTY * zones


def _placed(
    instance: RoomsInstance,
    kept: Plan,
    groups: Collection[int],
    search: Search,
    expected: Expected,
    *,
    plain_only: bool = False,
) -> Placed:
    rest = residual(instance, kept, groups, plain_only=plain_only)
    counts = counted(rest.instance)
    ramps = {room.zone for room in instance.rooms if room.accessible}
    counts = counted(rest.instance, prices(counts, expected, ramps))
    spaces, left = first_filling(counts)
    filling = Filling(counts, [dict[Key, int](space.pieces.items()) for space in spaces], left)
    if filling.left:
        squeeze(filling, search)
    LocalSearch(filling, search, step_seconds=STEP_BY_STEPS if search.by_steps else STEP_SECONDS).run(lambda: None)
    plan = named(counts, filling.holdings)
    if plan is None:
        return Placed(kept, rest.groups)
    joined = rest.joined(kept, plan)
    return Placed(joined, tuple(number for number in rest.groups if not joined["assign"][number]))


def squeeze(filling: Filling, search: Search) -> None:
    """Place those whom the rules left without a room, all others being free to go elsewhere (CP-SAT).

    The zones looked at are those of the cohorts and the largest of the unused ones; where nobody more finds a room
    within the time the filling stays as it is.
    """
    counts = filling.counts
    near = {*near_zones(counts), *filling.used()}
    parties = {number: len(members) for number, members in enumerate(counts.members)}
    model = build(counts, sorted(near), parties, may_leave=True)
    model.hint({zone: filling.holdings[zone] for zone in near})
    solver, status = cp_sat(model.cp, search, seconds=SQUEEZE_SECONDS, workers=1)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return
    left = {number: still for number, one in model.left.items() if (still := solver.value(one))}
    if _dear(counts, left) < _dear(counts, filling.left):
        filling.put(model.holdings(solver))
        filling.left = left


def _dear(counts: Counts, parties: dict[int, int]) -> int:
    return sum(counts.dear(number) * left for number, left in parties.items())


def near_zones(counts: Counts) -> list[int]:
    """Give the zones of the cohorts, and of the unused ones the largest with and without a halal kitchen."""
    cohorts = {counts.cohort(number) for number in range(len(counts.classes))}
    able = [number for number, zone in enumerate(counts.zones) if zone.size]
    own = [number for number in able if not counts.opens(number) and any(counts.takes(number, one) for one in cohorts)]
    unused = sorted((number for number in able if counts.opens(number)), key=lambda number: -counts.zones[number].size)
    halal = [number for number in unused if counts.zones[number].halal]
    plain = [number for number in unused if not counts.zones[number].halal]
    return [*own, *halal[:UNUSED], *plain[:UNUSED]]


def prices(counts: Counts, expected: Expected, ramps: Collection[int]) -> tuple[int, ...]:
    """Give what each zone is worth to those still to come; `ramps` are the zones with accessible rooms.

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
        + ramp * (number in ramps)
        for number, zone in enumerate(counts.zones)
    )
