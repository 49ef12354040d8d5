"""Series of the economy and their values, each value as it was published and when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Named
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.economy.indicators.periods import label


class Indicator(Row, Named):
    """One series: what it counts, of which area, how often, and by how many days after a period it is due.

    `place` is the city that keeps the series, `area` the division of which it speaks: a city keeps the nation's too.
    """

    class Period(models.TextChoices):
        MONTH = "month", _("Month")
        QUARTER = "quarter", _("Quarter")

    class Kind(models.TextChoices):
        GROWTH = "growth", _("Growth of the year to date against the year before")
        TOTAL = "total", _("Total of the year to date")
        LEVEL = "level", _("State of the period itself")

    class Unit(models.TextChoices):
        YOY = "% yoy", _("% yoy")
        PERCENT = "%", _("%")
        PERSONS = "persons", _("persons")
        MONEY = "100m CNY", _("100m CNY")

    class Better(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")

    place = models.CharField(max_length=6)
    area = models.CharField(max_length=6)
    code = models.SlugField(max_length=40)
    unit = models.CharField(max_length=10, choices=Unit)
    period = models.CharField(max_length=7, choices=Period)
    kind = models.CharField(max_length=6, choices=Kind)
    better = models.CharField(max_length=6, choices=Better)
    due_days = models.PositiveSmallIntegerField(_("due so many days after the period"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    opened_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["place", "code"], name="one_series_a_code"),
            models.CheckConstraint(condition=~Q(source=""), name="a_series_names_its_source"),
        ]


class Vintage(Row):
    """One value of one period as it was published on one day; a revision is a new row with its reason. Append-only."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="vintages")
    period = models.DateField(_("last day of the period"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    published_on = models.DateField(_("published on"))
    revision = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("reason of the revision"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()
    scope_path = "indicator__place"

    class Meta:
        ordering = ["period", "revision"]
        indexes = [models.Index(fields=["indicator", "published_on"])]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period", "revision"], name="one_vintage_a_revision"),
            models.CheckConstraint(condition=Q(revision=0) | ~Q(reason=""), name="a_revision_says_why"),
            models.CheckConstraint(
                condition=Q(published_on__gte=F("period")), name="nothing_is_published_before_its_period_ends"
            ),
        ]

    @property
    def period_label(self) -> str:
        """The period as its series writes it: 2020M02, 2020Q1."""
        return label(self.period, self.indicator.period)


class Upload(Row):
    """One file of values as it was received: each row is new, known or wrong, and the sum is whole. Append-only."""

    place = models.CharField(max_length=6)
    name = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    rows = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField()
    problems = models.JSONField(default=list)

    objects = ScopedManager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("new") + F("same") + F("wrong")), name="an_upload_of_values_adds_up"
            )
        ]
