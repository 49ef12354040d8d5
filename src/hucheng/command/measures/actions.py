"""Keeping readings."""

from datetime import datetime

from hucheng.command.measures.models import KeptReading
from hucheng.core.audit.action import action
from hucheng.core.measures import read
from hucheng.core.measures.registry import readable
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role


@action(by={Role.SYSTEM, Role.COMMAND_OFFICE})
def take_readings(*, actor: Actor, at: datetime) -> int:
    """Read every measure that some room answers for and keep what it says; the same time again keeps nothing new."""
    rows = []
    for name in sorted(readable()):
        reading = read(name, actor, at)
        if reading is not None:
            rows.append(
                KeptReading(
                    measure=name,
                    place=actor.place,
                    at=at,
                    value=reading.value,
                    numerator=reading.numerator,
                    denominator=reading.denominator,
                )
            )
    KeptReading.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
