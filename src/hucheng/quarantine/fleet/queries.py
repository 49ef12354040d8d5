"""Vehicles with what they wait for, drivers with their hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from hucheng.core.scope.actor import Actor
from hucheng.quarantine.fleet.models import Driver, DrivingShift, Vehicle

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DriverLine:
    """One driver: shifts not over yet, and minutes driven in the last 24 hours, out and back."""

    driver: Driver
    shifts: list[DrivingShift]
    minutes: int


def vehicles_seen_by(actor: Actor) -> list[Vehicle]:
    """Vehicles by code, each with `on_road`: how many of its trips are under way."""
    under_way = Count("trips", filter=Q(trips__state__in=("departed", "arrived")))
    return list(Vehicle.objects.seen_by(actor).annotate(on_road=under_way).order_by("kind", "code"))


def drivers_seen_by(actor: Actor, at: datetime) -> list[DriverLine]:
    """Drivers by code with shifts and hours, in two queries."""
    shifts: dict[object, list[DrivingShift]] = {}
    for shift in DrivingShift.objects.seen_by(actor).filter(ends_at__gt=at).order_by("starts_at"):
        shifts.setdefault(shift.driver_id, []).append(shift)
    minutes: dict[object, int] = {}
    drivers = list(Driver.objects.seen_by(actor).order_by("code").prefetch_related("trips"))
    for driver in drivers:
        driven = [t for t in driver.trips.all() if t.departed_at and at - DAY < t.departed_at <= at]
        minutes[driver.pk] = sum(2 * trip.minutes for trip in driven)
    return [DriverLine(driver, shifts.get(driver.pk, []), minutes[driver.pk]) for driver in drivers]
