"""The columns of the list of houses."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hucheng.core.design.tables import Column, Table
from hucheng.core.design.templatetags.design import status
from hucheng.quarantine.requisition.queries import HouseLine


def houses_table(lines: list[HouseLine]) -> Table[HouseLine]:
    """Houses with their rooms by state."""
    return Table(
        "houses",
        _("Houses"),
        lines,
        [
            Column(_("House"), of=lambda line: f"{line.house.code} {line.house.name}", show=_name, link=_page),
            Column(_("State"), of=lambda line: line.house.get_state_display(), show=_state),
            Column(_("Papers"), of=lambda line: f"{line.papers} / 4", show=_papers, nowrap=True),
            Column(_("Rooms"), of=lambda line: line.rooms, number=True),
            Column(_("Free"), of=lambda line: line.free, number=True),
            Column(_("Taken"), of=lambda line: line.taken, number=True),
            Column(_("To disinfect"), of=lambda line: line.dirty, number=True),
            Column(_("People"), of=lambda line: line.people, number=True),
            Column(_("Minutes to hospital"), of=lambda line: line.house.minutes_to_hospital, number=True),
        ],
        key=lambda line: line.house.pk,
        empty=(
            _("No house yet"),
            _("Houses are ordered by requisition; each opens once its four papers are in order."),
        ),
    )


def _name(line: HouseLine) -> str:
    return format_html("<b>{}</b> {}", line.house.code, line.house.name)


def _page(line: HouseLine) -> str:
    return reverse("quarantine:house", args=[line.house.pk])


def _state(line: HouseLine) -> str:
    return status("ok" if line.house.state == "active" else "run", line.house.get_state_display())


def _papers(line: HouseLine) -> str:
    words = f"{line.papers} / 4"
    return status("ok", words) if line.papers == 4 else words
