"""What a station measured each day, where its series begins, and which days it missed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Named
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Station(Row, Named):
    """A weather station that speaks for one county."""

    code = models.CharField(max_length=20, unique=True)
    place = models.CharField(max_length=6)
    opened_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["place", "code"]


class SeriesStart(Row):
    """The moisture codes at the end of a day, from which the series is reckoned on; append-only.

    A series begins anew after a gap that cannot be filled; who set the codes, and why, stands beside them.
    """

    station = models.ForeignKey(Station, models.PROTECT, related_name="starts")
    day = models.DateField(_("day after which the series begins"))
    ffmc = models.FloatField()
    dmc = models.FloatField()
    dc = models.FloatField()
    why = models.CharField(_("why these codes"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    objects = ScopedManager()
    scope_path = "station__place"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "day"], name="one_series_start_a_day"),
            models.CheckConstraint(
                condition=Q(ffmc__gte=0, ffmc__lte=101, dmc__gte=0, dc__gte=0), name="series_start_codes_are_possible"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="series_start_says_why"),
        ]


class Observation(Row):
    """Weather of one day at noon; append-only. A correction is a new version, and the highest counts."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="observations")
    day = models.DateField(_("day"))
    version = models.PositiveSmallIntegerField(default=1)
    temp_c = models.FloatField(_("air temperature, °C"))
    rh_pct = models.FloatField(_("relative humidity, %"))
    wind_kmh = models.FloatField(_("wind, km/h"))
    rain_mm = models.FloatField(_("rain of 24 hours, mm"))
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()

    objects = ScopedManager()
    scope_path = "station__place"

    class Meta:
        ordering = ["station", "day", "version"]
        constraints = [
            models.UniqueConstraint(fields=["station", "day", "version"], name="one_observation_a_version"),
            models.CheckConstraint(
                condition=Q(temp_c__gte=-70, temp_c__lte=60, rh_pct__gte=0, rh_pct__lte=100)
                & Q(wind_kmh__gte=0, wind_kmh__lte=408, rain_mm__gte=0, rain_mm__lte=1825),
                name="observation_is_possible",
            ),
        ]

    @property
    def values(self) -> tuple[float, float, float, float]:
        """Temperature, humidity, wind, rain."""
        return self.temp_c, self.rh_pct, self.wind_kmh, self.rain_mm


class Gap(Row):
    """A day without an observation, named by the county; the series is blind from it on. Append-only."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="gaps")
    day = models.DateField()
    why = models.CharField(max_length=200)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField()

    objects = ScopedManager()
    scope_path = "station__place"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "day"], name="one_gap_a_day"),
            models.CheckConstraint(condition=~Q(why=""), name="gap_says_why"),
        ]


class WeatherFile(Row):
    """A table of observations as it came: what went in, and the lines that did not, with why and what to do."""

    place = models.CharField(max_length=6)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    new = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()
    problems = models.JSONField(default=list)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-sent_at"]
