"""The columns of the roster."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hucheng.command.duty.queries import Day
from hucheng.core.clock import SHANGHAI
from hucheng.core.design.tables import Column, Table
from hucheng.core.design.templatetags.design import status


def roster_table(days: Sequence[Day]) -> Table[Day]:
    """Fourteen days, empty ones among them."""
    return Table(
        "roster",
        _("Fourteen days"),
        days,
        [
            Column(_("Day"), of=lambda d: d.day, show=_day, nowrap=True),
            Column(_("Leader"), of=lambda d: d.shift.leader if d.shift else _("nobody named"), show=_leader),
            Column(_("Deputy"), of=lambda d: d.shift.deputy if d.shift else None),
            Column(_("Handover note"), of=_notes),
        ],
        key=lambda d: d.day,
    )


def _notes(d: Day) -> str | None:
    """Every note of the day; where there are several, each with its time in the city."""
    notes = list(d.shift.notes.all()) if d.shift else []
    if len(notes) < 2:
        return notes[0].words if notes else None
    return "; ".join(f"{note.at.astimezone(SHANGHAI):%m-%d %H:%M} {note.words}" for note in notes)


def _day(d: Day) -> str:
    return f"{d.day:%Y-%m-%d} {date_format(d.day, 'D')}"


def _leader(d: Day) -> str:
    if d.shift is None:
        return status("warn", _("nobody named"))
    return format_html("<b>{}</b> {}", d.shift.leader, status("run", _("today")) if d.today else "")
