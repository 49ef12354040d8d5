"""Policies with their conditions, ends and reach."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hucheng.core import clock
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.economy.indicators.queries import series_seen_by
from hucheng.economy.policies.actions import publish_policy, report_reach
from hucheng.economy.policies.forms import PolicyForm, ReachForm
from hucheng.economy.policies.queries import policies_of, reach

READERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.LEADING_GROUP)
KEEPERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def policies(request: Request) -> HttpResponse:
    """Relief that runs or has ended; keepers publish another."""
    if request.method == "GET":
        return _show(request)
    if request.actor.role not in KEEPERS:
        raise Http404
    form = _form(request, request.POST)
    if not form.is_valid():
        return _show(request, form=form)
    try:
        publish_policy(actor=request.actor, policy=form.policy(), at=clock.now())
    except Refusal as no:
        return _show(request, no, form=form)
    return redirect("economy:policies")


@for_roles(*KEEPERS)
@require_POST
def report(request: Request, policy_id: UUID) -> HttpResponse:
    """Report how far a policy has reached."""
    form = ReachForm(request.POST, auto_id="reach_%s")
    if not form.is_valid():
        return _show(request, reach_form=form)
    try:
        report_reach(actor=request.actor, policy_id=policy_id, at=clock.now(), **form.cleaned_data)
    except Refusal as no:
        return _show(request, no, reach_form=form)
    return redirect("economy:policies")


def _form(request: Request, data: object = None) -> PolicyForm:
    own = [one for one in series_seen_by(request.actor) if one.area == one.place]
    return PolicyForm(data, owners=organisations().values(), series=own)


def _show(request: Request, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    now = clock.now()
    paid, eligible = reach(request.actor, now)
    context = {
        "lines": policies_of(request.actor, now),
        "paid": paid,
        "eligible": eligible,
        "share": 100 * paid / eligible if eligible else None,
        "today": clock.today(),
        "may_keep": request.actor.role in KEEPERS,
        "form": bound.get("form") or _form(request),
        "reach_form": bound.get("reach_form"),
        "refusal": refusal,
    }
    return render(request, "economy/policies.html", context, status=422 if refusal or bound else 200)
