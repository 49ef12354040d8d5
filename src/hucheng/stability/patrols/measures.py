"""Whether days of high danger are patrolled."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.stability.fire.queries import season
from hucheng.stability.patrols.queries import PatrolDay, patrol_days


@measure("stability.fire.patrol_on_high_days")
def patrol_on_high_days(actor: Actor, at: datetime) -> Reading:
    """County-days of this season at grade four or five with a proven patrol; today waits until none is still due."""
    today = at.astimezone(SHANGHAI).date()
    high = {(one.station.place, danger.day) for one in season(actor, at) for danger in one.days if danger.high}
    url = reverse("stability:fire")
    if not high:
        return Reading(None, at, rows_url=url)
    done = patrol_days(actor, min(day for _place, day in high), today, at)
    stands = {key: done.get(key, PatrolDay()) for key in high}
    judged = {key: one for key, one in stands.items() if one.proven or key[1] < today or not one.still_due}
    proven = sum(one.proven > 0 for one in judged.values())
    return Reading.share(proven, len(judged), as_of=at, rows_url=url)
