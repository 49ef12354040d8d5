"""`hucheng plan PROBLEM INSTANCE.json --seconds S --out PLAN.json`: one plan, checked, with its bound."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from hucheng.engines.planning.answer import Answer, Conflict
    from hucheng.engines.planning.refusal import PlanRefused

_PROBLEMS = ("requisition", "rooms", "transport", "roster", "duty", "handover")


@click.command("plan", help="求解一个规划问题，结果经独立检查。 Solve a planning problem; the plan is checked apart.")
@click.argument("problem", type=click.Choice(_PROBLEMS))
@click.argument("instance", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--seconds", type=click.FloatRange(0.1, 86400), default=60.0, show_default=True, help="时限（秒）。 Budget."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="方案文件。 File of the plan."
)
@click.option(
    "--warm", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="从旧方案出发。 Start from a plan."
)
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子。 Seed.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="线程数。 Threads.")
@click.option(
    "--steps", type=click.IntRange(1), help="以步数代替时限，结果可重复。 Steps in place of seconds: repeatable."
)
@click.option(
    "--memory", type=click.IntRange(512), default=8192, show_default=True, help="内存上限 MB。 Memory limit, MB."
)
def plan(
    problem: str,
    instance: Path,
    seconds: float,
    out: Path,
    warm: Path | None,
    seed: int,
    workers: int,
    steps: int | None,
    memory: int,
) -> None:
    """Print one JSON line; exit code 1 when there is no legal plan, 2 for bad input."""
    from hucheng.engines.planning.process import solve_apart
    from hucheng.engines.planning.refusal import PlanRefused

    try:
        answer = solve_apart(
            problem,
            read_json(instance),
            seconds=seconds,
            warm=read_json(warm) if warm else None,
            seed=seed,
            workers=workers,
            steps=steps,
            memory_mb=memory,
        )
    except PlanRefused as refusal:
        click.echo(json.dumps(refusal_line(refusal), ensure_ascii=False))
        sys.exit(2)
    if answer.plan is not None:
        out.write_text(json.dumps(answer.plan, separators=(",", ":")), encoding="utf-8")
    click.echo(json.dumps(_line(answer), ensure_ascii=False))
    sys.exit(0 if answer.plan is not None else 1)


def read_json(path: Path) -> Any:
    """Read a file; raises PlanRefused where it is no JSON."""
    from hucheng.engines.planning.refusal import refused

    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise refused("not_json", path.name, detail=error) from error


def _line(answer: "Answer") -> dict[str, object]:
    return {
        "status": answer.status,
        "objective": answer.objective,
        "bound": answer.bound,
        "gap": answer.gap,
        "seconds": answer.seconds,
        "parts": dict(answer.parts),
        "trace": [list(point) for point in answer.trace],
        "conflict": _conflict(answer.conflict) if answer.conflict else None,
    }


def _conflict(conflict: "Conflict") -> dict[str, object]:
    ways = [
        {"rule": way.rule, "amount": way.amount, "zh": way.words.zh, "en": way.words.en, "safety": way.safety}
        for way in conflict.relaxations
    ]
    return {"rules": conflict.rules, "zh": conflict.words.zh, "en": conflict.words.en, "relaxations": ways}


def refusal_line(refusal: "PlanRefused") -> dict[str, object]:
    """Give a refusal as the command prints it."""
    why, do = refusal.why, refusal.do
    return {
        "status": "refused",
        "code": refusal.code,
        "path": refusal.path,
        "zh": f"{why.zh}。{do.zh}。",
        "en": f"{why.en}. {do.en}.",
    }
