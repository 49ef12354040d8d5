"""What has run today."""

from django.db import models


class DailyRun(models.Model):
    """One daily piece of work on one day, so that it never runs twice."""

    name = models.CharField(max_length=60)
    day = models.DateField()
    ran_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="once_a_day")]
