"""Assigning a flight to rooms with one click, moving in, disinfecting."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.quarantine.lodging.actions import admit, assign_flight, disinfect, propose_rooms
from hucheng.quarantine.requisition.pages import show_house


@for_roles(Role.QUARANTINE, Role.COMMAND_OFFICE)
def plan(request: Request, flight_id: UUID) -> HttpResponse:
    """The plan of rooms for a flight: looked at first, then taken with one click."""
    now, refusal = clock.now(), None
    if request.method == "POST":
        try:
            proposal = assign_flight(actor=request.actor, flight_id=flight_id, at=now)
        except Refusal as no:
            proposal, refusal = propose_rooms(request.actor, flight_id, now), no
    else:
        proposal = propose_rooms(request.actor, flight_id, now)
    language = get_language() or "zh"
    rows = [(proposal.waiting[p.guest].card, proposal.rooms[p.room]) for p in proposal.plan.placements]
    left = [
        (proposal.waiting[u.guest].card, u.why.in_language(language), u.do.in_language(language))
        for u in proposal.plan.unplaced
    ]
    context = {
        "rows": sorted(rows, key=lambda row: (row[1].house.code, row[1].number)),
        "left": left,
        "plan": proposal.plan,
        "done": request.method == "POST" and not refusal,
        "refusal": refusal,
    }
    return render(request, "quarantine/plan.html", context, status=422 if refusal else 200)


@for_roles(Role.QUARANTINE, Role.HOUSE)
@require_POST
def move_in(request: Request, house_id: UUID) -> HttpResponse:
    """The people named have moved in."""
    stays = [UUID(text) for text in request.POST.getlist("stay")]
    try:
        admit(actor=request.actor, stay_ids=stays, at=clock.now())
    except Refusal as no:
        return show_house(request, house_id, refusal=no)
    return redirect("quarantine:house", house_id)


@for_roles(Role.QUARANTINE, Role.HOUSE)
@require_POST
def clean(request: Request, house_id: UUID, room_id: UUID) -> HttpResponse:
    """A room has been disinfected."""
    try:
        disinfect(actor=request.actor, room_id=room_id, at=clock.now())
    except Refusal as no:
        return show_house(request, house_id, refusal=no)
    return redirect("quarantine:house", house_id)
