"""Requests of firms with a clock and a named official."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.clock import SHANGHAI
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class FirmRequest(Row):
    """What a firm needs, the official paired with it, by when it is owed, and what was answered."""

    class Kind(models.TextChoices):
        WORKERS = "workers", _("Workers")
        CREDIT = "credit", _("Credit")
        LOGISTICS = "logistics", _("Freight transport")
        PROTECTION = "protection", _("Protection goods")
        PERMITS = "permits", _("Permits")
        POWER = "power", _("Power, heat and steam")
        MATERIALS = "materials", _("Materials")
        OTHER = "other", _("Other")

    place = models.CharField(max_length=6)
    firm = models.CharField(_("firm"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    about = models.CharField(_("what is needed"), max_length=400)
    official = models.CharField(_("paired official"), max_length=60)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=400, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["due_at"]
        indexes = [models.Index(fields=["place", "settled_at", "due_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("filed_at")), name="a_request_of_a_firm_is_due_later"),
            models.CheckConstraint(condition=~Q(official=""), name="a_request_of_a_firm_names_its_official"),
            models.CheckConstraint(
                condition=Q(settled_at=None, answer="")
                | (Q(settled_at__isnull=False, settled_at__gte=F("filed_at")) & ~Q(answer="")),
                name="a_request_of_a_firm_is_settled_in_words",
            ),
        ]

    @property
    def due_day(self) -> date:
        """The last day on which an answer is in time."""
        return (self.due_at - timedelta(minutes=1)).astimezone(SHANGHAI).date()
