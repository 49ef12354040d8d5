"""How a number stands, in the words of the design language."""

from enum import IntEnum

from hucheng.core.measures import MEASURES


class Standing(IntEnum):
    """Worst first. A measure that cannot be read is blind, never met."""

    BEHIND, BLIND, DUE_SOON, RUNNING, MET = range(5)

    @property
    def kind(self) -> str:
        """The kind of the design system."""
        return ("bad", "blind", "warn", "run", "ok")[self]


def judge(measure_id: str, value: float | None) -> Standing:
    """Judge a live number that has no deadline of its own against the city's target."""
    if value is None:
        return Standing.BLIND
    measure = MEASURES[measure_id]
    return Standing.MET if measure.meets(value, measure.target) else Standing.BEHIND
