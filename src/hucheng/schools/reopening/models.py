"""Stages of return, which school opened when, and what had to close again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Named
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.terms import Role


class Stage(Row, Named):
    """Grades that may return from a day on, as announced; another day is another announcement."""

    place = models.CharField(max_length=6)
    key = models.CharField(_("key"), max_length=30)
    grades = models.JSONField(_("grades"))
    opens_on = models.DateField(_("day of return"))
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager()

    class Meta:
        ordering = ["opens_on", "key"]
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(name_zh="") & ~Q(name_en=""), name="stage_is_named"),
        ]


class Opening(Row):
    """A school whose grades of a stage have returned. A trigger asks for ten held items and three signatures."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="openings")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="openings")
    key = models.CharField(max_length=30)
    grades = models.JSONField(_("grades"))
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager()
    scope_path = "school__place"
    unit_paths = {Role.SCHOOL: "school__code"}

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="a_stage_opens_once_a_school")]


class Alarm(Row):
    """A finding at a school that closes the unit it concerns, append-only. It names a class, never a pupil."""

    class Kind(models.TextChoices):
        FEVER = "fever", _("Several fevers in one class")
        SUSPECTED = "suspected", _("Suspected case")
        CONFIRMED = "confirmed", _("Confirmed case")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="alarms")
    kind = models.CharField(_("kind of finding"), max_length=9, choices=Kind)
    grade = models.PositiveSmallIntegerField(_("grade"))
    class_number = models.PositiveSmallIntegerField(_("class"))
    note = models.CharField(_("what was found"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager()
    scope_path = "school__place"
    unit_paths = {Role.SCHOOL: "school__code"}

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(grade__lte=12) & ~Q(note=""), name="alarm_in_a_grade_in_words")
        ]


class Closing(Row):
    """A class or a whole grade sent home by an alarm; open again only by somebody's name."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="closings")
    alarm = models.ForeignKey(Alarm, models.PROTECT, related_name="closings")
    grade = models.PositiveSmallIntegerField(_("grade"))
    class_number = models.PositiveSmallIntegerField(_("class, 0 for the whole grade"))
    closed_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    why_reopened = models.CharField(_("why it may open again"), max_length=300, blank=True)

    objects = ScopedManager()
    scope_path = "school__place"
    unit_paths = {Role.SCHOOL: "school__code"}

    class Meta:
        ordering = ["-closed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "grade", "class_number"],
                condition=Q(reopened_at=None),
                name="one_open_closing_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None) | (Q(reopened_by__isnull=False) & ~Q(why_reopened="")),
                name="reopened_by_a_person_in_words",
            ),
        ]
