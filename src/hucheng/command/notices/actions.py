"""Receiving notices, and finishing what they ask with evidence."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.command.directives.units import refuse_units
from hucheng.command.notices.models import Notice, NoticeTask
from hucheng.command.tasks.evidence import evidence_in
from hucheng.core.audit.action import action
from hucheng.core.places.models import Organisation
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.uploads import MOST_BYTES
from hucheng.engines import minutes

RULE = re.compile(r"[A-Z]{1,4}-?\d{1,3}[a-z]?")


@dataclass(frozen=True, slots=True)
class NoticeIn:
    """A notice as it came, and what it asks of which unit by when."""

    sender: str
    title: str
    name: str
    data: bytes
    ask: str
    due: datetime
    unit: str = "TY-LGO"
    rules: tuple[str, ...] = ()


@action(by={Role.COMMAND_OFFICE})
def receive_notice(*, actor: Actor, notice: NoticeIn, at: datetime) -> Notice:
    """Keep a notice as it came and give one unit its task.

    Refuses an empty or oversized file, one that is here already, one without sender, title or task, a deadline that
    is over, a unit outside the actor's place, and what is no id of a rule.
    """
    _refuse_incomplete(notice, at)
    unit = _unit(actor, notice.unit)
    digest = hashlib.sha256(notice.data).hexdigest()
    if Notice.objects.filter(place=actor.place, digest=digest).exists():
        raise Refusal("notice_known", why=_("This notice is here already."), do=_("Open it in the list of notices."))
    kept = Notice.objects.create(
        place=actor.place,
        sender=notice.sender.strip()[:80],
        title=notice.title.strip()[:200],
        document=notice.name[-120:],
        data=notice.data,
        text=_text_of(notice),
        digest=digest,
        rules=list(dict.fromkeys(notice.rules)),
        received_at=at,
        received_by_id=actor.user_id,
    )
    NoticeTask.objects.create(
        notice=kept, unit=unit, place=unit.place, text=notice.ask.strip()[:500], given_at=at, due=notice.due
    )
    return kept


@action(by={Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY})
def finish_notice_task(*, actor: Actor, task_id: UUID, evidence: str, at: datetime) -> NoticeTask:
    """Say that what a notice asked is done. Refuses without evidence; what was done late stays late."""
    task = NoticeTask.objects.seen_by(actor).select_for_update().filter(pk=task_id, done_at=None).first()
    if task is None:
        raise Http404
    task.done_at, task.done_by_id, task.evidence = at, actor.user_id, evidence_in(evidence)
    task.save(update_fields=["done_at", "done_by", "evidence"])
    return task


def _refuse_incomplete(notice: NoticeIn, at: datetime) -> None:
    if not notice.data.strip() or len(notice.data) > MOST_BYTES:
        raise Refusal(
            "file_unusable",
            why=_("The file is empty or larger than 20 MB."),
            do=_("Send the notice itself, or paste its text."),
        )
    if not (notice.sender.strip() and notice.title.strip() and notice.ask.strip()):
        raise Refusal(
            "notice_incomplete",
            why=_("Sender, title or task is missing."),
            do=_("Say who sent it, what it is called, and what is to be done."),
        )
    if notice.due <= at:
        raise Refusal("due_over", why=_("The deadline is over already."), do=_("Set a deadline that lies ahead."))
    if wrong := [rule for rule in notice.rules if not RULE.fullmatch(rule)]:
        raise Refusal(
            "rule_unreadable",
            why=_("This is no id of a rule: %(rules)s.") % {"rules": ", ".join(wrong)[:80]},
            do=_("Write ids as R12, separated by commas."),
        )


def _unit(actor: Actor, code: str) -> Organisation:
    known = organisations()
    refuse_units([] if code in known and actor.sees_place(known[code].place) else [code])
    return known[code]


def _text_of(notice: NoticeIn) -> str:
    """What can be read of the file; a scan or a PDF is kept without text."""
    try:
        return minutes.read_file(notice.data, notice.name).replace("\x00", "")
    except minutes.DocumentUnreadable:
        return ""
