"""Appealing by the own key, and the list of those who decide."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles, public
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.quarantine.appeals.actions import REVIEWERS, appeal, decide
from hucheng.quarantine.appeals.forms import AppealForm, DecideForm, GuestAppealForm
from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.appeals.queries import appeals_seen_by, stay_to_appeal_for
from hucheng.quarantine.own.queries import traveller_of_key

READERS = (Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.MEDICAL, Role.QUARANTINE)
FILERS = (Role.HOUSE, Role.QUARANTINE, Role.MEDICAL)
"""Those who look after guests and may write down an appeal for one; a house then sees no more of it (R-23)."""


@public
def own_appeal(request: Request, access: UUID) -> HttpResponse:
    """A traveller's appeals with their answers, and the form for another one; opened by the own key."""
    traveller = traveller_of_key(access)
    form, refusal = AppealForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        about, text = Appeal.About(form.cleaned_data["about"]), form.cleaned_data["text"]
        try:
            appeal(actor=traveller, arrival_id=UUID(traveller.unit), about=about, text=text, at=clock.now())
            return redirect("quarantine:own_appeal", access)
        except Refusal as no:
            refusal = no
    rows = appeals_seen_by(traveller)
    context = {"form": form, "refusal": refusal, "rows": rows, "access": access, "now": clock.now()}
    return render(request, "quarantine/own_appeal.html", context, status=422 if form.errors or refusal else 200)


@for_roles(*FILERS)
def file_appeal(request: Request, stay_id: UUID) -> HttpResponse:
    """Write down an appeal of a guest who has no phone or no hand free; then it says by when the answer is owed."""
    stay = stay_to_appeal_for(request.actor, stay_id)
    form, refusal, filed = GuestAppealForm(request.POST if request.method == "POST" else None), None, None
    if form.is_valid():
        about, text = Appeal.About(form.cleaned_data["about"]), form.cleaned_data["text"]
        try:
            filed = appeal(actor=request.actor, arrival_id=stay.arrival_id, about=about, text=text, at=clock.now())
        except Refusal as no:
            refusal = no
    context = {"form": form, "refusal": refusal, "filed": filed, "stay": stay}
    return render(request, "quarantine/file_appeal.html", context, status=422 if form.errors or refusal else 200)


@for_roles(*READERS)
@require_GET
def appeals(request: Request) -> HttpResponse:
    """What is owed, earliest first."""
    return _list(request)


@for_roles(*READERS)
@require_POST
def decide_appeal(request: Request, appeal_id: UUID) -> HttpResponse:
    """Decide one appeal."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _list(request, form=form, decides=appeal_id)
    try:
        decide(actor=request.actor, appeal_id=appeal_id, at=clock.now(), **form.cleaned_data)
    except Refusal as no:
        return _list(request, refusal=no)
    return redirect("quarantine:appeals")


def _list(
    request: Request, refusal: Refusal | None = None, form: DecideForm | None = None, decides: UUID | None = None
) -> HttpResponse:
    now, rows = clock.now(), appeals_seen_by(request.actor)
    open_ones = [row for row in rows if row.decided_at is None]
    context = {
        "rows": rows,
        "owed": len(open_ones),
        "late": sum(row.due_at < now for row in open_ones),
        "now": now,
        "refusal": refusal,
        "form": form,
        "decides": decides,
        "may_decide": request.actor.role in REVIEWERS,
    }
    return render(request, "quarantine/appeals.html", context, status=422 if refusal or form else 200)
