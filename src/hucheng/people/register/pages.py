"""The register: whom no county answers for yet, and how many each county has."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hucheng.core import clock
from hucheng.core.audit.actions import trace_reads
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.people.register.actions import keep_apart, merge, settle_homes, unmerge
from hucheng.people.register.forms import HomeForm, ReasonForm
from hucheng.people.register.queries import (
    MERGES,
    QUEUE,
    doubts_to_compare,
    latest_changes,
    merges,
    open_doubts,
    people_by_county,
    without_county,
)

READERS = (Role.ENTRY, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.COUNTY)
SETTLERS = (Role.ENTRY, Role.COMMAND_OFFICE)


@for_roles(*READERS)
def register(request: Request) -> HttpResponse:
    """The queue without an owner with its act, the pairs to compare, the counties with their people."""
    actor = request.actor
    shown = [person.pk for person in without_county(actor)[:QUEUE]]
    places = [row.county for row in people_by_county(actor)]
    sent, ticked = request.POST if request.method == "POST" else None, request.POST.getlist("people")
    form, refusal = HomeForm(sent, counties=places, people=shown, ticked=ticked), None
    if actor.role in SETTLERS and form.is_valid():
        try:
            settle_homes(actor=actor, homes=form.homes(), why=form.cleaned_data["why"], at=clock.now())
            return redirect("people:register")
        except Refusal as no:
            refusal = no
    return _page(request, form, refusal)


@for_roles(*SETTLERS)
@require_POST
def apart(request: Request, doubt_id: UUID) -> HttpResponse:
    """Answer that two rows are two people; a reason that is missing or too long is asked for again."""
    return _with_reason(request, doubt_id, partial(keep_apart, doubt_id=doubt_id))


@for_roles(*SETTLERS)
@require_POST
def one(request: Request, doubt_id: UUID) -> HttpResponse:
    """Answer that two rows are one person, with the reason."""
    return _with_reason(request, doubt_id, partial(merge, doubt_id=doubt_id))


@for_roles(*SETTLERS)
@require_POST
def take_back(request: Request, merge_id: UUID) -> HttpResponse:
    """Take back that two rows are one person, with the reason."""
    return _with_reason(request, merge_id, partial(unmerge, merge_id=merge_id))


def _with_reason(request: Request, asked_of: UUID, act: Callable[..., object]) -> HttpResponse:
    """Do an act of a person who compared two rows, or show the page with what is wrong beside them."""
    form, refusal = ReasonForm(request.POST), None
    if form.is_valid():
        try:
            act(actor=request.actor, at=clock.now(), **form.cleaned_data)
            return redirect("people:register")
        except Refusal as no:
            refusal = no
    counties = [row.county for row in people_by_county(request.actor)]
    return _page(request, HomeForm(counties=counties), refusal, form, asked_of)


def _page(
    request: Request,
    form: HomeForm,
    refusal: Refusal | None,
    reason_form: ReasonForm | None = None,
    asked_of: UUID | None = None,
) -> HttpResponse:
    """The whole page; whose data it shows is traced."""
    actor, waiting = request.actor, without_county(request.actor)
    shown, doubts = list(waiting[:QUEUE]), doubts_to_compare(actor)
    joined = list(merges(actor).filter(undone_at=None)[:MERGES])
    compared = [(one.doubt.person_id, one.doubt.other_id) for one in doubts]
    pairs = dict.fromkeys(pk for pair in [*compared, *((one.person_id, one.into_id) for one in joined)] for pk in pair)
    for ids, purpose in (([person.pk for person in shown], "county"), (list(pairs), "same person")):
        if ids:
            trace_reads(actor=actor, person_ids=ids, purpose=purpose, at=clock.now())
    context = {
        "waiting": waiting.count(),
        "shown": shown,
        "counties": people_by_county(actor),
        "changes": latest_changes(actor),
        "doubts": doubts,
        "to_compare": open_doubts(actor).count(),
        "form": form,
        "joined": joined,
        "reason_form": reason_form or ReasonForm(),
        "asked_of": asked_of,
        "may_settle": actor.role in SETTLERS,
        "refusal": refusal,
    }
    wrong = form.errors or refusal or (reason_form and reason_form.errors)
    return render(request, "people/register.html", context, status=422 if wrong else 200)
