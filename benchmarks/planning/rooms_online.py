"""Rooms flight after flight, and after a zone closes, beside the plan with full information.

python benchmarks/planning/rooms_online.py INSTANCE.json PLAN.json [--seconds S] [--zones N]

PLAN is a plan of the instance with full information (`hucheng plan rooms`). Prints the objective of placing the
flights in order of landing over that of the plan, who was stranded and the slowest flight; then N zones of the plan
are closed one at a time: parties hit, parties moved, the slowest repair, what a repair costs.
"""

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

from hucheng.engines.planning.problems import read_instance
from hucheng.engines.planning.rooms.check import check
from hucheng.engines.planning.rooms.instance import RoomsInstance
from hucheng.engines.planning.rooms.online import Expected, place
from hucheng.engines.planning.rooms.replan import repair
from hucheng.engines.planning.search import Search


def main() -> None:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--seconds", type=float, default=2.0, help="a flight")
    parser.add_argument("--zones", type=int, default=20)
    asked = parser.parse_args()
    instance = read_instance("rooms", json.loads(asked.instance.read_text(encoding="utf-8")))
    plan = json.loads(asked.plan.read_text(encoding="utf-8"))
    in_turn(instance, check(instance, plan).objective, asked.seconds)
    closing(instance, plan, asked.zones)


def in_turn(instance: RoomsInstance, full: float, seconds: float) -> None:
    """Place the flights as they land; the forecast of what is to come is the mean of the flights seen so far."""
    order = sorted(range(len(instance.flights)), key=lambda flight: instance.flights[flight].arrive)
    kept: dict[str, Any] = {"assign": [[] for _ in instance.groups]}
    stranded, slowest, seen, ramps = 0, 0.0, 0, 0
    for number, flight in enumerate(order):
        groups = [place for place, group in enumerate(instance.groups) if group.flight == flight]
        seen += sum(instance.fewest(instance.groups[group]) for group in groups)
        ramps += sum(instance.groups[group].accessible for group in groups)
        later = len(order) - number - 1
        expected = Expected(seen // (number + 1) * later, round(ramps / (number + 1) * later))
        began = time.monotonic()
        found = place(instance, kept, groups, Search(_unused, seconds=seconds, workers=1), expected=expected)
        slowest = max(slowest, time.monotonic() - began)
        stranded += found is None
        kept = found or kept
    print(f"in turn: flights stranded {stranded}, slowest flight {slowest:.1f} s", end="")
    print("" if stranded else f", objective / full information {check(instance, kept).objective / full:.3f}")


def closing(instance: RoomsInstance, plan: dict[str, Any], zones: int) -> None:
    """Close zones one at a time."""
    used = sorted({instance.rooms[stay[0]].zone for stays in plan["assign"] for stay in stays})
    random.Random(1).shuffle(used)
    before, hit, moved, unplaced, slowest, cost = check(instance, plan).objective, 0, 0, 0, 0.0, 0.0
    for zone in used[:zones]:
        began = time.monotonic()
        done = repair(instance, plan, [zone], Search(_unused, seconds=10, workers=1))
        slowest = max(slowest, time.monotonic() - began)
        if done.plan is None:
            unplaced += 1
            continue
        hit, moved = hit + len(done.hit), moved + len(done.moved)
        cost += check(instance, done.plan).objective - before
    print(f"closing {min(zones, len(used))} zones: hit {hit}, moved {moved}, without a plan {unplaced}, ", end="")
    print(f"slowest {slowest:.2f} s, cost of a repair {cost / max(1, zones - unplaced):.1f}")


def _unused(plan: dict[str, Any]) -> Any:
    raise AssertionError("nothing is offered to this search")


if __name__ == "__main__":
    main()
