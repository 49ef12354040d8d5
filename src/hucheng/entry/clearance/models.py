"""Passes. The database itself refuses one that the last triage does not allow."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.terms import Role


class Pass(Row):
    """Proof that one person may travel on with one flight: rules version, signer, short life (NEW-02)."""

    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="passes")
    triage = models.ForeignKey("entry.Triage", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    token = models.TextField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(_("revoked because"), max_length=60, blank=True)
    adverse_fact_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    scope_path = "arrival__place"
    unit_paths = {Role.TRAVELLER: "arrival_id"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrival"], condition=Q(revoked_at=None), name="one_open_pass_a_person"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("issued_at")), name="a_pass_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["revoked_at", "expires_at"])]


class Recall(Row):
    """Somebody has travelled on and must be reached: the destination is told."""

    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="recalls")
    triage = models.OneToOneField("entry.Triage", models.PROTECT, related_name="+")
    to = models.CharField(_("told to"), max_length=20)
    fact_at = models.DateTimeField()
    sent_at = models.DateTimeField()

    objects = ScopedManager()
    scope_path = "arrival__place"
