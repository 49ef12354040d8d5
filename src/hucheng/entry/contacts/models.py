"""Close contacts aboard, each with why; append-only."""

from django.db import models

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class CloseContact(Row):
    """One person named a close contact of the cases aboard, with the distance and reason of the time."""

    arrival = models.OneToOneField("entry.Arrival", models.PROTECT, related_name="contact")
    named_at = models.DateTimeField()
    rows_from_case = models.PositiveSmallIntegerField(null=True)
    companion = models.BooleanField()
    crew = models.BooleanField()
    seat_unknown = models.BooleanField()

    objects = ScopedManager()
    scope_path = "arrival__place"


class Recomputation(Row):
    """The contacts of a flight were worked out again because of a new case (INQ-04)."""

    flight = models.ForeignKey("entry.Flight", models.PROTECT, related_name="recomputations")
    fact_at = models.DateTimeField()
    done_at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    contacts = models.PositiveIntegerField()
    new_contacts = models.PositiveIntegerField()

    objects = ScopedManager()
    scope_path = "flight__place"
