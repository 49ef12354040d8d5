"""A linear or integer program that grows by columns, for HiGHS, under the budget of a search."""

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import highs, hold_whole

INFINITY = highspy.kHighsInf
STEP_NODES = 200  # nodes of branch and bound that one step of a search by steps may take
Floats = NDArray[np.float64]


class Program:
    """Rows first, then columns at any time; `solve` relaxes the integers, `solve_integer` holds them."""

    def __init__(self, search: Search) -> None:
        """Start empty."""
        self._search, self._highs = search, highs(search)
        self._whole: list[int] = []
        self.rows = self.columns = 0

    def row(self, low: float, high: float = INFINITY, columns: Sequence[int] = (), values: Sequence[float] = ()) -> int:
        """Add a row and give its number."""
        at, by = np.array(columns, dtype=np.int32), np.array(values, dtype=np.float64)
        self._highs.addRow(low, high, len(at), at, by)
        self.rows += 1
        return self.rows - 1

    def column(
        self,
        cost: float,
        rows: Sequence[int],
        values: Sequence[float],
        *,
        upper: float = INFINITY,
        integer: bool = False,
    ) -> int:
        """Add a column from 0 to `upper` and give its number."""
        at, by = np.array(rows, dtype=np.int32), np.array(values, dtype=np.float64)
        self._highs.addCol(cost, 0.0, upper, len(at), at, by)
        if integer:
            self._whole.append(self.columns)
        self.columns += 1
        return self.columns - 1

    def limit(self, row: int, low: float, high: float) -> None:
        """Set the limits of a row."""
        self._highs.changeRowBounds(row, low, high)

    def forbid(self, column: int) -> None:
        """Hold a column at nought."""
        self._highs.changeColBounds(column, 0.0, 0.0)

    def solve(self) -> bool:
        """Solve without the integers; False when time ran out or no point is feasible."""
        self._limit(None)
        self._highs.run()
        return bool(self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def solve_integer(self, seconds: float, *, cutoff: float = INFINITY, gap: float = 0.0) -> bool:
        """Solve with the integers for at most `seconds`; True when a point below `cutoff` was found.

        A search by steps bounds nodes in place of seconds, so that it repeats. A cancel is seen at the next node or
        round of cuts.
        """
        hold_whole(self._highs, self._whole)
        self._limit(seconds)
        self._highs.setOptionValue("objective_bound", cutoff)
        self._highs.setOptionValue("mip_rel_gap", gap)
        self._highs.setOptionValue("mip_abs_gap", 1e-6)
        if self._search.by_steps:
            self._highs.setOptionValue("mip_max_nodes", STEP_NODES)
        self._highs.cbMipInterrupt.subscribe(self._watch)
        self._highs.run()
        value = self._highs.getInfo().objective_function_value
        return bool(np.isfinite(value) and value < min(cutoff, INFINITY))

    @property
    def infeasible(self) -> bool:
        """Tell whether the last solve proved that no point exists."""
        return bool(self._highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible)

    @property
    def objective(self) -> float:
        """Give the value of the last point."""
        return float(self._highs.getInfo().objective_function_value)

    @property
    def bound(self) -> float:
        """Give the proven bound of the last integer solve."""
        return float(self._highs.getInfo().mip_dual_bound)

    @property
    def values(self) -> Floats:
        """Give the columns' values at the last point."""
        return np.array(self._highs.getSolution().col_value)

    @property
    def prices(self) -> Floats:
        """Give the rows' dual values at the last point of `solve`."""
        return np.array(self._highs.getSolution().row_dual)

    def _limit(self, seconds: float | None) -> None:
        """HiGHS counts its time over the life of the object, so what it has used is added."""
        limit = min(self._search.left, seconds if seconds is not None else INFINITY)
        if not self._search.by_steps:
            self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(0.01, limit))

    def _watch(self, event: highspy.HighsCallbackEvent) -> None:
        if self._search.left <= 0:
            event.interrupt()
