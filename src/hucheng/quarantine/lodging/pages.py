"""Assigning a flight to rooms with one click, moving in, closing a floor, disinfecting."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
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
from hucheng.engines.planning import Conflict, RoomPlan
from hucheng.engines.words.bilingual import Bilingual
from hucheng.quarantine.lodging.actions import admit, assign_flight, close_floor, disinfect, move_room, reopen_floor
from hucheng.quarantine.lodging.board import FACES, Floor, floors_of
from hucheng.quarantine.lodging.forms import ClosingForm, FloorForm, MoveForm
from hucheng.quarantine.lodging.proposals import Moves, Proposal, propose_moves, propose_rooms
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.requisition.pages import MOVERS, show_house
from hucheng.quarantine.requisition.queries import house_seen_by


@for_roles(Role.QUARANTINE, Role.COMMAND_OFFICE)
def plan(request: Request, flight_id: UUID) -> HttpResponse:
    """The plan of rooms for a flight: looked at first, then taken with one click."""
    now, refusal, proposal, done = clock.now(), None, None, False
    try:
        if request.method == "POST":
            proposal, done = assign_flight(actor=request.actor, flight_id=flight_id, at=now), True
        else:
            proposal = propose_rooms(request.actor, flight_id, now)
    except Refusal as no:
        refusal = no
    if refusal and refusal.code == "role_may_not":
        proposal = propose_rooms(request.actor, flight_id, now)
    context = _shown(request.actor, proposal, done=done) if proposal else {}
    context |= {"faces": FACES.items(), "done": done, "refusal": refusal}
    return render(request, "quarantine/plan.html", context, status=422 if refusal else 200)


def _shown(actor: Actor, proposal: Proposal, *, done: bool) -> dict[str, Any]:
    """What the page says of a plan: who goes where and why, who goes nowhere and why, what would help."""
    language, plan = get_language() or "zh", proposal.plan
    rows = [
        (
            proposal.waiting[one.guest].card,
            proposal.rooms[one.room],
            _joined(plan.grounds[one.guest], language),
        )
        for one in plan.placements
    ]
    left = [
        (proposal.waiting[one.guest].card, one.why.in_language(language), one.do.in_language(language))
        for one in plan.unplaced
    ]
    return {
        "boards": _boards(actor, proposal, done=done),
        "gap": _gap(plan),
        "together": _families(proposal),
        "needs": sum(bool(card.needs) for card, _room, _why in rows),
        "rows": sorted(rows, key=lambda row: (row[1].house.code, row[1].number)),
        "left": left,
        "reasons": _by_reason((f"{card.name} ({card.seat})" if card.seat else card.name, *why) for card, *why in left),
        "conflict": _conflict_in(plan.conflict, language),
        "outlook": proposal.outlook,
        "plan": plan,
    }


def _by_reason(left: Iterable[tuple[str, ...]]) -> list[tuple[str, str, list[str]]]:
    """Why people have no room, what to do, and their names: the same is said once, the most names first."""
    named: dict[tuple[str, str], list[str]] = {}
    for name, why, do in left:
        named.setdefault((why, do), []).append(name)
    return sorted(((*said, names) for said, names in named.items()), key=lambda one: -len(one[2]))


def _joined(words: Sequence[Bilingual], language: str) -> str:
    """The grounds of a room as one line."""
    return ("；" if language.startswith("zh") else ". ").join(word.in_language(language) for word in words)


def _conflict_in(conflict: Conflict | None, language: str) -> dict[str, Any] | None:
    """The rules in conflict and the ways out, in one language; each says itself whether it needs an approval."""
    if conflict is None:
        return None
    ways = [way.words.in_language(language) for way in conflict.relaxations]
    return {"words": conflict.words.in_language(language), "ways": ways}


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


@for_roles(*MOVERS)
def floor_closing(request: Request, house_id: UUID) -> HttpResponse:
    """A floor goes out of use: who would move where is looked at first, then done with the reason given."""
    floor = _floor(request)
    house, now, refusal, moves, done = house_seen_by(request.actor, house_id), clock.now(), None, None, False
    form = ClosingForm(request.POST if request.method == "POST" else None, auto_id="closing_%s")
    try:
        if form.is_valid():
            moves, done = (
                close_floor(actor=request.actor, house_id=house_id, floor=floor, at=now, **form.cleaned_data),
                True,
            )
        else:
            moves = propose_moves(request.actor, house_id, floor, now)
    except Refusal as no:
        refusal = no
    context: dict[str, Any] = {"house": house, "floor": floor, "done": done, "refusal": refusal, "form": form}
    context |= _moves_shown(moves) if moves else {}
    return render(request, "quarantine/closing.html", context, status=422 if refusal or form.errors else 200)


def _floor(request: Request) -> int:
    """The floor that the address or the form speaks of. Raises Http404 for text that is no floor."""
    form = FloorForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        raise Http404
    floor: int = form.cleaned_data["floor"]
    return floor


def _moves_shown(moves: Moves) -> dict[str, Any]:
    language, plan = get_language() or "zh", moves.plan
    rows = [
        (
            moves.stays[one.guest],
            moves.rooms[one.room],
            _joined(plan.grounds[one.guest], language),
        )
        for one in plan.placements
    ]
    left = [
        (moves.stays[one.guest], one.why.in_language(language), one.do.in_language(language)) for one in plan.unplaced
    ]
    return {
        "rows": sorted(rows, key=lambda row: (row[0].room.number, row[1].number)),
        "left": left,
        "reasons": _by_reason((f"{stay.arrival.person.full_name} ({stay.room.number})", *why) for stay, *why in left),
        "conflict": _conflict_in(plan.conflict, language),
        "elsewhere": sum(room.house_id != stay.room.house_id for stay, room, _why in rows),
        "shown": True,
    }


@for_roles(*MOVERS)
@require_POST
def floor_opening(request: Request, house_id: UUID) -> HttpResponse:
    """A floor is put in use again: its rooms wait for disinfection."""
    try:
        reopen_floor(actor=request.actor, house_id=house_id, floor=_floor(request), at=clock.now())
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
