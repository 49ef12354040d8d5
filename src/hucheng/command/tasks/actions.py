"""Closing tasks with evidence, and setting up the bodies that directives want."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.command.directives.units import refuse_units
from hucheng.command.measures.standing import Standing
from hucheng.command.tasks.evidence import evidence_in
from hucheng.command.tasks.models import Body, Task
from hucheng.command.tasks.standing import stand_of
from hucheng.core.audit.action import action
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

DOERS = {Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY}


@action(by=DOERS)
def close_task(*, actor: Actor, task_id: UUID, evidence: str, at: datetime) -> Task:
    """Close a task with evidence. Refuses while its measure is blind or missed: what is true now decides."""
    rows = Task.objects.seen_by(actor).filter(pk=task_id, closed_at=None)
    task = rows.select_related("directive").select_for_update(of=("self",)).first()
    if task is None:
        raise Http404
    shown = evidence_in(evidence)
    if task.measure and stand_of(task, at) != Standing.MET:
        raise Refusal(
            "measure_not_met",
            why=_("Its measure is not met now, or cannot be read."),
            do=_("Bring the measure to its target; if it does not fit, ask the command office to assign another."),
        )
    task.closed_at, task.evidence, task.closed_by_id = at, shown, actor.user_id
    task.save(update_fields=["closed_at", "evidence", "closed_by"])
    return task


@action(by={Role.COMMAND_OFFICE})
def require_bodies(*, actor: Actor, units: Sequence[str], at: datetime) -> list[Body]:
    """Say that these bodies must stand; one that is required already stays as it is."""
    known = organisations()
    refuse_units([code for code in units if code not in known])
    made = []
    for code in units:
        body, _new = Body.objects.get_or_create(
            unit=known[code], defaults={"place": known[code].place, "required_at": at}
        )
        made.append(body)
    return made


@action(by={Role.COMMAND_OFFICE})
def set_up_body(
    *, actor: Actor, body_id: UUID, charter: str, head: str, substitute: str = "", members: int, at: datetime
) -> Body:
    """Record that a body stands: its charter, head and members. Refuses one that answers to nobody (INQ-19)."""
    body = Body.objects.seen_by(actor).select_related("unit").select_for_update(of=("self",)).filter(pk=body_id).first()
    if body is None:
        raise Http404
    if body.unit.parent_id is None:
        raise Refusal(
            "no_reporting_line",
            why=_("The body answers to nobody."),
            do=_("Give it exactly one reporting line in the list of organisations."),
        )
    if not charter.strip() or not head.strip() or members < 1:
        raise Refusal(
            "body_incomplete",
            why=_("Charter, head and members are needed."),
            do=_("Fill in all three; a body on paper only does not count."),
        )
    body.charter, body.head, body.substitute = charter.strip(), head.strip(), substitute.strip()
    body.members, body.set_up_at = members, at
    body.save(update_fields=["charter", "head", "substitute", "members", "set_up_at"])
    return body
