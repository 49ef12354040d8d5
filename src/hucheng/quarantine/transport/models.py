"""Trips and who rides. One cohort a trip, one trip a person, by the database."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.terms import Role


class Trip(Row):
    """One vehicle, one driver, one way, one cohort. `place` is that of the house it goes to.

    cohort  flight and day; risk: class of those who may ride (contact or general), "" in an emergency
    minutes  on the road, one way; night: it touches the hours from 02:00 to 05:00
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PUBLISHED = "published", _("Published")
        DEPARTED = "departed", _("On the road")
        ARRIVED = "arrived", _("At the door")
        ACCEPTED = "accepted", _("Accepted")
        CALLED_OFF = "called_off", _("Called off")

    code = models.CharField(max_length=16)
    flight = models.ForeignKey("entry.Flight", models.PROTECT, related_name="trips")
    place = models.CharField(max_length=6)
    origin = models.CharField(max_length=20)
    destination = models.CharField(max_length=10)
    risk = models.CharField(max_length=10, blank=True)
    cohort = models.CharField(max_length=24)
    vehicle = models.ForeignKey("quarantine.Vehicle", models.PROTECT, null=True, blank=True, related_name="trips")
    driver = models.ForeignKey("quarantine.Driver", models.PROTECT, null=True, blank=True, related_name="trips")
    emergency = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField()
    night = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    departs_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    departed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)

    objects = ScopedManager()
    unit_paths = {Role.HOUSE: "destination"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(night=False) | Q(emergency=True), name="only_an_emergency_drives_at_night"
            ),
            models.CheckConstraint(
                condition=Q(emergency=True) | Q(vehicle__isnull=False, driver__isnull=False),
                name="a_trip_has_a_vehicle_and_a_driver",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["departed", "arrived", "accepted"]) | Q(departed_at__isnull=False),
                name="departed_before_it_arrives",
            ),
            models.UniqueConstraint(
                fields=["vehicle"], condition=Q(state__in=["departed", "arrived"]), name="a_vehicle_is_on_one_trip"
            ),
            models.UniqueConstraint(
                fields=["driver"], condition=Q(state__in=["departed", "arrived"]), name="a_driver_is_on_one_trip"
            ),
        ]
        indexes = [models.Index(fields=["place", "departs_at"]), models.Index(fields=["flight", "state"])]

    def __str__(self) -> str:
        return self.code


class Ride(Row):
    """One person on one trip: planned, counted aboard, counted at the door, accepted; or not taken along.

    judged_at  since when the person was judged for where the trip goes; risk and cohort as they were at boarding
    """

    trip = models.ForeignKey(Trip, models.PROTECT, related_name="rides")
    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="rides")
    judged_at = models.DateTimeField(null=True, blank=True)
    risk = models.CharField(max_length=10, blank=True)
    cohort = models.CharField(max_length=24, blank=True)
    boarded_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    missing_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    scope_path = "trip__place"
    unit_paths = {Role.HOUSE: "trip__destination"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trip", "arrival"], name="once_on_a_trip"),
            models.UniqueConstraint(
                fields=["arrival"], condition=Q(accepted_at=None, left_at=None), name="one_open_ride_a_person"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(boarded_at__isnull=False, left_at=None),
                name="only_who_boarded_is_accepted",
            ),
        ]
