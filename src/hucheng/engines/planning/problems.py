"""The planning problems: for each how it is read, checked and improved."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from hucheng.engines.planning.answer import Plan, Verdict
from hucheng.engines.planning.reading import At
from hucheng.engines.planning.refusal import refused
from hucheng.engines.planning.search import Search

NAMES = ("duty", "handover", "requisition", "rooms", "roster", "transport")


@dataclass(frozen=True, slots=True)
class Problem:
    """`read` types an instance, `check` judges a plan of it, `improve` searches (rules first, then better)."""

    read: Callable[[At], Any]
    check: Callable[[Any, Plan], Verdict]
    improve: Callable[[Any, Search, Plan | None], None]


def problem(name: str) -> Problem:
    """Import a problem by name: its package holds `instance.read`, `check.check` and `improve.improve`."""
    parts = {
        part: import_module(f"hucheng.engines.planning.{name}.{part}") for part in ("instance", "check", "improve")
    }
    return Problem(parts["instance"].read, parts["check"].check, parts["improve"].improve)


def read_instance(name: str, instance: object) -> Any:
    """Read an instance of a problem; raises PlanRefused with the place of what is wrong."""
    at = At(instance)
    if (found := at.key("problem").text()) != name:
        raise refused("other_problem", "problem", found=found, wanted=name)
    return problem(name).read(at)
