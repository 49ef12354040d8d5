"""Whether questions are answered, claims met with facts, and the bulletin is out."""

from datetime import datetime, time, timedelta

from django.db.models import F, Q
from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.stability.bulletins.models import Bulletin, Claim, Question
from hucheng.stability.bulletins.queries import WITHIN

CORRECTION = timedelta(hours=4)
LOOK_BACK = timedelta(days=30)
OUT_BY = time(18)
"""A bulletin of the day is on time until this hour of the city (project goal; the catalogue says on time, no hour)."""


@measure("stability.bulletins.answered_24h")
def answered_24h(actor: Actor, at: datetime) -> Reading:
    """Questions of the last thirty days answered within a day; one still within its day is not due."""
    asked = Question.objects.seen_by(actor).filter(aside_why="", asked_at__gt=at - LOOK_BACK, asked_at__lte=at)
    in_time = asked.filter(answered_at__lte=F("asked_at") + WITHIN).filter(answered_at__lte=at)
    due = asked.filter(Q(answered_at__lte=at) | Q(asked_at__lt=at - WITHIN))
    return Reading.share(in_time.count(), due.count(), as_of=at, rows_url=reverse("stability:questions"))


@measure("stability.bulletins.correction_4h")
def correction_4h(actor: Actor, at: datetime) -> Reading:
    """Claims verified as false that were answered with facts within four hours."""
    claims = Claim.objects.seen_by(actor).filter(verified_at__lte=at)
    in_time = claims.filter(corrected_at__lte=F("verified_at") + CORRECTION).filter(corrected_at__lte=at)
    due = claims.filter(Q(corrected_at__lte=at) | Q(verified_at__lt=at - CORRECTION))
    return Reading.share(in_time.count(), due.count(), as_of=at, rows_url=reverse("stability:questions"))


@measure("stability.bulletins.daily_published")
def daily_published(actor: Actor, at: datetime) -> Reading:
    """Days with a bulletin by 18:00, of those since the first one within thirty days; today counts from its hour on."""
    local = at.astimezone(SHANGHAI)
    rows = Bulletin.objects.seen_by(actor).filter(number=1, published_at__lte=at, day__gt=local.date() - LOOK_BACK)
    out = {row.day: row.published_at.astimezone(SHANGHAI) for row in rows}
    url = reverse("stability:questions")
    if not out:
        return Reading(None, at, rows_url=url)
    last = local.date() if local.time() >= OUT_BY or local.date() in out else local.date() - timedelta(days=1)
    due = (last - min(out)).days + 1
    on_time = sum(moment.time() <= OUT_BY for moment in out.values())
    return Reading.share(on_time, due, as_of=at, rows_url=url)
