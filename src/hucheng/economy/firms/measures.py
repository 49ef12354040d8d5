"""Firms resumed and workers back."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.economy.firms.queries import fresh_reports, sums_of


@measure("economy.firms.resumed")
def resumed(actor: Actor, at: datetime) -> Reading:
    """Firms above size that work again, by the last report of each county; blind without one of the last week."""
    sums = sums_of(fresh_reports(actor, at).values())
    return Reading.share(sums.resumed, sums.above_size, as_of=at, rows_url=reverse("economy:firms"))


@measure("economy.firms.workers_back")
def workers_back(actor: Actor, at: datetime) -> Reading:
    """Workers back, of those on the roll of resumed firms; blind without a report of the last week."""
    sums = sums_of(fresh_reports(actor, at).values())
    return Reading.share(sums.back, sums.on_roll, as_of=at, rows_url=reverse("economy:firms"))
