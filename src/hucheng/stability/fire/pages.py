"""The weather: enter it, send a table, name a gap, start a series."""

import csv
import io
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.fireweather import Moisture
from hucheng.engines.papers.sheets import plain_text
from hucheng.stability.fire.actions import name_gap, receive_sheet, report_weather, start_series
from hucheng.stability.fire.forms import GapForm, StartForm, WeatherForm
from hucheng.stability.fire.queries import file_seen_by, files_seen_by, season, stations_seen_by
from hucheng.stability.forms import READERS, REPORTERS

STARTERS = (Role.DEPARTMENT,)


@for_roles(*READERS)
@require_GET
def weather(request: Request) -> HttpResponse:
    """Every station with its days, and the ways to send more."""
    return _show(request)


@for_roles(*REPORTERS)
@require_POST
def report(request: Request) -> HttpResponse:
    """Enter one observation."""
    form = WeatherForm(request.POST, stations=stations_seen_by(request.actor), auto_id="report_%s")
    if not form.is_valid():
        return _show(request, report_form=form)
    return _act(request, partial(report_weather, observations=[form.observation()]), report_form=form)


@for_roles(*REPORTERS)
@require_POST
def upload(request: Request) -> HttpResponse:
    """Send a table of observations."""
    file = request.FILES.get("file")
    if file is None:
        no = Refusal("no_file", why=_("No file was chosen."), do=_("Choose a CSV file or a workbook."))
        return _show(request, no)
    return _act(request, partial(receive_sheet, name=file.name or "-", data=file.read()))


@for_roles(*REPORTERS)
@require_POST
def gap(request: Request) -> HttpResponse:
    """Name a day that nobody measured."""
    form = GapForm(request.POST, stations=stations_seen_by(request.actor), auto_id="gap_%s")
    if not form.is_valid():
        return _show(request, gap_form=form)
    told = form.cleaned_data
    act = partial(name_gap, station_code=told["station"], day=told["day"], why=told["why"])
    return _act(request, act, gap_form=form)


@for_roles(*STARTERS)
@require_POST
def start(request: Request) -> HttpResponse:
    """Start a series, or start it anew after a gap."""
    form = StartForm(request.POST, stations=stations_seen_by(request.actor), by_id=True, auto_id="start_%s")
    if not form.is_valid():
        return _show(request, start_form=form)
    told = form.cleaned_data
    codes = Moisture(told["ffmc"], told["dmc"], told["dc"])
    act = partial(start_series, station_id=UUID(told["station"]), day=told["day"], why=told["why"], codes=codes)
    return _act(request, act, start_form=form)


@for_roles(*READERS)
@require_GET
def lines_to_mend(request: Request, file_id: UUID) -> HttpResponse:
    """The lines of a file that did not go in, with why and what to do, as CSV: mended, they can be sent again."""
    kept = file_seen_by(request.actor, file_id)
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["line", "row", "why", "为什么", "remedy", "怎么办"])
    for problem in kept.problems:
        told = [problem[name] for name in ("raw", "why_en", "why_zh", "do_en", "do_zh")]
        sheet.writerow([problem["line"], *(plain_text(str(cell)) for cell in told)])
    answer = HttpResponse(("\ufeff" + out.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="weather-lines-to-mend.csv"'
    return answer


def _act(request: Request, act: Callable[..., object], **sent: forms.Form) -> HttpResponse:
    """Do it; refused, the page comes back with the form as it was sent."""
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, no, **sent)
    return redirect("stability:weather")


def _show(request: Request, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    stations = season(request.actor, clock.now())
    known = [one.station for one in stations]
    today = {"day": clock.today()}
    context = {
        "stations": stations,
        "reported": sum(bool(one.days and one.days[-1].day == today["day"] and one.days[-1].grade) for one in stations),
        "blind": [one for one in stations if one.days and one.days[-1].missing],
        "files": files_seen_by(request.actor),
        "may_report": request.actor.role in REPORTERS,
        "may_start": request.actor.role in STARTERS,
        "report_form": WeatherForm(stations=known, initial=today, auto_id="report_%s"),
        "gap_form": GapForm(stations=known, initial=today, auto_id="gap_%s"),
        "start_form": StartForm(stations=known, by_id=True, initial=today, auto_id="start_%s"),
        "refusal": refusal,
        **bound,
    }
    return render(request, "stability/weather.html", context, status=422 if refusal or bound else 200)
