"""How quick and how well explained the triage is."""

from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, F, Q
from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.flights.queries import landed_lately
from hucheng.entry.triage.models import Triage

TWO_HOURS = timedelta(hours=2)


@measure("entry.triage.triaged_2h")
def triaged_in_two_hours(actor: Actor, at: datetime) -> Reading:
    """Passengers judged within two hours, of those who landed in the last fourteen days, at least two hours ago."""
    rows = Arrival.objects.seen_by(actor).filter(flight_id__in=landed_lately(actor, at), kind=Arrival.Kind.PASSENGER)
    due = rows.filter(flight__landed_at__lte=at - TWO_HOURS)
    quick = Q(first_triaged_at__lte=F("flight__landed_at") + TWO_HOURS)
    counts = due.aggregate(all=Count("pk"), quick=Count("pk", filter=quick))
    return Reading.share(counts["quick"], counts["all"], as_of=at, rows_url=reverse("entry:flights"))


@measure("entry.triage.minutes_median")
def median_minutes(actor: Actor, at: datetime) -> Reading:
    """The median time from landing to the first triage, over the last 2,000 people judged."""
    rows = Arrival.objects.seen_by(actor).filter(kind=Arrival.Kind.PASSENGER, first_triaged_at__lte=at)
    pairs = rows.order_by("-first_triaged_at").values_list("flight__landed_at", "first_triaged_at")[:2000]
    minutes = [(judged - landed).total_seconds() / 60 for landed, judged in pairs if landed and judged]
    middle = median(minutes) if minutes else None
    return Reading(middle, at, middle, None, reverse("entry:flights"))


@measure("entry.triage.with_reasons")
def with_reasons(actor: Actor, at: datetime) -> Reading:
    """Triages that name rule, version and a reason in both languages."""
    rows = Triage.objects.seen_by(actor).filter(at__lte=at)
    told = rows.exclude(rule="").exclude(version="").exclude(reason_zh="").exclude(reason_en="").count()
    return Reading.share(told, rows.count(), as_of=at, rows_url=reverse("entry:flights"))
