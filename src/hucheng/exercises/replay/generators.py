"""What the scenario says about every day, for the sides that play it."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SCENARIOS = Path(__file__).parents[1] / "scenarios"


@cache
def generator(name: str) -> dict[str, Any]:
    """A generator of the city's scenario."""
    written = yaml.safe_load((SCENARIOS / "taiyuan-2020.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = written["generators"][name]
    return found


@cache
def events(act: str) -> tuple[dict[str, Any], ...]:
    """The events of one act, with their times."""
    written = yaml.safe_load((SCENARIOS / "taiyuan-2020.yaml").read_text(encoding="utf-8"))
    return tuple(event for event in written["events"] if event["act"] == act)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A table that stands beside the scenarios."""
    with (SCENARIOS / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
