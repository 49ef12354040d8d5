"""Alerts that wait too long, and how long the stock lasts."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.economy.supply.queries import fresh_stocks, has_fresh_prices, late_price_alerts


@measure("economy.supply.price_alerts_open")
def price_alerts_open(actor: Actor, at: datetime) -> Reading:
    """Price alerts that wait for over 48 hours; blind while no price of the last week is reported."""
    url = reverse("economy:supply")
    if not has_fresh_prices(actor, at):
        return Reading(None, at, rows_url=url)
    return Reading.count(late_price_alerts(actor, at), as_of=at, rows_url=url)


@measure("economy.supply.stock_days")
def stock_days(actor: Actor, at: datetime) -> Reading:
    """The fewest days that the stock of any good lasts; blind while no stock of the last week is reported."""
    url = reverse("economy:supply")
    least = min(fresh_stocks(actor, at).values(), key=lambda row: row.days, default=None)
    if least is None:
        return Reading(None, at, rows_url=url)
    return Reading(float(least.days), at, float(least.stock), float(least.use_a_day), url)
