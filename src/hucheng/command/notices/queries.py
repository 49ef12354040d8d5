"""Notices with how their tasks stand, and the rules that they named."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from hucheng.command.measures.standing import Standing, judge_by
from hucheng.command.notices.models import Notice, NoticeTask
from hucheng.core.scope.actor import Actor
from hucheng.entry import door as entry


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice with its task; `late` also when it was done, but after its deadline."""

    task: NoticeTask
    standing: Standing
    late: bool

    @property
    def notice(self) -> Notice:
        """The notice itself."""
        return self.task.notice


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule that a notice named; `since` None while it is not in force here."""

    rule: str
    since: datetime | None


def notice_lines(actor: Actor, at: datetime) -> list[NoticeLine]:
    """The latest hundred notices whose task is in sight, open and late ones first."""
    rows = NoticeTask.objects.seen_by(actor).select_related("notice", "unit").defer("notice__data", "notice__text")
    lines = [_line(task, at) for task in rows.order_by("-given_at")[:100]]
    return sorted(lines, key=lambda line: (line.task.done_at is not None, line.standing))


def notice_seen_by(actor: Actor, notice_id: UUID, at: datetime) -> NoticeLine:
    """One notice whose task is in sight. Raises Http404."""
    rows = NoticeTask.objects.seen_by(actor).filter(notice=notice_id)
    task = rows.select_related("notice__received_by", "unit", "done_by").first()
    if task is None:
        raise Http404
    return _line(task, at)


def notice_of_task(actor: Actor, task_id: UUID) -> UUID:
    """The notice that gave a task in sight. Raises Http404."""
    found = NoticeTask.objects.seen_by(actor).filter(pk=task_id).first()
    if found is None:
        raise Http404
    return found.notice_id


def named_rules(actor: Actor, notice: Notice, at: datetime) -> list[NamedRule]:
    """The rules that a notice named, and since when they are in force."""
    since = entry.rules_since(actor, at) if notice.rules else {}
    return [NamedRule(rule, since.get(rule)) for rule in notice.rules]


def _line(task: NoticeTask, at: datetime) -> NoticeLine:
    if task.done_at:
        return NoticeLine(task, Standing.MET, task.done_at > task.due)
    standing = judge_by("", None, target=None, given_at=task.given_at, due=task.due, at=at)
    return NoticeLine(task, standing, standing == Standing.BEHIND)
