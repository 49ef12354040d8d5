"""The columns of the list of handovers, and of the people of one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hucheng.core.design.tables import Column, Table
from hucheng.core.design.templatetags.design import status
from hucheng.entry.handover.models import Handover

ANSWERS = {"accepted": "ok", "refused": "bad"}


def handovers_table(rows: list[Handover]) -> Table[Handover]:
    """Handovers from and to the actor's place."""
    return Table(
        "handovers",
        _("Handovers"),
        rows,
        [
            Column(_("What"), of=lambda row: row.what, link=lambda row: reverse("entry:handover", args=[row.pk])),
            Column(_("From"), of=lambda row: row.sender),
            Column(_("To"), of=lambda row: row.receiver),
            Column(_("People"), of=lambda row: row.people, number=True),  # type: ignore[attr-defined]
            Column(_("Sent"), of=lambda row: row.sent_at, nowrap=True),
            Column(_("Answer"), of=lambda row: row.get_answer_display(), show=_answer),
        ],
        key=lambda row: row.pk,
        empty=(
            _("No handover yet"),
            _("Hospitals, houses and counties receive people here, with a list that both sides sign."),
        ),
    )


def _answer(row: Handover) -> str:
    return status(ANSWERS.get(row.answer, "warn"), row.get_answer_display())
