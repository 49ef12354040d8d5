"""Rooms, and stays of people in them. A bed holds one person, by the database (ISS-17)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField
from hucheng.core.terms import Role


class Room(Row):
    """A room of a house."""

    class State(models.TextChoices):
        FREE = "free", _("Free")
        TAKEN = "taken", _("Taken")
        DIRTY = "dirty", _("To disinfect")
        CLOSED = "closed", _("Closed")

    house = models.ForeignKey("quarantine.House", models.PROTECT, related_name="rooms")
    place = models.CharField(max_length=6)
    floor = models.SmallIntegerField(_("floor"))
    number = models.CharField(_("room"), max_length=8)
    beds = models.PositiveSmallIntegerField(_("beds"))
    accessible = models.BooleanField(_("accessible"), default=False)
    state = models.CharField(max_length=6, choices=State, default=State.FREE)

    objects = ScopedManager()
    unit_paths = {Role.HOUSE: "house__code"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["house", "number"], name="one_room_of_a_number"),
            models.CheckConstraint(condition=Q(beds__gte=1), name="a_room_has_a_bed"),
        ]
        indexes = [models.Index(fields=["place", "state"])]


class Stay(Row):
    """One person in one bed, from the plan to the end; append and end, never edited. A move says why it was made."""

    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="stays")
    room = models.ForeignKey(Room, models.PROTECT, related_name="stays")
    bed = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=6)
    risk = models.CharField(max_length=10)
    cohort = models.CharField(max_length=24)
    assigned_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    moved_why = EncryptedField(blank=True, default="")

    objects = ScopedManager()
    unit_paths = {Role.HOUSE: "room__house__code", Role.TRAVELLER: "arrival_id"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrival"], condition=Q(ended_at=None), name="one_open_stay_a_person"),
            models.UniqueConstraint(fields=["room", "bed"], condition=Q(ended_at=None), name="one_person_a_bed"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("assigned_at")), name="a_stay_ends_late"
            ),
        ]
        indexes = [models.Index(fields=["place", "ended_at"])]
