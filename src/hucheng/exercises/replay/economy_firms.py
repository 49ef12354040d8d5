"""Firms of the story: who works again by county, and what firms ask."""

import math
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.models import Place
from hucheng.core.places.queries import counties_of
from hucheng.economy import door as economy
from hucheng.exercises.replay.staff import CITY, acting
from hucheng.exercises.replay.timeline import Day, Given, Work

ABOVE_SIZE, PEOPLE_A_FIRM = 412, 620
RESUMED = ((date(2020, 3, 18), 0.86), (date(2020, 3, 23), 0.9005), (date(2020, 4, 30), 0.985))
BACK = ((date(2020, 3, 18), 0.71), (date(2020, 3, 23), 0.74), (date(2020, 4, 30), 0.93))
"""Shares that the scenario names, with the report of 23 March between them."""
KINDS = {"workers": 0.24, "credit": 0.22, "logistics": 0.18, "protection": 0.12, "permits": 0.14, "power": 0.10}
NEEDS = {
    "workers": "缺一线员工 workers for the line",
    "credit": "流动资金贷款展期 a working loan prolonged",
    "logistics": "货车通行 lorries let through",
    "protection": "口罩和测温设备 masks and thermometers",
    "permits": "复工审批 permit to resume",
    "power": "用电用汽增容 more power and steam",
}
TRADES = ("机械", "铸造", "化工", "食品", "纺织", "医药", "电子", "建材")
REQUESTS_A_DAY, MEDIAN_DAYS, SIGMA = 14, 2.1, 0.7


def works() -> dict[str, Work]:
    """The acts of the story about firms."""
    return {"firms.report": told, "request.file": ask}


def days(seed: int) -> list[Day]:
    """Requests in the morning, the report of the day at its end."""
    return [
        ("09:40", "request.file", partial(ask_all, seed)),
        ("17:00", "firms.report", partial(report, seed)),
        ("17:30", "request.file", partial(settle, seed)),
    ]


def told(given: Given, at: datetime) -> None:
    """The sum of one day, split over the counties."""
    day = date.fromisoformat(given["day"])
    _report(day, given["above_size"], given["resumed"], given["workers_back"], at)


def report(seed: int, at: datetime) -> None:
    """The day's report, unless the story has told it."""
    day = at.astimezone(SHANGHAI).date()
    if not economy.reported_days(acting("economy"), day):
        logit = [(when, math.log(share / (1 - share))) for when, share in RESUMED]
        share = 1 / (1 + math.exp(-between(logit, day)))
        _report(day, ABOVE_SIZE, round(ABOVE_SIZE * share), between(BACK, day), at)


def _report(day: date, above_size: int, resumed: int, back: float, at: datetime) -> None:
    counties = counties_of(CITY)
    firms = split(above_size, [float(place.population or 1) for place in counties], [above_size] * len(counties))
    leaning = [size * (1 + 0.02 * ((n * 7) % 5 - 2)) for n, size in enumerate(firms)]
    again = split(resumed, leaning, firms)
    reports = []
    for n, (place, size, open_again) in enumerate(zip(counties, firms, again, strict=True)):
        roll = open_again * PEOPLE_A_FIRM
        share = min(back * (1 + 0.015 * ((n * 3) % 5 - 2)), 1.0)
        reports.append(economy.FirmsIn(place.code, day, size, open_again, roll, round(roll * share)))
    economy.report_firms(actor=acting("economy"), reports=reports, at=at)


def ask(given: Given, at: datetime) -> None:
    """One request of the story."""
    kind = economy.FirmRequest.Kind(given["kind"])
    one = economy.RequestIn(given["county"], given["who"], kind, given["about"], given["official"])
    economy.file_requests(actor=acting("economy"), requests=[one], at=at)


def ask_all(seed: int, at: datetime) -> None:
    """The requests of one morning."""
    day = at.astimezone(SHANGHAI).date()
    rng = random.Random(f"{seed}/{day}/requests")
    counties = counties_of(CITY)
    places = rng.choices(counties, [place.population or 1 for place in counties], k=REQUESTS_A_DAY)
    kinds = rng.choices(list(KINDS), list(KINDS.values()), k=REQUESTS_A_DAY)
    requests = [
        economy.RequestIn(
            place.code,
            f"示例{rng.choice(TRADES)}企业{day:%m%d}-{n:02}",
            economy.FirmRequest.Kind(kind),
            NEEDS[kind],
            _official(place),
        )
        for n, (place, kind) in enumerate(zip(places, kinds, strict=True), start=1)
    ]
    economy.file_requests(actor=acting("economy"), requests=requests, at=at)


def settle(seed: int, at: datetime) -> None:
    """Answer the requests whose time has come, by the scenario's spread of days."""
    actor = acting("economy")
    answers = [
        economy.AnswerIn(request.pk, "已协调解决 settled with the unit in charge")
        for request in economy.open_requests(actor)
        if at - request.filed_at >= _wait(seed, request.firm)
    ]
    if answers:
        economy.settle_requests(actor=actor, answers=answers, at=at)


def between(points: Sequence[tuple[date, float]], day: date) -> float:
    """The straight line through dated points; flat before the first and behind the last."""
    if day <= points[0][0]:
        return points[0][1]
    for (start, low), (end, high) in zip(points, points[1:], strict=False):
        if day <= end:
            return low + (high - low) * (day - start).days / (end - start).days
    return points[-1][1]


def split(total: int, weights: Sequence[float], caps: Sequence[int]) -> list[int]:
    """Split a whole number by weights, the largest remainders rounded up, none above its cap."""
    ideal = [total * weight / sum(weights) for weight in weights]
    parts = [min(int(share), cap) for share, cap in zip(ideal, caps, strict=True)]
    order = sorted(range(len(parts)), key=lambda n: parts[n] - ideal[n])
    while (left := total - sum(parts)) > 0 and any(part < cap for part, cap in zip(parts, caps, strict=True)):
        for n in [n for n in order if parts[n] < caps[n]][:left]:
            parts[n] += 1
    return parts


def _official(place: Place) -> str:
    return f"{place.name_zh}包联干部（虚构）"


def _wait(seed: int, firm: str) -> timedelta:
    return timedelta(days=random.Random(f"{seed}/{firm}").lognormvariate(math.log(MEDIAN_DAYS), SIGMA))
