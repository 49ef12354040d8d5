"""Solve the rooms problem: rules first, a bound from counts, then CP-SAT on the whole or on neighbourhoods."""

import math
from dataclasses import replace

from ortools.sat.python import cp_model

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.rooms.bound import raise_bound
from hucheng.engines.planning.rooms.conflict import conflict
from hucheng.engines.planning.rooms.counts import Counts, counted
from hucheng.engines.planning.rooms.filling import Filling
from hucheng.engines.planning.rooms.instance import RoomsInstance
from hucheng.engines.planning.rooms.model import Key, build
from hucheng.engines.planning.rooms.naming import holdings_of
from hucheng.engines.planning.rooms.neighbours import LocalSearch
from hucheng.engines.planning.rooms.rules import first_filling
from hucheng.engines.planning.search import SAME, Search
from hucheng.engines.planning.solvers import Values, cp_sat

WHOLE = 600
"""Zones times classes up to which the whole problem goes to CP-SAT at once."""
WHOLE_TO_PLACE = 6000
"""The same where the rules leave somebody without a room and any legal plan will do."""
PLACE_SHARE = 0.3
BOUND_SHARE = 0.2
"""Share of the time that the bound from counts may take."""
PROOF_SECONDS = 5.0


def improve(instance: RoomsInstance, search: Search, warm: Plan | None) -> None:
    """Offer the plan of the rules, or a warm one, then better ones, with a bound."""
    counts = counted(instance)
    filling = _first(counts, search, warm)
    raise_bound(counts, search, filling.holdings, BOUND_SHARE * min(search.left, 100.0))
    size = len(counts.zones) * len(counts.classes)
    if size <= WHOLE:
        _whole(counts, search, filling)
        return
    if filling.left:
        filling = place_all(counts, search, filling)
    if search.conflict is None:
        LocalSearch(filling, search).run(lambda: _offer(search, filling))


def place_all(counts: Counts, search: Search, filling: Filling) -> Filling:
    """Find a legal plan where the rules found none, or prove that there is none."""
    if impossible := _impossible_part(counts.instance, search):
        search.give_up(conflict(impossible, search))
    elif len(counts.zones) * len(counts.classes) <= WHOLE_TO_PLACE:
        zones = range(len(counts.zones))
        model = build(counts, zones, _everybody(counts))
        model.cp.minimize(0)
        solver, status = cp_sat(model.cp, search, seconds=PLACE_SHARE * min(search.left, 100.0))
        if status == cp_model.INFEASIBLE:
            search.give_up(conflict(counts.instance, search))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            found = model.holdings(solver)
            filling = Filling(counts, [found[zone] for zone in zones], {})
            _offer(search, filling)
    return filling


def _impossible_part(instance: RoomsInstance, search: Search) -> RoomsInstance | None:
    """Give parties with special needs alone if even they cannot all be placed: then nobody's plan is legal."""
    halal = tuple(group for group in instance.groups if group.halal)
    accessible = tuple(group for group in instance.groups if group.accessible)
    for groups in (halal, accessible):
        part = replace(instance, groups=groups)
        counts = counted(part)
        model = build(counts, range(len(counts.zones)), _everybody(counts))
        if cp_sat(model.cp, search, seconds=PROOF_SECONDS)[1] == cp_model.INFEASIBLE:
            return part
    return None


def _everybody(counts: Counts) -> dict[int, int]:
    return {number: len(members) for number, members in enumerate(counts.members)}


def _first(counts: Counts, search: Search, warm: Plan | None) -> Filling:
    spaces, left = first_filling(counts)
    filling = Filling(counts, [dict[Key, int](space.pieces.items()) for space in spaces], left)
    _offer(search, filling)
    if warm is not None and search.offer(warm):
        return Filling(counts, holdings_of(counts, warm), {})
    return filling


def _offer(search: Search, filling: Filling) -> None:
    plan = filling.plan()
    if plan is not None:
        search.offer(plan)


def _whole(counts: Counts, search: Search, filling: Filling) -> None:
    zones = range(len(counts.zones))
    model = build(counts, zones, _everybody(counts))
    if not filling.left:
        model.hint(dict(enumerate(filling.holdings)))

    def tell(values: Values) -> None:
        found = model.holdings(values)
        _offer(search, Filling(counts, [found[zone] for zone in zones], {}))

    solver, status = cp_sat(
        model.cp, search, on_solution=tell, on_bound=lambda bound: search.raise_bound(math.ceil(bound - SAME))
    )
    if status == cp_model.OPTIMAL:
        search.raise_bound(solver.objective_value)
    if status == cp_model.INFEASIBLE:
        search.give_up(conflict(counts.instance, search))
