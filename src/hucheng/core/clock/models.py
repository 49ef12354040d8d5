"""The clock of the exercise that this database plays."""

from datetime import datetime

from django.db import models


class SimulatedClock(models.Model):
    """One row: the exercise's time when it was last set, and the real time of that moment.

    While people look at it the exercise's time goes on at the pace of the real one.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    shows = models.DateTimeField()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_simulated_clock")]

    def time_at(self, real: datetime) -> datetime:
        """The exercise's time at a real time."""
        return self.shows + max(real - self.set_at, real - real)
