"""The daily report of firms by county."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.scope.queryset import ScopedManager
from hucheng.economy.reported import Reported


class FirmReport(Reported):
    """Firms above size of one county on one day: how many work again, with how many of the people on their roll."""

    place = models.CharField(max_length=6)
    above_size = models.PositiveIntegerField(_("firms above size"))
    resumed = models.PositiveIntegerField(_("resumed"))
    on_roll = models.PositiveIntegerField(_("workers on the roll of resumed firms"))
    back = models.PositiveIntegerField(_("workers back"))

    objects = ScopedManager()

    class Meta(Reported.Meta):
        constraints = [
            *Reported.Meta.constraints,
            models.UniqueConstraint(fields=["place", "day", "revision"], name="one_report_of_firms_a_day"),
            models.CheckConstraint(condition=Q(resumed__lte=F("above_size")), name="no_more_resume_than_there_are"),
            models.CheckConstraint(condition=Q(back__lte=F("on_roll")), name="no_more_workers_back_than_on_the_roll"),
        ]
