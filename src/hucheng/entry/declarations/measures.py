"""Whether people reach the desk with their declaration done."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.models import Arrival


@measure("entry.declarations.complete_at_desk")
def complete_at_desk(actor: Actor, at: datetime) -> Reading:
    """Passengers judged whose own declaration was complete; paper entered at the desk does not count."""
    judged = Arrival.objects.seen_by(actor).filter(kind=Arrival.Kind.PASSENGER, first_triaged_at__lte=at)
    own = judged.filter(declarations__means=Declaration.Means.OWN, declarations__complete=True).distinct().count()
    return Reading.share(own, judged.count(), as_of=at, rows_url=reverse("entry:flights"))
