"""The bound of a requisition: the relaxation, cut by what houses take in, then branch and bound over days of service.

Branch and bound alone has no bound before its first relaxation is solved, so the interior point comes first. Its time
goes to the rows that it finds at the root: their bound rises steadily, while branching hardly moves it.
"""

from collections.abc import Callable
from copy import copy

import highspy
import numpy as np

from hucheng.engines.planning.requisition.cuts import Cuts, slack_of
from hucheng.engines.planning.requisition.instance import RequisitionInstance
from hucheng.engines.planning.requisition.model import Program
from hucheng.engines.planning.requisition.service import Service
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import highs

SAFE = 0.9999  # of a relaxation solved by an interior point without crossover (tolerance of its dual objective)
ROUNDS = 3
ROWS = 80  # a house, in one round
WORTH = 4e-4  # rise of the relaxation, over itself, from which on another round is worth its time
SHARE = 0.45  # of the budget: then the thread helps to find plans
LOOSE = 0.5  # rooms by which a row may be loose and still be handed on


class Bounded:
    """The program of all houses with the rows found so far; tells each bound as it is proven."""

    def __init__(
        self, instance: RequisitionInstance, program: Program, search: Search, raise_bound: Callable[[float], None]
    ) -> None:
        """Start from the program, which stays as it is."""
        self.search, self.raise_bound = search, raise_bound
        self.cuts = Cuts(instance, program)
        self.program = copy(program)

    def relax(self) -> bool:
        """Solve the relaxation and cut it, round after round; tells whether it was solved at least once."""
        solved, before, own = False, 0.0, list(self.program.rows)
        for _ in range(ROUNDS):
            solver = self.program.solver(highs(self.search), integer=False)
            solver.setOptionValue("solver", "ipm")
            solver.setOptionValue("run_crossover", "off")
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            solved, bound = True, float(solver.getInfo().objective_function_value)
            self.raise_bound(SAFE * bound)
            values = np.array(solver.getSolution().col_value)
            found = self.program.rows[len(own) :]
            self.program.rows = own + [row for row in found if slack_of(row, values) < LOOSE]
            if bound < (1 + WORTH) * before or self._late():
                break
            before = bound
            self.program.rows += self.cuts.broken_by(values, ROWS * len(self.cuts.houses))
        return solved

    def branch(self, service: Service) -> None:
        """Raise the bound by branch and bound until its share of the time is over; rooms may divide."""
        self.program.let_rooms_divide()
        solver = self.program.solver(highs(self.search, seconds=self._share_left()))
        solver.setOptionValue("mip_heuristic_effort", 0.0)
        start_from(solver, self.program, service)
        solver.cbMipInterrupt.subscribe(self._watch)
        solver.run()
        self._tell(solver.getInfo().mip_dual_bound)

    def _watch(self, event: highspy.HighsCallbackEvent) -> None:
        self._tell(event.data_out.mip_dual_bound)
        if self._late():
            event.interrupt()

    def _tell(self, bound: float) -> None:
        if np.isfinite(bound):
            self.raise_bound(bound)

    def _late(self) -> bool:
        """Tell whether the share of the time is over."""
        return self._share_left() <= 0

    def _share_left(self) -> float:
        """Give the seconds left of the share."""
        left = self.search.left
        return left if self.search.by_steps else left - (1 - SHARE) * (left + self.search.elapsed)


def start_from(solver: highspy.Highs, program: Program, service: Service) -> None:
    """Let branch and bound start from a service."""
    solution = highspy.HighsSolution()
    solution.col_value = program.values_of(service)
    solver.setSolution(solution)
