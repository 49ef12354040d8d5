"""Assigning a flight to rooms with one click, moving in, disinfecting."""

from collections import Counter
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.planning import RoomPlan
from hucheng.quarantine.lodging.actions import Proposal, admit, assign_flight, disinfect, move_room, propose_rooms
from hucheng.quarantine.lodging.board import FACES, Floor, floors_of
from hucheng.quarantine.lodging.forms import MoveForm
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.requisition.pages import MOVERS, show_house


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
        "boards": _boards(request.actor, proposal, done=request.method == "POST" and not refusal),
        "faces": FACES.items(),
        "gap": _gap(proposal.plan),
        "together": _families(proposal),
        "needs": sum(bool(card.needs) for card, _room in rows),
        "rows": sorted(rows, key=lambda row: (row[1].house.code, row[1].number)),
        "left": left,
        "plan": proposal.plan,
        "done": request.method == "POST" and not refusal,
        "refusal": refusal,
    }
    return render(request, "quarantine/plan.html", context, status=422 if refusal else 200)


def _boards(actor: Actor, proposal: Proposal, *, done: bool) -> list[tuple[House, list[Floor]]]:
    """The floors that a plan touches, house by house; what is planned is no plan any more once it is done."""
    planned = Counter(proposal.rooms[placement.room].pk for placement in proposal.plan.placements)
    houses = {proposal.rooms[p.room].house_id: proposal.rooms[p.room].house for p in proposal.plan.placements}
    boards = []
    for house in sorted(houses.values(), key=lambda house: house.code):
        floors = floors_of(actor, house.pk, {} if done else planned)
        touched = [floor for floor in floors if any(planned[cell.room.pk] for cell in floor.cells)]
        boards.append((house, touched))
    return boards


def _gap(plan: RoomPlan) -> float:
    """By how many per cent the plan is above what no plan can go below."""
    return 100.0 * (plan.rooms_used - plan.lower_bound) / plan.lower_bound if plan.lower_bound else 0.0


def _families(proposal: Proposal) -> int:
    """Rooms that two or more of one party share."""
    rooms = Counter((p.room, proposal.waiting[p.guest].card.party) for p in proposal.plan.placements)
    return sum(people > 1 for people in rooms.values())


@for_roles(Role.QUARANTINE, Role.HOUSE)
@require_POST
def move_in(request: Request, house_id: UUID) -> HttpResponse:
    """The people named have moved in."""
    try:
        stays = [UUID(text) for text in request.POST.getlist("stay")]
    except ValueError:
        raise Http404 from None
    try:
        admit(actor=request.actor, stay_ids=stays, at=clock.now())
    except Refusal as no:
        return show_house(request, house_id, refusal=no)
    return redirect("quarantine:house", house_id)


@for_roles(*MOVERS)
@require_POST
def move_guest(request: Request, house_id: UUID) -> HttpResponse:
    """Move one guest to another room; the page then shows the new one."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return show_house(request, house_id, move=request.POST)
    said = form.cleaned_data
    try:
        moved = move_room(
            actor=request.actor, stay_id=said["stay"], room_id=said["room"], why=said["why"], at=clock.now()
        )
    except Refusal as no:
        return show_house(request, house_id, refusal=no)
    return redirect(reverse("quarantine:house", args=[moved.room.house_id]) + f"?room={moved.room.number}#room")


@for_roles(Role.QUARANTINE, Role.HOUSE)
@require_POST
def clean(request: Request, house_id: UUID, room_id: UUID) -> HttpResponse:
    """A room has been disinfected."""
    try:
        disinfect(actor=request.actor, room_id=room_id, at=clock.now())
    except Refusal as no:
        return show_house(request, house_id, refusal=no)
    return redirect("quarantine:house", house_id)
