"""The demand of the days ahead as an answer: numbers by day, one sentence, what it rests on, how good it has been."""

import csv
import math
from dataclasses import asdict
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from hucheng.engines.risk.answers import Answer, percent
from hucheng.engines.risk.demand.causes import Moments, moments, swings
from hucheng.engines.risk.demand.exact import Forecast, forecast
from hucheng.engines.risk.demand.forecast import RESOURCES
from hucheng.engines.risk.demand.joint import Joint, joint
from hucheng.engines.risk.demand.occupancy import LEVELS
from hucheng.engines.risk.demand.reading import NUMBERS, Assumption, Question
from hucheng.engines.risk.demand.record import Record, records
from hucheng.engines.words.bilingual import Bilingual

PROMISE = 0.95
SHORT = 0.05
"""A day is reported short of capacity when the chance of it is above this."""
_PATHS = 3_000


def demand_answer(question: Question) -> Answer:
    """Answer who needs what on which day, rooms first. Raises RiskRefused."""
    plan = question.plan
    exact = {resource: forecast(plan, resource) for resource in RESOURCES}
    needed = [name for name in RESOURCES if name == "rooms" or exact[name].mean.max() > 0]
    whole = {name: joint(plan, exact[name], promise=PROMISE, paths=_PATHS) for name in needed}
    rooms, parts = exact["rooms"], moments(plan, "rooms")
    peak = int(parts.mean.argmax())
    low, high = rooms.quantiles([0.025, 0.975])[peak]
    record = records(question.issued, question.observed)
    sentences = [
        _sentence(question, peak, parts, (low, high), whole["rooms"], rooms),
        *_short(question, exact),
        *_told_record(record),
        *question.notes,
    ]
    details: dict[str, object] = {
        "days": _days(question, exact),
        "joint": {name: _joint(one, question) for name, one in whole.items()},
        "doubt_by_cause": _doubt(parts, peak),
        "sensitivity": _sensitivity(question, peak),
        "record": [_plain(one) for one in record],
        "sentences": [asdict(one) for one in sentences],
    }
    return Answer("demand", float(parts.mean[peak]), float(low), float(high), sentences[0], assumed(question), details)


def _sentence(
    question: Question, peak: int, parts: Moments, ends: tuple[float, float], whole: Joint, rooms: Forecast
) -> Bilingual:
    cause = max(parts.by_cause, key=lambda name: float(parts.by_cause[name][peak]))
    certain = parts.variance[peak] < 1e-9
    return _told(
        "sentence",
        day=question.start + timedelta(days=peak),
        end=question.start + timedelta(days=question.plan.days - 1),
        mean=f"{parts.mean[peak]:.0f}",
        low=f"{ends[0]:.0f}",
        high=f"{ends[1]:.0f}",
        cause=_words()["cause_none" if certain else f"cause_{cause}"],
        promise=f"{PROMISE:.0%}",
        reserve=f"{whole.reserve.max():.0f}",
        daily=f"{rooms.quantiles([PROMISE]).max():.0f}",
        of_daily=percent(whole.of_daily),
    )


def _short(question: Question, exact: dict[str, Forecast]) -> list[Bilingual]:
    """Say of each capacity when it is first likely to be short."""
    told = []
    for resource, capacity in question.capacity.items():
        chance = exact[resource].beyond(capacity)
        day = int(np.argmax(chance > SHORT))
        told.append(
            _told(
                "short" if chance[day] > SHORT else "enough",
                capacity=capacity,
                resource=_words()[f"resource_{resource}"],
                day=question.start + timedelta(days=day),
                chance=percent(float(chance[day])),
                limit=f"{SHORT:.0%}",
            )
        )
    return told


def _told_record(record: list[Record]) -> list[Bilingual]:
    return [_told_one(one) for one in record] or [_words()["no_record"]]


def _told_one(record: Record) -> Bilingual:
    width = max(record.inside, default=0.0)
    return _told(
        "record",
        count=record.count,
        resource=_words()[f"resource_{record.resource}"],
        first=record.leads[0],
        last=record.leads[1],
        wis=f"{record.wis:.1f}",
        last_value=_ratio(record.against_last_value),
        last_week=_ratio(record.against_last_week),
        share=f"{record.inside[width].share:.0%}" if record.inside else "-",
        width=f"{width:.0%}",
    )


def _ratio(against: float | None) -> str:
    return "-" if against is None else f"{against:.2f}"


