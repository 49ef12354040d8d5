"""Reminders, one a task and day, and notes that wait for an answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.command.tasks.models import Task
from hucheng.core.places.models import Organisation
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Reminder(Row):
    """A unit was reminded of a task on a day; append-only, at most one a day."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="reminders")
    day = models.DateField()
    at = models.DateTimeField()
    standing = models.PositiveSmallIntegerField()

    objects = ScopedManager()
    scope_path = "task__place"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "day"], name="one_reminder_a_task_and_day")]


class SupervisionNote(Row):
    """A question of the office to a unit, with its answer."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    place = models.CharField(max_length=6)
    about = models.TextField(_("about"))
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answered_at=None) | ~Q(answer=""), name="note_is_answered_in_words")
        ]
