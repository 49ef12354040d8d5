"""The register: whom no county answers for yet, and how many each county has."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from hucheng.core import clock
from hucheng.core.audit.actions import trace_reads
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.people.register.actions import settle_homes
from hucheng.people.register.forms import HomeForm
from hucheng.people.register.queries import QUEUE, latest_changes, people_by_county, without_county

READERS = (Role.ENTRY, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.COUNTY)
SETTLERS = (Role.ENTRY, Role.COMMAND_OFFICE)


@for_roles(*READERS)
def register(request: Request) -> HttpResponse:
    """The queue without an owner with its act, the counties with their people."""
    actor, may_settle = request.actor, request.actor.role in SETTLERS
    waiting, counties = without_county(actor), people_by_county(actor)
    shown = list(waiting[:QUEUE])
    places, ids = [row.county for row in counties], [person.pk for person in shown]
    sent, ticked = request.POST if request.method == "POST" else None, request.POST.getlist("people")
    form, refusal = HomeForm(sent, counties=places, people=ids, ticked=ticked), None
    if may_settle and form.is_valid():
        try:
            why = form.cleaned_data["why"]
            settle_homes(actor=actor, homes=form.homes(), why=why, at=clock.now())
            return redirect("people:register")
        except Refusal as no:
            refusal = no
    if shown:
        trace_reads(actor=actor, person_ids=ids, purpose="county", at=clock.now())
    context = {
        "waiting": waiting.count(),
        "shown": shown,
        "counties": counties,
        "changes": latest_changes(actor),
        "form": form,
        "may_settle": may_settle,
        "refusal": refusal,
    }
    return render(request, "people/register.html", context, status=422 if form.errors or refusal else 200)
