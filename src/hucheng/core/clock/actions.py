"""Setting the clock of an exercise."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock.clock import wall_time
from hucheng.core.clock.models import SimulatedClock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role


@action(by={Role.COMMAND_OFFICE})
def set_simulated_clock(*, actor: Actor, at: datetime) -> SimulatedClock:
    """Let the exercise's clock show `at` from now on.

    Refuses outside an exercise: the real clock is never set.
    """
    if not settings.HUCHENG_EXERCISE:
        raise Refusal(
            "no_exercise",
            why=_("This installation does not play an exercise."),
            do=_("Set the clock in a demonstration or exercise installation only."),
        )
    clock, _made = SimulatedClock.objects.update_or_create(id=1, defaults={"shows": at, "set_at": wall_time()})
    return clock
