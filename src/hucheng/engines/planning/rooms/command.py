"""`hucheng rooms close|land INSTANCE.json`: people who have rooms keep them; a zone closes, or a flight lands."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hucheng.engines.planning.answer import Plan, Verdict
    from hucheng.engines.planning.rooms.instance import RoomsInstance
    from hucheng.engines.planning.search import Search

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="新方案文件。 File of the new plan."
)
_SECONDS = click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=5.0, show_default=True, help="时限（秒）。 Budget."
)


@click.group(
    "rooms", help="已入住者不动：分区关闭后调整，航班落地后安排。 Rooms after a zone closes or a flight lands."
)
def rooms_group() -> None:
    """Hold the two together."""


@rooms_group.command("close", help="关闭分区，只移动受影响的人。 Close zones; only those hit move.")
@click.argument("instance", type=_FILE)
@click.option("--warm", type=_FILE, required=True, help="现行方案。 The plan in force.")
@click.option("--zone", "zones", type=click.IntRange(0), multiple=True, required=True, help="关闭的分区。 Zone closed.")
@_OUT
@_SECONDS
def close(instance: Path, warm: Path, zones: tuple[int, ...], out: Path, seconds: float) -> None:
    """Print who was hit, who moved, who finds no room; exit code 1 when somebody finds none, 2 for bad input."""
    _answer(lambda: _closed(instance, warm, zones, seconds), out)


@rooms_group.command("land", help="安排一个航班，已入住者不动。 House a flight; nobody else moves.")
@click.argument("instance", type=_FILE)
@click.option(
    "--flight", type=click.IntRange(0), required=True, help="航班序号，从 0 起。 Number of the flight, from 0."
)
@click.option("--warm", type=_FILE, help="现行方案；未到者为空。 The plan in force; nothing for those not here yet.")
@click.option("--rooms-to-come", type=click.IntRange(0), default=0, help="后续预计用房数。 Rooms still expected.")
@click.option(
    "--accessible-to-come",
    type=click.IntRange(0),
    default=0,
    help="后续预计无障碍房需求（行）。 Parties still expected that need an accessible room.",
)
@_OUT
@_SECONDS
def land(
    instance: Path,
    flight: int,
    warm: Path | None,
    rooms_to_come: int,
    accessible_to_come: int,
    out: Path,
    seconds: float,
) -> None:
    """Print what the plan costs; exit code 1 when the flight finds no rooms, 2 for bad input."""
    _answer(lambda: _landed(instance, flight, warm, (rooms_to_come, accessible_to_come), seconds), out)


@dataclass(frozen=True, slots=True)
class _Found:
    """A plan, or none, and what else the line tells."""

    plan: "Plan | None"
    told: dict[str, object]


def _answer(find: "Callable[[], _Found]", out: Path) -> None:
    from hucheng.engines.planning.command import refusal_line
    from hucheng.engines.planning.refusal import PlanRefused

    began = time.monotonic()
    try:
        found = find()
    except PlanRefused as refusal:
        click.echo(json.dumps(refusal_line(refusal), ensure_ascii=False))
        sys.exit(2)
    if found.plan is not None:
        out.write_text(json.dumps(found.plan, separators=(",", ":")), encoding="utf-8")
    status = "no_plan_yet" if found.plan is None else "planned"
    click.echo(json.dumps({"status": status, **found.told, "seconds": round(time.monotonic() - began, 3)}))
    sys.exit(0 if found.plan is not None else 1)


def _closed(path: Path, warm: Path, zones: tuple[int, ...], seconds: float) -> _Found:
    from hucheng.engines.planning.rooms.replan import repair

    instance = _instance(path)
    for zone in zones:
        _within(zone, len(instance.zones), "--zone")
    kept = _kept(instance, warm)
    done = repair(instance, kept, zones, _budget(seconds))
    plan, objective = _legal(instance, done.plan)
    return _Found(plan, {"hit": done.hit, "moved": done.moved, "stuck": done.stuck, "objective": objective})


def _landed(path: Path, flight: int, warm: Path | None, to_come: tuple[int, int], seconds: float) -> _Found:
    from hucheng.engines.planning.rooms.online import Expected, place

    instance = _instance(path)
    _within(flight, len(instance.flights), "--flight")
    kept = _kept(instance, warm) if warm else {"assign": [[] for _ in instance.groups]}
    groups = [n for n, group in enumerate(instance.groups) if group.flight == flight and not kept["assign"][n]]
    plan, objective = _legal(instance, place(instance, kept, groups, _budget(seconds), expected=Expected(*to_come)))
    return _Found(plan, {"placed": len(groups) if plan else 0, "objective": objective})


def _instance(path: Path) -> "RoomsInstance":
    from hucheng.engines.planning.command import read_json
    from hucheng.engines.planning.problems import read_instance

    instance: RoomsInstance = read_instance("rooms", read_json(path))
    return instance


def _within(number: int, count: int, where: str) -> None:
    from hucheng.engines.planning.refusal import refused

    if number >= count:
        raise refused("out_of_range", where, found=number, low=0, high=count - 1)


def _kept(instance: "RoomsInstance", path: Path) -> "Plan":
    """Read the plan in force; refused where those who have rooms in it do not have them legally."""
    from hucheng.engines.planning.command import read_json
    from hucheng.engines.planning.refusal import refused

    plan = read_json(path)
    assign = plan.get("assign") if isinstance(plan, dict) else None
    if not isinstance(assign, list) or len(assign) != len(instance.groups) or not _verdict(instance, plan).legal:
        raise refused("bad_warm_plan", "warm")
    return {"assign": assign}


def _verdict(instance: "RoomsInstance", plan: "Plan") -> "Verdict":
    """Judge the rooms of those who have some."""
    from hucheng.engines.planning.solving import judge

    housed = [n for n, stays in enumerate(plan["assign"]) if stays]
    part = replace(instance, groups=tuple(instance.groups[n] for n in housed))
    return judge("rooms", part, {"assign": [plan["assign"][n] for n in housed]})


def _legal(instance: "RoomsInstance", plan: "Plan | None") -> "tuple[Plan | None, float | None]":
    """Give a plan that the checker passes, as every plan must before it is stored, and its objective."""
    verdict = _verdict(instance, plan) if plan is not None else None
    return (plan, verdict.objective) if verdict and verdict.legal else (None, None)


def _budget(seconds: float) -> "Search":
    """Give a search that is used for its clock only."""
    from hucheng.engines.planning.answer import Verdict
    from hucheng.engines.planning.search import Search

    return Search(lambda plan: Verdict({}, ()), seconds=seconds, workers=1)
