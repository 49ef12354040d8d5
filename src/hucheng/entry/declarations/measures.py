"""Whether people reach the desk with their declaration done."""

from datetime import datetime

from django.db.models import F
from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.models import Arrival


@measure("entry.declarations.complete_at_desk")
def complete_at_desk(actor: Actor, at: datetime) -> Reading:
    """Passengers whose own declaration was complete when they were first judged; paper at the desk does not count."""
    judged = Arrival.objects.seen_by(actor).filter(kind=Arrival.Kind.PASSENGER, first_triaged_at__lte=at)
    own = judged.filter(
        declarations__means=Declaration.Means.OWN,
        declarations__complete=True,
        declarations__at__lte=F("first_triaged_at"),
    )
    return Reading.share(own.distinct().count(), judged.count(), as_of=at, rows_url=reverse("entry:flights"))
