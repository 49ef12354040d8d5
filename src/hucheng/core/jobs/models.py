"""What has run today, and what failed."""

from django.db import models
from django.db.models import Q


class DailyRun(models.Model):
    """One daily piece of work on one day, so that it is never done twice; one that failed says so until it is done.

    failure   what it broke on: the kind of fault and the line of the programme, never its words, which may name people
    again_at  when it is tried again; None when it is done, or given up for the day
    """

    name = models.CharField(max_length=60)
    day = models.DateField()
    ran_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=1)
    failure = models.CharField(max_length=200, blank=True, default="")
    again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "day"], name="once_a_day"),
            models.CheckConstraint(condition=Q(again_at=None) | ~Q(failure=""), name="only_what_failed_is_tried_again"),
        ]
