"""Trips of today, the plan for a flight, one trip for the escort's phone, its list for the printer."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.quarantine.fleet.rules import ROAD_MINUTES
from hucheng.quarantine.transport import actions
from hucheng.quarantine.transport.forms import PlanForm
from hucheng.quarantine.transport.models import Trip
from hucheng.quarantine.transport.planning import propose_trips
from hucheng.quarantine.transport.queries import (
    flight_of_trips,
    rides_of,
    trip_seen_by,
    trips_of_day,
    trips_of_flight,
)

READERS = (Role.QUARANTINE, Role.ENTRY, Role.MEDICAL, Role.HOUSE, Role.COMMAND_OFFICE, Role.LEADING_GROUP)
ESCORTS = (Role.QUARANTINE, Role.ENTRY)
PLANNERS = (Role.QUARANTINE, Role.ENTRY, Role.MEDICAL, Role.COMMAND_OFFICE)
HANDS = (Role.QUARANTINE, Role.ENTRY, Role.MEDICAL, Role.HOUSE)
SOON = timedelta(minutes=20)
State = Trip.State


@for_roles(*READERS)
@require_GET
def trips(request: Request) -> HttpResponse:
    """Trips of today and older ones still open."""
    now = clock.now()
    lines = trips_of_day(request.actor, clock.today(), now)
    context = {
        "lines": lines,
        "aboard": sum(line.aboard for line in lines),
        "missing": sum(line.missing for line in lines),
        "stuck": sum(line.stuck for line in lines),
        "may_keep": request.actor.role in ESCORTS,
    }
    return render(request, "quarantine/trips.html", context)


@for_roles(*PLANNERS)
def plan(request: Request, flight_id: UUID) -> HttpResponse:
    """Plan the trips of a flight with one act; publish them; see them all."""
    flight, refusal = flight_of_trips(request.actor, flight_id), None
    form = PlanForm(request.POST or None, initial={"leaves": clock.now() + SOON})
    if request.method == "POST":
        try:
            if "publish" in request.POST:
                actions.publish_trips(actor=request.actor, flight_id=flight_id, at=clock.now())
                return redirect("quarantine:trip_plan", flight_id)
            if form.is_valid():
                actions.plan_trips(actor=request.actor, flight_id=flight_id, at=clock.now(), **form.cleaned_data)
                return redirect("quarantine:trip_plan", flight_id)
        except Refusal as no:
            refusal = no
    now = clock.now()
    lines = trips_of_flight(request.actor, flight_id, now)
    proposal = propose_trips(request.actor, flight_id, leaves=now + SOON, minutes=ROAD_MINUTES)
    context = {
        "flight": flight,
        "lines": lines,
        "proposal": proposal,
        "planned": sum(line.trip.state == State.PLANNED for line in lines),
        "form": form,
        "may_plan": request.actor.role in ESCORTS,
        "refusal": refusal,
    }
    wrong = refusal or (form.errors and "publish" not in request.POST)
    return render(request, "quarantine/trip_plan.html", context, status=422 if wrong else 200)


@for_roles(*READERS)
@require_GET
def trip(request: Request, trip_id: UUID) -> HttpResponse:
    """One trip on the escort's phone: count aboard, leave, count off, be accepted."""
    return _show(request, trip_id)


@for_roles(*READERS)
@require_GET
def trip_list(request: Request, trip_id: UUID) -> HttpResponse:
    """Who rides, fit to print."""
    found = trip_seen_by(request.actor, trip_id)
    return render(request, "quarantine/trip_list.html", {"trip": found, "rides": rides_of(found)})


@for_roles(*HANDS)
@require_POST
def step(request: Request, trip_id: UUID, act: str) -> HttpResponse:
    """One step of a trip."""
    people = _named(request)
    why = request.POST.get("why", "")
    steps: dict[str, Callable[[], object]] = {
        "board": lambda: actions.board(actor=request.actor, trip_id=trip_id, arrival_ids=people, at=clock.now()),
        "leave": lambda: actions.depart(actor=request.actor, trip_id=trip_id, at=clock.now()),
        "arrive": lambda: actions.arrive(actor=request.actor, trip_id=trip_id, arrival_ids=people, at=clock.now()),
        "accept": lambda: actions.accept(actor=request.actor, trip_id=trip_id, at=clock.now()),
        "turn-away": lambda: actions.turn_away(actor=request.actor, trip_id=trip_id, why=why, at=clock.now()),
        "back": lambda: actions.bring_back(actor=request.actor, trip_id=trip_id, arrival_ids=people, at=clock.now()),
        "call-off": lambda: actions.call_off(actor=request.actor, trip_id=trip_id, why=why, at=clock.now()),
        "emergency": lambda: actions.declare_emergency(actor=request.actor, trip_id=trip_id, at=clock.now()),
    }
    if act not in steps:
        raise Http404
    try:
        steps[act]()
    except Refusal as no:
        return _show(request, trip_id, refusal=no)
    return redirect(reverse("quarantine:trip", args=[trip_id]))


def _named(request: Request) -> set[UUID]:
    try:
        return {UUID(text) for text in request.POST.getlist("person")}
    except ValueError:
        raise Http404 from None


def _show(request: Request, trip_id: UUID, refusal: Refusal | None = None) -> HttpResponse:
    found = trip_seen_by(request.actor, trip_id)
    rides = rides_of(found)
    context = {
        "trip": found,
        "waiting": [r for r in rides if r.boarded_at is None and r.left_at is None],
        "aboard": [r for r in rides if r.boarded_at and not r.counted_at and r.accepted_at is None and not r.left_at],
        "counted": [r for r in rides if r.counted_at and r.accepted_at is None and not r.left_at],
        "missing": [r for r in rides if r.missing_at and r.accepted_at is None and r.counted_at is None],
        "accepted": [r for r in rides if r.accepted_at],
        "may_escort": request.actor.role in ESCORTS,
        "may_accept": request.actor.role in (Role.HOUSE, Role.QUARANTINE, Role.MEDICAL),
        "refusal": refusal,
    }
    return render(request, "quarantine/trip.html", context, status=422 if refusal else 200)
