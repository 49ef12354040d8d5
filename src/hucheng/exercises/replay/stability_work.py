"""Disputes and work in the story: what is filed, reached and settled by day, and the weekly counts of key groups."""

import math
import random
from datetime import date, datetime, timedelta
from functools import partial

from hucheng.core.clock import SHANGHAI
from hucheng.exercises.replay.clerks import COUNTY_CLERKS
from hucheng.exercises.replay.generators import generator
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Day, Given, Work
from hucheng.stability import door as stability

FIRST, LAST = date(2020, 3, 18), date(2020, 4, 30)
REPORT_DAY = 2
"""Wednesday: the story begins on one, and the counts are weekly."""
FIRMS = ("餐饮企业 restaurant", "建材企业 building firm", "物流企业 logistics", "商贸企业 trading firm", "服装厂 mill")
SIDES = {"contract": "供货商 supplier", "debt": "出借方 lender", "labour": "员工 workers"}
CAUSES = {
    "contract": "延期交付 late delivery",
    "debt": "到期未还 repayment overdue",
    "labour": "停工工资 wages of the standstill",
}


def works() -> dict[str, Work]:
    """The acts of the story about disputes and work."""
    return {"dispute.file": file_one, "jobs.report": report_told}


def days(seed: int) -> list[Day]:
    """What mediators and the labour bureau do every day."""
    return [
        ("08:40", "dispute.file", partial(take_in_old, seed)),
        ("09:40", "dispute.file", partial(file_by_chance, seed)),
        ("15:40", "dispute.file", partial(mediate, seed)),
        ("17:20", "jobs.report", report),
    ]


def file_one(given: Given, at: datetime) -> None:
    """A dispute of the story."""
    told = stability.DisputeIn(
        kind=stability.Dispute.Kind(given["kind"]),
        firm=given["firm"],
        other_side=given["other_side"],
        people=given["people"],
        amount_yuan=given.get("amount_cny"),
        cause=given["cause"],
    )
    stability.file_dispute(actor=acting("public"), place="140105", given=told, at=at)


def take_in_old(seed: int, at: datetime) -> None:
    """On the first morning: what is open already is taken over from paper, with its own times."""
    if at.astimezone(SHANGHAI).date() != FIRST:
        return
    written, rng = generator("disputes")["open_on_18_march"], random.Random(f"{seed}/old disputes")
    for place in range(written["total"]):
        days = rng.uniform(30.5, 60) if place < written["over_30_days"] else rng.uniform(0.5, 29)
        filed = at - timedelta(days=days)
        reached = filed + timedelta(days=1) if days > 1 else None
        _file(rng, f"{filed:%m%d}-{place + 1:03}", at, filed, reached)


def file_by_chance(seed: int, at: datetime) -> None:
    """The disputes of a day, at the rate of the scenario."""
    rng = random.Random(f"{seed}/{at:%Y-%m-%d}/disputes")
    rate = sum(generator("disputes")["rate"].values())
    for n in range(int(rate) + (rng.random() < rate % 1)):
        _file(rng, f"{at:%m%d}-{n + 1:03}", at)


def mediate(seed: int, at: datetime) -> None:
    """Mediators reach most new parties within two days, and settle each dispute at its own time."""
    written = generator("disputes")
    for line in stability.open_disputes(acting("public"), at):
        dispute = line.dispute
        rng = random.Random(f"{seed}/{dispute.firm}/{dispute.kind}/{dispute.filed_at:%Y-%m-%d}")
        after = max(2.0, written["settle_days"]["median"] * math.exp(written["settle_days"]["sigma"] * rng.gauss(0, 1)))
        prompt = rng.random() < written["contacted"]
        court = rng.random() < written["court"]
        if dispute.contacted_at is None and (prompt or line.days >= 5):
            stability.reach_both_sides(actor=acting("public"), dispute_id=dispute.pk, at=at)
        elif dispute.contacted_at and line.days >= after:
            how = stability.Dispute.Settled.COURT if court else stability.Dispute.Settled.MEDIATED
            stability.settle(actor=acting("public"), dispute_id=dispute.pk, how=how, at=at)


def report(at: datetime) -> None:
    """Every Wednesday the counts, on a straight way from the first share to the last."""
    day = at.astimezone(SHANGHAI).date()
    if day.weekday() == REPORT_DAY:
        written = generator("jobs")
        gone = (day - FIRST) / (LAST - FIRST)
        share = written["placed_18_march"] + gone * (written["placed_30_april"] - written["placed_18_march"])
        _report(day, share, at)


def report_told(given: Given, at: datetime) -> None:
    """The counts that the story tells of a day."""
    _report(date.fromisoformat(given["day"]), given["placed"], at)


def _report(day: date, share: float, at: datetime) -> None:
    written = generator("jobs")
    counts = [
        stability.CountIn(stability.Group(name), registered, round(registered * share))
        for name, registered in written["registered"].items()
    ]
    homes = written["zero_job_households"]
    left = homes["start"] + (day - FIRST) / (LAST - FIRST) * (homes["end"] - homes["start"])
    stability.report_jobs(actor=acting("public"), day=day, counts=counts, households=round(left), at=at)


def _file(
    rng: random.Random, number: str, at: datetime, filed: datetime | None = None, reached: datetime | None = None
) -> None:
    written = generator("disputes")
    kind = rng.choices(list(written["rate"]), list(written["rate"].values()))[0]
    group = rng.random() < written["group_share"]
    told = stability.DisputeIn(
        kind=stability.Dispute.Kind(kind),
        firm=f"{rng.choice(FIRMS)} {number}（虚构）",
        other_side=SIDES[kind],
        people=rng.randint(6, 60) if group else rng.randint(1, 4),
        amount_yuan=rng.randint(2, 400) * 5000,
        cause=CAUSES[kind],
        filed_at=filed,
        contacted_at=reached,
    )
    stability.file_dispute(actor=acting("public"), place=rng.choice(sorted(COUNTY_CLERKS)), given=told, at=at)
