"""Flights, arrivals, and the line of hands that each person passes through."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.terms import Destination, Outcome, Risk, Role


class Flight(Row):
    """One landing of one flight; the object that is open until the last passenger is closed (NEW-01)."""

    number = models.CharField(_("flight"), max_length=8)
    date = models.DateField(_("date"))
    origin = models.CharField(_("from"), max_length=3)
    destination = models.CharField(_("to"), max_length=3)
    port = models.CharField(_("point of entry"), max_length=3)
    place = models.CharField(max_length=6)
    scheduled_landing = models.DateTimeField(_("expected landing"))
    landed_at = models.DateTimeField(_("landed"), null=True, blank=True)
    announced_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "date", "port"], name="one_landing_a_day")]

    def __str__(self) -> str:
        return f"{self.number} {self.date}"


class Whereabouts(models.TextChoices):
    """Where a person of a flight is; each person is in exactly one of these."""

    ABOARD = "aboard", _("Aboard")
    PORT = "port", _("In the port")
    TRANSFER = "transfer", _("In transfer")
    HOSPITAL = "hospital", _("In hospital")
    HOUSE = "house", _("In a quarantine house")
    CREW_HOUSE = "crew_house", _("In the crew house")
    DEPARTED = "departed", _("Travelled on")
    RELEASED = "released", _("Released")
    SENT_BACK = "sent_back", _("Entry refused")


OUTSIDE = (Whereabouts.DEPARTED, Whereabouts.RELEASED, Whereabouts.SENT_BACK)
"""Ends with actions of their own: a plain move never leads there, so that there is no third way out (INQ-01)."""
IN_HAND = tuple(where for where in Whereabouts if where not in OUTSIDE)
"""Somebody of the city holds a person who is there."""


class Arrival(Row):
    """One entry of one person. Outcome and risk follow from the last triage and from nothing else."""

    class Kind(models.TextChoices):
        PASSENGER = "passenger", _("Passenger")
        CREW = "crew", _("Crew")
        TRANSIT = "transit", _("Transit")

    flight = models.ForeignKey(Flight, models.PROTECT, related_name="arrivals")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="arrivals")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.PASSENGER)
    place = models.CharField(max_length=6)
    county = models.CharField(_("home county"), max_length=6, blank=True)
    seat = models.CharField(_("seat"), max_length=6, blank=True)
    party = models.CharField(_("party"), max_length=20, blank=True)
    destination = models.CharField(_("bound for"), max_length=9, choices=Destination, default=Destination.ELSEWHERE)
    needs = models.JSONField(default=list, blank=True)
    suspended_class = models.BooleanField(_("visa of a suspended class"), default=False)
    place_confirmed = models.BooleanField(_("place in the capital confirmed"), default=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    risk = models.CharField(max_length=7, choices=Risk, default=Risk.UNKNOWN)
    last_triage = models.ForeignKey("entry.Triage", models.PROTECT, null=True, related_name="+")
    first_triaged_at = models.DateTimeField(null=True)
    whereabouts = models.CharField(max_length=10, choices=Whereabouts, default=Whereabouts.ABOARD)
    holder = models.CharField(_("in whose hands"), max_length=20)
    held_since = models.DateTimeField()
    access = models.UUIDField(_("key of the own page"), default=uuid.uuid4, unique=True)

    objects = ScopedManager()
    unit_paths = {Role.TRAVELLER: "id"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flight", "person"], name="one_arrival_a_person_and_flight"),
            models.CheckConstraint(
                condition=Q(outcome="", last_triage=None) | ~Q(outcome="") & Q(last_triage__isnull=False),
                name="an_outcome_comes_from_a_triage",
            ),
            models.CheckConstraint(condition=~Q(holder=""), name="everybody_is_in_somebodys_hands"),
        ]
        indexes = [models.Index(fields=["place", "outcome"]), models.Index(fields=["whereabouts", "place"])]


class Custody(Row):
    """One step of a person from hand to hand; append-only. `step` counts a person's lines, so that two of one minute
    keep their order."""

    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="custody")
    at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)
    whereabouts = models.CharField(max_length=10, choices=Whereabouts)
    holder = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["arrival", "at"])]
        get_latest_by = ["at", "step"]
