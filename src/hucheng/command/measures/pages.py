"""The list of all measures, and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hucheng.command.measures.queries import MeasureSheet, lines, sheet_of
from hucheng.command.measures.tables import measures_table
from hucheng.core import clock
from hucheng.core.design.charts import Chart, Series
from hucheng.core.design.maps import CountyTile
from hucheng.core.design.spoken import spoken_number, spoken_time
from hucheng.core.design.tables import export_asked
from hucheng.core.measures import MEASURES
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

READERS = (Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY)


@for_roles(*READERS)
@require_GET
def measures(request: Request) -> HttpResponse:
    """Every measure of the catalogue with its sentence; those that no room answers for are blind."""
    rows = lines(request.actor, MEASURES, clock.now())
    table = measures_table(rows)
    if file := export_asked(request, table):
        return file
    blind = sum(row.reading is None for row in rows)
    return render(request, "command/measures.html", {"table": table, "blind": blind})


@for_roles(*READERS)
@require_GET
def measure(request: Request, measure_id: str) -> HttpResponse:
    """One measure: its sentence, what it says now, fourteen days of it, the directives judged by it."""
    sheet = sheet_of(request.actor, measure_id, clock.now())
    context = {"sheet": sheet, "line": sheet.line, "chart": _chart(sheet), "tiles": _tiles(sheet)}
    return render(request, "command/measure.html", context)


def _chart(sheet: MeasureSheet) -> Chart:
    measure, kept = sheet.line.measure, sheet.kept
    known = [row.value for row in kept if row.value is not None]
    sentence = _("No reading is kept yet.")
    if known:
        sentence = _("%(name)s over fourteen days: lowest %(low)s, highest %(high)s, last %(last)s %(unit)s.") % {
            "name": measure.name,
            "low": spoken_number(min(known)),
            "high": spoken_number(max(known)),
            "last": spoken_number(known[-1]),
            "unit": measure.unit_name,
        }
    return Chart(
        sentence,
        [spoken_time(row.at) for row in kept],
        [Series(_("Reading"), [row.value for row in kept])],
        unit=measure.unit_name,
        target=measure.target,
        target_word=_("Target"),
    )


def _tiles(sheet: MeasureSheet) -> list[CountyTile]:
    """A share and a red line hold for each county; the target of a plain number is that of the city alone."""
    judged = sheet.line.measure.better == "zero" or sheet.line.reading and sheet.line.reading.denominator is not None
    return [
        CountyTile(
            county.place.code,
            county.place.name,
            spoken_number(county.reading.value),
            kind=county.standing.kind if judged or county.reading.value is None else "",
            word=county.standing.word if judged or county.reading.value is None else "",
        )
        for county in sheet.counties
    ]
