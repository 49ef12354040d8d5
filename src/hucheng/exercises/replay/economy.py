"""The economy's side of the story: series and targets as they are published, relief; the rest in its own files."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from hucheng.core.clock import SHANGHAI
from hucheng.economy import door as economy
from hucheng.exercises.replay import economy_firms, economy_goods, economy_projects
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Day, Given, Work

AVERAGES = {"gdp": 6.6, "industry": 6.6, "investment": 10.6, "retail": 6.6, "revenue": 6.7}
"""Growth around which the invented years 2016 to 2019 lie; of product, investment, revenue the published averages."""
NOISE, FESTIVAL_DIP = 1.2, 3.0
RELEASED_AFTER, REVISED_AFTER, REVISED_BY = timedelta(days=22), timedelta(days=30), 0.4
INVENTED = "演示数据（虚构） invented"


def works() -> dict[str, Work]:
    """The acts of the story that this side answers for."""
    return {
        "indicator.publish": publish,
        "target.adopt": adopt,
        "policy.publish": relieve,
        **economy_firms.works(),
        **economy_goods.works(),
        **economy_projects.works(),
    }


def days(seed: int) -> list[Day]:
    """What this side does every day."""
    return [
        ("07:50", "indicator.publish", partial(found, seed)),
        ("10:30", "indicator.publish", partial(revise, seed)),
        ("17:45", "policy.publish", reach),
        *economy_firms.days(seed),
        *economy_goods.days(seed),
        *economy_projects.days(seed),
    ]


def found(seed: int, at: datetime) -> None:
    """On the first morning: series, goods, and the years before."""
    actor = acting("economy")
    if not economy.open_series(actor=actor, rows=economy.shipped(economy.SERIES), at=at):
        return
    economy.open_goods(actor=actor, rows=economy.shipped(economy.GOODS), at=at)
    economy.publish(actor=actor, values=history(seed), at=at)


def history(seed: int) -> list[economy.ValueIn]:
    """Invented values of 2016 to 2019: around the averages, lower at the Spring Festival, calmer as a year fills."""
    rng = random.Random(f"{seed}/history")
    values = []
    for code, average in AVERAGES.items():
        for year in range(2016, 2020):
            for month in (3, 6, 9, 12) if code == "gdp" else range(2, 13):
                noise = rng.gauss(0, NOISE) * (2 / month) ** 0.5
                growth = average + noise - (FESTIVAL_DIP if month == 2 else 0)
                end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
                values.append(_value(code, f"{year}-{month:02}", growth, end + RELEASED_AFTER, source=INVENTED))
    return values


def publish(given: Given, at: datetime) -> None:
    """Values of one release."""
    day = at.astimezone(SHANGHAI).date()
    values = [_value(code, given["period"], number, day) for code, number in given["values"].items()]
    economy.publish(actor=acting("economy"), values=values, at=at)


def revise(seed: int, at: datetime) -> None:
    """The city's first values are revised a month later, by at most four tenths."""
    today = at.astimezone(SHANGHAI).date()
    actor = acting("economy")
    first = [v for v in economy.all_vintages(actor) if v.published_on == today - REVISED_AFTER and not v.revision]
    rng = random.Random(f"{seed}/{today}/revision")
    values = [
        _value(
            v.indicator.code,
            v.period_label,
            float(v.value) + (rng.uniform(0.1, REVISED_BY) * rng.choice((-1, 1))),
            today,
            reason="基层数据核实 source data verified",
        )
        for v in first
        if v.indicator.code in AVERAGES
    ]
    if values:
        economy.publish(actor=actor, values=values, at=at)


def adopt(given: Given, at: datetime) -> None:
    """One version of the targets of the year."""
    economy.adopt_targets(
        actor=acting("economy"),
        year=at.astimezone(SHANGHAI).year,
        state=economy.TargetVersion.State(given["version"]),
        dated_on=date.fromisoformat(given["dated"]),
        ground=given["ground"],
        document=given.get("document", ""),
        targets=[
            economy.TargetIn(code, Decimal(str(value)), economy.Target.Relation(relation))
            for code, (relation, value) in given["targets"].items()
        ],
        at=at,
    )


def relieve(given: Given, at: datetime) -> None:
    """Publish one measure of relief, and say how many firms meet its conditions."""
    day = at.astimezone(SHANGHAI).date()
    policy = economy.PolicyIn(
        name_zh=given["name_zh"],
        name_en=given["name_en"],
        conditions=given["conditions"],
        since=day,
        until=date.fromisoformat(given["until"]),
        document=given["document"],
        owner="TY-FIN",
        series=given["series"],
    )
    actor = acting("economy")
    made = economy.publish_policy(actor=actor, policy=policy, at=at)
    economy.report_reach(actor=actor, policy_id=made.pk, day=day, eligible=given["eligible"], paid=0, at=at)


def reach(at: datetime) -> None:
    """On Fridays: how far relief has reached, an eighth of the eligible more every week (invented)."""
    day = at.astimezone(SHANGHAI).date()
    if day.weekday() != 4:
        return
    actor = acting("economy")
    for line in economy.policies_of(actor, at):
        if line.running and line.count and line.count.day < day:
            paid = min(line.count.paid + line.count.eligible // 8, line.count.eligible)
            economy.report_reach(
                actor=actor, policy_id=line.policy.pk, day=day, eligible=line.count.eligible, paid=paid, at=at
            )


def _value(code: str, period: str, number: float, day: date, *, reason: str = "", source: str = "") -> economy.ValueIn:
    return economy.ValueIn(code, period, Decimal(str(round(number, 1))), day, reason, source)
