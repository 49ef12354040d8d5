"""Issuing a notice, receiving it, doing its tasks; reporting a fire and following it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.stability.response.models import Fire, FireEntry, FireNotice, NoticeReceipt, NoticeTask

REPORTERS = {Role.COUNTY, Role.DEPARTMENT}


@dataclass(frozen=True, slots=True)
class TaskIn:
    """What every county is to do, and by which day."""

    text: str
    due: date


@action(by={Role.DEPARTMENT})
def issue_notice(*, actor: Actor, title: str, until: date, tasks: Sequence[TaskIn], at: datetime) -> FireNotice:
    """Send a notice to every county of the city, each with the same tasks.

    Refuses a notice without a title or a task, an end that is over, and a task due outside the notice's time.
    """
    today = at.astimezone(SHANGHAI).date()
    if not title.strip() or not tasks or any(not task.text.strip() for task in tasks):
        raise Refusal(
            "notice_empty", why=_("The notice asks nothing."), do=_("Write a title and at least one task with its day.")
        )
    if until < today or any(not today <= task.due <= until for task in tasks):
        raise Refusal(
            "notice_dates",
            why=_("A day of the notice is over, or a task is due after the notice ends."),
            do=_("Choose days between today and the end of the notice."),
        )
    notice = FireNotice.objects.create(
        place=actor.place, title=title.strip()[:200], until=until, issued_by_id=actor.user_id, issued_at=at
    )
    NoticeTask.objects.bulk_create(
        NoticeTask(notice=notice, place=county.code, number=number, text=task.text.strip()[:300], due=task.due)
        for county in counties_of(actor.place)
        for number, task in enumerate(tasks, start=1)
    )
    return notice


@action(by={Role.COUNTY})
def receive_notice(*, actor: Actor, notice_id: UUID, at: datetime) -> NoticeReceipt:
    """Confirm that the actor's county has the notice; the first receipt stands."""
    if not NoticeTask.objects.seen_by(actor).filter(notice=notice_id, place=actor.place).exists():
        raise Http404
    receipt, _made = NoticeReceipt.objects.get_or_create(
        notice_id=notice_id, place=actor.place, defaults={"received_by_id": actor.user_id, "received_at": at}
    )
    return receipt


@action(by=REPORTERS)
def do_task(*, actor: Actor, task_id: UUID, evidence: str, at: datetime) -> NoticeTask:
    """Report a task of the notice as done. Refuses a second report and one without evidence."""
    task = NoticeTask.objects.seen_by(actor).select_for_update().filter(pk=task_id).first()
    if task is None:
        raise Http404
    if task.done_at:
        raise Refusal("task_done", why=_("The task is done already."), do=_("Open it to see the evidence."))
    if not evidence.strip():
        raise Refusal("no_evidence", why=_("The report shows no evidence."), do=_("Say what was done, where and when."))
    task.evidence, task.done_by_id, task.done_at = evidence.strip()[:500], actor.user_id, at
    task.save(update_fields=["evidence", "done_by", "done_at"])
    return task


@action(by=REPORTERS)
def report_fire(*, actor: Actor, place: str, where: str, at: datetime, text: str = "") -> Fire:
    """Report a fire the moment it is known. Refuses one without a place in words; another county is not found."""
    if not actor.sees_place(place):
        raise Http404
    if not where.strip():
        raise Refusal("fire_nowhere", why=_("The report does not say where."), do=_("Name the hill, village or road."))
    fire = Fire.objects.create(place=place, where=where.strip()[:120], reported_by_id=actor.user_id, reported_at=at)
    if text.strip():
        _enter(actor, fire, FireEntry.Kind.FACT, at, text, at)
    return fire


@action(by=REPORTERS)
def follow_fire(
    *, actor: Actor, fire_id: UUID, kind: FireEntry.Kind, happened_at: datetime, at: datetime, text: str = ""
) -> FireEntry:
    """Add to the timeline: the crew is on the spot, the fire is out, or a fact.

    Refuses a time before the report or to come, a second crew or end, an end before the crew, a fact without words.
    """
    fire = Fire.objects.seen_by(actor).select_for_update().filter(pk=fire_id).first()
    if fire is None:
        raise Http404
    known = {entry.kind: entry.happened_at for entry in fire.entries.exclude(kind=FireEntry.Kind.FACT)}
    if not fire.reported_at <= happened_at <= at:
        raise Refusal(
            "fire_time_wrong",
            why=_("This lies before the report of the fire, or in the future."),
            do=_("Check the time at which it happened."),
        )
    if kind in known or (kind == FireEntry.Kind.FACT and not text.strip()):
        raise Refusal("fire_entry_known", why=_("This stands already, or says nothing."), do=_("Add a fact in words."))
    crew = known.get(FireEntry.Kind.CREW)
    if kind == FireEntry.Kind.OUT and (crew is None or crew > happened_at):
        raise Refusal(
            "out_before_crew", why=_("The fire cannot be out before the crew came."), do=_("Check both times.")
        )
    return _enter(actor, fire, kind, happened_at, text, at)


def _enter(actor: Actor, fire: Fire, kind: FireEntry.Kind, happened_at: datetime, text: str, at: datetime) -> FireEntry:
    return FireEntry.objects.create(
        fire=fire, kind=kind, happened_at=happened_at, text=text.strip()[:300], entered_by_id=actor.user_id,
        entered_at=at,
    )  # fmt: skip
