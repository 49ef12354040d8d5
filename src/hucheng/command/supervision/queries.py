"""What is late or blind, and whose it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from hucheng.command.measures.standing import Standing
from hucheng.command.supervision.models import SupervisionNote
from hucheng.command.tasks.models import Task
from hucheng.command.tasks.standing import TaskLine, stand
from hucheng.core.places.models import Organisation
from hucheng.core.places.queries import organisations
from hucheng.core.scope.actor import Actor

ANSWER_WITHIN = timedelta(hours=24)
"""The clock of a supervision note (catalogue: command.supervision.notes_answered_24h)."""


@dataclass(frozen=True, slots=True)
class UnitLines:
    """A unit with its tasks that need a hand, worst first."""

    unit: Organisation
    lines: list[TaskLine]


@dataclass(frozen=True, slots=True)
class Supervision:
    """All open tasks by how they stand, and by unit those that are late, blind or due soon."""

    counts: dict[Standing, int]
    units: list[UnitLines]
    notes: list[SupervisionNote]

    @property
    def late(self) -> int:
        """Tasks past their deadline without their measure met."""
        return self.counts[Standing.BEHIND]


def supervision_of(actor: Actor, at: datetime) -> Supervision:
    """What the actor's place has open, read live; one query for the tasks and one set a measure and place."""
    lines = open_lines(actor, at)
    needy = [line for line in lines if line.standing.needs_a_hand]
    units: dict[str, UnitLines] = {}
    for line in sorted(needy, key=lambda line: (line.standing, line.task.due)):
        units.setdefault(line.task.unit_id, UnitLines(line.task.unit, [])).lines.append(line)
    counts = {standing: sum(line.standing == standing for line in lines) for standing in Standing}
    return Supervision(counts, list(units.values()), notes_seen_by(actor))


def open_lines(actor: Actor, at: datetime) -> list[TaskLine]:
    """Every open task in sight with how it stands, worst and earliest first."""
    rows = Task.objects.seen_by(actor).filter(closed_at=None).select_related("unit", "directive__meeting")
    lines = stand(rows.annotate(reminded=Count("reminders")), at)
    return sorted(lines, key=lambda line: (line.standing, line.task.due))


def units_to_ask(actor: Actor) -> list[Organisation]:
    """The bodies in the actor's place, those of the counties among them, that a note may go to."""
    return [unit for unit in organisations().values() if actor.sees_place(unit.place)]


def notes_seen_by(actor: Actor) -> list[SupervisionNote]:
    """The latest 50 notes in sight, unanswered ones first."""
    rows = SupervisionNote.objects.seen_by(actor).select_related("unit")
    return sorted(rows.order_by("-sent_at")[:50], key=lambda note: note.answered_at is not None)