def _told(key: str, **values: object) -> Bilingual:
    """Fill a sentence of words.csv; a bilingual value speaks the language around it."""
    zh, en = (
        _words()[key]
        .in_language(language)
        .format(
            **{
                name: value.in_language(language) if isinstance(value, Bilingual) else value
                for name, value in values.items()
            }
        )
        for language in ("zh", "en")
    )
    return Bilingual(zh, en)


def _days(question: Question, exact: dict[str, Forecast]) -> list[dict[str, object]]:
    """Give each day's mean and quantiles, in the shape that `issued` takes back when the day has come."""
    means = {name: one.mean for name, one in exact.items()}
    quantiles = {name: one.quantiles(LEVELS) for name, one in exact.items()}
    out: list[dict[str, object]] = []
    for day in range(question.plan.days):
        row: dict[str, object] = {"date": str(question.start + timedelta(days=day))}
        for name in exact:
            row[name] = {"mean": round(float(means[name][day]), 6), "quantiles": _levels(quantiles[name][day])}
        if staff := _staff(question, quantiles["rooms"][day]):
            row["staff"] = {"quantiles": staff}
        if "rooms" in question.capacity:
            row["chance_short_of_rooms"] = float(exact["rooms"].beyond(question.capacity["rooms"])[day])
        out.append(row)
    return out


def _staff(question: Question, rooms: Any) -> dict[str, int]:
    """People on duty a day: a whole person for each begun lot of rooms, in each shift; quantiles keep their order."""
    if question.staff is None:
        return {}
    lot, shifts = question.staff
    return {f"{level:g}": shifts * math.ceil(value / lot) for level, value in zip(LEVELS, rooms, strict=True)}


def _levels(quantiles: Any) -> dict[str, int]:
    return {f"{level:g}": int(value) for level, value in zip(LEVELS, quantiles, strict=True)}


def _joint(whole: Joint, question: Question) -> dict[str, object]:
    reserve = {str(question.start + timedelta(days=day)): int(value) for day, value in enumerate(whole.reserve)}
    return {
        "promise": whole.promise,
        "level_of_each_day": whole.level,
        "reserve": reserve,
        "peak": whole.peak,
        "single_days_at_promise_hold_together": whole.of_daily,
    }


def _doubt(parts: Moments, peak: int) -> dict[str, float]:
    total = float(parts.variance[peak])
    return {name: float(part[peak]) / total if total else 0.0 for name, part in parts.by_cause.items()}


def _sensitivity(question: Question, peak: int) -> list[dict[str, object]]:
    """Move one assumption at a time to both its ends; where none are given, by a tenth of its value, stays by a day."""
    ranges = {name: _range(name, question.assumptions[name]) for name in NUMBERS if question.assumptions[name].value}
    ranges["stay"] = (-1.0, 1.0)
    found = swings(question.plan, "rooms", peak, PROMISE, ranges) if question.plan.flights else []
    return [
        {
            "assumption": one.assumption,
            "words": asdict(_words()[f"assumption_{one.assumption}"]),
            "low": ranges[one.assumption][0],
            "high": ranges[one.assumption][1],
            "rooms_at_low": one.at_low,
            "rooms_at_high": one.at_high,
            "range": _kind(one.assumption, question.assumptions[one.assumption]),
        }
        for one in found
    ]


def _kind(name: str, known: Assumption) -> str:
    if name == "stay":
        return "a day"
    return "a tenth" if known.low is None else "given"


def _range(name: str, known: Assumption) -> tuple[float, float]:
    if known.low is not None and known.high is not None:
        return known.low, known.high
    most = math.inf if name.endswith("_sd") else 1.0
    return 0.9 * known.value, min(1.1 * known.value, most)


def assumed(question: Question) -> dict[str, str]:
    """Name and version of a plan, and each assumption with its interval and source."""
    out = {"name": question.name, "version": question.version}
    for name, known in question.assumptions.items():
        ends = "" if known.low is None else f" ({known.low:g}-{known.high:g})"
        out[name] = f"{known.value}{ends}; {known.source or 'source not given'}"
    return out


def _plain(record: Record) -> dict[str, object]:
    return {**asdict(record), "inside": {f"{width:g}": asdict(one) for width, one in record.inside.items()}}


@cache
def _words() -> dict[str, Bilingual]:
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: Bilingual(row["zh"], row["en"]) for row in csv.DictReader(file)}
