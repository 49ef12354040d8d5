"""The roster that simple rules give at once: one kind of shift a worker, in waves, days off in turn."""

from collections.abc import Iterator
from dataclasses import dataclass

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.roster.instance import FREE, SHIFTS, Post, RosterInstance


@dataclass(frozen=True, slots=True)
class Slot:
    """A bubble of a post from a day on, with its row of shifts from that day."""

    post: int
    start: int
    row: str

    def refused(self, off: frozenset[int]) -> int:
        """Count the days asked off on which the row works."""
        return sum(self.row[day - self.start] != FREE for day in off if 0 <= day - self.start < len(self.row))


def first_plan(instance: RosterInstance) -> Plan:
    """Fill wave after wave, house after house, with those free for the longest; what is left stays uncovered."""
    slots = sorted(
        (slot for n, post in enumerate(instance.posts) for slot in _waves(instance, n, post)),
        key=lambda slot: (slot.start, slot.post),
    )
    return plan_of(instance, list(zip(_first_free(instance, slots), slots, strict=True)))


def plan_of(instance: RosterInstance, filled: list[tuple[int | None, Slot]]) -> Plan:
    """Write workers in slots as a plan; slots without a worker are left out."""
    rows = [[FREE] * instance.days for _ in instance.staff]
    blocks = []
    for who, slot in filled:
        if who is None:
            continue
        blocks.append([who, instance.posts[slot.post].house, slot.start])
        row = slot.row[: instance.days - slot.start]
        rows[who][slot.start : slot.start + len(row)] = row
    return {"blocks": blocks, "shifts": ["".join(row) for row in rows]}


def wave_starts(instance: RosterInstance, span: tuple[int, int]) -> list[int]:
    """Give the first days of waves that follow each other; the last is pulled back to end within the horizon."""
    first, end = span
    starts = sorted({min(start, instance.last_start) for start in range(first, end, instance.block)})
    return [start for start in starts if start >= 0]


def _waves(instance: RosterInstance, n: int, post: Post) -> Iterator[Slot]:
    done = post.open[0]
    for start in wave_starts(instance, post.open):
        for kind, people in zip(SHIFTS, post.need, strict=True):
            for row in _rows(instance, kind, people):
                late = row[max(0, done - start) : post.open[1] - start]
                yield Slot(n, start, (FREE * max(0, done - start) + late).ljust(instance.block, FREE))
        done = start + instance.block


def _rows(instance: RosterInstance, kind: str, people: int) -> list[str]:
    """Give rows of one kind of shift, each with a day off in every cycle, that cover `people` a day."""
    run = min(instance.max_run, instance.max_nights_run) if kind == "N" else instance.max_run
    count = people
    while count - -(-count // (run + 1)) < people:
        count += 1
    rows = [[FREE] * instance.block for _ in range(count)]
    for day in range(instance.block):
        here = [n for n in range(count) if (day + n) % (run + 1)]
        for n in here[:people]:
            rows[n][day] = kind
    return ["".join(row) for row in rows]


def _first_free(instance: RosterInstance, slots: list[Slot]) -> Iterator[int | None]:
    free_from = [worker.free_from for worker in instance.staff]
    by_skill: dict[str, list[int]] = {}
    for who, worker in enumerate(instance.staff):
        by_skill.setdefault(worker.skill, []).append(who)
    for slot in slots:
        for who in by_skill.get(instance.posts[slot.post].skill, ()):
            if free_from[who] <= slot.start and instance.staff[who].may_live_in(slot.start, instance.block):
                free_from[who] = slot.start + instance.cycle
                yield who
                break
        else:
            yield None
