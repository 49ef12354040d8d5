"""Steps in the order of time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Step:
    """One act of the story at one time; `work` takes the time. Without work no room answers for the act yet."""

    at: datetime
    act: str
    work: Callable[[datetime], object] | None
