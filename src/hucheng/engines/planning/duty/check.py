"""The checker of duty rosters: shares nothing with the search but the instance."""

from collections.abc import Iterator, Sequence

from hucheng.engines.planning.answer import Plan, Verdict, Violation
from hucheng.engines.planning.duty.instance import DutyInstance

Pairs = Sequence[tuple[int, int]]


def check(instance: DutyInstance, plan: Plan) -> Verdict:
    """Judge `{"duty": [[chief, deputy] per day]}`."""
    pairs = [(chief, deputy) for chief, deputy in plan["duty"]]
    if len(pairs) != instance.days:
        return Verdict({}, (Violation("every_day", str(len(pairs))),))
    broken = tuple(_broken(instance, pairs))
    return Verdict(_parts(instance, pairs), broken)


def _broken(instance: DutyInstance, pairs: Pairs) -> Iterator[Violation]:
    leaders = instance.leaders
    last: dict[int, int] = {}
    for day, pair in enumerate(pairs):
        chief, deputy = pair
        if not leaders[chief].chief:
            yield Violation("chief_rank", str(day))
        if leaders[chief].portfolio == leaders[deputy].portfolio:
            yield Violation("two_portfolios", str(day))
        for who in pair:
            if day in leaders[who].away:
                yield Violation("away", str((who, day)))
            if who in last and day - last[who] < instance.min_gap:
                yield Violation("min_gap", str(who))
            last[who] = day


def _parts(instance: DutyInstance, pairs: Pairs) -> dict[str, float]:
    duties, holidays, avoided = [0] * len(instance.leaders), [0] * len(instance.leaders), 0
    for day, pair in enumerate(pairs):
        for who in pair:
            duties[who] += 1
            holidays[who] += day in instance.holidays
            avoided += day in instance.leaders[who].avoid
    return {
        "avoid": instance.w_avoid * avoided,
        "spread": instance.w_spread * (max(duties) - min(duties)),
        "holiday_spread": instance.w_holiday * (max(holidays) - min(holidays)),
    }
