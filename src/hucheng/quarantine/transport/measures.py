"""How quick people are aboard, and whether a trip broke a rule of the road or of cohorts. Emergencies count too."""

from datetime import datetime, timedelta

from django.db.models import Count, F
from django.db.models.functions import Concat
from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.engines.planning import at_night
from hucheng.quarantine.transport.models import Ride, Trip

LATELY = timedelta(days=14)


@measure("quarantine.transport.triage_to_bus_min")
def triage_to_bus(actor: Actor, at: datetime) -> Reading:
    """The median time from the judgement to boarding, over the last 2,000 who boarded in fourteen days."""
    rides = Ride.objects.seen_by(actor).filter(boarded_at__gt=at - LATELY, boarded_at__lte=at, trip__emergency=False)
    pairs = rides.exclude(judged_at=None).order_by("-boarded_at").values_list("judged_at", "boarded_at")[:2000]
    minutes = sorted((boarded - judged).total_seconds() / 60 for judged, boarded in pairs if judged and boarded)
    middle = minutes[len(minutes) // 2] if minutes else None
    return Reading(middle, at, middle, None, reverse("quarantine:trips"))


@measure("quarantine.transport.night_trips")
def night_trips(actor: Actor, at: datetime) -> Reading:
    """Trips of fourteen days that were on the road between 02:00 and 05:00, as driven."""
    rows = Trip.objects.seen_by(actor).filter(departed_at__gt=at - LATELY, departed_at__lte=at)
    driven = rows.values_list("departed_at", "arrived_at")
    ways = ((left, min(arrived, at) if arrived else at) for left, arrived in driven if left)
    count = sum(at_night(left.astimezone(SHANGHAI), until.astimezone(SHANGHAI)) for left, until in ways)
    return Reading.count(count, as_of=at, rows_url=reverse("quarantine:trips"))


@measure("quarantine.transport.cohorts_mixed")
def cohorts_mixed(actor: Actor, at: datetime) -> Reading:
    """Trips of fourteen days on which people of more than one class or flight were aboard together."""
    aboard = Ride.objects.seen_by(actor).filter(boarded_at__gt=at - LATELY, boarded_at__lte=at)
    kinds = aboard.values("trip").annotate(kinds=Count(Concat(F("risk"), F("cohort")), distinct=True))
    return Reading.count(kinds.filter(kinds__gt=1).count(), as_of=at, rows_url=reverse("quarantine:trips"))
