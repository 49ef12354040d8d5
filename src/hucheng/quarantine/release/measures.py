"""Whether people leave with every test and on their day, and whether they are called afterwards."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.entry import door as entry
from hucheng.quarantine.release.conditions import days_over, last_test_from
from hucheng.quarantine.release.models import FollowUp, Release

LATELY = timedelta(days=14)


@measure("quarantine.release.without_full_tests")
def without_full_tests(actor: Actor, at: datetime) -> Reading:
    """People released in the last fourteen days without a result known between day 13 and their release.

    Counted from the facts themselves, not only from what the release says of them.
    """
    known = entry.Fact.objects.filter(
        arrival=OuterRef("arrival"), kind=entry.Fact.Kind.TEST, at__lte=OuterRef("decided_at")
    )
    last = Subquery(known.order_by("-at").values("at")[:1])
    rows = list(_made_lately(actor, at).annotate(last=last).values_list("arrival__flight__landed_at", "tests", "last"))
    lacking = sum(not told or last is None or last < last_test_from(landed) for landed, told, last in rows if landed)
    return Reading.count(lacking, as_of=at, rows_url=reverse("quarantine:releases"))


@measure("quarantine.release.on_day")
def on_day(actor: Actor, at: datetime) -> Reading:
    """Releases of the last fourteen days that were made on the day on which the fourteen days were over."""
    rows = list(_made_lately(actor, at).values_list("arrival__flight__landed_at", "decided_at"))
    in_time = sum(decided < days_over(landed) + timedelta(days=1) for landed, decided in rows if landed)
    return Reading.share(in_time, len(rows), as_of=at, rows_url=reverse("quarantine:releases"))


@measure("quarantine.followup.reached")
def reached(actor: Actor, at: datetime) -> Reading:
    """Calls owed today that reached somebody."""
    today = FollowUp.objects.seen_by(actor).filter(day=at.astimezone(SHANGHAI).date())
    told = today.filter(reached_at__lte=at).count()
    return Reading.share(told, today.count(), as_of=at, rows_url=reverse("quarantine:calls"))


def _made_lately(actor: Actor, at: datetime) -> QuerySet[Release]:
    return Release.objects.seen_by(actor).filter(decided_at__lte=at, decided_at__gt=at - LATELY)
