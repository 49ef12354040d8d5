"""A zone closes: those in it move, all others stay. Repair, never solve again.

Where the free rooms do not take somebody, the fewest others make way for them: parties easier to place, one for each
room wanted, in a zone of the same day and risk class.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ortools.sat.python import cp_model

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.rooms.counts import Counts, Kind, Want, counted
from hucheng.engines.planning.rooms.filling import Filling
from hucheng.engines.planning.rooms.instance import RoomsInstance
from hucheng.engines.planning.rooms.model import Key, build
from hucheng.engines.planning.rooms.online import near_zones
from hucheng.engines.planning.rooms.residual import Residual, residual
from hucheng.engines.planning.rooms.rules import first_filling
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import cp_sat

SOLVE_SECONDS = 0.8


@dataclass(frozen=True, slots=True)
class Repair:
    """The new plan, the parties whose rooms it changes, and those hit; no plan where `stuck` parties find no room."""

    plan: Plan | None
    moved: tuple[int, ...]
    hit: tuple[int, ...]
    stuck: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Old:
    """The plan as it stands, the zones that close, and the party in each room."""

    instance: RoomsInstance
    plan: Plan
    closed: frozenset[int]
    inside: dict[int, list[int]]


def repair(instance: RoomsInstance, plan: Plan, closed: Collection[int], search: Search) -> Repair:
    """Move the parties of closed zones, and as few others as possible, within the budget of the search.

    `plan` is a legal plan of the instance. The search is used for its budget only; nothing is offered to it.
    """
    inside: dict[int, list[int]] = {}
    for number, stays in enumerate(plan["assign"]):
        for room, *_ in stays:
            inside.setdefault(room, []).append(number)
    old = _Old(instance, plan, frozenset(closed), inside)
    hit = {number for room, parties in inside.items() if instance.rooms[room].zone in old.closed for number in parties}
    moving, rest, filling = set(hit), None, None
    for _ in range(1 + len(hit)):
        rest, filling = _placed(old, moving, search)
        ways = list(_making_way(old, rest, filling)) if filling.left and search.left > 0 else []
        if not ways:
            break
        moving |= set().union(*ways)
    assert rest is not None and filling is not None
    found = filling.plan()
    if found is None:
        members = (filling.counts.members[number][:left] for number, left in filling.left.items())
        return Repair(None, (), tuple(sorted(hit)), tuple(sorted(rest.groups[one] for some in members for one in some)))
    joined = rest.joined(plan, found)
    moved = (number for number in moving if sorted(joined["assign"][number]) != sorted(plan["assign"][number]))
    return Repair(joined, tuple(sorted(moved)), tuple(sorted(hit)))


def _placed(old: _Old, moving: Collection[int], search: Search) -> tuple[Residual, Filling]:
    """Place those who move beside those who stay, at least cost; who finds no room is left."""
    rest = residual(old.instance, old.plan, moving, old.closed)
    counts = counted(rest.instance)
    parties = {number: len(members) for number, members in enumerate(counts.members)}
    model = build(counts, near_zones(counts), parties, may_leave=True)
    solver, status = cp_sat(model.cp, search, seconds=SOLVE_SECONDS, workers=1)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        spaces, left = first_filling(counts)
        return rest, Filling(counts, [dict[Key, int](space.pieces.items()) for space in spaces], left)
    found = model.holdings(solver)
    left = {number: still for number, one in model.left.items() if (still := solver.value(one))}
    return rest, Filling(counts, [found.get(zone, {}) for zone in range(len(counts.zones))], left)


def _making_way(old: _Old, rest: Residual, filling: Filling) -> Iterator[set[int]]:
    """For each class with somebody left out: the fewest parties whose rooms would take one of them."""
    for number in filling.left:
        ways = [way for zone in range(len(old.instance.zones)) if (way := _way(old, rest, filling, number, zone))]
        if ways:
            yield min(ways, key=lambda way: (len(way), sorted(way)))


def _way(old: _Old, rest: Residual, filling: Filling, number: int, zone: int) -> set[int] | None:
    counts, one = filling.counts, filling.counts.classes[number]
    serves = filling.cohort(zone) == counts.cohort(number) and zone not in old.closed
    if not serves or (one.halal and not counts.zones[zone].halal):
        return None
    for pattern in one.patterns:
        free = [room for room in rest.rooms if old.instance.rooms[room].zone == zone]
        way: set[int] = set()
        if all(_room_for(old, counts, number, want, zone, free, way) for want in pattern) and way:
            return way
    return None


def _room_for(old: _Old, counts: Counts, number: int, want: Want, zone: int, free: list[int], way: set[int]) -> bool:
    """Find a room for a want, a free one or that of a party that is easier to place, which then makes way."""
    arrive = counts.arrive(number)
    special = want.accessible or counts.classes[number].halal
    for room in free:
        if _kind(old, room).suits(want, arrive):
            free.remove(room)
            return True
    for room, parties in old.inside.items():
        if old.instance.rooms[room].zone != zone or not _kind(old, room).suits(want, arrive) or len(parties) > 1:
            continue
        group = old.instance.groups[parties[0]]
        plain = not group.accessible and not group.halal and parties[0] not in way
        if plain and (special or group.size != want.beds):
            way.add(parties[0])
            return True
    return False


def _kind(old: _Old, room: int) -> Kind:
    one = old.instance.rooms[room]
    return Kind(one.beds, one.accessible, one.ready)
