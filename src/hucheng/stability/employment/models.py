"""Weekly counts of job seekers of the key groups, and of poor households without work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Group(models.TextChoices):
    """The groups whose work the city looks after first."""

    GRADUATES = "graduates", _("Graduates")
    MIGRANTS = "migrants", _("Migrant workers")
    POOR = "poor_households", _("Poor households")
    LAID_OFF = "laid_off", _("Laid off")


class JobCount(Row):
    """How many of a group are registered (by their own wish) and how many of them found work, on a day. Append-only."""

    place = models.CharField(max_length=6)
    day = models.DateField(_("day"))
    group = models.CharField(_("group"), max_length=16, choices=Group)
    version = models.PositiveSmallIntegerField(default=1)
    registered = models.PositiveIntegerField(_("registered"))
    placed = models.PositiveIntegerField(_("placed"))
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "day", "group", "version"], name="one_job_count_a_version"),
            models.CheckConstraint(condition=Q(placed__lte=F("registered")), name="placed_are_registered"),
        ]


class HouseholdCount(Row):
    """Registered poor households with somebody of working age and nobody at work, on a day. Append-only."""

    place = models.CharField(max_length=6)
    day = models.DateField(_("day"))
    version = models.PositiveSmallIntegerField(default=1)
    without_work = models.PositiveIntegerField(_("households without work"))
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "day", "version"], name="one_household_count_a_version")
        ]
