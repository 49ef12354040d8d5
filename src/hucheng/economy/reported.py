"""Daily figures that are reported once and corrected by a further row, in whichever room they stand."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.rows import Row


class Reported(Row):
    """What somebody reported of one day. Append-only: a correction is the next revision, with its reason."""

    day = models.DateField(_("day"))
    revision = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("reason of the correction"), max_length=200, blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["day", "revision"]
        constraints = [
            models.CheckConstraint(condition=Q(revision=0) | ~Q(reason=""), name="%(class)s_correction_says_why")
        ]


R = TypeVar("R", bound=Reported)


def check_day(day: date, at: datetime) -> None:
    """Refuse the report of a day that has not come."""
    if day > at.astimezone(SHANGHAI).date():
        raise Refusal("day_to_come", why=_("That day has not come yet."), do=_("Report days that have begun."))


def following(last: Reported | None, reason: str) -> dict[str, Any]:
    """The revision and reason of the row behind `last`. Refuses a correction that does not say why."""
    if last is None:
        return {"revision": 0, "reason": ""}
    if not reason.strip():
        raise Refusal(
            "correction_without_reason",
            why=_("This day is reported already."),
            do=_("Say why the figures change; the first report stays on record."),
        )
    return {"revision": last.revision + 1, "reason": reason.strip()[:200]}


def latest_by(rows: Iterable[R], key: str) -> dict[Any, R]:
    """The last report of each key: the latest day, and of that day the last correction."""
    found: dict[Any, R] = {}
    for row in rows:
        mine = getattr(row, key)
        if mine not in found or (row.day, row.revision) > (found[mine].day, found[mine].revision):
            found[mine] = row
    return found
