"""Requests with a clock."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField
from hucheng.core.terms import Role


class CareRequest(Row):
    """What somebody needs, by when it is owed, and what was done."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency")
        MEDICAL = "medical", _("Medical")
        FOOD = "food", _("Food")
        OTHER = "other", _("Other")

    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="care_requests")
    place = models.CharField(max_length=6)
    house = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=9, choices=Kind)
    text = EncryptedField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = EncryptedField(blank=True, default="")

    objects = ScopedManager()
    unit_paths = {Role.HOUSE: "house", Role.TRAVELLER: "arrival_id"}

    class Meta:
        indexes = [models.Index(fields=["place", "settled_at", "due_at"])]
