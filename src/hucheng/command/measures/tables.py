"""The columns of the list of measures."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hucheng.command.measures.queries import MeasureLine
from hucheng.core.design.spoken import spoken_number
from hucheng.core.design.tables import Column, Table
from hucheng.core.design.templatetags.design import status


def measures_table(lines: Sequence[MeasureLine]) -> Table[MeasureLine]:
    """Every measure with what it says now."""
    return Table(
        "measures",
        _("Measures"),
        lines,
        [
            Column(_("Measure"), of=lambda line: line.measure.name, show=_name),
            Column(_("What it counts"), of=lambda line: line.measure.sentence),
            Column(_("Now"), of=_now, show=_now_shown, number=True, nowrap=True),
            Column(_("Unit of the number"), of=lambda line: line.measure.unit_name),
            Column(_("Target"), of=lambda line: line.measure.target, number=True),
            Column(_("State"), of=lambda line: line.standing.word, show=lambda line: status(line.standing.kind)),
        ],
        key=lambda line: line.measure.id,
    )


def measure_page(line: MeasureLine) -> str:
    """The page of one measure."""
    return reverse("command:measure", args=[line.measure.id])


def _name(line: MeasureLine) -> str:
    pattern = '<a href="{}">{}</a><br><span class="q t12 mono">{}</span>'
    return format_html(pattern, measure_page(line), line.measure.name, line.measure.id)


def _now(line: MeasureLine) -> float | None:
    return line.reading.value if line.reading else None


def _now_shown(line: MeasureLine) -> str:
    if line.reading is None or not line.reading.rows_url:
        return spoken_number(_now(line))
    return format_html('<a href="{}">{}</a>', line.reading.rows_url, spoken_number(line.reading.value))
