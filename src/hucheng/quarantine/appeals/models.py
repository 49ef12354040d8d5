"""Appeals and complaints of travellers, each answered by somebody who did not take the decision (R-23, NEW-16)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField
from hucheng.core.terms import Role


class Appeal(Row):
    """What somebody disagrees with, by when an answer is owed, and how it was decided.

    filed_by  who wrote it down in the traveller's name; None where the traveller wrote
    """

    class About(models.TextChoices):
        DECISION = "decision", _("The decision to keep me")
        PLACE = "place", _("The room or the house")
        TREATMENT = "treatment", _("How I am treated")
        PRICE = "price", _("Prices and fees")
        RECORD = "record", _("Something wrong in my record")

    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="appeals")
    place = models.CharField(max_length=6)
    about = models.CharField(max_length=9, choices=About)
    text = EncryptedField()
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    upheld = models.BooleanField(null=True)
    answer = EncryptedField(blank=True, default="")
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()
    unit_paths = {Role.TRAVELLER: "arrival_id"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, upheld=None) | Q(decided_at__isnull=False, upheld__isnull=False),
                name="an_appeal_is_decided_one_way",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(judged_by=None) | ~Q(decided_by=F("judged_by")),
                name="nobody_reviews_an_own_decision",
            ),
            models.UniqueConstraint(
                fields=["arrival", "about"], condition=Q(decided_at=None), name="one_open_appeal_about_a_thing"
            ),
        ]
        indexes = [models.Index(fields=["place", "decided_at", "due_at"])]
