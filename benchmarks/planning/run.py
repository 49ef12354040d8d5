"""Solve planning instances within their budgets: benchmarks/planning/run.py FOLDER-OR-FILE... [options]

Prints for each instance the simple rule's objective and the best known where the file tells them, ours, the bound, the
gap, seconds to the first legal plan and in all. `--verify` names a checker of the format that shares no code with
ours (verify.py of the reference folder); without it the engine's own checker judges. `--times` multiplies the budgets
on a machine that is shared.
"""

import argparse
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hucheng.engines.planning.process import solve_apart
from hucheng.engines.planning.solving import judge, read_instance

BUDGETS = {
    "requisition": (30, 60, 300),
    "rooms": (10, 60, 300),
    "transport": (10, 60, 180),
    "roster": (5, 5, 30),
    "duty": (1, 2, 10),
    "handover": (2, 60, 180),
}
SIZES = ("small", "medium", "large")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--times", type=float, default=1.0)
    parser.add_argument("--verify", type=Path)
    parser.add_argument("--problem", action="append")
    asked = parser.parse_args()
    referee = outside(asked.verify) if asked.verify else inside
    print("| instance | rule | best known | ours | bound | gap | ours / best | first plan s | s | legal |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for path in sorted(file for given in asked.paths for file in (given.glob("*.json") if given.is_dir() else [given])):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told.get("problem") in (asked.problem or BUDGETS) and told.get("expected") != "infeasible":
            print(row(told, asked.times, referee), flush=True)


def row(told: dict[str, Any], times: float, referee: Callable[[dict[str, Any], Any], bool]) -> str:
    """Solve one instance and give its row."""
    size = told.get("size", "medium")
    budget = BUDGETS[told["problem"]][SIZES.index(size) if size in SIZES else 0] * times
    answer = solve_apart(told["problem"], told, seconds=budget)
    first = next((point.seconds for point in answer.trace if point.objective is not None), None)
    best, gap = told.get("best_known"), answer.gap
    ratio = answer.objective / best if best and answer.objective else None
    legal = answer.plan is not None and referee(told, answer.plan)
    cells = [told.get("greedy"), best, answer.objective, answer.bound]
    figures = " | ".join("–" if cell is None else f"{cell:,.0f}" for cell in cells)
    shares = f"{_share(gap)} | {'–' if ratio is None else f'{ratio:.3f}'}"
    return f"| {told['name']} | {figures} | {shares} | {first} | {answer.seconds} | {'yes' if legal else 'NO'} |"


def _share(gap: float | None) -> str:
    return "–" if gap is None else f"{100 * gap:.1f} %"


def inside(told: dict[str, Any], plan: Any) -> bool:
    """Judge by the engine's own checker."""
    return judge(told["problem"], read_instance(told["problem"], told), plan).legal


def outside(path: Path) -> Callable[[dict[str, Any], Any], bool]:
    """Judge by a checker of the format in a file of its own."""
    spec = importlib.util.spec_from_file_location("verify", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda told, plan: module.check(told, json.loads(json.dumps(plan)))["feasible"]


if __name__ == "__main__":
    main()
