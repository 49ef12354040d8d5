"""Targets of a year, in versions: a draft first, then what the congress adopted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class TargetVersion(Row):
    """The targets of one year as they stood on one day, with their ground; adopted ones name their document.

    Append-only: a change of the targets is the next version.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ADOPTED = "adopted", _("Adopted")

    place = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField()
    state = models.CharField(_("state"), max_length=7, choices=State)
    dated_on = models.DateField(_("date"))
    ground = models.CharField(_("ground"), max_length=300)
    document = models.CharField(_("document"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "year", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=~Q(ground=""), name="targets_have_a_ground"),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(document=""), name="adopted_targets_name_their_document"
            ),
        ]


class Target(Row):
    """What one series should reach in the year."""

    class Relation(models.TextChoices):
        ABOUT = "about", _("around")
        EXACTLY = "=", "="
        AT_LEAST = ">=", "≥"
        AT_MOST = "<=", "≤"

    version = models.ForeignKey(TargetVersion, models.PROTECT, related_name="targets")
    indicator = models.ForeignKey("economy.Indicator", models.PROTECT, related_name="targets")
    value = models.DecimalField(_("target"), max_digits=16, decimal_places=4)
    relation = models.CharField(_("relation"), max_length=5, choices=Relation)

    objects = ScopedManager()
    scope_path = "version__place"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "indicator"], name="one_target_a_series")]

    def reached_by(self, value: float) -> bool:
        """Whether a value is good enough: at most the target where it is a ceiling, else at least."""
        return value <= float(self.value) if self.relation == self.Relation.AT_MOST else value >= float(self.value)
