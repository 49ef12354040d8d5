"""Whether some county answers for everybody."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.people.register.queries import sees_the_city, without_county


@measure("people.register.missing_area")
def missing_area(actor: Actor, at: datetime) -> Reading:
    """People of the register whose county is not known. A county cannot see the queue, so there it is blind."""
    url = reverse("people:register")
    if not sees_the_city(actor):
        return Reading(None, at, rows_url=url)
    return Reading.count(without_county(actor).filter(added_at__lte=at).count(), as_of=at, rows_url=url)
