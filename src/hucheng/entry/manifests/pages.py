"""Sending a passenger list in, mending its rows, taking the rest back."""

import csv
import io
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.core.uploads import bytes_of
from hucheng.engines.papers.sheets import plain_text
from hucheng.entry.flights.pages import show_desk
from hucheng.entry.flights.queries import flight_seen_by
from hucheng.entry.manifests import queries
from hucheng.entry.manifests.actions import mend_row, receive_manifest, set_aside
from hucheng.entry.manifests.forms import MendForm
from hucheng.people.door import PersonRecord

SENDERS = (Role.ENTRY, Role.COMMAND_OFFICE)
_NO_FILE = Refusal(
    "no_file", why=_("No file was chosen."), do=_("Choose a PAXLST message, a CSV file or a workbook of up to 20 MB.")
)


@for_roles(*SENDERS)
@require_POST
def upload(request: Request, flight_id: UUID) -> HttpResponse:
    """Take a file for a flight; what could not be read is listed on the desk."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise _NO_FILE
        data = bytes_of(file)
        receive_manifest(actor=request.actor, flight_id=flight_id, name=file.name or "-", data=data, at=clock.now())
    except Refusal as no:
        return show_desk(request, flight_id, refusal=no)
    return redirect("entry:flight", flight_id)


@for_roles(*SENDERS)
@require_POST
def mend(request: Request, flight_id: UUID, row_id: UUID) -> HttpResponse:
    """Settle one row: with the data read from the document, or set aside."""
    form = MendForm(request.POST)
    try:
        if "aside" in request.POST:
            set_aside(actor=request.actor, row_id=row_id, at=clock.now())
        elif form.is_valid():
            seat = form.cleaned_data.pop("seat")
            record = PersonRecord(**form.cleaned_data)
            mend_row(actor=request.actor, row_id=row_id, record=record, seat=seat, at=clock.now())
        else:
            text = "; ".join(str(error) for errors in form.errors.values() for error in errors)
            raise Refusal("form_incomplete", why=text, do=_("Correct the fields and save the row again."))
    except Refusal as no:
        return show_desk(request, flight_id, refusal=no)
    return redirect("entry:flight", flight_id)


@for_roles(*SENDERS)
@require_GET
def rows_to_mend(request: Request, flight_id: UUID) -> HttpResponse:
    """The rows that wait for mending, with why and what to do, as CSV."""
    flight = flight_seen_by(request.actor, flight_id)
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["line", "row", "field", "why", "为什么", "remedy", "怎么办"])
    for row in queries.rows_to_mend(request.actor, flight):
        for problem in row.problems:
            why, do = problem["why"], problem["do"]
            cells = [str(row.line), row.raw, problem["field"], why["en"], why["zh"], do["en"], do["zh"]]
            sheet.writerow([plain_text(cell) for cell in cells])
    answer = HttpResponse(("\ufeff" + out.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{flight.number}-rows-to-mend.csv"'
    return answer
