"""Lists that go from hand to hand: send, answer, print, take as a workbook."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.design.tables import export_asked
from hucheng.core.documents import document
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers import handover_xlsx
from hucheng.entry.handover.actions import answer_handover
from hucheng.entry.handover.models import Handover, HandoverLine
from hucheng.entry.handover.papers import handover_form
from hucheng.entry.handover.queries import handover_of, handovers_of, standing_of
from hucheng.entry.handover.tables import handovers_table

HANDS = (Role.ENTRY, Role.MEDICAL, Role.QUARANTINE, Role.COUNTY, Role.RECEIVER, Role.COMMAND_OFFICE)


@for_roles(*HANDS)
@require_GET
def handovers(request: Request) -> HttpResponse:
    """Handovers from and to the actor's place, those that wait first."""
    rows = list(handovers_of(request.actor)[:200])
    table = handovers_table(rows)
    if file := export_asked(request, table):
        return file
    waiting = sum(row.answer == Handover.Answer.OPEN for row in rows)
    return render(request, "entry/handovers.html", {"table": table, "waiting": waiting})


@for_roles(*HANDS)
@require_GET
def handover(request: Request, handover_id: UUID) -> HttpResponse:
    """One handover with its people, fit to print; the receiver answers here."""
    return _show(request, handover_id)


@for_roles(*HANDS)
@require_POST
def answer(request: Request, handover_id: UUID) -> HttpResponse:
    """Accept or refuse."""
    accept, why = request.POST.get("answer") == "accept", request.POST.get("why", "").strip()
    on_behalf = request.POST.get("on_behalf", "")
    try:
        answer_handover(
            actor=request.actor, handover_id=handover_id, accept=accept, why=why, on_behalf=on_behalf, at=clock.now()
        )
    except Refusal as no:
        return _show(request, handover_id, refusal=no)
    return redirect("entry:handover", handover_id)


@for_roles(*HANDS)
@require_GET
def workbook(request: Request, handover_id: UUID) -> HttpResponse:
    """The list as XLSX."""
    found = handover_of(request.actor, handover_id)
    rows = [
        {
            _("Seat"): line.arrival.seat,
            _("Name"): line.arrival.person.full_name,
            _("Sex"): line.arrival.person.sex,
            _("Document, last four"): line.arrival.person.document_tail,
            _("Flight"): line.arrival.flight.number,
            _("Needs"): ", ".join(line.arrival.needs),
        }
        for line in _lines(found)
    ]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    reply = HttpResponse(handover_xlsx(rows, title=found.what), content_type=kind)
    reply["Content-Disposition"] = f'attachment; filename="handover-{found.sent_at:%Y%m%d-%H%M}.xlsx"'
    return reply


@for_roles(*HANDS)
@require_GET
def form(request: Request, handover_id: UUID, ending: str) -> HttpResponse:
    """The form for the two signatures, as PDF or Word file."""
    found = handover_of(request.actor, handover_id)
    try:
        paper = handover_form(found, _lines(found))
        return document(paper, name=f"handover-{found.sent_at:%Y%m%d-%H%M}", ending=ending)
    except Refusal as no:
        return _show(request, handover_id, refusal=no)


def _lines(found: Handover) -> list[HandoverLine]:
    return list(found.lines.select_related("arrival__person", "arrival__flight").order_by("arrival__seat"))


def _show(request: Request, handover_id: UUID, refusal: Refusal | None = None) -> HttpResponse:
    found = handover_of(request.actor, handover_id)
    standing = standing_of(request.actor, found)
    context = {"handover": found, "lines": _lines(found), "standing": standing, "refusal": refusal}
    return render(request, "entry/handover.html", context, status=422 if refusal else 200)
