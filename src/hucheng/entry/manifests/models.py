"""Passenger lists as they came, and the account of every row (NEW-06)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField


class Manifest(Row):
    """One file for one flight. rows = new + updated + same + duplicate + rejected + pending, always."""

    flight = models.ForeignKey("entry.Flight", models.PROTECT, related_name="manifests")
    place = models.CharField(max_length=6)
    received_at = models.DateTimeField()
    name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=8)
    control_total = models.PositiveIntegerField(null=True)
    rows = models.PositiveIntegerField()
    new = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    columns = models.JSONField(default=list)

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    rows=models.F("new")
                    + models.F("updated")
                    + models.F("same")
                    + models.F("duplicate")
                    + models.F("rejected")
                    + models.F("pending")
                ),
                name="every_row_is_accounted_for",
            )
        ]
        indexes = [models.Index(fields=["flight", "received_at"])]


class ManifestRow(Row):
    """One row as read: what it led to, or what has to be mended first."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        UPDATED = "updated", _("Updated")
        SAME = "same", _("Already here")
        DUPLICATE = "duplicate", _("Twice in the file")
        REJECTED = "rejected", _("Set aside")
        PENDING = "pending", _("To mend")

    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    raw = EncryptedField()
    state = models.CharField(max_length=9, choices=State)
    problems = models.JSONField(default=list)
    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, null=True, related_name="manifest_rows")

    objects = ScopedManager()
    scope_path = "manifest__place"

    class Meta:
        indexes = [models.Index(fields=["manifest", "state"])]


class SettledColumns(Row):
    """What a person said the columns of a source's sheets hold; append-only, the last one of a source counts (ISS-11).

    source   the airline, by the designator of its flights
    columns  header without case, spaces and signs -> field of the list, "" for none
    """

    source = models.CharField(_("airline"), max_length=3)
    place = models.CharField(max_length=6)
    columns = models.JSONField()
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["source", "settled_at"])]
