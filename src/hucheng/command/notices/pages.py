"""Notices from above: the list with the way in, one notice, its file, its task."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hucheng.command.notices.actions import finish_notice_task, receive_notice
from hucheng.command.notices.forms import NoticeForm
from hucheng.command.notices.queries import named_rules, notice_lines, notice_of_task, notice_seen_by
from hucheng.command.supervision.queries import units_to_ask
from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

READERS = (Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.COUNTY)
OFFICE = (Role.COMMAND_OFFICE,)
DOERS = (Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY)


@for_roles(*READERS)
def notices(request: Request) -> HttpResponse:
    """All notices in sight, open ones first; the office takes them in here."""
    may_receive = request.actor.role in OFFICE
    if request.method == "POST" and not may_receive:
        raise Http404
    units = [(unit.code, unit.name) for unit in units_to_ask(request.actor)] if may_receive else []
    form = NoticeForm(request.POST or None, request.FILES or None, units=units, initial={"unit": "TY-LGO"})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = receive_notice(actor=request.actor, notice=form.notice(), at=clock.now())
            return redirect("command:notice", made.pk)
        except Refusal as no:
            refusal = no
    lines = notice_lines(request.actor, clock.now())
    context = {
        "lines": lines,
        "open": sum(line.task.done_at is None for line in lines),
        "late": sum(line.late and line.task.done_at is None for line in lines),
        "form": form,
        "may_receive": may_receive,
        "refusal": refusal,
    }
    return render(request, "command/notices.html", context, status=422 if refusal or form.errors else 200)


@for_roles(*READERS)
@require_GET
def notice(request: Request, notice_id: UUID) -> HttpResponse:
    """One notice: its text, the rules it led to, what was done about it."""
    return _show(request, notice_id)


@for_roles(*READERS)
@require_GET
def notice_file(request: Request, notice_id: UUID) -> HttpResponse:
    """The file as it came; browsers save it and never open it in the house."""
    found = notice_seen_by(request.actor, notice_id, clock.now()).notice
    answer = HttpResponse(bytes(found.data), content_type="application/octet-stream")
    suffix = "".join(sign for sign in found.document.rpartition(".")[2] if sign.isascii() and sign.isalnum())[:8]
    answer["Content-Disposition"] = f'attachment; filename="notice-{found.pk}.{suffix or "bin"}"'
    return answer


@for_roles(*DOERS)
@require_POST
def finish(request: Request, task_id: UUID) -> HttpResponse:
    """Say what was done about a notice."""
    evidence = request.POST.get("evidence", "")[:2000]
    try:
        done = finish_notice_task(actor=request.actor, task_id=task_id, evidence=evidence, at=clock.now())
    except Refusal as no:
        return _show(request, notice_of_task(request.actor, task_id), no)
    return redirect("command:notice", done.notice_id)


def _show(request: Request, notice_id: UUID, refusal: Refusal | None = None) -> HttpResponse:
    now = clock.now()
    line = notice_seen_by(request.actor, notice_id, now)
    context = {
        "line": line,
        "notice": line.notice,
        "rules": named_rules(request.actor, line.notice, now),
        "may_finish": request.actor.role in DOERS and line.task.done_at is None,
        "refusal": refusal,
    }
    return render(request, "command/notice.html", context, status=422 if refusal else 200)
