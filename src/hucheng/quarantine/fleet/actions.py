"""Entering vehicles, drivers and shifts; disinfecting a vehicle."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.quarantine.fleet.models import Driver, DrivingShift, Vehicle

KEEPERS = {Role.QUARANTINE, Role.ENTRY}
LONGEST_SHIFT = timedelta(hours=12)
"""A shift is no licence to drive so long: the hours at the wheel are counted by themselves."""


@action(by=KEEPERS)
def add_vehicle(*, actor: Actor, code: str, kind: Vehicle.Kind, plate: str, seats: int, at: datetime) -> Vehicle:
    """Enter a vehicle, clean. Refuses a code that is taken and a vehicle without seats."""
    if Vehicle.objects.filter(code=code).exists():
        raise _taken(code)
    if not 1 <= seats <= 80:
        raise Refusal("no_seats", why=_("A vehicle has between 1 and 80 seats."), do=_("Count the seats again."))
    return Vehicle.objects.create(code=code, kind=kind, plate=plate, seats=seats, place=actor.place, cleaned_at=at)


@action(by=KEEPERS)
def known_driver(*, actor: Actor, code: str, at: datetime) -> Driver:
    """The driver of this code, entered where there is none. Refuses the code of a driver of another place."""
    driver, _made = Driver.objects.get_or_create(code=code, defaults={"place": actor.place})
    if not actor.sees_place(driver.place):
        raise _taken(code)
    return driver


@action(by=KEEPERS)
def add_shift(*, actor: Actor, driver_id: UUID, starts_at: datetime, ends_at: datetime, at: datetime) -> DrivingShift:
    """Put a driver on duty. Refuses a shift of no or more than twelve hours, and one that overlaps another."""
    driver = Driver.objects.seen_by(actor).select_for_update().filter(pk=driver_id).first()
    if driver is None:
        raise Http404
    overlaps = driver.shifts.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists()
    if not starts_at < ends_at <= starts_at + LONGEST_SHIFT or overlaps:
        raise Refusal(
            "no_such_shift",
            why=_("The shift is empty, longer than twelve hours, or overlaps another of this driver."),
            do=_("Choose other hours."),
        )
    return DrivingShift.objects.create(driver=driver, starts_at=starts_at, ends_at=ends_at)


@action(by=KEEPERS)
def disinfect_vehicle(*, actor: Actor, vehicle_id: UUID, at: datetime) -> Vehicle:
    """A vehicle is clean and may carry another cohort; its trips that have ended are closed. Refuses it on the road."""
    vehicle = Vehicle.objects.seen_by(actor).select_for_update().filter(pk=vehicle_id).first()
    if vehicle is None:
        raise Http404
    if vehicle.trips.filter(state="departed").exists():
        raise Refusal("on_the_road", why=_("The vehicle is on the road."), do=_("Disinfect it after its trip."))
    vehicle.cohort, vehicle.cleaned_at = "", at
    vehicle.save(update_fields=["cohort", "cleaned_at"])
    vehicle.trips.filter(state="accepted", closed_at=None).update(closed_at=at)
    return vehicle


def _taken(code: str) -> Refusal:
    return Refusal("code_taken", why=_("The code %(code)s is taken.") % {"code": code}, do=_("Choose another code."))
