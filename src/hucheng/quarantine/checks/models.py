"""Daily checks, morning and afternoon."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField
from hucheng.core.terms import Role


class DailyCheck(Row):
    """One check of one person in one slot; only for people who stay (ISS-20)."""

    class Slot(models.TextChoices):
        MORNING = "am", _("Morning")
        AFTERNOON = "pm", _("Afternoon")

    stay = models.ForeignKey("quarantine.Stay", models.PROTECT, related_name="checks")
    place = models.CharField(max_length=6)
    day = models.DateField()
    slot = models.CharField(max_length=2, choices=Slot)
    at = models.DateTimeField()
    temperature = EncryptedField()
    symptoms = EncryptedField(blank=True, default="")
    abnormal = models.BooleanField()
    key = models.CharField(max_length=40, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()
    unit_paths = {Role.HOUSE: "stay__room__house__code", Role.TRAVELLER: "stay__arrival_id"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stay", "day", "slot"], name="one_check_a_slot")]
        indexes = [models.Index(fields=["place", "day", "slot"])]
