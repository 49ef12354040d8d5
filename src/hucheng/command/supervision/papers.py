"""Letters of supervision in the national format: one to each unit whose tasks need a hand."""

from datetime import datetime

from django.http import Http404
from django.utils import translation

from hucheng.command.supervision.queries import ANSWER_WITHIN, supervision_of
from hucheng.command.tasks.standing import TaskLine
from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import organisations
from hucheng.core.scope.actor import Actor
from hucheng.engines.papers.official import Supervised, SupervisionPaper

SENDER = "TY-LGO"
"""The office that sends letters, in the register of organisations."""


def letter_to(actor: Actor, unit: str, at: datetime) -> SupervisionPaper:
    """The letter to a unit about its tasks in sight that are late, blind or due soon. Raises Http404 without any.

    In Chinese, as documents are. The answer is due when that to a note would be.
    """
    found = next((one for one in supervision_of(actor, at).units if one.unit.code == unit), None)
    if found is None:
        raise Http404
    sender = organisations().get(SENDER, found.unit)
    with translation.override("zh-hans"):
        return SupervisionPaper(
            issuer=sender.name_zh,
            date=at.astimezone(SHANGHAI).date(),
            to=found.unit.name_zh,
            items=tuple(_item(line) for line in found.lines),
            reply_by=(at + ANSWER_WITHIN).astimezone(SHANGHAI).date(),
        )


def _item(line: TaskLine) -> Supervised:
    directive = line.task.directive
    number = directive.meeting.number
    return Supervised(
        task=line.task.text,
        due=line.task.due.astimezone(SHANGHAI).date(),
        standing=str(line.standing.word),
        basis=f"第{number}次会议部署第{directive.label}项" if number else "",
    )
