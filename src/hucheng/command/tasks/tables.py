"""The columns of the tasks: open, closed, and those of supervision by unit."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hucheng.command.tasks.models import Task
from hucheng.command.tasks.standing import TaskLine
from hucheng.core.design.tables import Column, Table
from hucheng.core.design.templatetags.design import status


def open_table(lines: Sequence[TaskLine], *, may_close: bool) -> Table[TaskLine]:
    """Open tasks, worst and earliest first; a column to close them for those who may."""
    close = [Column[TaskLine](_("Close"), template="command/cells/close_task.html")] if may_close else []
    return Table(
        "open",
        _("Open"),
        lines,
        [_task(), _unit(), _deadline(), _standing(), *close],
        key=lambda line: line.task.pk,
        empty=(_("No open task"), _("Tasks come from published directives.")),
    )


def needy_table(lines: Iterable[TaskLine]) -> Table[TaskLine]:
    """Tasks that need a hand, by unit."""
    return Table(
        "supervision",
        _("Late, blind or due soon"),
        list(lines),
        [_task(), _deadline(), _standing()],
        key=lambda line: line.task.pk,
        group=_unit(),
        empty=(
            _("Nothing is late or blind"),
            _("Tasks past their deadline, without a reading or due soon appear here by unit."),
        ),
    )


def closed_table(tasks: Sequence[Task]) -> Table[Task]:
    """Tasks closed lately with their evidence."""
    return Table(
        "closed",
        _("Closed with evidence"),
        tasks,
        [
            Column(_("Task"), of=lambda task: task.text, link=_page),
            Column(_("Closed at"), of=lambda task: task.closed_at, nowrap=True),
            Column(_("Unit"), of=lambda task: str(task.unit)),
            Column(_("Evidence"), of=lambda task: task.evidence),
        ],
        key=lambda task: task.pk,
    )


def _page(task: Task) -> str:
    return reverse("command:directive", args=[task.directive_id])


def _task() -> Column[TaskLine]:
    return Column(_("Task"), of=lambda line: line.task.text, link=lambda line: _page(line.task))


def _unit() -> Column[TaskLine]:
    return Column(_("Unit"), of=lambda line: str(line.task.unit))


def _deadline() -> Column[TaskLine]:
    return Column(_("Deadline"), of=lambda line: line.task.due, nowrap=True)


def _standing() -> Column[TaskLine]:
    return Column(_("State"), of=_words, show=_shown)


def _reminded(line: TaskLine) -> str:
    times = getattr(line.task, "reminded", 0)
    return ngettext("reminded once", "reminded %(count)s times", times) % {"count": times} if times else ""


def _words(line: TaskLine) -> str:
    return " ".join(filter(None, [line.standing.word, _reminded(line)]))


def _shown(line: TaskLine) -> str:
    return format_html('{} <span class="q t12">{}</span>', status(line.standing.kind), _reminded(line))
