"""Handovers between hands."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Handover(Row):
    """People offered from one body to another; until it is accepted they stay on the sender's count (NEW-03)."""

    class Answer(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    place = models.CharField(max_length=6)
    sender = models.CharField(max_length=20)
    receiver = models.CharField(max_length=20)
    receiver_place = models.CharField(max_length=6)
    what = models.CharField(max_length=80)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.CharField(_("why refused"), max_length=200, blank=True)
    on_behalf = models.CharField(_("why the office answered"), max_length=200, blank=True, default="")

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["place", "answer"])]


class HandoverLine(Row):
    """One person of a handover."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="lines")
    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="handovers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "arrival"], name="once_in_a_handover")]
