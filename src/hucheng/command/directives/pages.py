"""Acts on one directive, and the pages of those published."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hucheng.command.directives import actions
from hucheng.command.directives.forms import AssignForm, SplitForm, WordingForm
from hucheng.command.directives.models import Directive
from hucheng.command.directives.queries import (
    clause_of,
    directive_seen_by,
    directive_to_read,
    named_for,
    published_by_theme,
    sees_whole,
    tasks_to_read,
)
from hucheng.command.directives.tables import directives_table
from hucheng.command.directives.units import shown
from hucheng.command.meetings.pages import show_meeting
from hucheng.command.tasks.standing import stand
from hucheng.core import clock
from hucheng.core.design.tables import export_asked
from hucheng.core.design.timelines import Event
from hucheng.core.measures import MEASURES
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

READERS = (Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY)
OFFICE = (Role.COMMAND_OFFICE,)


@for_roles(*READERS)
@require_GET
def directives(request: Request) -> HttpResponse:
    """All published actions and outcomes by theme, with owner, deadline and how they stand."""
    table = directives_table(published_by_theme(request.actor, clock.now()))
    if file := export_asked(request, table):
        return file
    return render(request, "command/directives.html", {"table": table})


@for_roles(*READERS)
@require_GET
def directive(request: Request, directive_id: UUID) -> HttpResponse:
    """One directive: words, who does what by when, every change; a place that holds a task of it sees that task."""
    found = directive_to_read(request.actor, directive_id)
    whole = sees_whole(request.actor, found)
    context = {
        "directive": found,
        "supports": shown(found.supports, organisations()),
        "measure": MEASURES.get(found.measure),
        "lines": stand(tasks_to_read(request.actor, found), clock.now()),
        "changes": _history(found) if whole else None,
    }
    return render(request, "command/directive.html", context)


def _history(found: Directive) -> list[Event]:
    """Every change in order; words that were replaced stand struck out."""
    rows = list(found.changes.select_related("by").order_by("at", "id"))
    return [
        Event(
            row.at,
            row.get_act_display(),
            by=row.by.display_name if row.by else "",
            before=row.before.get("text") or "",
            detail=row.after.get("text") or "",
            now=row is rows[-1],
        )
        for row in rows
    ]


@for_roles(*OFFICE)
@require_POST
def accept(request: Request, directive_id: UUID) -> HttpResponse:
    """Confirm it without an owner yet."""
    return _act(request, directive_id, actions.accept)


@for_roles(*OFFICE)
@require_POST
def reject(request: Request, directive_id: UUID) -> HttpResponse:
    """It is no directive."""
    return _act(request, directive_id, actions.reject)


@for_roles(*OFFICE)
@require_POST
def edit(request: Request, directive_id: UUID) -> HttpResponse:
    """Correct wording, kind or theme."""
    found, form = directive_seen_by(request.actor, directive_id), WordingForm(request.POST, auto_id="wording_%s")
    if not form.is_valid():
        return show_meeting(request, found.meeting_id, opened=str(found.pk), wording=form)
    return _act(request, directive_id, partial(actions.edit, **form.cleaned_data), stay=True, wording=form)


@for_roles(*OFFICE)
@require_POST
def split(request: Request, directive_id: UUID) -> HttpResponse:
    """Split it into the lines given."""
    form = SplitForm(request.POST, auto_id="split_%s")
    parts = form.parts() if form.is_valid() else []
    return _act(request, directive_id, partial(actions.split, texts=parts), splitting=form)


@for_roles(*OFFICE)
@require_POST
def merge(request: Request, directive_id: UUID) -> HttpResponse:
    """Take another one into it."""
    try:
        other_id = UUID(request.POST.get("other", ""))
    except ValueError as no:
        raise Http404 from no
    return _act(request, directive_id, partial(actions.merge, other_id=other_id), stay=True)


@for_roles(*OFFICE)
@require_POST
def assign(request: Request, directive_id: UUID) -> HttpResponse:
    """Confirm it with owner, deadline and measure."""
    found = directive_seen_by(request.actor, directive_id)
    form = AssignForm(request.POST, named=named_for(found))
    if not form.is_valid():
        return show_meeting(request, found.meeting_id, opened=str(found.pk), form=form)
    return _act(request, directive_id, partial(actions.assign, given=form.given(clause_of(found))), form=form)


@for_roles(*OFFICE, Role.LEADING_GROUP)
@require_POST
def publish(request: Request, meeting_id: UUID) -> HttpResponse:
    """Publish every confirmed directive of a meeting."""
    try:
        actions.publish(actor=request.actor, meeting_id=meeting_id, at=clock.now())
    except Refusal as no:
        return show_meeting(request, meeting_id, refusal=no)
    return redirect("command:meeting", meeting_id)


def _act(
    request: Request,
    directive_id: UUID,
    act: Callable[..., object],
    *,
    stay: bool = False,
    **bound: forms.Form,
) -> HttpResponse:
    found = directive_seen_by(request.actor, directive_id)
    try:
        act(actor=request.actor, directive_id=directive_id, at=clock.now())
    except Refusal as no:
        return show_meeting(request, found.meeting_id, opened=str(directive_id), refusal=no, **bound)
    return _to(found, directive_id if stay else _next_waiting(found))


def _to(found: Directive, opened: UUID | None) -> HttpResponse:
    query = f"?open={opened}#d-{opened}" if opened else ""
    return redirect(reverse("command:meeting", args=[found.meeting_id]) + query)


def _next_waiting(done: Directive) -> UUID | None:
    rows = done.meeting.directives.filter(state=Directive.State.PROPOSED).order_by("number", "part")
    after = rows.filter(number__gte=done.number).exclude(pk=done.pk).first() or rows.first()
    return after.pk if after else None
