"""The checker of rosters: shares nothing with the search but the instance."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from hucheng.engines.planning.answer import Plan, Verdict, Violation
from hucheng.engines.planning.roster.instance import FREE, SHIFTS, RosterInstance, Worker

Blocks = Mapping[int, Sequence[tuple[int, int]]]
_NOT_AFTER = {"ND", "NE", "ED"}


def check(instance: RosterInstance, plan: Plan) -> Verdict:
    """Judge `{"blocks": [[worker, house, first day]], "shifts": ["D/E/N/- for each day" for each worker]}`."""
    blocks: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for who, house, start in plan["blocks"]:
        blocks[who].append((start, house))
    ordered = {who: sorted(found) for who, found in blocks.items()}
    rows = plan["shifts"]
    if len(rows) != len(instance.staff):
        return Verdict({}, (Violation("row_length", str(len(rows))),))
    broken = [*_broken_blocks(instance, ordered), *_broken_rows(instance, ordered, rows)]
    return Verdict(_parts(instance, ordered, rows), tuple(broken))


def _broken_blocks(instance: RosterInstance, blocks: Blocks) -> Iterator[Violation]:
    for who, found in blocks.items():
        worker = instance.staff[who]
        for start, _house in found:
            if start > instance.last_start:
                yield Violation("block_in_horizon", str((who, start)))
            if any(begin < start + instance.block and start < end for begin, end in worker.away):
                yield Violation("away", str((who, start)))
        if any(second[0] - first[0] < instance.cycle for first, second in pairwise(found)):
            yield Violation("rest_between_bubbles", str(who))
        if found[0][0] < worker.free_from:
            yield Violation("still_in_rest", str(who))
        if found[-1][0] > worker.test_due:
            yield Violation("test_overdue", str(who))
        if not worker.trained:
            yield Violation("untrained", str(who))


def _broken_rows(instance: RosterInstance, blocks: Blocks, rows: Sequence[str]) -> Iterator[Violation]:
    for who, row in enumerate(rows):
        if len(row) != instance.days:
            yield Violation("row_length", str(who))
            continue
        inside = {day for start, _ in blocks.get(who, ()) for day in range(start, start + instance.block)}
        yield from (Violation(rule, str((who, day))) for rule, day in _broken_days(instance, inside, row))


def _broken_days(instance: RosterInstance, inside: set[int], row: str) -> Iterator[tuple[str, int]]:
    run = nights = 0
    for day, shift in enumerate(row):
        if shift != FREE and shift not in SHIFTS:
            yield "symbol", day
        if shift != FREE and day not in inside:
            yield "work_outside_bubble", day
        if day and row[day - 1] + shift in _NOT_AFTER:
            yield "shift_order", day
        run = run + 1 if shift != FREE else 0
        nights = nights + 1 if shift == "N" else 0
        if run > instance.max_run:
            yield "max_consecutive_days", day
        if nights > instance.max_nights_run:
            yield "max_consecutive_nights", day


def _parts(instance: RosterInstance, blocks: Blocks, rows: Sequence[str]) -> dict[str, float]:
    got: Counter[tuple[int, int, str, str]] = Counter()
    for who, found in blocks.items():
        for start, house in found:
            for day in range(start, min(instance.days, start + instance.block)):
                got[house, day, instance.staff[who].skill, rows[who][day : day + 1]] += 1
    under = sum(
        max(0, people - got[post.house, day, post.skill, shift])
        for post in instance.posts
        for shift, people in zip(SHIFTS, post.need, strict=True)
        for day in range(*post.open)
    )
    return {
        "under": instance.w_under * under,
        "requests": instance.w_request * sum(map(_refused, instance.staff, rows)),
        "blocks": instance.w_block * sum(map(len, blocks.values())),
        "night_fairness": instance.w_fair
        * sum(max(0, rows[who].count("N") / len(found) - instance.night_cap) for who, found in blocks.items()),
    }


def _refused(worker: Worker, row: str) -> int:
    return sum(row[day : day + 1] not in ("", FREE) for day in worker.off)
