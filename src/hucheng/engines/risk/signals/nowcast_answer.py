"""A nowcast as an answer: how many of the last days' cases are not reported yet, in both languages."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.sentences import Answer, Change, change, percent, ranked
from hucheng.engines.risk.signals.nowcast import WINDOW, Counts, Nowcast, nowcast, triangle
from hucheng.engines.words.bilingual import Bilingual

LEVEL = 0.9
_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SENTENCE = Bilingual(
    "截至 {as_of}，最近 {days} 天已报告 {reported} 例；待报告齐全，预计为 {median} 例"
    "（90% 区间 {low}–{high}，主要因为当天病例至今只报告了约 {known}）。",
    "By {as_of}, {reported} cases of the last {days} days are reported; when all are, expect {median} "
    "(90% interval {low} to {high}, mostly because only about {known} of a day's cases are reported on that day).",
)
_ASSUMED = {
    "name": "delays as in the window, level as in the days before, reports by weekday where the weeks agree",
    "version": "2026-11-25",
    "source": "Lawless 1994, Can. J. Stat. 22:15; Höhle and an der Heiden 2014, Biometrics 70:993; "
    "Günther 2021, 10.1002/bimj.202000112",
}


@dataclass(frozen=True, slots=True)
class Reports:
    """Counts by day of event and delay, up to the last day whose reports are all in."""

    as_of: date
    counts: Counts


def read_reports(data: bytes, *, as_of: date | None = None, longest: int = 14) -> Reports:
    """Read cases: a CSV with the columns event and report (dates), and if you like count.

    Without as_of the last day of any report is taken; with it, what was reported later is left out.
    Raises RiskRefused for a table that cannot be read.
    """
    cases = _dates(data)
    end = as_of or max((told for _, told in cases), default=date.min)
    if not (cases := [case for case in cases if case[1] <= end]):
        raise refused("line_list", value="-")
    events, reports = np.array(cases, dtype="datetime64[D]").T
    first = max(min(happened for happened, _ in cases), end - timedelta(days=365))
    return Reports(end, triangle(events, reports, as_of=end, first=first, longest=longest))


def nowcast_answer(reports: Reports, *, days: int = 7, seed: int = 0) -> Answer:
    """Say how many cases the last days will have when all are reported. Raises RiskRefused."""
    if not 1 <= days <= len(reports.counts):
        raise refused("window", value=days, most=len(reports.counts))
    found = nowcast(reports.counts, level=LEVEL, seed=seed)
    reported, median, low, high = found.total(days)
    known = percent(float(found.delay[0]))
    places = {"as_of": reports.as_of, "days": days, "reported": reported}
    places |= {"median": f"{median:.0f}", "low": f"{low:.0f}", "high": f"{high:.0f}"}
    sentence = Bilingual(
        _SENTENCE.zh.format(known=known.zh, **places), _SENTENCE.en.format(known=known.en, **places)
    )  # fmt: skip
    details: dict[str, object] = {
        "reported": reported,
        "delay": [round(float(share), 6) for share in found.delay],
        "days": _days(found, reports.as_of),
    }
    weekdays = _weekdays(found, reports.as_of)
    details["weekdays"] = weekdays
    named = {**_ASSUMED, "learnt_from_days": str(WINDOW), "longest_delay_days": str(reports.counts.shape[1] - 1)}
    named["weekday_of_reports"] = _told(weekdays)
    changes = ranked(median, _changes(reports.counts, days, seed, by_weekday=weekdays is not None))
    return Answer("nowcast", median, low, high, sentence, named, details, changes)


def _weekdays(found: Nowcast, as_of: date) -> dict[str, float] | None:
    """Give how reports differ by day of the week, Monday first, 1 on average; None where no effect was seen."""
    if found.weekdays is None:
        return None
    first = (as_of - timedelta(days=len(found.reported) - 1)).weekday()
    return {name: round(float(found.weekdays[(day - first) % 7]), 3) for day, name in enumerate(_WEEK)}


def _told(weekdays: dict[str, float] | None) -> str:
    if weekdays is None:
        return "the weeks show none"
    return ", ".join(f"{name} {factor:.2f}" for name, factor in weekdays.items()) + "; after Günther 2021"


def _changes(counts: Counts, days: int, seed: int, *, by_weekday: bool) -> list[Change]:
    """Give the median if delays were learnt from fewer or more days, if the longest delay were half as long, or if the
    weekday of reports were left out.
    """
    found = []
    if by_weekday:
        plain = nowcast(counts, level=LEVEL, seed=seed, by_weekday=False)
        found.append(change("by_weekday", plain.total(days)[1]))
    for window in (WINDOW // 2, 2 * WINDOW):
        if window < WINDOW or len(counts) > WINDOW + counts.shape[1]:
            other = nowcast(counts, window=window, level=LEVEL, seed=seed)
            found.append(change("learnt_days", other.total(days)[1], window))
    if (shorter := (counts.shape[1] - 1) // 2) > 0:
        folded = np.column_stack([counts[:, :shorter], counts[:, shorter:].sum(axis=1)])
        found.append(change("longest_delay", nowcast(folded, level=LEVEL, seed=seed).total(days)[1], shorter))
    return found


def _days(found: Nowcast, as_of: date) -> list[dict[str, object]]:
    """The days that may still grow."""
    last = len(found.reported) - 1
    return [
        {
            "date": str(as_of - timedelta(days=last - day)),
            "reported": int(found.reported[day]),
            "median": float(found.median[day]),
            "low": float(found.low[day]),
            "high": float(found.high[day]),
            "complete": round(float(found.complete[day]), 4),
        }
        for day in range(last - len(found.delay) + 2, last + 1)
    ]


def _dates(data: bytes) -> list[tuple[date, date]]:
    """Each case: when it happened and when it was reported."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise refused("line_list", value=broken) from broken
    if not rows or not {"event", "report"} <= set(rows[0]):
        raise refused("line_list", value="event, report")
    cases: list[tuple[date, date]] = []
    for line, row in enumerate(rows, 2):
        try:
            happened, told = date.fromisoformat(row["event"] or ""), date.fromisoformat(row["report"] or "")
            count = int(row.get("count") or 1)
        except ValueError as wrong:
            raise refused("line_list", value=f"{line}: {wrong}") from wrong
        if not 0 <= count <= 10**6:
            raise refused("line_list", value=f"{line}: count {count}")
        cases += [(happened, told)] * count
    return cases
