"""Why no requisition is legal: families of rules that may give way one by one, and by how much they would have to."""

import highspy

from hucheng.engines.planning.answer import Conflict
from hucheng.engines.planning.conflicts import conflict_in_words, core_of
from hucheng.engines.planning.requisition.instance import RequisitionInstance
from hucheng.engines.planning.requisition.model import Program, whole
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import highs

FAMILIES = (
    "service_level_reserve",
    "all_arrivals_placed",
    "setup_crews",
    "staff",
    "zone_limit",
    "min_separation",
    "class_rooms",
)


def conflict_of(instance: RequisitionInstance, search: Search) -> Conflict:
    """Give the smallest set of families by deletion, and what each would have to give while all others hold."""
    core = core_of(FAMILIES, lambda off: _least(instance, off, search) is not None)
    return conflict_in_words("requisition", core, lambda family: _least(instance, {family}, search))


def _least(instance: RequisitionInstance, off: set[str], search: Search) -> int | None:
    """Give the least sum by which the rows of some families must be broken; None when that does not help."""
    program = Program(instance, whole(instance), frozenset(off))
    program.costs = [0.0] * len(program.costs)
    for slack in program.slacks:
        program.costs[slack] = 1.0
    solver = program.solver(highs(search))
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return round(solver.getInfo().objective_function_value)
