"""Fires with their timeline; notices with their receipts and tasks."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hucheng.core import clock
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.stability.forms import READERS, REPORTERS
from hucheng.stability.response import queries
from hucheng.stability.response.actions import do_task, follow_fire, issue_notice, receive_notice, report_fire
from hucheng.stability.response.forms import FireForm, FollowForm, NoticeForm
from hucheng.stability.response.models import FireEntry


@for_roles(*READERS)
def fires(request: Request) -> HttpResponse:
    """The fires in sight; a report by POST."""
    if request.method != "POST" or request.actor.role not in REPORTERS:
        return _fires(request)
    form = FireForm(request.POST, places=counties_of(request.actor.place), auto_id="fire_%s")
    if not form.is_valid():
        return _fires(request, fire_form=form)
    return _act(request, partial(report_fire, **form.cleaned_data), "stability:fires", _fires, fire_form=form)


@for_roles(*REPORTERS)
@require_POST
def follow(request: Request, fire_id: UUID) -> HttpResponse:
    """Add to a fire's timeline."""
    form = FollowForm(request.POST)
    if not form.is_valid():
        text = "; ".join(str(error) for errors in form.errors.values() for error in errors)
        no = Refusal("form_incomplete", why=text, do=_("Choose what happened and when."))
        return _fires(request, no)
    told = form.cleaned_data
    kind = FireEntry.Kind(told.pop("kind"))
    return _act(request, partial(follow_fire, fire_id=fire_id, kind=kind, **told), "stability:fires", _fires)


@for_roles(*READERS)
def notices(request: Request) -> HttpResponse:
    """Notices as far as they reach this actor; a new one by POST."""
    if request.method != "POST" or request.actor.role != Role.DEPARTMENT:
        return _notices(request)
    form = NoticeForm(request.POST, auto_id="notice_%s")
    if not form.is_valid():
        return _notices(request, notice_form=form)
    told = form.cleaned_data
    act = partial(issue_notice, title=told["title"], until=told["until"], tasks=form.wanted())
    return _act(request, act, "stability:notices", _notices, notice_form=form)


@for_roles(Role.COUNTY)
@require_POST
def receive(request: Request, notice_id: UUID) -> HttpResponse:
    """Confirm that the county has the notice."""
    return _act(request, partial(receive_notice, notice_id=notice_id), "stability:notices", _notices)


@for_roles(*REPORTERS)
@require_POST
def task_done(request: Request, task_id: UUID) -> HttpResponse:
    """Report a task as done, with evidence."""
    act = partial(do_task, task_id=task_id, evidence=request.POST.get("evidence", ""))
    return _act(request, act, "stability:notices", _notices)


def _act(
    request: Request, act: Callable[..., object], then: str, show: Callable[..., HttpResponse], **sent: forms.Form
) -> HttpResponse:
    """Do it; refused, the page comes back with the form as it was sent."""
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return show(request, no, **sent)
    return redirect(then)


def _fires(request: Request, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    now = clock.now()
    places = counties_of(request.actor.place)
    names = {place.code: place.name for place in places}
    found = queries.fires(request.actor, now)
    judged = [story for story in found if story.judged(now)]
    context = {
        "stories": [(story, story.judged(now), names.get(story.fire.place, "")) for story in found],
        "burning": sum(not story.out for story in found),
        "judged": len(judged),
        "in_time": sum(story.in_time for story in judged),
        "may_report": request.actor.role in REPORTERS,
        "fire_form": FireForm(places=places, auto_id="fire_%s"),
        "kinds": FireEntry.Kind.choices,
        "now": now,
        "refusal": refusal,
        **bound,
    }
    return render(request, "stability/fires.html", context, status=422 if refusal or bound else 200)


def _notices(request: Request, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    now = clock.now()
    lines = queries.notices(request.actor, now)
    own = request.actor.role == Role.COUNTY
    context = {
        "lines": lines,
        "late": sum(line.late for line in lines),
        "tasks": queries.tasks_of(request.actor, request.actor.place) if own else [],
        "own": own,
        "today": clock.today(),
        "may_issue": request.actor.role == Role.DEPARTMENT,
        "notice_form": NoticeForm(auto_id="notice_%s"),
        "refusal": refusal,
        **bound,
    }
    return render(request, "stability/notices.html", context, status=422 if refusal or bound else 200)
