"""Repair a roster that people have been told: who lives where stays, a lost worker is replaced by one who is free."""

from collections import defaultdict

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.roster.instance import FREE, RosterInstance
from hucheng.engines.planning.roster.rules import Slot

Filled = list[tuple[int | None, Slot]]


def kept(instance: RosterInstance, plan: Plan) -> tuple[Filled, set[int]]:
    """Give the plan as workers in slots, and the posts in which a slot changed hands or stands empty.

    A bubble that its worker may no longer live in goes to the free worker of the skill who asked for fewest of its
    worked days off. Bubbles of houses or skills that no longer exist are dropped.
    """
    post_of = {(post.house, post.skill): n for n, post in enumerate(instance.posts)}
    filled: Filled = []
    lost: list[Slot] = []
    starts = defaultdict[int, list[int]](list)
    for who, house, start in sorted(plan["blocks"], key=lambda block: block[2]):
        post = post_of.get((house, instance.staff[who].skill))
        if post is None:
            continue
        slot = Slot(post, start, plan["shifts"][who][start : start + instance.block].ljust(instance.block, FREE))
        if _may_start(instance, who, start, starts[who]):
            starts[who].append(start)
            filled.append((who, slot))
        else:
            lost.append(slot)
    for slot in lost:
        filled.append((_replacement(instance, slot, starts), slot))
    return filled, {slot.post for slot in lost}


def _may_start(instance: RosterInstance, who: int, start: int, others: list[int]) -> bool:
    rested = all(abs(start - other) >= instance.cycle for other in others)
    return rested and start <= instance.last_start and instance.staff[who].may_live_in(start, instance.block)


def _replacement(instance: RosterInstance, slot: Slot, starts: defaultdict[int, list[int]]) -> int | None:
    skill = instance.posts[slot.post].skill
    free = [
        who
        for who, worker in enumerate(instance.staff)
        if worker.skill == skill and _may_start(instance, who, slot.start, starts[who])
    ]
    if not free:
        return None
    who = min(free, key=lambda n: (slot.refused(instance.staff[n].off), n))
    starts[who].append(slot.start)
    return who
