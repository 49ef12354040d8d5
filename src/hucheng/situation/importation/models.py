"""Published counts and facts; both are written once, and a correction is a new row that names the old one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class CaseReport(Row):
    """New imported cases of one day as published for `about`, of one flight where the publication names it.

    place   whose board holds it; `about` may lie above (the province publishes for its cities)
    found_* of the new cases, how many were found where; the rest is not known and counts on neither side
    """

    place = models.CharField(max_length=6)
    about = models.CharField(max_length=6)
    as_of = models.DateField(_("as of"))
    published_on = models.DateField(_("published on"))
    new = models.PositiveIntegerField(_("new imported cases"))
    flight = models.CharField(_("flight"), max_length=30, blank=True)
    route = models.CharField(_("where from"), max_length=200, blank=True)
    found_port = models.PositiveIntegerField(_("found at the port"), default=0)
    found_transfer = models.PositiveIntegerField(_("found in transfer"), default=0)
    found_quarantine = models.PositiveIntegerField(_("found in quarantine"), default=0)
    found_outside = models.PositiveIntegerField(_("found outside the line"), default=0)
    source = models.CharField(_("source"), max_length=120)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="correction")

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["place", "about", "as_of"])]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "about", "as_of", "flight"],
                condition=Q(corrects=None),
                name="one_report_a_day_and_flight",
            ),
            models.CheckConstraint(
                condition=Q(as_of__lte=F("published_on")), name="cases_are_published_when_the_day_is_over"
            ),
            models.CheckConstraint(
                condition=Q(
                    new__gte=F("found_port") + F("found_transfer") + F("found_quarantine") + F("found_outside")
                ),
                name="no_case_is_found_twice",
            ),
        ]

    @property
    def inside(self) -> int:
        """Cases found at the port, in transfer or in quarantine."""
        return self.found_port + self.found_transfer + self.found_quarantine

    @property
    def unknown(self) -> int:
        """Cases of which the report does not say where they were found."""
        return self.new - self.inside - self.found_outside


class Figure(models.TextChoices):
    """Numbers that a public fact may carry."""

    CONTACTS_TRACED = "contacts_traced", _("close contacts traced in all")
    CONTACTS_OBSERVED = "contacts_observed", _("close contacts under observation")
    CONTACTS_RELEASED = "contacts_released", _("close contacts released on the day")


class PublicFact(Row):
    """A public fact in one or both languages, with its source and, where it has them, its numbers by `Figure`."""

    place = models.CharField(max_length=6)
    text_zh = models.TextField(_("Chinese text"), blank=True)
    text_en = models.TextField(_("English text"), blank=True)
    source = models.CharField(_("source"), max_length=120)
    as_of = models.DateField(_("as of"))
    figures = models.JSONField(default=dict)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["place", "noted_at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(text_zh="", text_en=""), name="a_public_fact_says_something"),
            models.CheckConstraint(condition=~Q(source=""), name="a_public_fact_names_its_source"),
        ]

    @property
    def text(self) -> str:
        """The text in the language in force, else in the other one."""
        chinese = (get_language() or "zh").startswith("zh")
        return self.text_zh or self.text_en if chinese else self.text_en or self.text_zh

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """Its numbers with their names, in the order of `Figure`."""
        return [(str(figure.label), self.figures[figure]) for figure in Figure if figure in self.figures]
