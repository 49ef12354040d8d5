"""Reading directives: those of a meeting to work on, those published with how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from hucheng.command.directives.models import Directive
from hucheng.command.directives.named import Named, named_in
from hucheng.command.directives.suggest import Suggestion, suggest
from hucheng.command.measures.standing import Standing
from hucheng.command.meetings.models import Meeting
from hucheng.command.tasks.models import Task
from hucheng.command.tasks.standing import Readings, TaskLine, stand
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import MEASURES
from hucheng.core.places.queries import organisations
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Theme

HIDDEN = (Directive.State.SPLIT, Directive.State.MERGED)


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A published directive with its lead's task, if it has one."""

    directive: Directive
    line: TaskLine | None

    @property
    def standing(self) -> Standing | None:
        """How its task stands; None for a heading or stance, and while nobody owns it."""
        return self.line.standing if self.line else None

    @property
    def target(self) -> float | None:
        """What its measure must reach: the task's own target, else the city's."""
        if self.line is None or not self.line.task.measure:
            return None
        task = self.line.task
        return MEASURES[task.measure].target if task.target is None else task.target


def directives_of(meeting: Meeting) -> list[Directive]:
    """The directives of a meeting in the order of the text, without those split or merged away."""
    rows = meeting.directives.exclude(state__in=HIDDEN).select_related("lead")
    return list(rows.order_by("number", "part"))


def directive_seen_by(actor: Actor, directive_id: UUID) -> Directive:
    """One directive in sight. Raises Http404."""
    rows = Directive.objects.seen_by(actor).select_related("meeting", "lead")
    found = rows.filter(pk=directive_id, meeting__discarded_at=None).first()
    if found is None:
        raise Http404
    return found


def directive_to_read(actor: Actor, directive_id: UUID) -> Directive:
    """One directive in sight, or a published one that gave the actor's place a task. Raises Http404."""
    found = _to_read(actor).filter(pk=directive_id).select_related("meeting", "lead").first()
    if found is None:
        raise Http404
    return found


def sees_whole(actor: Actor, directive: Directive) -> bool:
    """Whether the actor sees all of it, or only the tasks of its own place."""
    return actor.sees_place(directive.meeting.place)


def tasks_to_read(actor: Actor, directive: Directive) -> QuerySet[Task]:
    """Who does what of it, as far as the actor sees: the lead first."""
    rows = Task.objects.seen_by(actor).filter(directive=directive).select_related("unit")
    return rows.order_by("parent_id", "place", "unit_id")


def _to_read(actor: Actor) -> QuerySet[Directive]:
    mine = Task.objects.seen_by(actor).filter(directive=OuterRef("pk"), directive__state=Directive.State.PUBLISHED)
    in_sight = Exists(Directive.objects.seen_by(actor).filter(pk=OuterRef("pk")))
    return Directive.objects.filter(in_sight | Exists(mine), meeting__discarded_at=None)


def suggestion_for(directive: Directive) -> Suggestion | None:
    """Who might own it, by when, under which measure."""
    return suggest(directive.text, directive.theme, meeting_day(directive.meeting))


def named_for(directive: Directive) -> tuple[Named, ...]:
    """Whom its words name, resolved to bodies of the city."""
    return named_in(directive.actors, organisations())


def clause_of(directive: Directive) -> int | None:
    """The line of the catalogue of owners that it is likened to, by which repeats at later meetings are found."""
    suggestion = suggestion_for(directive)
    return suggestion.owner.clause if suggestion else None


def meeting_day(meeting: Meeting) -> date:
    """The day of a meeting; where the text does not tell, the day its minutes came in."""
    return meeting.held_on or meeting.received_at.astimezone(SHANGHAI).date()


def published_by_theme(
    actor: Actor, at: datetime, known: Readings | None = None
) -> list[tuple[Theme, list[PublishedLine]]]:
    """The actions and outcomes in force by theme, worst first; work demanded again counts once, as last said.

    A place that only holds a task sees the directive with its own task.

    known  readings of the same moment that somebody has taken already, by measure and place
    """
    rows = _to_read(actor).filter(state=Directive.State.PUBLISHED)
    kinds = (Directive.Kind.ACTION, Directive.Kind.OUTCOME)
    found = (
        rows.filter(kind__in=kinds)
        .select_related("lead", "meeting")
        .defer("meeting__original", "meeting__clean_text", "meeting__edits")
    )
    newest = sorted(found, key=lambda one: (one.published_at, one.number), reverse=True)
    in_force = _latest(newest)
    tasks = Task.objects.seen_by(actor).filter(directive__in=in_force).select_related("unit")
    upper = tasks.filter(Q(parent=None) | ~Exists(Task.objects.seen_by(actor).filter(pk=OuterRef("parent"))))
    lines = {line.task.directive_id: line for line in stand(upper.order_by("given_at"), at, known)}
    shown = [PublishedLine(one, lines.get(one.pk)) for one in in_force]
    return [(theme, _worst_first(shown, theme)) for theme in Theme]


def _latest(newest_first: Sequence[Directive]) -> list[Directive]:
    kept: dict[object, Directive] = {}
    for one in newest_first:
        kept.setdefault(one.clause or one.pk, one)
    return list(kept.values())


def _worst_first(lines: Sequence[PublishedLine], theme: Theme) -> list[PublishedLine]:
    mine = [line for line in lines if line.directive.theme == theme]
    return sorted(mine, key=lambda line: (line.standing is not None, line.standing or 0, line.directive.number))
