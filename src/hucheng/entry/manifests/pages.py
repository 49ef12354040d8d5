"""Sending a passenger list in, mending its rows, taking the rest back."""

import csv
import io
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.core.uploads import bytes_of
from hucheng.engines.manifests.columns import template
from hucheng.engines.papers.sheets import plain_text
from hucheng.entry.flights.pages import show_desk
from hucheng.entry.flights.queries import flight_seen_by
from hucheng.entry.manifests import queries
from hucheng.entry.manifests.actions import mend_row, receive_manifest, set_aside, settle_columns
from hucheng.entry.manifests.forms import MendForm
from hucheng.people.door import PersonRecord

SENDERS = (Role.ENTRY, Role.COMMAND_OFFICE)
_NO_FILE = Refusal(
    "no_file", why=_("No file was chosen."), do=_("Choose a PAXLST message, a CSV file or a workbook of up to 20 MB.")
)


@for_roles(*SENDERS)
@require_POST
def upload(request: Request, flight_id: UUID) -> HttpResponse:
    """Take a file for a flight; what could not be read is listed on the desk, columns not understood are shown."""
    file, data = request.FILES.get("file"), b""
    try:
        if file is None:
            raise _NO_FILE
        data = bytes_of(file)
        receive_manifest(actor=request.actor, flight_id=flight_id, name=file.name or "-", data=data, at=clock.now())
    except Refusal as no:
        if no.code in ("manifest_unknown_columns", "columns_to_confirm"):
            return _show_columns(request, flight_id, data=data, refusal=no)
        return show_desk(request, flight_id, refusal=no)
    return redirect("entry:flight", flight_id)


@for_roles(*SENDERS)
def columns(request: Request, flight_id: UUID) -> HttpResponse:
    """The columns of the airline's sheets; what a person settles is remembered, and a file sent with it is read so."""
    if request.method != "POST":
        return _show_columns(request, flight_id)
    headers, fields = request.POST.getlist("header"), request.POST.getlist("field")
    settled, file, data = dict(zip(headers, fields, strict=False)), request.FILES.get("file"), None
    try:
        data = bytes_of(file) if file else None
        settle_columns(actor=request.actor, flight_id=flight_id, columns=settled, at=clock.now())
        if file and data is not None:
            receive_manifest(actor=request.actor, flight_id=flight_id, name=file.name or "-", data=data, at=clock.now())
    except Refusal as no:
        return _show_columns(request, flight_id, data=data, refusal=no, chosen=settled)
    return redirect("entry:flight", flight_id)


def _show_columns(
    request: Request,
    flight_id: UUID,
    *,
    data: bytes | None = None,
    refusal: Refusal | None = None,
    chosen: dict[str, str] | None = None,
) -> HttpResponse:
    """The page of columns, with what a person had chosen when it was refused."""
    flight = flight_seen_by(request.actor, flight_id)
    found = queries.columns_of(request.actor, flight, clock.now(), data)
    language = get_language() or "zh"
    rows = [
        {"column": one.column, "samples": one.samples, "why": one.why.in_language(language),
         "field": (chosen or {}).get(one.column, one.field)}
        for one in found.shown
    ]  # fmt: skip
    kept = [{"column": header, "samples": (), "why": "", "field": field} for header, field in (chosen or {}).items()]
    context = {
        "flight": flight,
        "source": found.source,
        "settled": found.settled,
        "rows": rows or kept,
        "fields": [(one.field, one.zh if language.startswith("zh") else one.en) for one in template()[:-1]],
        "refusal": refusal,
    }
    return render(request, "entry/columns.html", context, status=422 if refusal else 200)


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
