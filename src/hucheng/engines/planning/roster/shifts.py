"""Who works which shift inside the bubbles of one post: a small CP-SAT model, one row a bubble."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from hucheng.engines.planning.roster.covers import Shape
from hucheng.engines.planning.roster.instance import FREE, SHIFTS, RosterInstance
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import cp_sat

DAY, EVENING, NIGHT = range(3)
_NEVER_NEXT = ((NIGHT, DAY), (NIGHT, EVENING), (EVENING, DAY))


@dataclass(frozen=True, slots=True)
class Bubble:
    """A bubble to be worked from a day on, by someone who asked for days off."""

    start: int
    off: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Rows:
    """A text of D, E, N and - for each bubble, from its first day, and what they cost beside the bubbles."""

    texts: tuple[str, ...]
    cost: float


def name_shifts(
    instance: RosterInstance, shape: Shape, bubbles: Sequence[Bubble], search: Search, *, seconds: float
) -> Rows | None:
    """Give the rows that leave least uncovered, least nights above the cap and fewest requests refused.

    None when no row was found in the time. Hard rules: order of shifts, days and nights in a row.
    """
    model, works = cp_model.CpModel(), dict[tuple[int, int, int], cp_model.IntVar]()
    for n, bubble in enumerate(bubbles):
        _row(instance, shape, model, works, n, bubble)
    cost = _uncovered(instance, shape, model, works, len(bubbles))
    cost += [_nights_above(instance, model, works, n) for n in range(len(bubbles))]
    cost += [instance.w_request * works[k] for k in works if k[1] in bubbles[k[0]].off]
    model.minimize(sum(cost))
    solver, status = cp_sat(model, search, seconds=seconds)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    worked = {(n, day): SHIFTS[shift] for (n, day, shift), var in works.items() if solver.value(var)}
    texts = tuple(
        "".join(worked.get((n, day), FREE) for day in range(bubble.start, bubble.start + instance.block))
        for n, bubble in enumerate(bubbles)
    )
    return Rows(texts, solver.objective_value)


def _row(
    instance: RosterInstance,
    shape: Shape,
    model: cp_model.CpModel,
    works: dict[tuple[int, int, int], cp_model.IntVar],
    n: int,
    bubble: Bubble,
) -> None:
    """Add the days of one bubble and the rules along them."""
    first, end = shape.open
    days = range(max(first, bubble.start), min(end, bubble.start + instance.block))
    for day in days:
        for shift in range(3):
            if shape.need[shift]:
                works[n, day, shift] = model.new_bool_var("")
        model.add_at_most_one(_of_day(works, n, day))
    for day, after in pairwise(days):
        for one, other in _NEVER_NEXT:
            if (n, day, one) in works and (n, after, other) in works:
                model.add_bool_or(~works[n, day, one], ~works[n, after, other])
    for day in days[: -instance.max_run]:
        window = range(day, day + instance.max_run + 1)
        model.add(sum(var for d in window for var in _of_day(works, n, d)) <= instance.max_run)
    if shape.need[NIGHT]:
        for day in days[: -instance.max_nights_run]:
            window = range(day, day + instance.max_nights_run + 1)
            model.add(sum(works[n, d, NIGHT] for d in window) <= instance.max_nights_run)


def _of_day(works: dict[tuple[int, int, int], cp_model.IntVar], n: int, day: int) -> list[cp_model.IntVar]:
    return [works[n, day, shift] for shift in range(3) if (n, day, shift) in works]


def _uncovered(
    instance: RosterInstance,
    shape: Shape,
    model: cp_model.CpModel,
    works: dict[tuple[int, int, int], cp_model.IntVar],
    count: int,
) -> list[cp_model.LinearExpr]:
    cost = []
    for day in range(*shape.open):
        for shift, people in enumerate(shape.need):
            if people:
                short = model.new_int_var(0, people, "")
                model.add(sum(works[n, day, shift] for n in range(count) if (n, day, shift) in works) + short >= people)
                cost.append(instance.w_under * short)
    return cost


def _nights_above(
    instance: RosterInstance,
    model: cp_model.CpModel,
    works: dict[tuple[int, int, int], cp_model.IntVar],
    n: int,
) -> cp_model.LinearExpr:
    nights = [var for (row, _, shift), var in works.items() if row == n and shift == NIGHT]
    above = model.new_int_var(0, instance.block, "")
    model.add(above >= sum(nights) - instance.night_cap)
    expression: cp_model.LinearExpr = instance.w_fair * above
    return expression
