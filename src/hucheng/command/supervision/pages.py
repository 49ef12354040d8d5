"""What is late or blind, by unit; notes and their answers."""

from collections import Counter
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.command.measures.standing import Standing
from hucheng.command.supervision.actions import answer_note, send_note
from hucheng.command.supervision.papers import letter_to
from hucheng.command.supervision.queries import Supervision, supervision_of, units_to_ask
from hucheng.command.tasks.tables import needy_table
from hucheng.core import clock
from hucheng.core.design.maps import CountyTile
from hucheng.core.design.tables import export_asked
from hucheng.core.documents import document
from hucheng.core.jobs.queries import failed_today
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

READERS = (Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.COUNTY)
SENDERS = (Role.COMMAND_OFFICE, Role.LEADING_GROUP)
ANSWERERS = (Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY)


@for_roles(*READERS)
@require_GET
def supervision(request: Request) -> HttpResponse:
    """Tasks that need a hand by unit, and the notes."""
    return _show(request)


@for_roles(*SENDERS)
@require_POST
def send(request: Request) -> HttpResponse:
    """Send a note to a unit."""
    about = request.POST.get("about", "")[:2000]
    try:
        send_note(actor=request.actor, unit=request.POST.get("unit", ""), about=about, at=clock.now())
    except Refusal as no:
        return _show(request, no)
    return redirect("command:supervision")


@for_roles(*ANSWERERS)
@require_POST
def answer(request: Request, note_id: UUID) -> HttpResponse:
    """Answer a note."""
    words = request.POST.get("answer", "")[:2000]
    try:
        answer_note(actor=request.actor, note_id=note_id, answer=words, at=clock.now())
    except Refusal as no:
        return _show(request, no)
    return redirect("command:supervision")


@for_roles(*SENDERS)
@require_GET
def letter(request: Request, unit: str, ending: str) -> HttpResponse:
    """The letter to a unit about its tasks that need a hand, as PDF or Word file."""
    now = clock.now()
    try:
        return document(letter_to(request.actor, unit, now), name=f"letter-{unit}-{now:%Y%m%d}", ending=ending)
    except Refusal as no:
        return _show(request, no)


def _show(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    found = supervision_of(request.actor, clock.now())
    table = needy_table(line for unit in found.units for line in unit.lines)
    if file := export_asked(request, table):
        return file
    context = {
        "supervision": found,
        "table": table,
        "tiles": _tiles(request.actor, found),
        "units": units_to_ask(request.actor),
        "may_send": request.actor.role in SENDERS,
        "failed": failed_today(clock.now()) if request.actor.role in SENDERS else [],
        "may_answer": request.actor.role in ANSWERERS,
        "refusal": refusal,
    }
    return render(request, "command/supervision.html", context, status=422 if refusal else 200)


def _tiles(actor: Actor, found: Supervision) -> list[CountyTile]:
    """The counties in sight with how many of their tasks need a hand, each by the worst of them."""
    worst: dict[str, Standing] = {}
    counts: Counter[str] = Counter()
    for line in (line for unit in found.units for line in unit.lines):
        counts[line.task.place] += 1
        worst[line.task.place] = min(line.standing, worst.get(line.task.place, line.standing))
    shown = [place for place in counties_of(actor.place) if place.code != actor.place]
    return [
        CountyTile(
            place.code,
            place.name,
            str(counts[place.code]),
            kind=worst[place.code].kind if place.code in worst else "ok",
            word=worst[place.code].word if place.code in worst else _("in time"),
        )
        for place in shown
    ]
