"""Solve the duty problem: rules first, then CP-SAT, which proves the optimum at the sizes of a city."""

import math

from ortools.sat.python import cp_model

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.conflicts import conflict_of
from hucheng.engines.planning.duty import model as models
from hucheng.engines.planning.duty.instance import DutyInstance
from hucheng.engines.planning.duty.rules import first_plan
from hucheng.engines.planning.search import SAME, Search
from hucheng.engines.planning.solvers import Values, cp_sat


def improve(instance: DutyInstance, search: Search, warm: Plan | None) -> None:
    """Offer the plan of the rules, or a warm one, then better ones until the optimum is proven."""
    first = first_plan(instance)
    for plan in (warm, first):
        if plan is not None:
            search.offer(plan)
    model = models.build(instance)
    models.minimise(instance, model)
    if search.best is not None:
        _hint(instance, model, search.best)
    solver, status = cp_sat(
        model.cp,
        search,
        on_solution=lambda values: search.offer(_plan(instance, model, values)),
        on_bound=lambda bound: search.raise_bound(math.ceil(bound - SAME)),
    )
    if status == cp_model.OPTIMAL:
        search.raise_bound(solver.objective_value)
    if status == cp_model.INFEASIBLE:
        switches = models.build(instance, switched=True).switches
        assert switches is not None
        search.give_up(conflict_of("duty", switches, search))


def _plan(instance: DutyInstance, model: models.DutyModel, values: Values) -> Plan:
    people = range(len(instance.leaders))
    return {
        "duty": [
            [next(who for who in people if values.value(post[who, day])) for post in (model.chief, model.deputy)]
            for day in range(instance.days)
        ]
    }


def _hint(instance: DutyInstance, model: models.DutyModel, plan: Plan) -> None:
    for day, (chief, deputy) in enumerate(plan["duty"]):
        for who in range(len(instance.leaders)):
            model.cp.add_hint(model.chief[who, day], who == chief)
            model.cp.add_hint(model.deputy[who, day], who == deputy)
