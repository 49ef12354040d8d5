"""One search: its budget, the best legal plan so far, the best bound, and the trace of both."""

import math
import time
from collections.abc import Callable

from hucheng.engines.planning.answer import Answer, Conflict, Plan, Point, Status, Verdict

SAME = 1e-6


class Search:
    """Anytime search. Only plans that the checker passes are kept, so a stored plan is always a legal one.

    The budget is seconds, or a number of steps where the same seed must give the same plan on any machine: then
    there is one worker, and solvers get deterministic limits (`solvers.py`) in place of seconds.
    """

    def __init__(
        self,
        judge: Callable[[Plan], Verdict],
        *,
        seconds: float,
        seed: int = 1,
        workers: int = 2,
        steps: int | None = None,
        solve_seconds: float = 10.0,
        on_progress: Callable[[Point, Plan | None], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Start the clock. `judge` is the problem's checker; `cancelled` is asked often and must be quick.

        `solve_seconds` is what a solve may take by steps where nothing else is said.
        """
        self.solve_seconds = solve_seconds
        self.seed, self.steps_left, self.workers = seed, steps, 1 if steps is not None else workers
        self.best: Plan | None = None
        self.verdict: Verdict | None = None
        self.bound: float | None = None
        self.trace: list[Point] = []
        self.conflict: Conflict | None = None
        self._judge, self._on_progress, self._cancelled = judge, on_progress, cancelled
        self._started = time.monotonic()
        self._seconds = seconds

    @property
    def by_steps(self) -> bool:
        """Tell whether the budget is counted in steps."""
        return self.steps_left is not None

    @property
    def elapsed(self) -> float:
        """Give the seconds since the start."""
        return time.monotonic() - self._started

    @property
    def left(self) -> float:
        """Give the seconds left; none after a cancel. A budget of steps has time without end."""
        if self._cancelled():
            return 0.0
        return float("inf") if self.by_steps else max(0.0, self._seconds - self.elapsed)

    @property
    def objective(self) -> float | None:
        """Give the objective of the best plan."""
        return None if self.verdict is None else self.verdict.objective

    @property
    def proven(self) -> bool:
        """Tell whether the best plan meets the bound, or none exists."""
        if self.conflict is not None:
            return True
        return self.objective is not None and self.bound is not None and self.objective <= self.bound + SAME

    def over(self) -> bool:
        """Tell whether to stop: budget spent, cancelled, or nothing left to prove."""
        return self.proven or self.left <= 0 or self.steps_left == 0

    def step(self) -> bool:
        """Take one step of the budget; False when there is none left."""
        if self.over():
            return False
        if self.steps_left is not None:
            self.steps_left -= 1
        return True

    def part(self, share: float) -> "Search":
        """Give a search that has a share of what is left of the budget; of steps that share is taken from this one."""
        steps = None
        if self.steps_left is not None:
            steps = math.ceil(share * self.steps_left)
            self.steps_left -= steps
        seconds = 0.0 if self._cancelled() else share * max(0.0, self._seconds - self.elapsed)
        return Search(
            self._judge,
            seconds=seconds,
            seed=self.seed,
            workers=self.workers,
            steps=steps,
            solve_seconds=self.solve_seconds,
            cancelled=self._cancelled,
        )

    def offer(self, plan: Plan) -> bool:
        """Keep a plan that is legal and better than the best; tell whether it was kept."""
        verdict = self._judge(plan)
        if not verdict.legal or (self.objective is not None and verdict.objective >= self.objective - SAME):
            return False
        self.best, self.verdict = plan, verdict
        self._tell(plan)
        return True

    def raise_bound(self, bound: float) -> None:
        """Take a proven lower bound if it is better; the objective of a legal plan caps what rounding may add."""
        if self.bound is not None and bound <= self.bound + SAME:
            return
        self.bound = bound if self.objective is None else min(bound, self.objective)
        self._tell(None)

    def give_up(self, conflict: Conflict) -> None:
        """Record that no legal plan exists, and why.

        Nothing where the budget ended meanwhile: a proof that is cut short counts as a rule that cannot be spared, so
        the set is not known to be the smallest.
        """
        if self.left > 0:
            self.conflict = conflict

    def answer(self) -> Answer:
        """Give what was found."""
        parts = self.verdict.parts if self.verdict else {}
        bound = self.bound if self.conflict is None else None
        trace = tuple(self.trace)
        return Answer(
            self._status(), self.best, parts, self.objective, bound, round(self.elapsed, 3), trace, self.conflict
        )

    def _status(self) -> Status:
        if self.conflict is not None:
            return "infeasible"
        if self.best is None:
            return "no_plan_yet"
        return "optimal" if self.proven else "best_so_far"

    def _tell(self, plan: Plan | None) -> None:
        point = Point(round(self.elapsed, 3), self.objective, self.bound)
        self.trace.append(point)
        if self._on_progress:
            self._on_progress(point, plan)
