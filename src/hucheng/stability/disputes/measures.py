"""Whether disputes are met early and settled out of court."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.stability.disputes.models import Dispute
from hucheng.stability.disputes.queries import LONG, contact_due


@measure("stability.disputes.over_30_days")
def over_30_days(actor: Actor, at: datetime) -> Reading:
    """Disputes open for more than thirty days; blind while none was ever filed."""
    rows = Dispute.objects.seen_by(actor).filter(filed_at__lte=at)
    url = reverse("stability:disputes")
    if not rows.exists():
        return Reading(None, at, rows_url=url)
    still = rows.exclude(settled_at__lte=at)
    return Reading.count(still.filter(filed_at__lt=at - LONG).count(), as_of=at, rows_url=url)


@measure("stability.disputes.first_contact_2d")
def first_contact_2d(actor: Actor, at: datetime) -> Reading:
    """Disputes in which both sides were reached within two working days; one within its time is not due."""
    in_time = due = 0
    rows = Dispute.objects.seen_by(actor).filter(filed_at__lte=at)
    for filed, contacted in rows.values_list("filed_at", "contacted_at"):
        until = contact_due(filed)
        reached = contacted if contacted and contacted <= at else None
        due += reached is not None or at > until
        in_time += reached is not None and reached <= until
    return Reading.share(in_time, due, as_of=at, rows_url=reverse("stability:disputes"))


@measure("stability.disputes.settled_without_court")
def settled_without_court(actor: Actor, at: datetime) -> Reading:
    """Settled disputes that needed no court."""
    closed = Dispute.objects.seen_by(actor).filter(settled_at__lte=at)
    without = closed.exclude(settled=Dispute.Settled.COURT).count()
    return Reading.share(without, closed.count(), as_of=at, rows_url=reverse("stability:disputes"))
