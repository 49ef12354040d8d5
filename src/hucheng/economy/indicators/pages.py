"""One series with its vintages; publishing values, one by one or by the file."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hucheng.core import clock
from hucheng.core.places.queries import place_names
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.economy.indicators import queries
from hucheng.economy.indicators.actions import open_series, publish, receive_values
from hucheng.economy.indicators.forms import FileForm, SeriesForm, ValueForm
from hucheng.economy.indicators.queries import areas_above
from hucheng.economy.indicators.sheets import COLUMNS, write_problems, write_values
from hucheng.economy.indicators.vintages import ValueIn
from hucheng.economy.outlook.pages import READERS, day_asked, show_outlook
from hucheng.economy.tables import SERIES, shipped

KEEPERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_roles(*READERS)
@require_GET
def indicator(request: Request, indicator_id: UUID) -> HttpResponse:
    """Every period of one series as it was known on a day, with the vintages before."""
    on = day_asked(request)
    found = queries.indicator_seen_by(request.actor, indicator_id)
    lines = queries.known_on(request.actor, on, [found])[found.pk]
    context = {
        "indicator": found,
        "lines": lines[::-1],
        "last": lines[-1] if lines else None,
        "revised": sum(bool(line.earlier) for line in lines),
        "trend": [float(line.vintage.value) for line in lines[-36:]],
        "on": on,
        "past": on < clock.today(),
    }
    return render(request, "economy/indicator.html", context)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def series(request: Request) -> HttpResponse:
    """Every series with its definition; keepers open another, or those that are shipped."""
    sent = request.method == "POST"
    if sent and request.actor.role not in KEEPERS:
        raise Http404
    form = SeriesForm(request.POST if sent else None, areas=areas_above(request.actor.place))
    refusal = None
    if sent and ("shipped" in request.POST or form.is_valid()):
        rows = shipped(SERIES) if "shipped" in request.POST else [form.row()]
        try:
            open_series(actor=request.actor, rows=rows, at=clock.now())
            return redirect("economy:series")
        except Refusal as no:
            refusal = no
    context = {
        "series": queries.series_seen_by(request.actor),
        "places": place_names(),
        "form": form,
        "may_keep": request.actor.role in KEEPERS,
        "refusal": refusal,
    }
    return render(request, "economy/series.html", context, status=422 if sent else 200)


@for_roles(*KEEPERS)
@require_POST
def publish_value(request: Request) -> HttpResponse:
    """Publish one value."""
    form = ValueForm(request.POST, series=queries.series_seen_by(request.actor), auto_id="value_%s")
    if not form.is_valid():
        return show_outlook(request, value_form=form)
    try:
        made = publish(actor=request.actor, values=[ValueIn(**form.cleaned_data)], at=clock.now())
    except Refusal as no:
        return show_outlook(request, refusal=no, value_form=form)
    return redirect("economy:indicator", made[0].indicator_id) if made else redirect("economy:outlook")


@for_roles(*KEEPERS)
@require_POST
def send_file(request: Request) -> HttpResponse:
    """Take a file of values; the next page says what became of it."""
    form = FileForm(request.POST, request.FILES, auto_id="file_%s")
    if not form.is_valid():
        return show_outlook(request, file_form=form)
    file = form.cleaned_data["file"]
    try:
        taken = receive_values(actor=request.actor, name=file.name or "-", data=file.read(), at=clock.now())
    except Refusal as no:
        return show_outlook(request, refusal=no)
    return redirect("economy:upload", taken.pk)


@for_roles(*KEEPERS)
@require_GET
def upload(request: Request, upload_id: UUID) -> HttpResponse:
    """What became of a file: rows taken, known already, and those to mend."""
    found = queries.upload_seen_by(request.actor, upload_id)
    return render(
        request,
        "economy/upload.html",
        {"upload": found, "problems": queries.problems_of(found), "file_form": FileForm(auto_id="file_%s")},
    )


@for_roles(*KEEPERS)
@require_GET
def rows_to_mend(request: Request, upload_id: UUID) -> HttpResponse:
    """The rows that were not taken, to mend and to send again."""
    found = queries.upload_seen_by(request.actor, upload_id)
    return _file(write_problems(found.problems), "text/csv; charset=utf-8", "values-to-mend.csv")


@for_roles(*READERS)
@require_GET
def vintages_xlsx(request: Request) -> HttpResponse:
    """Every vintage as a workbook that can be sent in again."""
    rows = [
        (v.indicator.code, v.period_label, v.value, v.published_on, v.reason, v.source)
        for v in queries.all_vintages(request.actor)
    ]
    return _file(write_values(rows, COLUMNS, "values"), SHEET, f"indicators-{date_text(clock.today())}.xlsx")


def date_text(day: date) -> str:
    """A day in the name of a file."""
    return day.strftime("%Y%m%d")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
