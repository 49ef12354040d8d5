"""Solve an instance of any problem in this process; `process.py` does it in one of its own."""

from collections.abc import Callable
from typing import Any

from hucheng.engines.planning.answer import Answer, Plan, Point, Verdict, Violation
from hucheng.engines.planning.problems import problem, read_instance
from hucheng.engines.planning.refusal import refused
from hucheng.engines.planning.search import Search


def solve(
    name: str,
    instance: object,
    *,
    seconds: float,
    warm: Plan | None = None,
    seed: int = 1,
    workers: int = 2,
    steps: int | None = None,
    on_progress: Callable[[Point, Plan | None], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Answer:
    """Search for at most `seconds`, or `steps` steps where the result must repeat (one worker).

    `instance` is the JSON of the format, `warm` a plan to start from, `on_progress` hears of each better plan or
    bound. Raises PlanRefused for an instance or a warm plan that cannot be read.
    """
    read = read_instance(name, instance)
    if warm is not None and any(fault.rule == "malformed_plan" for fault in judge(name, read, warm).violations):
        raise refused("bad_warm_plan", "warm")
    search = Search(
        lambda plan: judge(name, read, plan),
        seconds=seconds,
        seed=seed,
        workers=workers,
        steps=steps,
        on_progress=on_progress,
        cancelled=cancelled,
    )
    problem(name).improve(read, search, warm)
    return search.answer()


def judge(name: str, instance: Any, plan: object) -> Verdict:
    """Check a plan of a read instance; a plan of the wrong shape breaks the rule `malformed_plan`."""
    try:
        if not isinstance(plan, dict) or not _whole(plan):
            return Verdict({}, (Violation("malformed_plan", ""),))
        return problem(name).check(instance, plan)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        return Verdict({}, (Violation("malformed_plan", repr(error)),))


def _whole(value: object) -> bool:
    """Tell whether every number is whole and none negative, so that no index counts from the end."""
    if isinstance(value, dict):
        return all(_whole(entry) for entry in value.values())
    if isinstance(value, (list, tuple)):
        return all(_whole(entry) for entry in value)
    return isinstance(value, str) or (type(value) is int and value >= 0)
