"""How a task stands now: by its measure and its deadline, never by what was reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hucheng.command.measures.standing import Standing, judge_by
from hucheng.command.tasks.models import Task
from hucheng.core.measures import Reading, read
from hucheng.core.scope.actor import SYSTEM

Readings = Mapping[tuple[str, str], Reading | None]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task, what its measure says for its place, and how it stands."""

    task: Task
    reading: Reading | None
    standing: Standing


def stand(tasks: Iterable[Task], at: datetime, known: Readings | None = None) -> list[TaskLine]:
    """Judge tasks, each measure read once a place, so the work does not grow with the number of tasks.

    known  readings of the same moment that somebody has taken already, by measure and place
    """
    readings = dict(known or {})
    lines = []
    for task in tasks:
        key = (task.measure, task.place)
        if task.measure and key not in readings:
            readings[key] = read(task.measure, replace(SYSTEM, place=task.place), at)
        reading = readings.get(key)
        lines.append(TaskLine(task, reading, _judge(task, reading, at)))
    return lines


def stand_of(task: Task, at: datetime) -> Standing:
    """How one task stands."""
    return stand([task], at)[0].standing


def _judge(task: Task, reading: Reading | None, at: datetime) -> Standing:
    if task.closed_at:
        return Standing.MET
    value = reading.value if reading else None
    return judge_by(task.measure, value, target=task.target, given_at=task.given_at, due=task.due, at=at)
