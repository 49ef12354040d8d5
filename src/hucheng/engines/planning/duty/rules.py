"""The duty roster that simple rules give at once: each day the least loaded who may serve."""

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.duty.instance import DutyInstance, Leader


def first_plan(instance: DutyInstance) -> Plan | None:
    """Fill the days in order; None where the rule runs into a day that nobody may take."""
    duties, last = [0] * len(instance.leaders), [-instance.min_gap] * len(instance.leaders)
    pairs = []
    for day in range(instance.days):
        free = [n for n in range(len(instance.leaders)) if _may_serve(instance, n, day, last)]
        free.sort(key=lambda n: (day in instance.leaders[n].avoid, duties[n], last[n]))
        pair = _pair(free, instance.leaders)
        if pair is None:
            return None
        for who in pair:
            duties[who] += 1
            last[who] = day
        pairs.append(pair)
    return {"duty": pairs}


def _may_serve(instance: DutyInstance, who: int, day: int, last: list[int]) -> bool:
    return day not in instance.leaders[who].away and day - last[who] >= instance.min_gap


def _pair(free: list[int], leaders: tuple[Leader, ...]) -> list[int] | None:
    """Give the first chief and the first deputy of another portfolio; deputies that cannot be chief first."""
    for chief in (n for n in free if leaders[n].chief):
        others = [n for n in free if leaders[n].portfolio != leaders[chief].portfolio]
        others.sort(key=lambda n: leaders[n].chief)
        if others:
            return [chief, others[0]]
    return None
