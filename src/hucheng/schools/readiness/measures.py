"""How many of the ten items hold, and where all three lines have signed."""

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.schools.readiness.items import TEN
from hucheng.schools.readiness.models import Line, ReadinessItem, Verdict
from hucheng.schools.reopening.queries import city_day, due_schools

ACCEPTED = (Verdict.Answer.ACCEPTED, Verdict.Answer.SPOT_CHECKED)


@measure("schools.readiness.items_in_place")
def items_in_place(actor: Actor, at: datetime) -> Reading:
    """Items accepted and valid today, of ten at each school due to open; blind before a stage is announced."""
    due = due_schools(actor)
    held = ReadinessItem.objects.filter(school__in=due, verdict__answer__in=ACCEPTED, valid_until__gte=city_day(at))
    return Reading.share(held.count(), len(TEN) * due.count(), as_of=at, rows_url=reverse("schools:matrix"))


@measure("schools.readiness.three_lines_signed")
def three_lines_signed(actor: Actor, at: datetime) -> Reading:
    """Schools due to open for which school, education department and county have each signed by name."""
    due = due_schools(actor)
    lines = Count("signatures__line", distinct=True, filter=Q(signatures__at__lte=at))
    signed = due.annotate(lines=lines).filter(lines=len(Line))
    return Reading.share(signed.count(), due.count(), as_of=at, rows_url=reverse("schools:matrix"))
