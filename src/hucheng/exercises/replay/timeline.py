"""Steps in the order of time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Given = dict[str, Any]
"""What an event of the story gives its act: `with` of the scenario."""
Work = Callable[[Given, datetime], object]
"""Plays one act of the story through the product's own actions."""
Day = tuple[str, str, Callable[[datetime], object]]
"""A daily act: hour `HH:MM` in the city, name of the act, what it does at a time."""


@dataclass(frozen=True)
class Step:
    """One act of the story at one time; `work` takes the time. Without work no room answers for the act yet.

    key names the step for good: the story numbers its steps, so that what was played is known after a power cut.
    """

    at: datetime
    act: str
    work: Callable[[datetime], object] | None
    key: str = ""
