"""Whether what is watched is known."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.situation.origins.queries import watch_list


@measure("situation.countries.series_fresh")
def series_fresh(actor: Actor, at: datetime) -> Reading:
    """Watched countries whose last day ended at most 48 hours ago; a country without a series counts as not fresh."""
    lines = watch_list(actor, at)
    fresh = sum(line.fresh for line in lines)
    return Reading.share(fresh, len(lines), as_of=at, rows_url=reverse("situation:origins"))
