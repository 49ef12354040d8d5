"""The list of flights, and the entry desk of one flight."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.audit.actions import trace_reads
from hucheng.core.design.tables import export_asked
from hucheng.core.design.timelines import Event
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.entry.flights.actions import announce_flight, land
from hucheng.entry.flights.desk import desk_of
from hucheng.entry.flights.forms import AnnounceForm
from hucheng.entry.flights.models import Arrival
from hucheng.entry.flights.queries import arrival_seen_by, flight_seen_by, flights_seen_by
from hucheng.entry.flights.tables import flights_table, travellers_table
from hucheng.entry.manifests.forms import MendForm
from hucheng.entry.triage.actions import triage_flight

READERS = (Role.ENTRY, Role.MEDICAL, Role.LABORATORY, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.QUARANTINE)
ANNOUNCERS = (Role.ENTRY, Role.COMMAND_OFFICE)


@for_roles(*READERS)
def flights(request: Request) -> HttpResponse:
    """The latest flights with their ends; the entry task force announces new ones here."""
    form, refusal = AnnounceForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            port = settings.HUCHENG_PORT
            flight = announce_flight(actor=request.actor, port=port, at=clock.now(), **form.cleaned_data)
            return redirect("entry:flight", flight.pk)
        except Refusal as no:
            refusal = no
    table = flights_table(flights_seen_by(request.actor))
    if file := export_asked(request, table):
        return file
    context = {"table": table, "form": form, "refusal": refusal, "may_announce": request.actor.role in ANNOUNCERS}
    return render(request, "entry/flights.html", context, status=422 if form.errors or refusal else 200)


@for_roles(*READERS)
@require_GET
def flight(request: Request, flight_id: UUID) -> HttpResponse:
    """The entry desk of one flight."""
    return show_desk(request, flight_id)


@for_roles(*READERS)
@require_GET
def arrival(request: Request, arrival_id: UUID) -> HttpResponse:
    """One person's way: triages with reasons, facts, declarations, hands. Opening it leaves a trace."""
    now = clock.now()
    found = arrival_seen_by(request.actor, arrival_id)
    trace_reads(actor=request.actor, person_ids=[found.person_id], purpose="entry desk", at=now)
    context = {
        "arrival": found,
        "triages": found.triages.order_by("-at"),
        "facts": found.facts.order_by("-at"),
        "declarations": found.declarations.order_by("-at"),
        "custody": _hands(found),
        "passes": found.passes.order_by("-issued_at"),
    }
    return render(request, "entry/arrival.html", context)


@for_roles(*ANNOUNCERS)
@require_POST
def record_landing(request: Request, flight_id: UUID) -> HttpResponse:
    """The flight has landed: its clocks start."""
    try:
        land(actor=request.actor, flight_id=flight_id, holder=settings.HUCHENG_DESK, at=clock.now())
    except Refusal as no:
        return show_desk(request, flight_id, refusal=no)
    return redirect("entry:flight", flight_id)


@for_roles(Role.ENTRY, Role.MEDICAL)
@require_POST
def judge(request: Request, flight_id: UUID) -> HttpResponse:
    """Judge everybody of the flight."""
    try:
        triage_flight(actor=request.actor, flight_id=flight_id, because="screening", at=clock.now())
    except Refusal as no:
        return show_desk(request, flight_id, refusal=no)
    return redirect("entry:flight", flight_id)


def _hands(found: Arrival) -> list[Event]:
    """From hand to hand, the last where the person is now."""
    rows = list(found.custody.order_by("at", "step"))
    return [Event(row.at, row.get_whereabouts_display(), by=row.holder, now=row is rows[-1]) for row in rows]


def show_desk(request: Request, flight_id: UUID, refusal: Refusal | None = None) -> HttpResponse:
    """The desk, with a refusal on top when an act was refused."""
    now = clock.now()
    desk = desk_of(request.actor, flight_seen_by(request.actor, flight_id), now)
    table = travellers_table(desk, request.actor)
    if file := export_asked(request, table):
        return file
    context = {
        "desk": desk,
        "table": table,
        "refusal": refusal,
        "mend_fields": [(name, field.label) for name, field in MendForm.base_fields.items()],
    }
    return render(request, "entry/flight.html", context, status=422 if refusal else 200)
