"""Jobs on the database with retries, and the list of what runs daily.

The queue is django-tasks on its database backend; it has no retry and no calendar, so both stand here.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from functools import wraps
from typing import Any

from django.db import DatabaseError, transaction
from django_tasks import task
from django_tasks.base import Task

from hucheng.core import clock

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Daily:
    """A piece of work done once a day at a local time; `work` takes `at`."""

    name: str
    at: time
    work: Callable[..., object]


DAILY: dict[str, Daily] = {}
Work = Callable[..., None]
FIRST_WAIT = timedelta(seconds=30)


def job(*, tries: int = 5, first_wait: timedelta = FIRST_WAIT) -> Callable[[Callable[..., None]], "Task[Any, Any]"]:
    """Make a function a job: JSON arguments, keywords only, safe to run twice.

    When the database or a file fails it runs again, up to `tries` times, waiting twice as long each time; after
    the last try the job stands as failed with its traceback.
    """

    def wrap(work: Work) -> "Task[Any, Any]":
        @wraps(work)
        def run(tried: int = 0, **kwargs: Any) -> None:
            try:
                work(**kwargs)
            except (OSError, DatabaseError):
                if tried + 1 >= tries:
                    raise
                logger.warning("job %s failed at try %d and runs again", work.__qualname__, tried + 1)
                later = clock.wall_time() + first_wait * 2**tried
                queued.using(run_after=later).enqueue(tried=tried + 1, **kwargs)

        queued: Task[Any, Any] = task()(run)
        return queued

    return wrap


def after_commit(queued: "Task[Any, Any]", **kwargs: Any) -> None:
    """Queue a job once the transaction in force stands; a rolled-back act leaves no job behind."""
    transaction.on_commit(lambda: queued.enqueue(**kwargs))


def daily(name: str, *, at: time) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Have a function called once a day at a time of the city, with `at=` the moment."""

    def register(work: Callable[..., object]) -> Callable[..., object]:
        DAILY[name] = Daily(name, at, work)
        return work

    return register
