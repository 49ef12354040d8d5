"""A patrol that is due at a checkpoint, and the proof that it was made."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Patrol(Row):
    """One planned patrol of a county: which checkpoint or route, by when."""

    place = models.CharField(max_length=6)
    day = models.DateField(_("day"))
    checkpoint = models.CharField(_("checkpoint"), max_length=20)
    route = models.CharField(_("route"), max_length=120, blank=True)
    due = models.DateTimeField(_("due"))
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["due", "checkpoint"]
        indexes = [models.Index(fields=["place", "day"])]
        constraints = [
            models.UniqueConstraint(fields=["place", "checkpoint", "due"], name="one_patrol_a_checkpoint_and_time"),
            models.CheckConstraint(condition=~Q(checkpoint=""), name="patrol_has_a_checkpoint"),
        ]


class PatrolProof(Row):
    """That a patrol was made: a team at a checkpoint at a time, never a person's way. Append-only."""

    patrol = models.OneToOneField(Patrol, models.PROTECT, related_name="proof")
    team = models.CharField(_("team"), max_length=60)
    done_at = models.DateTimeField(_("done at"))
    seen = models.CharField(_("seen on patrol"), max_length=300, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()

    objects = ScopedManager()
    scope_path = "patrol__place"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(done_at__lte=F("reported_at")), name="patrol_is_proven_afterwards"),
            models.CheckConstraint(condition=~Q(team=""), name="patrol_proof_names_the_team"),
        ]
