"""Which worker lives which bubble: first who starts when, then who takes which row, by the days they asked off."""

from collections import Counter
from collections.abc import Iterator, Sequence

import highspy
import numpy as np
from scipy.optimize import linear_sum_assignment

from hucheng.engines.planning.roster.instance import RosterInstance
from hucheng.engines.planning.roster.rules import Slot
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import Row, highs, hold_whole, load

_SHARE_WORKED = 0.5  # of the requests in a bubble; only orders people before their rows are known


def who_starts_when(
    instance: RosterInstance, slots: Sequence[Slot], people: Sequence[int], search: Search
) -> dict[int, list[int]]:
    """Give the workers for each day on which slots of one skill start, as many as can be, by requests in the bubble.

    At most one start of a worker in any cycle of days. An integer program whose rows are windows in time, so its
    relaxation is nearly always whole.
    """
    wanted = Counter(slot.start for slot in slots)
    worth = float(instance.w_under * instance.block + 1)  # filling a slot outweighs any request
    costs: list[float] = []
    columns: list[tuple[int, int]] = []
    by_day: dict[int, list[int]] = {day: [] for day in wanted}
    rows: list[Row] = []
    for who in people:
        worker = instance.staff[who]
        mine = [day for day in sorted(wanted) if worker.may_live_in(day, instance.block)]
        rows += _windows(mine, len(columns), instance.cycle)
        for day in mine:
            refused = sum(day <= off < day + instance.block for off in worker.off)
            by_day[day].append(len(columns))
            columns.append((who, day))
            costs.append(instance.w_request * _SHARE_WORKED * refused - worth)
    rows += [(-highspy.kHighsInf, count, dict.fromkeys(by_day[day], 1.0)) for day, count in wanted.items()]
    solver = highs(search)
    load(solver, costs, rows, highs=[1.0] * len(costs))
    hold_whole(solver, range(len(costs)))
    return _chosen(solver, columns, wanted)


def _windows(days: list[int], first: int, cycle: int) -> Iterator[Row]:
    """At most one of the columns from `first` on whose days lie in one cycle."""
    for n, day in enumerate(days):
        together = [first + k for k in range(n, len(days)) if days[k] < day + cycle]
        if len(together) > 1:
            yield (-highspy.kHighsInf, 1, dict.fromkeys(together, 1.0))


def _chosen(solver: highspy.Highs, columns: list[tuple[int, int]], wanted: Counter[int]) -> dict[int, list[int]]:
    chosen: dict[int, list[int]] = {day: [] for day in wanted}
    if columns:
        solver.run()
        values = solver.getSolution().col_value
        for (who, day), value in zip(columns, values, strict=True):
            if value > 0.5:
                chosen[day].append(who)
    return chosen


def who_takes_which(instance: RosterInstance, slots: Sequence[Slot], people: Sequence[int]) -> list[int | None]:
    """Give a worker for each slot of one start, least requests refused; None where there are fewer workers."""
    if not people:
        return [None] * len(slots)
    costs = np.array([[slot.refused(instance.staff[who].off) for who in people] for slot in slots], dtype=float)
    rows, columns = linear_sum_assignment(costs)
    found: list[int | None] = [None] * len(slots)
    for row, column in zip(rows, columns, strict=True):
        found[row] = people[column]
    return found
