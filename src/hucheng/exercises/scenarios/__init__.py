"""Scenarios as data."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

SCENARIOS = Path(__file__).parent
SCENARIO = "taiyuan-2020"
"""The story of the demonstration city."""


@cache
def written(name: str) -> dict[str, Any]:
    """A scenario file as it is written, read once. Nobody changes what is given."""
    text: dict[str, Any] = yaml.safe_load((SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8"))
    return text
