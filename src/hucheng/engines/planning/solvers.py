"""CP-SAT and HiGHS under the budget of a search: time left, cancel, seed, and limits that repeat in steps."""

from collections.abc import Callable, Mapping, Sequence
from threading import Event, Thread

import highspy
import numpy as np
from ortools.sat.python import cp_model

from hucheng.engines.planning.search import Search

Values = cp_model.CpSolverSolutionCallback
Row = tuple[float, float, Mapping[int, float]]


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
    workers: int | None = None,
    on_solution: Callable[[Values], object] | None = None,
    on_bound: Callable[[float], None] | None = None,
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    """Solve a model for at most `seconds` of what the search has left; gives the solver and its status.

    `workers` are those of the search unless said.

    In a search by steps the limit is CP-SAT's deterministic time, one unit a second, with one worker, so that the
    result repeats. A cancel is seen within a tenth of a second.
    """
    solver = cp_model.CpSolver()
    limit = min(search.left, seconds if seconds is not None else float("inf"))
    if search.by_steps:
        solver.parameters.max_deterministic_time = seconds if seconds is not None else search.solve_seconds
    else:
        solver.parameters.max_time_in_seconds = max(0.01, limit)
    solver.parameters.num_workers = workers or search.workers
    solver.parameters.random_seed = search.seed
    if on_bound:
        solver.best_bound_callback = on_bound
    over = Event()
    Thread(target=_stop_at_cancel, args=(solver, search, over), daemon=True).start()
    try:
        status = solver.solve(model, _Watch(search, on_solution))
    finally:
        over.set()
    return solver, status


def _stop_at_cancel(solver: cp_model.CpSolver, search: Search, over: Event) -> None:
    while not over.wait(0.1):
        if search.left <= 0:
            solver.stop_search()
            return


class _Silent(highspy.Highs):
    """HiGHS that prints nothing, not even the banner with which it is made."""

    def enableCallbacks(self) -> None:
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def highs(search: Search, *, seconds: float | None = None) -> highspy.Highs:
    """Give a silent HiGHS with the limits of the search.

    One thread always: the number is fixed for a whole process by its first run, and a later run that asks for another
    fails. HiGHS counts its time limit over the life of an object: move the limit on by `getRunTime` before each
    further run.
    """
    solver = _Silent()  # type: ignore[no-untyped-call]
    solver.setOptionValue("random_seed", search.seed)
    solver.setOptionValue("threads", 1)
    limit = min(search.left, seconds if seconds is not None else float("inf"))
    if np.isfinite(limit) and not search.by_steps:
        solver.setOptionValue("time_limit", max(0.01, limit))
    return solver


def load(
    solver: highspy.Highs,
    costs: Sequence[float],
    rows: Sequence[Row],
    *,
    lows: Sequence[float] | None = None,
    highs: Sequence[float] | None = None,
) -> None:
    """Pass columns and rows to HiGHS at once: one by one they take longer than the solving of small programs.

    costs, lows, highs  by column; from 0 to infinity unless said
    rows                (low, high, factor by column)
    """
    count, none = len(costs), np.array([], dtype=np.int32)
    least = np.zeros(count) if lows is None else np.array(lows, dtype=float)
    most = np.full(count, highspy.kHighsInf) if highs is None else np.array(highs, dtype=float)
    solver.addCols(count, np.array(costs, dtype=float), least, most, 0, none, none, np.array([], dtype=float))
    starts = np.cumsum([0, *(len(terms) for _, _, terms in rows)])
    solver.addRows(
        len(rows),
        np.array([low for low, _, _ in rows], dtype=float),
        np.array([high for _, high, _ in rows], dtype=float),
        int(starts[-1]),
        starts[:-1].astype(np.int32),
        np.array([column for _, _, terms in rows for column in terms], dtype=np.int32),
        np.array([factor for _, _, terms in rows for factor in terms.values()], dtype=float),
    )


def hold_whole(solver: highspy.Highs, columns: Sequence[int]) -> None:
    """Let columns take whole numbers only."""
    at = np.array(columns, dtype=np.int32)
    solver.changeColsIntegrality(len(at), at, np.full(len(at), highspy.HighsVarType.kInteger))
