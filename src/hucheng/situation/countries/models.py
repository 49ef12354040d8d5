"""Files of series and their points; a point that is published anew is a new vintage, never an edit."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class SeriesFile(Row):
    """One file sent in: every row of it is new, revised, already here, or could not be read.

    problems  one entry a row that could not be read: line, field, value, code
    """

    place = models.CharField(max_length=6)
    name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(max_length=64)
    source = models.CharField(_("source"), max_length=120)
    published_on = models.DateField(_("published on"))
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    rows = models.PositiveIntegerField()
    fresh = models.PositiveIntegerField()
    revised = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    faulty = models.PositiveIntegerField()
    problems = models.JSONField(default=list)

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["place", "received_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("fresh") + F("revised") + F("same") + F("faulty")),
                name="every_row_of_a_series_file_is_accounted_for",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="series_file_names_its_source"),
        ]


class SeriesPoint(Row):
    """One country on one day as one publication gave it, counted up from the beginning; append-only.

    vintage  1 for the first value of that day, then one more with each value that differs
    """

    place = models.CharField(max_length=6)
    country = models.CharField(max_length=2)
    day = models.DateField(_("as of"))
    vintage = models.PositiveSmallIntegerField()
    confirmed = models.PositiveBigIntegerField()
    deaths = models.PositiveBigIntegerField(null=True)
    recovered = models.PositiveBigIntegerField(null=True)
    published_on = models.DateField(_("published on"))
    received_at = models.DateTimeField()
    file = models.ForeignKey(SeriesFile, models.PROTECT, related_name="points")

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "country", "day", "vintage"], name="one_point_a_vintage"),
            models.CheckConstraint(condition=Q(day__lte=F("published_on")), name="a_day_is_over_when_it_is_published"),
            models.CheckConstraint(condition=Q(vintage__gte=1), name="vintages_count_from_one"),
        ]
