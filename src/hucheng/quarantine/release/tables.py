"""The columns of the release list, and of the releases made."""

from collections.abc import Collection, Sequence
from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from hucheng.core.design.tables import Column, Table
from hucheng.core.design.templatetags.design import icon, status
from hucheng.quarantine.release.models import Release
from hucheng.quarantine.release.queries import Due


def due_table(rows: Sequence[Due], *, may_release: bool = False, ticked: Collection[UUID] = ()) -> Table[Due]:
    """Everybody inside with each condition of release; whoever may go has a box for those who release."""
    return Table(
        "inside",
        _("Inside"),
        rows,
        [
            Column(_("Room"), of=_room, show=partial(_box, ticked) if may_release else None, nowrap=True),
            Column(_("Name"), of=lambda row: row.stay.arrival.person.full_name),
            Column(_("Days over"), of=lambda row: row.due, nowrap=True),
            Column(_("Conditions"), of=_conditions, show=_conditions_shown),
        ],
        key=lambda row: row.stay.pk,
        person=lambda row: row.stay.arrival.person_id,
        empty=(_("Nobody is inside"), _("People appear here once they have moved in.")),
    )


def releases_table(made: Sequence[Release]) -> Table[Release]:
    """Releases made, newest first."""
    return Table(
        "released",
        _("Released"),
        made,
        [
            Column(_("Name"), of=lambda r: r.arrival.person.full_name),
            Column(_("Released at"), of=lambda r: r.decided_at, nowrap=True),
            Column(_("Bound for"), of=lambda r: r.get_destination_display()),
            Column(_("Certificate"), of=lambda r: str(r.pk)[:8].upper(), show=_certificate),
        ],
        key=lambda r: r.pk,
        person=lambda r: r.arrival.person_id,
        empty=(_("Nobody has been released yet."), _("Whoever meets every condition above can go.")),
    )


def _room(row: Due) -> str:
    return f"{row.stay.room.house.code} {row.stay.room.number}"


def _box(ticked: Collection[UUID], row: Due) -> str:
    if not row.ready:
        return _room(row)
    return format_html(
        '<label class="row"><input type="checkbox" name="stays" value="{}"{}> {}</label>',
        row.stay.pk,
        " checked" if row.stay.pk in ticked else "",
        _room(row),
    )


def _conditions(row: Due) -> str:
    open_ones = [str(condition.word) for condition in row.conditions if not condition.holds]
    return _("open: %(words)s") % {"words": "; ".join(open_ones)} if open_ones else _("all met")


def _conditions_shown(row: Due) -> str:
    return format_html_join(" ", "{}", ((status("ok" if c.holds else "run", str(c.word)),) for c in row.conditions))


def _certificate(r: Release) -> str:
    address = reverse("quarantine:certificate", args=[r.pk])
    return format_html('<a href="{}">{} {}</a>', address, icon("certificate", small=True), _("Certificate"))
