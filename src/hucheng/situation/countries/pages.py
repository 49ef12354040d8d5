"""Files of series, what of them could not be read, and one country with its revisions."""

import csv
import io
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers.sheets import plain_text
from hucheng.situation.countries.actions import import_series
from hucheng.situation.countries.atlas import countries
from hucheng.situation.countries.figures import FORTNIGHT, incidence, new_in, pace, weekly_average
from hucheng.situation.countries.forms import SeriesForm
from hucheng.situation.countries.known import known_at
from hucheng.situation.countries.queries import (
    countries_known,
    faults_of,
    file_seen_by,
    files_seen_by,
    revisions_of,
    series_of,
)

READERS = (Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.ENTRY, Role.MEDICAL)
KEEPERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE)


@for_roles(*READERS)
def series(request: Request) -> HttpResponse:
    """The files taken in and the countries known; keepers send a file here."""
    may_send = request.actor.role in KEEPERS
    form, refusal = SeriesForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and not may_send:
        raise Http404
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        try:
            made = import_series(actor=request.actor, name=file.name, data=file.read(), at=clock.now(), **given)
            return redirect("situation:series_file", made.pk)
        except Refusal as no:
            refusal = no
    if request.method == "GET":
        form = SeriesForm(initial={"published_on": clock.today()})
    known = countries_known(request.actor, clock.now())
    context = {
        "files": files_seen_by(request.actor),
        "known": [(countries()[code], last) for code, last in known.items()],
        "form": form,
        "may_send": may_send,
        "refusal": refusal,
    }
    return render(request, "situation/series.html", context, status=422 if refusal or form.errors else 200)


@for_roles(*READERS)
@require_GET
def series_file(request: Request, file_id: UUID) -> HttpResponse:
    """One file: how many rows were new, revised, here already, or could not be read and why."""
    file = file_seen_by(request.actor, file_id)
    return render(request, "situation/series_file.html", {"file": file, "faults": faults_of(file)[:200]})


@for_roles(*READERS)
@require_GET
def series_faults(request: Request, file_id: UUID) -> HttpResponse:
    """The rows that could not be read, with why and what mends them, as CSV."""
    file = file_seen_by(request.actor, file_id)
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["line", "field", "value", "why", "remedy"])
    for fault in faults_of(file):
        sheet.writerow([str(fault.line), *map(plain_text, (fault.field, fault.value, fault.why, fault.do))])
    answer = HttpResponse(("\ufeff" + out.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="series-rows-to-mend.csv"'
    return answer


@for_roles(*READERS)
@require_GET
def country(request: Request, code: str) -> HttpResponse:
    """One country by day as known now, or at the time `?at=` asks for, with every number that was published anew."""
    found, now = countries().get(code), known_at(request)
    points = series_of(request.actor, [code], now).get(code, []) if found else []
    if found is None or not points:
        raise Http404
    context = {
        "country": found,
        "points": points[::-1],
        "last": points[-1],
        "new_fortnight": new_in(points, FORTNIGHT),
        "incidence": incidence(points, found.population),
        "pace": pace(points),
        "trend": weekly_average(points),
        "revisions": revisions_of(request.actor, code, now),
        "now": now,
    }
    return render(request, "situation/country.html", context)
