"""Sending a list in, what came of it, the template, the rows to mend."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers import handover_xlsx
from hucheng.schools.readiness.pages import XLSX
from hucheng.schools.sheets.actions import receive_sheet
from hucheng.schools.sheets.columns import COLUMNS
from hucheng.schools.sheets.models import SheetReceipt
from hucheng.schools.sheets.queries import faults_said, receipt_seen_by, receipts, rows_to_mend, template_rows

SENDERS = (Role.SCHOOL, Role.COUNTY, Role.DEPARTMENT)
_NO_FILE = Refusal("no_file", why=_("No file was chosen."), do=_("Choose a workbook or a CSV file of up to 20 MB."))


@for_roles(*SENDERS)
@require_http_methods(["GET", "POST"])
def sheets(request: Request) -> HttpResponse:
    """Lists taken in before, and the way to send one."""
    refusal = None
    if request.method == "POST":
        file, kind = request.FILES.get("file"), request.POST.get("kind", "")
        try:
            if file is None or kind not in SheetReceipt.Kind.values:
                raise _NO_FILE
            done = receive_sheet(
                actor=request.actor,
                kind=SheetReceipt.Kind(kind),
                name=file.name or "-",
                data=file.read(),
                at=clock.now(),
            )
            return redirect("schools:sheet", done.pk)
        except Refusal as no:
            refusal = no
    context = {"rows": receipts(request.actor)[:50], "kinds": _kinds(request), "refusal": refusal}
    return render(request, "schools/sheets.html", context, status=422 if refusal else 200)


@for_roles(*SENDERS)
@require_GET
def sheet(request: Request, receipt_id: UUID) -> HttpResponse:
    """What came of one list, row by row where it could not be taken."""
    receipt = receipt_seen_by(request.actor, receipt_id)
    faults = faults_said(receipt)
    context = {"receipt": receipt, "faults": faults[:500]}
    return render(request, "schools/sheet.html", context)


@for_roles(*SENDERS)
@require_GET
def to_mend(request: Request, receipt_id: UUID) -> HttpResponse:
    """The rows that could not be taken, to be mended and sent again."""
    receipt = receipt_seen_by(request.actor, receipt_id)
    return _workbook(rows_to_mend(receipt), _g("Rows to mend"), f"rows-to-mend-{receipt.kind}")


@for_roles(*SENDERS)
@require_GET
def template(request: Request, kind: str) -> HttpResponse:
    """The list as it stands, to be filled in or corrected."""
    if kind not in COLUMNS or kind not in dict(_kinds(request)):
        raise Http404
    rows = template_rows(request.actor, kind, clock.now())
    return _workbook(rows, dict(SheetReceipt.Kind.choices)[kind], kind)


def _kinds(request: Request) -> list[tuple[str, object]]:
    may_enter = request.actor.role != Role.SCHOOL
    return [choice for choice in SheetReceipt.Kind.choices if may_enter or choice[0] != SheetReceipt.Kind.SCHOOLS]


def _workbook(rows: list[dict[str, str]], title: object, name: str) -> HttpResponse:
    reply = HttpResponse(handover_xlsx(rows, title=str(title)), content_type=XLSX)
    reply["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return reply
