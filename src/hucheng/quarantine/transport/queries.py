"""Trips of a day, who rides, and who is missing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.entry import door as entry
from hucheng.quarantine.transport.models import Ride, Trip

OVERDUE = timedelta(minutes=30)
"""So long behind its hour a trip on the road or at the door is shown as stuck (ISS-18)."""
State = Trip.State


@dataclass(frozen=True, slots=True)
class TripLine:
    """One trip with its people by where they stand; listed = aboard + missing + waiting while it is open."""

    trip: Trip
    listed: int
    aboard: int
    missing: int
    accepted: int
    stuck: bool


def trips_of_day(actor: Actor, day: date, at: datetime) -> list[TripLine]:
    """Trips that leave on a day in the city and older ones still open, open ones first, in one query."""
    start = datetime.combine(day, time(), tzinfo=SHANGHAI)
    mine = Q(departs_at__gte=start, departs_at__lt=start + timedelta(days=1))
    still = Q(state__in=(State.PUBLISHED, State.DEPARTED, State.ARRIVED), departs_at__lt=start)
    return _lines(Trip.objects.seen_by(actor).filter(mine | still), at)


def trips_of_flight(actor: Actor, flight_id: UUID, at: datetime) -> list[TripLine]:
    """All trips of a flight, in one query."""
    return _lines(Trip.objects.seen_by(actor).filter(flight_id=flight_id), at)


def trip_seen_by(actor: Actor, trip_id: UUID) -> Trip:
    """This trip with vehicle, driver and flight. Raises Http404 outside the actor's sight."""
    trip = Trip.objects.seen_by(actor).select_related("vehicle", "driver", "flight").filter(pk=trip_id).first()
    if trip is None:
        raise Http404
    return trip


def rides_of(trip: Trip) -> list[Ride]:
    """Who rides, by seat; people struck off because they ride elsewhere are left out, the missing stay."""
    rows = trip.rides.exclude(Q(left_at__isnull=False) & Q(missing_at=None)).select_related("arrival__person")
    return list(rows.order_by("arrival__party", "arrival__seat", "id"))


def flight_of_trips(actor: Actor, flight_id: UUID) -> entry.Flight:
    """The flight that trips are planned for. Raises Http404 outside the actor's sight."""
    flight = entry.Flight.objects.seen_by(actor).filter(pk=flight_id).first()
    if flight is None:
        raise Http404
    return flight


def _lines(trips: QuerySet[Trip], at: datetime) -> list[TripLine]:
    riding = Q(rides__left_at=None)
    counted = trips.annotate(
        listed=Count("rides", filter=riding | Q(rides__missing_at__isnull=False)),
        aboard=Count("rides", filter=riding & Q(rides__boarded_at__isnull=False, rides__accepted_at=None)),
        lost=Count("rides", filter=Q(rides__missing_at__isnull=False, rides__accepted_at=None)),
        accepted=Count("rides", filter=Q(rides__accepted_at__isnull=False)),
    )
    rows = counted.select_related("vehicle", "driver", "flight").order_by("departs_at", "code")
    lines = [TripLine(t, t.listed, t.aboard, t.lost, t.accepted, _stuck(t, at)) for t in rows]
    return sorted(lines, key=lambda line: line.trip.state in (State.ACCEPTED, State.CALLED_OFF))


def _stuck(trip: Trip, at: datetime) -> bool:
    if trip.state not in (State.DEPARTED, State.ARRIVED) or trip.departed_at is None:
        return False
    return at > trip.departed_at + timedelta(minutes=trip.minutes) + OVERDUE
