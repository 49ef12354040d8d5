"""Whether indicators arrive in time, and the growth that they tell."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.indicators.queries import due_on, known_on

INDUSTRY, RETAIL = "industry", "retail"


@measure("economy.indicators.on_time")
def on_time(actor: Actor, at: datetime) -> Reading:
    """Series whose latest due period arrived by its day; blind until something was due since the series was opened."""
    in_time, due = due_on(actor, at)
    return Reading.share(in_time, due, as_of=at, rows_url=reverse("economy:outlook"))


@measure("economy.indicators.industry_growth")
def industry_growth(actor: Actor, at: datetime) -> Reading:
    """Growth of the year to date of industry above size."""
    return _growth(INDUSTRY, actor, at)


@measure("economy.indicators.retail_growth")
def retail_growth(actor: Actor, at: datetime) -> Reading:
    """Growth of the year to date of retail sales."""
    return _growth(RETAIL, actor, at)


def _growth(code: str, actor: Actor, at: datetime) -> Reading:
    """The last published growth of this year; blind while the year has none."""
    today = at.astimezone(SHANGHAI).date()
    indicator = Indicator.objects.seen_by(actor).filter(code=code).first()
    if indicator is None:
        return Reading(None, at, rows_url=reverse("economy:outlook"))
    url = reverse("economy:indicator", args=[indicator.pk])
    lines = known_on(actor, today, [indicator])[indicator.pk]
    if not lines or lines[-1].vintage.period.year != today.year:
        return Reading(None, at, rows_url=url)
    vintage = lines[-1].vintage
    return Reading(float(vintage.value), vintage.recorded_at, float(vintage.value), None, url)
