"""The one reminder a day."""

from datetime import datetime, time

from hucheng.command.supervision.actions import remind
from hucheng.core.jobs.jobs import daily
from hucheng.core.scope.actor import SYSTEM


@daily("command.supervision.remind", at=time(8, 30))
def remind_units(*, at: datetime) -> None:
    """Remind every unit of what is late, blind or due soon."""
    remind(actor=SYSTEM, at=at)
