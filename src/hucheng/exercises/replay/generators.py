"""What the scenario says about every day, for the sides that play it."""

import csv
from functools import cache
from typing import Any

from hucheng.exercises.scenarios import SCENARIO, SCENARIOS, written


def generator(name: str) -> dict[str, Any]:
    """A generator of the city's scenario."""
    found: dict[str, Any] = written(SCENARIO)["generators"][name]
    return found


@cache
def events(act: str) -> tuple[dict[str, Any], ...]:
    """The events of one act, with their times."""
    return tuple(event for event in written(SCENARIO)["events"] if event["act"] == act)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A table that stands beside the scenarios."""
    with (SCENARIOS / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
