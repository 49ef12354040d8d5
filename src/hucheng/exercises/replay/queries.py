"""How far the story is, what was played last, what was refused, what waits for its room."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, QuerySet
from django_tasks_db.models import DBTaskResult

from hucheng.core.clock import wall_time
from hucheng.core.scope.actor import Actor
from hucheng.exercises.replay.acts import act_name
from hucheng.exercises.replay.models import Advance, PlayedStep

CHECKS = ("expect", "always")
"""Steps that only look; they are not acts of the story."""
PATIENCE = timedelta(seconds=20)
"""After so long without a step the page says that nobody may be at work."""


@dataclass(frozen=True, slots=True)
class ActCount:
    """An act with how often it was played, refused or passed over."""

    act: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Progress:
    """An advance under way: how far, in per cent, what came last, and whether it stopped for good."""

    advance: Advance
    percent: int
    steps: int
    last: PlayedStep | None
    stopped: bool
    quiet: bool

    @property
    def left(self) -> int:
        """What is left, in per cent."""
        return 100 - self.percent

    @property
    def last_name(self) -> str:
        """What the last step is called."""
        return act_name(self.last.act) if self.last else ""


def open_advance(actor: Actor) -> Advance | None:
    """The advance that is asked for and not over."""
    return Advance.objects.seen_by(actor).filter(ended_on=None).first()


def last_advance(actor: Actor) -> Advance | None:
    """The latest advance, open or over."""
    return Advance.objects.seen_by(actor).first()


def played_up_to(actor: Actor) -> datetime | None:
    """When the last step that is over was due; None before the first."""
    found: datetime | None = PlayedStep.objects.seen_by(actor).aggregate(last=Max("at"))["last"]
    return found


def progress(actor: Actor) -> Progress | None:
    """How far the open advance is; None when none is open."""
    advance = open_advance(actor)
    if advance is None:
        return None
    steps = PlayedStep.objects.seen_by(actor).filter(advance=advance)
    last = steps.order_by("-at", "-key").first()
    gone = (last.at if last else advance.since) - advance.since
    share = max(0.0, min(1.0, gone / (advance.until - advance.since)))
    count = steps.count()
    return Progress(
        advance=advance,
        percent=round(100 * share),
        steps=count,
        last=last,
        stopped=stopped(advance),
        quiet=count == 0 and wall_time() - advance.asked_on > PATIENCE,
    )


def stopped(advance: Advance) -> bool:
    """Whether the job of an advance failed for good: its row of the queue says so."""
    failed = DBTaskResult.objects.failed().filter(args_kwargs__kwargs__advance_id=str(advance.pk))
    return bool(failed.exists())


def played_in(actor: Actor, advance: Advance | None) -> list[ActCount]:
    """The acts that one advance played, most frequent first."""
    rows = PlayedStep.objects.seen_by(actor).filter(advance=advance, outcome=PlayedStep.Outcome.PLAYED)
    return _counted(rows)


def waiting(actor: Actor) -> list[ActCount]:
    """Acts that were passed over because their room does not stand, with how many."""
    return _counted(PlayedStep.objects.seen_by(actor).filter(outcome=PlayedStep.Outcome.WAITING))


def refused(actor: Actor, limit: int = 40) -> list[PlayedStep]:
    """The latest acts that a rule refused."""
    rows = PlayedStep.objects.seen_by(actor).filter(outcome=PlayedStep.Outcome.REFUSED)
    return list(rows.order_by("-at", "key")[:limit])


def refused_count(actor: Actor) -> int:
    """How many acts a rule refused."""
    return PlayedStep.objects.seen_by(actor).filter(outcome=PlayedStep.Outcome.REFUSED).count()


def _counted(rows: QuerySet[PlayedStep]) -> list[ActCount]:
    counted = rows.exclude(act__in=CHECKS).values("act").annotate(count=Count("pk")).order_by("-count", "act")
    return [ActCount(row["act"], act_name(row["act"]), row["count"]) for row in counted]
