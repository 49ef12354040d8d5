"""Key projects of the story: weekly reports, blockers that come and go."""

import math
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import counties_of, organisations
from hucheng.economy import door as economy
from hucheng.exercises.replay.economy_firms import between, split
from hucheng.exercises.replay.staff import CITY, acting
from hucheng.exercises.replay.timeline import Day, Given, Work

KEY = 164
STARTED = ((date(2020, 3, 18), 95.0), (date(2020, 3, 31), 129.0), (date(2020, 4, 30), 153.0))
"""How many have started: 58 % on 18 March, the report of 31 March, 93 % on 30 April."""
WEEKLY = 2  # Wednesday, as 18 March was
BACKLOG, NEW_A_DAY, MEDIAN_DAYS, SIGMA = 34, 3, 9.0, 0.8
LONG = timedelta(days=15)
KINDS = ("道路", "厂房", "水利", "医院", "园区", "管网", "学校", "仓储")
LACKS = {
    "labour": "施工人员未到位 crews not back",
    "money": "资金未到账 money not arrived",
    "materials": "钢材水泥未到 steel and cement missing",
    "land": "征地未完成 land not cleared",
    "permits": "施工许可未批 permit not given",
    "transport": "材料运输受阻 transport held up",
}


class Owned(Protocol):
    """A project, as planned or as listed."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def owner(self) -> str:
        """The organisation that answers for it."""


def works() -> dict[str, Work]:
    """The acts of the story about projects."""
    return {"project.report": told}


def days(seed: int) -> list[Day]:
    """Blockers every day, the report of all projects on Wednesdays."""
    return [
        ("08:40", "project.report", partial(list_all, seed)),
        ("16:00", "project.report", partial(blockers, seed)),
        ("18:00", "project.report", partial(weekly, seed)),
    ]


def list_all(seed: int, at: datetime) -> None:
    """On the first morning: the key projects, and what holds them up since before the story."""
    actor = acting("economy")
    if economy.key_projects(actor):
        return
    rng = random.Random(f"{seed}/projects")
    counties = counties_of(CITY)
    owners = {one.place: one.code for one in organisations().values() if one.code.endswith("-ECO")}
    counts = split(KEY, [float(place.population or 1) for place in counties], [KEY] * len(counties))
    places = [place.code for place, count in zip(counties, counts, strict=True) for _n in range(count)]
    rng.shuffle(places)
    projects = []
    for n, place in enumerate(places):
        kind = rng.choice(KINDS)
        start = _start(n) - timedelta(days=rng.choice((0, 0, 0, 0, 9)))
        name = f"示例{kind}项目{n + 1:03}"
        projects.append(
            economy.ProjectIn(f"P{n + 1:03}", name, f"Example project {n + 1:03}", place, owners[place], start)
        )
    economy.list_projects(actor=actor, projects=projects, at=at)
    today = at.astimezone(SHANGHAI).date()
    _name(rng, projects, [today - timedelta(days=rng.randint(1, 18)) for _n in range(BACKLOG)], at)


def weekly(seed: int, at: datetime) -> None:
    """Every project, on Wednesdays."""
    day = at.astimezone(SHANGHAI).date()
    if day.weekday() == WEEKLY:
        _report(day, at)


def blockers(seed: int, at: datetime) -> None:
    """The day's new blockers, and those whose time to be cleared has come."""
    actor, day = acting("economy"), at.astimezone(SHANGHAI).date()
    due = [one for one in economy.open_blockers(actor) if day - one.since >= _lasts(seed, one)]
    _clear(due, at)
    rng = random.Random(f"{seed}/{day}/blockers")
    _name(rng, economy.key_projects(actor), [day] * NEW_A_DAY, at)


def told(given: Given, at: datetime) -> None:
    """The end of a quarter: a report of all projects, and as many blockers, old and new, as the story counts."""
    actor, day = acting("economy"), at.astimezone(SHANGHAI).date()
    _report(day, at)
    waiting = economy.open_blockers(actor)
    old = [one for one in waiting if day - one.since >= LONG]
    new = [one for one in waiting if day - one.since < LONG]
    many_old = given["blockers_over_14d"]
    many_new = given["blockers_open"] - many_old
    _clear([*old[many_old:], *new[many_new:]], at)
    rng = random.Random(f"{given['period']}/blockers")
    since = [day - LONG] * (many_old - len(old)) + [day] * (many_new - len(new))
    _name(rng, economy.key_projects(actor), since, at)


def _report(day: date, at: datetime) -> None:
    """Started projects do what was planned; those that start late lag behind."""
    actor = acting("economy")
    begun = round(between(STARTED, day))
    reports = []
    for n, project in enumerate(economy.key_projects(actor)):
        planned = max(0, min(100, (day - project.start_on).days // 2))
        started = n < begun
        done = max(0, min(100, (day - _start(n)).days // 2)) if started else 0
        reports.append(economy.ProgressIn(project.code, started, done, planned))
    economy.report_projects(actor=actor, day=day, reports=reports, at=at)


def _start(number: int) -> date:
    """When the project of a rank starts, so that the counts of the scenario come out."""
    day = date(2020, 3, 18)
    if number < STARTED[0][1]:
        return day - timedelta(days=1 + (int(STARTED[0][1]) - number) // 2)
    while round(between(STARTED, day)) <= number and day < date(2020, 5, 15):
        day += timedelta(days=1)
    return day


def _name(rng: random.Random, projects: Sequence[Owned], since: Sequence[date], at: datetime) -> None:
    rows = []
    for day in since:
        project = rng.choice(projects)
        factor = rng.choice(list(LACKS))
        lack = LACKS[factor]
        rows.append(economy.BlockerIn(project.code, economy.Blocker.Factor(factor), lack, project.owner, day))
    if rows:
        economy.report_blockers(actor=acting("economy"), blockers=rows, at=at)


def _clear(rows: Sequence[economy.Blocker], at: datetime) -> None:
    if rows:
        cleared = [economy.ClearedIn(one.pk, "已协调到位 put in place") for one in rows]
        economy.clear_blockers(actor=acting("economy"), cleared=cleared, at=at)


def _lasts(seed: int, blocker: economy.Blocker) -> timedelta:
    rng = random.Random(f"{seed}/{blocker.project.code}/{blocker.factor}/{blocker.since}")
    return timedelta(days=max(1, round(rng.lognormvariate(math.log(MEDIAN_DAYS), SIGMA))))
