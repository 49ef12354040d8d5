"""How few bubbles can hold a post, whoever works them: a flow of interchangeable workers through days and runs.

A worker is a unit of flow that starts a bubble on a day, and each day rests or works, never more days in a row than
the limit. Kinds of shift are left out, so the optimum is a lower bound on the bubbles of the post; where shifts can be
named on its starts (`shifts.py`) it is reached. The relaxation is stronger than counting (days x people / 12),
because work has to begin and to end with the horizon.
"""

import math
from dataclasses import dataclass

import highspy
import numpy as np

from hucheng.engines.planning.roster.instance import Need, Post, RosterInstance
from hucheng.engines.planning.search import SAME, Search
from hucheng.engines.planning.solvers import Row, highs, hold_whole, load

MOST_NODES = 5  # of the branch and bound of one shape in a search by steps


@dataclass(frozen=True, slots=True)
class Shape:
    """Posts of one shape have the same covers: need by shift, and the span in which the house is open."""

    need: Need
    open: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cover:
    """A proven lower bound on the cost of a post, and the starts that reach it where they were found."""

    bound: float
    starts: tuple[int, ...] | None


def shape_of(post: Post) -> Shape:
    """Give the shape of a post."""
    return Shape(post.need, post.open)


def possible_starts(instance: RosterInstance, shape: Shape) -> range:
    """Give the days on which a bubble that works in the post may start."""
    first, end = shape.open
    return range(max(0, first - instance.block + 1), min(instance.last_start, end - 1) + 1)


class Flow:
    """The flow of one shape in HiGHS: first its relaxation, then whole numbers."""

    def __init__(self, instance: RosterInstance, shape: Shape, search: Search) -> None:
        """Build rows and columns; nothing is solved yet."""
        self.instance, self.shape, self.search = instance, shape, search
        self.costs: list[float] = []
        self.rows: list[Row] = []
        self.starts = {day: self._column(instance.w_block) for day in possible_starts(instance, shape)}
        self.working: dict[int, list[int]] = {day: [] for day in range(*shape.open)}
        self.short: list[int] = []
        for start, column in self.starts.items():
            self._bubble(start, column)
        self._needs()
        self.fair = False
        self.solver = highs(search)
        load(self.solver, self.costs, self.rows)

    def relaxed(self) -> float:
        """Give the bound of the relaxation, rounded up to what whole bubbles and shifts can cost.

        Nights above the cap are counted only where the bubbles found cannot hold the nights: then nothing rounds.
        """
        self.solver.run()
        bound = self._rounded(self._value())
        values = self.solver.getSolution().col_value
        bubbles = sum(values[column] for column in self.starts.values())
        nights = self.shape.need[2] * len(self.working)
        if self.instance.w_fair and nights > self.instance.night_cap * math.ceil(bubbles - SAME):
            self._add_nights(nights)
            self.solver.run()
            bound = max(bound, self._value())
        return bound

    def whole(self, seconds: float) -> Cover:
        """Give the bound in whole bubbles and, when found in time, the starts."""
        hold_whole(self.solver, range(self.solver.getNumCol()))
        if self.search.by_steps:
            self.solver.setOptionValue("mip_max_nodes", MOST_NODES)
        else:
            limit = self.solver.getRunTime() + max(0.01, min(seconds, self.search.left))
            self.solver.setOptionValue("time_limit", limit)
        self.solver.run()
        bound = self._rounded(self.solver.getInfo().mip_dual_bound)
        return Cover(bound, self._found() if self._solved() else None)

    def _found(self) -> tuple[int, ...]:
        values = self.solver.getSolution().col_value
        return tuple(day for day, column in self.starts.items() for _ in range(round(values[column])))

    def _solved(self) -> bool:
        return bool(self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _value(self) -> float:
        return float(self.solver.getInfo().objective_function_value) if self._solved() else 0.0

    def _rounded(self, value: float) -> float:
        """Round up to a multiple of what a bubble and an uncovered shift have in common, where nights cost nothing."""
        unit = math.gcd(self.instance.w_block, self.instance.w_under)
        if not math.isfinite(value):
            return 0.0
        return value if self.fair or not unit else float(unit * math.ceil(value / unit - SAME))

    def _column(self, cost: float) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def _bubble(self, start: int, column: int) -> None:
        """Lead the workers who start on a day through their days, by length of the run they are in."""
        first, end = self.shape.open
        inflow = {0: [column]}
        for day in range(start, start + self.instance.block):
            after: dict[int, list[int]] = {}
            for run, columns in inflow.items():
                out = [self._column(0)]
                after.setdefault(0, []).append(out[0])
                if run < self.instance.max_run and first <= day < end:
                    out.append(self._column(0))
                    after.setdefault(run + 1, []).append(out[1])
                    self.working[day].append(out[1])
                self.rows.append((0, 0, dict.fromkeys(columns, 1.0) | dict.fromkeys(out, -1.0)))
            inflow = after

    def _needs(self) -> None:
        people = sum(self.shape.need)
        for columns in self.working.values():
            self.short.append(self._column(self.instance.w_under))
            self.rows.append((people, highspy.kHighsInf, dict.fromkeys([*columns, self.short[-1]], 1.0)))

    def _add_nights(self, nights: int) -> None:
        """Nights above the cap of a bubble cost; a worker's are averaged over at most this many bubbles."""
        self.fair = True
        most = 1 + max(0, self.instance.last_start) // self.instance.cycle
        above = self._column(self.instance.w_fair / most)
        self.solver.addVar(0, highspy.kHighsInf)
        self.solver.changeColCost(above, self.costs[above])
        terms = {above: 1.0} | dict.fromkeys(self.starts.values(), float(self.instance.night_cap))
        terms |= dict.fromkeys(self.short, 1.0)
        columns = np.array(list(terms), dtype=np.int32)
        self.solver.addRow(nights, highspy.kHighsInf, len(terms), columns, np.array(list(terms.values()), dtype=float))
