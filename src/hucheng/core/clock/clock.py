"""Reads the time: the real one, one frozen for a piece of work, or that of the exercise in this database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("frozen time", default=None)


def now() -> datetime:
    """The time now, aware: frozen if a piece of work froze it, simulated in an exercise, else real."""
    if (frozen := _frozen.get()) is not None:
        return frozen
    if settings.HUCHENG_EXERCISE:
        return _simulated()
    return wall_time()


def wall_time() -> datetime:
    """The real time, whatever is simulated: for queues and keys that live outside the exercise."""
    return datetime.now(UTC)


def today() -> date:
    """The day now in the city."""
    return now().astimezone(SHANGHAI).date()


@contextmanager
def frozen_at(at: datetime) -> Iterator[None]:
    """Let the clock stand at `at` within the block (aware time). Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("the clock takes aware times only")
    token = _frozen.set(at)
    try:
        yield
    finally:
        _frozen.reset(token)


def _simulated() -> datetime:
    from hucheng.core.clock.models import SimulatedClock

    real = wall_time()
    clock = SimulatedClock.objects.first()
    return clock.time_at(real) if clock else real
