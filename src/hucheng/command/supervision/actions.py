"""Chasing what is late: reminders by the house itself, notes by the office, answers by the units."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.command.supervision.models import Reminder, SupervisionNote
from hucheng.command.tasks.models import Task
from hucheng.command.tasks.standing import stand
from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.places.models import Organisation
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role


@action(by={Role.SYSTEM, Role.COMMAND_OFFICE})
def remind(*, actor: Actor, at: datetime) -> int:
    """Remind each unit once today of its tasks that are late, blind or due soon. Gives how many reminders."""
    day = at.astimezone(SHANGHAI).date()
    rows = Task.objects.seen_by(actor).filter(closed_at=None).exclude(reminders__day=day)
    due = [line for line in stand(rows.select_related("unit"), at) if line.standing.needs_a_hand]
    Reminder.objects.bulk_create(
        (Reminder(task=line.task, day=day, at=at, standing=line.standing) for line in due), ignore_conflicts=True
    )
    return len(due)


@action(by={Role.COMMAND_OFFICE, Role.LEADING_GROUP})
def send_note(*, actor: Actor, unit: str, about: str, at: datetime) -> SupervisionNote:
    """Ask a unit in writing; its clock of 24 hours starts."""
    asked = Organisation.objects.filter(code=unit).first()
    if asked is None or not actor.sees_place(asked.place):
        raise Refusal("unit_unknown", why=_("No such body here."), do=_("Choose one of the list."))
    if not about.strip():
        raise Refusal("note_empty", why=_("The note says nothing."), do=_("Write what is asked, in a sentence or two."))
    return SupervisionNote.objects.create(
        unit=asked, place=asked.place, about=about.strip(), sent_at=at, sent_by_id=actor.user_id
    )


@action(by={Role.COUNTY, Role.DEPARTMENT, Role.COMMAND_OFFICE})
def answer_note(*, actor: Actor, note_id: UUID, answer: str, at: datetime) -> SupervisionNote:
    """Answer a note, once."""
    note = SupervisionNote.objects.seen_by(actor).select_for_update().filter(pk=note_id).first()
    if note is None:
        raise Http404
    if note.answered_at:
        raise Refusal("answered", why=_("This note is answered already."), do=_("Send a new note to go on."))
    if not answer.strip():
        raise Refusal("answer_empty", why=_("The answer says nothing."), do=_("Say what was done and where it shows."))
    note.answer, note.answered_at, note.answered_by_id = answer.strip(), at, actor.user_id
    note.save(update_fields=["answer", "answered_at", "answered_by"])
    return note
