"""Key projects, their weekly reports, and what holds them up."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Named
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.economy.reported import Reported


class KeyProject(Row, Named):
    """One key project of the year in one county, by a code of its city, and the organisation that answers for it."""

    place = models.CharField(max_length=6)
    code = models.SlugField(max_length=20)
    owner = models.CharField(_("answers for it"), max_length=20)
    start_on = models.DateField(_("planned start"))
    listed_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(Left("place", 4), "code", name="one_project_a_code_and_city")]


class ProjectReport(Reported):
    """Where one project stood on one day: started or not, per cent done and per cent planned to be done."""

    project = models.ForeignKey(KeyProject, models.PROTECT, related_name="reports")
    started = models.BooleanField(_("started"))
    done = models.PositiveSmallIntegerField(_("done, per cent"))
    planned = models.PositiveSmallIntegerField(_("planned, per cent"))

    objects = ScopedManager()
    scope_path = "project__place"

    class Meta(Reported.Meta):
        indexes = [models.Index(fields=["day"])]
        constraints = [
            *Reported.Meta.constraints,
            models.UniqueConstraint(fields=["project", "day", "revision"], name="one_report_of_a_project_a_day"),
            models.CheckConstraint(condition=Q(done__lte=100, planned__lte=100), name="a_project_is_done_at_a_hundred"),
            models.CheckConstraint(condition=Q(started=True) | Q(done=0), name="nothing_is_done_before_the_start"),
        ]


class Blocker(Row):
    """What holds a project up: since when, whose it is to clear, and how it was cleared."""

    class Factor(models.TextChoices):
        LABOUR = "labour", _("Labour")
        POWER = "power", _("Power")
        TRANSPORT = "transport", _("Freight transport")
        MONEY = "money", _("Money")
        MATERIALS = "materials", _("Materials")
        LAND = "land", _("Land")
        PERMITS = "permits", _("Permits")

    project = models.ForeignKey(KeyProject, models.PROTECT, related_name="blockers")
    factor = models.CharField(_("factor"), max_length=9, choices=Factor)
    text = models.CharField(_("what is missing"), max_length=300)
    owner = models.CharField(_("answers for it"), max_length=20)
    since = models.DateField(_("since"))
    reported_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("how it was cleared"), max_length=300, blank=True)

    objects = ScopedManager()
    scope_path = "project__place"

    class Meta:
        ordering = ["since"]
        indexes = [models.Index(fields=["cleared_at", "since"])]
        constraints = [
            models.CheckConstraint(condition=~Q(owner=""), name="a_blocker_has_an_owner"),
            models.CheckConstraint(
                condition=Q(cleared_at=None, answer="") | (Q(cleared_at__isnull=False) & ~Q(answer="")),
                name="a_blocker_is_cleared_in_words",
            ),
        ]
