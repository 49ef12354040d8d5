"""Requests with their clocks."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.quarantine.care.actions import ask_care, flag_emergency, settle_care
from hucheng.quarantine.care.forms import AskForm
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.care.queries import requests_seen_by

CARERS = (Role.HOUSE, Role.QUARANTINE, Role.MEDICAL)


@for_roles(*CARERS)
def care(request: Request) -> HttpResponse:
    """What is owed, the most urgent first."""
    return _list(request)


@for_roles(*CARERS)
@require_POST
def settle(request: Request, request_id: UUID) -> HttpResponse:
    """Say what was done."""
    try:
        answer = request.POST.get("answer", "")
        settle_care(actor=request.actor, request_id=request_id, answer=answer, at=clock.now())
    except Refusal as no:
        return _list(request, refusal=no)
    return redirect("quarantine:care")


@for_roles(*CARERS)
@require_POST
def ask(request: Request, arrival_id: UUID) -> HttpResponse:
    """Ask for care in somebody's name; the emergency button needs nothing else."""
    now, text = clock.now(), request.POST.get("text", "")
    if request.POST.get("kind") == CareRequest.Kind.EMERGENCY:
        flag_emergency(actor=request.actor, arrival_id=arrival_id, text=text, at=now)
        return redirect("quarantine:care")
    form = AskForm(request.POST)
    if not form.is_valid():
        return _list(request, form=form, asked_for=arrival_id)
    try:
        kind = CareRequest.Kind(form.cleaned_data["kind"])
        ask_care(actor=request.actor, arrival_id=arrival_id, kind=kind, text=text, at=now)
    except Refusal as no:
        return _list(request, refusal=no)
    return redirect("quarantine:care")


def _list(
    request: Request, refusal: Refusal | None = None, form: AskForm | None = None, asked_for: UUID | None = None
) -> HttpResponse:
    now = clock.now()
    rows = requests_seen_by(request.actor)
    owed = sum(row.settled_at is None for row in rows)
    late = sum(row.settled_at is None and row.due_at < now for row in rows)
    context = {
        "rows": rows,
        "owed": owed,
        "late": late,
        "now": now,
        "refusal": refusal,
        "form": form,
        "asked_for": asked_for,
    }
    return render(request, "quarantine/care.html", context, status=422 if refusal or form else 200)
