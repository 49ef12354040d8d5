"""The duty roster: one city leader and one deputy a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Shift(Row):
    """One day of the roster, with the latest note that the leader leaves for the next."""

    place = models.CharField(max_length=6)
    day = models.DateField(_("day"))
    leader = models.CharField(_("leader"), max_length=60)
    deputy = models.CharField(_("deputy"), max_length=60, blank=True)
    handover = models.TextField(_("handover note"), blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["place", "day"], name="one_shift_a_day"),
            models.CheckConstraint(condition=~Q(leader=""), name="shift_has_a_leader"),
            models.CheckConstraint(
                condition=Q(handed_over_at=None) | ~Q(handover=""), name="shift_is_handed_over_in_words"
            ),
        ]


class ShiftNote(Row):
    """One handover note as it was left, append-only: a second one of a day stands beside the first."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="handover_note_has_words")]


class ShiftChange(Row):
    """A change of who leads on a day, append-only."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60)
    why = models.CharField(max_length=200, blank=True)
