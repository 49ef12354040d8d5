"""Vehicles, drivers and when they are on duty."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Vehicle(Row):
    """A bus or an ambulance. cohort: whom it carried since it was last disinfected; "" when it is clean."""

    class Kind(models.TextChoices):
        BUS = "bus", _("Bus")
        AMBULANCE = "ambulance", _("Ambulance")

    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=9, choices=Kind)
    plate = models.CharField(max_length=12)
    seats = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=6)
    cohort = models.CharField(max_length=40, blank=True)
    cleaned_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seats__gte=1), name="a_vehicle_has_a_seat")]


class Driver(Row):
    """Somebody who drives, known by a code."""

    code = models.CharField(max_length=8, unique=True)
    place = models.CharField(max_length=6)

    objects = ScopedManager()


class DrivingShift(Row):
    """When a driver is on duty."""

    driver = models.ForeignKey(Driver, models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = ScopedManager()
    scope_path = "driver__place"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_driving_shift_ends_later"),
            models.UniqueConstraint(fields=["driver", "starts_at"], name="one_driving_shift_a_start"),
        ]
