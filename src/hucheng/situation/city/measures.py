"""How long the city has been free of cases of its own."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.situation.city.queries import local_cases


@measure("situation.city.days_since_local_case")
def days_since_local_case(actor: Actor, at: datetime) -> Reading:
    """Days since the last local case; blind while its day is not known or the last report is over 48 h old."""
    since = local_cases(actor, at).days_since
    url = reverse("situation:city")
    return Reading(None, at, rows_url=url) if since is None else Reading.count(since, as_of=at, rows_url=url)
