"""Rows of shifts that hold a post without names yet: the same wave again and again, or starts found by the flow."""

from dataclasses import dataclass

from hucheng.engines.planning.roster.covers import Shape
from hucheng.engines.planning.roster.instance import FREE, RosterInstance
from hucheng.engines.planning.roster.rules import wave_starts
from hucheng.engines.planning.roster.shifts import Bubble, Rows, name_shifts
from hucheng.engines.planning.search import Search

WAVE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Template:
    """Bubbles of a post as (first day, row of shifts from it), and what they cost when nobody asks for a day off."""

    bubbles: tuple[tuple[int, str], ...]
    cost: float


def wave_template(instance: RosterInstance, shape: Shape, search: Search) -> Template | None:
    """Give the cheapest wave of one bubble's length, repeated while the house is open.

    From the fewest workers that could cover it, one more is tried while what is uncovered or unfair costs more than
    a bubble. A bubble of n workers facing the same need is the same problem in every house and wave.
    """
    one = Shape(shape.need, (0, instance.block))
    worked = instance.block - instance.block // (instance.max_run + 1)
    count = -(-sum(shape.need) * instance.block // worked)
    best: Rows | None = None
    while best is None or best.cost > instance.w_block:
        found = name_shifts(instance, one, [Bubble(0)] * count, search, seconds=WAVE_SECONDS)
        if found is None or (best is not None and found.cost + instance.w_block >= best.cost):
            break
        best, count = found, count + 1
    return None if best is None else _repeated(instance, shape, best)


def _repeated(instance: RosterInstance, shape: Shape, wave: Rows) -> Template:
    """Let waves follow each other; one that is pulled back works only the days after the wave before."""
    first, end = shape.open
    bubbles, done = [], first
    starts = wave_starts(instance, shape.open)
    for start in starts:
        for row in wave.texts:
            worked = FREE * max(0, done - start) + row[max(0, done - start) : end - start]
            bubbles.append((start, worked.ljust(instance.block, FREE)))
        done = start + instance.block
    cost = instance.w_block * len(bubbles) + wave.cost * len(starts)
    return Template(tuple(bubbles), cost)


def template_on(
    instance: RosterInstance, shape: Shape, starts: tuple[int, ...], search: Search, *, seconds: float
) -> Template | None:
    """Name shifts on given starts; None when no rows were found in the time."""
    rows = name_shifts(instance, shape, [Bubble(start) for start in starts], search, seconds=seconds)
    if rows is None:
        return None
    return Template(tuple(zip(starts, rows.texts, strict=True)), instance.w_block * len(starts) + rows.cost)
