"""Whether the requests of firms are settled within three working days."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.economy.pairing.queries import settled_in_time


@measure("economy.pairing.requests_3d")
def requests_3d(actor: Actor, at: datetime) -> Reading:
    """Requests settled within three working days, of those due or settled; blind without one."""
    in_time, due = settled_in_time(actor, at)
    return Reading.share(in_time, due, as_of=at, rows_url=reverse("economy:requests"))
