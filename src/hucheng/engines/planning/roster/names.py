"""Which worker lives which bubble: first who starts when, then who takes which row, by the days they asked off."""

from collections import Counter
from collections.abc import Sequence

import highspy
import numpy as np
from scipy.optimize import linear_sum_assignment

from hucheng.engines.planning.roster.instance import FREE, RosterInstance
from hucheng.engines.planning.roster.rules import Slot
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import highs

_SHARE_WORKED = 0.5  # of the requests in a bubble; only orders people before their rows are known


def who_starts_when(
    instance: RosterInstance, slots: Sequence[Slot], people: Sequence[int], search: Search
) -> dict[int, list[int]]:
    """Give the workers for each day on which slots of one skill start, as many as can be, by requests in the bubble.

    At most one start of a worker in any cycle of days. An integer program whose rows are windows in time, so its
    relaxation is nearly always whole.
    """
    wanted = Counter(slot.start for slot in slots)
    solver = highs(search)
    columns: list[tuple[int, int]] = []
    by_day: dict[int, list[int]] = {day: [] for day in wanted}
    for who in people:
        worker = instance.staff[who]
        mine = [day for day in sorted(wanted) if worker.may_live_in(day, instance.block)]
        first = len(columns)
        for day in mine:
            refused = sum(day <= off < day + instance.block for off in worker.off)
            solver.addVar(0, 1)
            solver.changeColCost(len(columns), instance.w_request * _SHARE_WORKED * refused)
            by_day[day].append(len(columns))
            columns.append((who, day))
        _windows(solver, mine, first, instance.cycle)
    for day, count in wanted.items():
        _add_row(solver, -highspy.kHighsInf, count, by_day[day])
    _reward(solver, columns, instance)
    return _chosen(solver, columns, wanted)


def _windows(solver: highspy.Highs, days: list[int], first: int, cycle: int) -> None:
    for n, day in enumerate(days):
        together = [first + k for k in range(n, len(days)) if days[k] < day + cycle]
        if len(together) > 1:
            _add_row(solver, -highspy.kHighsInf, 1, together)


def _reward(solver: highspy.Highs, columns: list[tuple[int, int]], instance: RosterInstance) -> None:
    """Filling a slot outweighs any request."""
    worth = float(instance.w_under * instance.block + 1)
    costs = solver.getLp().col_cost_
    for column in range(len(columns)):
        solver.changeColCost(column, costs[column] - worth)
    count = len(columns)
    kinds = np.full(count, highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)


def _chosen(solver: highspy.Highs, columns: list[tuple[int, int]], wanted: Counter[int]) -> dict[int, list[int]]:
    chosen: dict[int, list[int]] = {day: [] for day in wanted}
    if columns:
        solver.run()
        values = solver.getSolution().col_value
        for (who, day), value in zip(columns, values, strict=True):
            if value > 0.5:
                chosen[day].append(who)
    return chosen


def _add_row(solver: highspy.Highs, low: float, high: float, columns: list[int]) -> None:
    count = len(columns)
    solver.addRow(low, high, count, np.array(columns, dtype=np.int32), np.ones(count))


def who_takes_which(instance: RosterInstance, slots: Sequence[Slot], people: Sequence[int]) -> list[int | None]:
    """Give a worker for each slot of one start, least requests refused; None where there are fewer workers."""
    if not people:
        return [None] * len(slots)
    costs = np.array([[_refused(instance, slot, who) for who in people] for slot in slots], dtype=float)
    rows, columns = linear_sum_assignment(costs)
    found: list[int | None] = [None] * len(slots)
    for row, column in zip(rows, columns, strict=True):
        found[row] = people[column]
    return found


def _refused(instance: RosterInstance, slot: Slot, who: int) -> int:
    off = instance.staff[who].off
    return sum(slot.row[day - slot.start] != FREE for day in off if slot.start <= day < slot.start + instance.block)
