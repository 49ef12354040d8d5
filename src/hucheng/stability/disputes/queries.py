"""Open disputes by age, and what was settled."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.stability.disputes.models import Dispute

LONG = timedelta(days=30)
CONTACT_DAYS = 2


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """An open dispute with its age and the end of the time for the first contact."""

    dispute: Dispute
    days: int
    contact_due: datetime

    @property
    def long(self) -> bool:
        """Whether it is open for more than thirty days."""
        return self.days > LONG.days


def contact_due(filed_at: datetime) -> datetime:
    """The end of the second working day after the filing; Saturday and Sunday are none."""
    day, left = filed_at.astimezone(SHANGHAI), CONTACT_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day.replace(hour=23, minute=59, second=59, microsecond=999999)


def open_disputes(actor: Actor, at: datetime) -> list[OpenDispute]:
    """Open disputes, the oldest first."""
    rows = Dispute.objects.seen_by(actor).filter(settled_at=None, filed_at__lte=at).select_related("repeats")
    return [OpenDispute(row, (at - row.filed_at).days, contact_due(row.filed_at)) for row in rows.order_by("filed_at")]


def settled_disputes(actor: Actor) -> "QuerySet[Dispute]":
    """What was settled, newest first."""
    return Dispute.objects.seen_by(actor).exclude(settled_at=None).order_by("-settled_at")
