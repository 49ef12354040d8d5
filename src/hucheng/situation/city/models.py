"""Local cases as published by day, counted up from the beginning."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class LocalCount(Row):
    """All locally acquired cases up to one day; append-only, a number that is published anew is a new vintage."""

    place = models.CharField(max_length=6)
    day = models.DateField(_("as of"))
    vintage = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField(_("local cases in all"))
    source = models.CharField(_("source"), max_length=120)
    published_on = models.DateField(_("published on"))
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "day", "vintage"], name="one_local_count_a_vintage"),
            models.CheckConstraint(condition=Q(day__lte=F("published_on")), name="local_day_is_over_when_published"),
            models.CheckConstraint(condition=~Q(source=""), name="local_count_names_its_source"),
        ]
