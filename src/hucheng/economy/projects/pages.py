"""Key projects: where they stand, what holds them up."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.economy.projects.actions import (
    BlockerIn,
    ClearedIn,
    ProgressIn,
    clear_blockers,
    report_blockers,
    report_projects,
)
from hucheng.economy.projects.forms import BlockerForm, ProgressForm
from hucheng.economy.projects.queries import key_projects, projects_of

READERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.COUNTY)
REPORTERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.COUNTY)


@for_roles(*READERS)
@require_GET
def projects(request: Request) -> HttpResponse:
    """Projects by county, blockers by age."""
    return _show(request)


@for_roles(*REPORTERS)
@require_POST
def report(request: Request) -> HttpResponse:
    """Report or correct the day of one project."""
    form = ProgressForm(request.POST, projects=key_projects(request.actor), auto_id="week_%s")
    if not form.is_valid():
        return _show(request, progress_form=form)
    told = dict(form.cleaned_data)
    day = told.pop("day")
    return _act(request, partial(report_projects, day=day, reports=[ProgressIn(**told)]))


@for_roles(*REPORTERS)
@require_POST
def name_blocker(request: Request) -> HttpResponse:
    """Name what holds a project up."""
    known = key_projects(request.actor)
    form = BlockerForm(request.POST, projects=known, owners=organisations().values(), auto_id="blocker_%s")
    if not form.is_valid():
        return _show(request, blocker_form=form)
    return _act(request, partial(report_blockers, blockers=[BlockerIn(**form.cleaned_data)]))


@for_roles(*REPORTERS)
@require_POST
def clear(request: Request, blocker_id: UUID) -> HttpResponse:
    """Say how a blocker was cleared."""
    cleared = [ClearedIn(blocker_id, request.POST.get("answer", ""))]
    return _act(request, partial(clear_blockers, cleared=cleared))


def _act(request: Request, act: Callable[..., object]) -> HttpResponse:
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, no)
    return redirect("economy:projects")


def _show(request: Request, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    known, today = key_projects(request.actor), clock.today()
    owners = organisations().values()
    context = {
        "projects": projects_of(request.actor, clock.now()),
        "progress_form": ProgressForm(projects=known, auto_id="week_%s", initial={"day": today}),
        "blocker_form": BlockerForm(projects=known, owners=owners, auto_id="blocker_%s", initial={"since": today}),
        "may_report": request.actor.role in REPORTERS,
        "refusal": refusal,
        **bound,
    }
    return render(request, "economy/projects.html", context, status=422 if refusal or bound else 200)
