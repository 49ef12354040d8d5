"""CP-SAT and HiGHS under the budget of a search: time left, cancel, seed, and limits that repeat in steps."""

from collections.abc import Callable

import highspy
import numpy as np
from ortools.sat.python import cp_model

from hucheng.engines.planning.search import Search

Values = cp_model.CpSolverSolutionCallback


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands on each solution and each bound, and stops at a cancel."""

    def __init__(self, search: Search, on_solution: Callable[[Values], object] | None) -> None:
        super().__init__()
        self._search, self._on_solution = search, on_solution

    def on_solution_callback(self) -> None:
        if self._on_solution:
            self._on_solution(self)
        if self._search.left <= 0:
            self.stop_search()


def cp_sat(
    model: cp_model.CpModel,
    search: Search,
    *,
    seconds: float | None = None,
    on_solution: Callable[[Values], object] | None = None,
    on_bound: Callable[[float], None] | None = None,
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    """Solve a model for at most `seconds` of what the search has left; gives the solver and its status.

    In a search by steps the limit is CP-SAT's deterministic time, one unit a second, with one worker, so that the
    result repeats. A cancel is seen at the next bound or solution, and by the clock at the latest.
    """
    solver = cp_model.CpSolver()
    limit = min(search.left, seconds if seconds is not None else float("inf"))
    if search.by_steps:
        solver.parameters.max_deterministic_time = seconds if seconds is not None else 10.0
    else:
        solver.parameters.max_time_in_seconds = max(0.01, limit)
    solver.parameters.num_workers = search.workers
    solver.parameters.random_seed = search.seed
    if on_bound:
        solver.best_bound_callback = on_bound
    status = solver.solve(model, _Watch(search, on_solution))
    return solver, status


def highs(search: Search, *, seconds: float | None = None) -> highspy.Highs:
    """Give a silent HiGHS with the limits of the search; clocks start at nought for each object.

    One thread always: the number is fixed for a whole process by its first run, and a later run that asks for another
    fails.
    HiGHS counts its time limit over the life of an object: add getRunTime() to the limit of a second run.
    """
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("random_seed", search.seed)
    solver.setOptionValue("threads", 1)
    limit = min(search.left, seconds if seconds is not None else float("inf"))
    if np.isfinite(limit) and not search.by_steps:
        solver.setOptionValue("time_limit", max(0.01, limit))
    return solver
