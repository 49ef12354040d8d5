"""Demands with the responsibilities that official minutes write behind them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from hucheng.engines.minutes.duties import Duty
from hucheng.engines.minutes.units import Unit


def assigned(units: Sequence[Unit], duties: Sequence[Duty], text: str) -> list[Unit]:
    """Give the units with the responsibilities written behind them; one is about the demands since the one before it,
    in its own paragraph, or in the paragraph above where it stands alone in its line.
    """
    result = list(units)
    starts = [unit.start for unit in units]
    done = 0
    for duty in duties:
        first = bisect_left(starts, max(done, _paragraph_of(duty, text)))
        for at in range(first, bisect_left(starts, duty.start)):
            result[at] = _with(result[at], duty)
        done = duty.end
    return result


def _paragraph_of(duty: Duty, text: str) -> int:
    """Give where the paragraph begins that a responsibility is about."""
    line = text.rfind("\n", 0, duty.start) + 1
    if text[line : duty.start].strip():
        return line
    return text.rfind("\n", 0, max(0, line - 1)) + 1


def _with(unit: Unit, duty: Duty) -> Unit:
    named = (*duty.leads, *duty.supports)
    return replace(unit, actors=named or unit.actors, leads=duty.leads, stated=duty.deadline)
