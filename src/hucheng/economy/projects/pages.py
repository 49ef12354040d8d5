"""Key projects: where they stand, what holds them up."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hucheng.core import clock
from hucheng.core.places.queries import counties_of, organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.economy.projects.actions import (
    BlockerIn,
    ClearedIn,
    ProgressIn,
    ProjectIn,
    clear_blockers,
    list_projects,
    report_blockers,
    report_projects,
)
from hucheng.economy.projects.forms import BlockerForm, ProgressForm, ProjectForm
from hucheng.economy.projects.queries import key_projects, project_lines, projects_of

READERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.COUNTY)
REPORTERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.COUNTY)
LISTERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE)


@for_roles(*READERS)
@require_GET
def projects(request: Request) -> HttpResponse:
    """Projects by county, blockers by age."""
    return _show(request)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def listed(request: Request) -> HttpResponse:
    """Every key project, or those of a county or in a state; the city's keepers list another."""
    sent = request.method == "POST"
    if sent and request.actor.role not in LISTERS:
        raise Http404
    counties = [one for one in counties_of(request.actor.place) if request.actor.sees_place(one.code)]
    form = ProjectForm(request.POST if sent else None, counties=counties, owners=organisations().values())
    refusal = None
    if sent and form.is_valid():
        try:
            list_projects(actor=request.actor, projects=[ProjectIn(**form.cleaned_data)], at=clock.now())
            return redirect("economy:project_list")
        except Refusal as no:
            refusal = no
    asked = {name: request.GET.get(name, "") for name in ("county", "state")}
    lines = project_lines(request.actor, clock.now(), **asked)
    context = {
        "page": Paginator(lines, 50).get_page(request.GET.get("page")),
        "count": len(lines),
        "counties": counties,
        "asked": asked,
        "form": form,
        "may_list": request.actor.role in LISTERS,
        "refusal": refusal,
    }
    return render(request, "economy/project_list.html", context, status=422 if sent else 200)


@for_roles(*REPORTERS)
@require_POST
def report(request: Request) -> HttpResponse:
    """Report or correct the day of one project."""
    form = ProgressForm(request.POST, projects=key_projects(request.actor), auto_id="week_%s")
    if not form.is_valid():
        return _show(request, progress_form=form)
    told = dict(form.cleaned_data)
    day = told.pop("day")
    return _act(request, partial(report_projects, day=day, reports=[ProgressIn(**told)]), progress_form=form)


@for_roles(*REPORTERS)
@require_POST
def name_blocker(request: Request) -> HttpResponse:
    """Name what holds a project up."""
    known = key_projects(request.actor)
    form = BlockerForm(request.POST, projects=known, owners=organisations().values(), auto_id="blocker_%s")
    if not form.is_valid():
        return _show(request, blocker_form=form)
    return _act(request, partial(report_blockers, blockers=[BlockerIn(**form.cleaned_data)]), blocker_form=form)


@for_roles(*REPORTERS)
@require_POST
def clear(request: Request, blocker_id: UUID) -> HttpResponse:
    """Say how a blocker was cleared."""
    cleared = [ClearedIn(blocker_id, request.POST.get("answer", ""))]
    return _act(request, partial(clear_blockers, cleared=cleared))


def _act(request: Request, act: Callable[..., object], **bound: forms.Form) -> HttpResponse:
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, no, **bound)
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
