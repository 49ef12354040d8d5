"""Whether anybody is between two hands, and how quick receivers answer."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.entry.flights.models import IN_HAND, Arrival, Custody
from hucheng.entry.handover.models import Handover

HALF_AN_HOUR = timedelta(minutes=30)


@measure("entry.handover.unaccounted")
def unaccounted(actor: Actor, at: datetime) -> Reading:
    """People landed and still in hand without a line of custody, or whose last line tells another hand or place.

    Whoever travelled on, was released or sent back has left every hand; the gate answers for those.
    """
    in_hand = Arrival.objects.seen_by(actor).filter(whereabouts__in=IN_HAND, flight__landed_at__lte=at)
    last = Custody.objects.filter(
        arrival=OuterRef("pk"),
        at=OuterRef("held_since"),
        holder=OuterRef("holder"),
        whereabouts=OuterRef("whereabouts"),
    )
    return Reading.count(in_hand.filter(~Exists(last)).count(), as_of=at, rows_url=reverse("entry:flights"))


@measure("entry.handover.accepted_30min")
def answered_in_half_an_hour(actor: Actor, at: datetime) -> Reading:
    """Handovers answered within half an hour, of those sent at least that long ago."""
    due = Handover.objects.seen_by(actor).filter(sent_at__lte=at - HALF_AN_HOUR)
    quick = due.filter(answered_at__lte=F("sent_at") + HALF_AN_HOUR).count()
    return Reading.share(quick, due.count(), as_of=at, rows_url=reverse("entry:handovers"))
