"""Whether the key groups find work."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.stability.employment.queries import fresh, groups, households


@measure("stability.employment.key_groups_placed")
def key_groups_placed(actor: Actor, at: datetime) -> Reading:
    """Registered job seekers of the key groups who found work, by the latest counts; stale counts are blind."""
    latest = [line.latest for line in groups(actor, at) if line.latest and fresh(line.latest, at)]
    placed, registered = sum(row.placed for row in latest), sum(row.registered for row in latest)
    return Reading.share(placed, registered, as_of=at, rows_url=reverse("stability:employment"))


@measure("stability.employment.zero_job_households")
def zero_job_households(actor: Actor, at: datetime) -> Reading:
    """Poor households without work, by the latest count; blind without one or when it is stale."""
    row, url = households(actor, at), reverse("stability:employment")
    if row is None or not fresh(row, at):
        return Reading(None, at, rows_url=url)
    return Reading.count(row.without_work, as_of=at, rows_url=url)
