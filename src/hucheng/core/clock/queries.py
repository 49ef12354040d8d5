"""What the simulated clock was last set to."""

from datetime import datetime

from hucheng.core.clock.models import SimulatedClock


def shown_when_last_set() -> datetime:
    """The exercise's time when it was last set. Raises SimulatedClock.DoesNotExist outside an exercise."""
    return SimulatedClock.objects.get().shows
