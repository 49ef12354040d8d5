"""Demands with the responsibilities that official minutes write behind them."""

from collections.abc import Sequence
from dataclasses import replace

from hucheng.engines.minutes.duties import Duty
from hucheng.engines.minutes.units import Unit


def assigned(units: Sequence[Unit], duties: Sequence[Duty], text: str) -> list[Unit]:
    """Give the units with the responsibilities written behind them; one is about the demands since the one before it,
    in its own paragraph, or in the paragraph above where it stands alone in its line.
    """
    result = list(units)
    done = 0
    for duty in duties:
        line = text.rfind("\n", 0, duty.start) + 1
        if not text[line : duty.start].strip():
            line = text.rfind("\n", 0, max(0, line - 1)) + 1
        for at, unit in enumerate(result):
            if max(done, line) <= unit.start and unit.end <= duty.start:
                result[at] = _with(unit, duty)
        done = duty.end
    return result


def _with(unit: Unit, duty: Duty) -> Unit:
    named = (*duty.leads, *duty.supports)
    return replace(unit, actors=named or unit.actors, leads=duty.leads, before=duty.deadline or unit.before)
