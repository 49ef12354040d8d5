"""How a number stands, in the words of the design language."""

from datetime import datetime
from enum import IntEnum

from hucheng.core.design.kinds import KINDS
from hucheng.core.measures import MEASURES

LAST_FIFTH = 0.2
"""Due soon: at most a fifth of the time between giving and deadline is left (design language, section 5)."""


class Standing(IntEnum):
    """Worst first. A measure that cannot be read is blind, never met."""

    BEHIND, BLIND, DUE_SOON, RUNNING, MET = range(5)

    @property
    def kind(self) -> str:
        """The kind of the design system."""
        return ("bad", "blind", "warn", "run", "ok")[self]

    @property
    def word(self) -> str:
        """The status word of the design language."""
        return str(KINDS[self.kind][1])

    @property
    def needs_a_hand(self) -> bool:
        """Late, blind or due soon: what supervision shows and reminds of."""
        return self < Standing.RUNNING


def judge(measure_id: str, value: float | None) -> Standing:
    """Judge a live number that has no deadline of its own against the city's target."""
    if value is None:
        return Standing.BLIND
    measure = MEASURES[measure_id]
    return Standing.MET if measure.meets(value, measure.target) else Standing.BEHIND


def judge_by(
    measure_id: str, value: float | None, *, target: float | None, given_at: datetime, due: datetime, at: datetime
) -> Standing:
    """Judge what was asked by a deadline. target None takes the city's; without a measure only the clock speaks."""
    if measure_id and value is None:
        return Standing.BLIND
    if measure_id and value is not None:
        measure = MEASURES[measure_id]
        if measure.meets(value, measure.target if target is None else target):
            return Standing.MET
    if at > due:
        return Standing.BEHIND
    return Standing.DUE_SOON if due - at <= LAST_FIFTH * (due - given_at) else Standing.RUNNING
