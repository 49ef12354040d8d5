"""Readings kept over time, so that a tile shows where a number comes from."""

from django.db import models

from hucheng.core.rows import Row


class KeptReading(Row):
    """What one measure said at one time for one place; append-only. A null value is blind."""

    measure = models.CharField(max_length=60)
    place = models.CharField(max_length=6)
    at = models.DateTimeField()
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["place", "measure", "at"])]
        constraints = [models.UniqueConstraint(fields=["place", "measure", "at"], name="one_reading_a_time")]
