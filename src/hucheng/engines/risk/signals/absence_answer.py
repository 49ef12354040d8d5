"""Whether the last day stands out, as an answer: the count, what is usual, and the days before it that stood out."""

import csv
import io
from dataclasses import dataclass
from datetime import date

import numpy as np

from hucheng.engines.risk.answers import Answer, percent
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.signals.absence import Alarms, ears
from hucheng.engines.risk.signals.absence_regression import by_weekday
from hucheng.engines.words.bilingual import Bilingual

BASELINE, GUARD = 40, 3
_UNUSUAL = Bilingual("异常偏多", "unusually many")
_USUAL = Bilingual("属正常范围", "nothing unusual")
_SENTENCE = Bilingual(
    "{day} 为 {count} 人，{verdict}：预计约 {expected} 人，平常不超过 {bound} 人（{method}）。",
    "On {day} there were {count}, {verdict}: about {expected} were to be expected and more than {bound} are rare "
    "({method}).",
)
_METHODS = {
    "weekday": Bilingual(
        "与前几周同一星期几相比，误报概率 {level}", "against the same weekdays of the weeks before, false alarm {level}"
    ),
    "C2": Bilingual("EARS C2，历史不足，只与前一周相比", "EARS C2, against a week only, as there is little history"),
}
_SOURCES = {
    "weekday": "Noufaily et al. 2013, Stat. Med. 32:1206, on weekdays",
    "C2": "Hutwagner et al. 2003, J. Urban Health 80:i89",
}


@dataclass(frozen=True, slots=True)
class Days:
    """Counts by day, and how many could be absent where that is known; days nobody counted are not there."""

    dates: tuple[date, ...]
    counts: tuple[int, ...]
    enrolled: tuple[int, ...] | None


def read_days(data: bytes) -> Days:
    """Read a CSV with the columns date and count, and if you like enrolled, days in order.

    Raises RiskRefused, with the line, for a table that cannot be read, or days out of order.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise refused("day_list", value=broken) from broken
    if not rows or not {"date", "count"} <= set(rows[0]):
        raise refused("day_list", value="date, count")
    dates = tuple(_day(line, row["date"]) for line, row in enumerate(rows, 2))
    for line, (before, now) in enumerate(zip(dates, dates[1:], strict=False), 3):
        if now <= before:
            raise refused("day_list", value=f"{line}: {now} <= {before}")
    counts = tuple(_whole(line, row["count"]) for line, row in enumerate(rows, 2))
    known = "enrolled" in rows[0]
    return Days(
        dates, counts, tuple(_whole(line, row["enrolled"]) for line, row in enumerate(rows, 2)) if known else None
    )


def absence_answer(days: Days, *, level: float = 0.01) -> Answer:
    """Say whether the last day stands out. Raises RiskRefused for too short a series."""
    method = "weekday" if len(days.counts) > BASELINE + GUARD else "C2"
    found = _judged(days, method, level)
    chance = percent(level)
    named = Bilingual(
        _METHODS[method].zh.format(level=chance.zh), _METHODS[method].en.format(level=chance.en)
    )  # fmt: skip
    verdict = _UNUSUAL if found.alarm[-1] else _USUAL
    places = {"day": days.dates[-1], "count": days.counts[-1]}
    places |= {"expected": f"{found.expected[-1]:.0f}", "bound": f"{np.floor(found.bound[-1]):.0f}"}
    sentence = Bilingual(
        _SENTENCE.zh.format(verdict=verdict.zh, method=named.zh, **places),
        _SENTENCE.en.format(verdict=verdict.en, method=named.en, **places),
    )
    details: dict[str, object] = {
        "unusual": bool(found.alarm[-1]),
        "expected": float(found.expected[-1]),
        "bound": float(np.floor(found.bound[-1])),
        "unusual_days": [str(days.dates[day]) for day in found.days[found.alarm]],
        "judged_days": len(found.days),
    }
    assumed = {"name": f"absence by {method}", "version": "2026-11", "source": _SOURCES[method], "level": f"{level:g}"}
    return Answer("absence", float(days.counts[-1]), None, None, sentence, assumed, details)


def _judged(days: Days, method: str, level: float) -> Alarms:
    if method == "C2":
        return ears(days.counts, "C2")
    weekdays = [day.weekday() for day in days.dates]
    return by_weekday(days.counts, weekdays, enrolled=days.enrolled, baseline=BASELINE, guard=GUARD, level=level)


def _day(line: int, text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError as wrong:
        raise refused("day_list", value=f"{line}: {text}") from wrong


def _whole(line: int, text: str | None) -> int:
    if not (text or "").strip().isdecimal():
        raise refused("day_list", value=f"{line}: {text}")
    return int(text or "")
