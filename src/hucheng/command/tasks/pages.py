"""Tasks in sight, closing them; the bodies that must stand."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.command.directives.units import choices
from hucheng.command.supervision.queries import open_lines
from hucheng.command.tasks.actions import close_task, require_bodies, set_up_body
from hucheng.command.tasks.queries import bodies_seen_by, closed_lately
from hucheng.command.tasks.tables import closed_table, open_table
from hucheng.core import clock
from hucheng.core.design.tables import export_asked
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

READERS = (Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.COUNTY)
DOERS = (Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY)


class BodyForm(forms.Form):
    """What makes a body stand."""

    charter = forms.CharField(label=_("Charter"), max_length=120)
    head = forms.CharField(label=_("Head"), max_length=60)
    substitute = forms.CharField(label=_("Substitute"), max_length=60, required=False)
    members = forms.IntegerField(label=_("Members"), min_value=1, max_value=5000)


@for_roles(*READERS)
@require_GET
def tasks(request: Request) -> HttpResponse:
    """Open tasks in sight, worst first, and those closed lately."""
    return _show_tasks(request)


@for_roles(*DOERS)
@require_POST
def close(request: Request, task_id: UUID) -> HttpResponse:
    """Close a task with evidence."""
    evidence = request.POST.get("evidence", "")[:2000]
    try:
        close_task(actor=request.actor, task_id=task_id, evidence=evidence, at=clock.now())
    except Refusal as no:
        return _show_tasks(request, refusal=no)
    return redirect("command:tasks")


@for_roles(Role.COMMAND_OFFICE, Role.LEADING_GROUP)
def bodies(request: Request) -> HttpResponse:
    """Bodies that must stand, and those that do; the office requires new ones."""
    refusal = None
    if request.method == "POST":
        try:
            require_bodies(actor=request.actor, units=[request.POST.get("unit", "")], at=clock.now())
            return redirect("command:bodies")
        except Refusal as no:
            refusal = no
    return _show_bodies(request, refusal)


@for_roles(Role.COMMAND_OFFICE)
@require_POST
def set_up(request: Request, body_id: UUID) -> HttpResponse:
    """Record that a body stands."""
    form = BodyForm(request.POST)
    if not form.is_valid():
        return _show_bodies(request, form=form, opened=body_id)
    try:
        set_up_body(actor=request.actor, body_id=body_id, at=clock.now(), **form.cleaned_data)
    except Refusal as no:
        return _show_bodies(request, no)
    return redirect("command:bodies")


def _show_tasks(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    may_close = request.actor.role in DOERS
    table = open_table(open_lines(request.actor, clock.now()), may_close=may_close)
    closed = closed_table(closed_lately(request.actor))
    if file := export_asked(request, table, closed):
        return file
    context = {
        "table": table,
        "closed": closed,
        "may_close": may_close,
        "refusal": refusal,
    }
    return render(request, "command/tasks.html", context, status=422 if refusal else 200)


def _show_bodies(
    request: Request, refusal: Refusal | None = None, form: BodyForm | None = None, opened: UUID | None = None
) -> HttpResponse:
    rows = bodies_seen_by(request.actor)
    context = {
        "bodies": rows,
        "missing": sum(body.set_up_at is None for body in rows),
        "units": choices(organisations()),
        "form": form,
        "opened": opened,
        "may_keep": request.actor.role == Role.COMMAND_OFFICE,
        "refusal": refusal,
    }
    return render(request, "command/bodies.html", context, status=422 if refusal or form else 200)
