"""Answers for people on spread here: does it grow, and is it over."""

from collections.abc import Sequence
from dataclasses import asdict

from hucheng.engines.risk.answers import assumed
from hucheng.engines.risk.cases import doubts
from hucheng.engines.risk.cluster import expected_cases, further_cases
from hucheng.engines.risk.growth import (
    LEAST_CASES,
    Rt,
    effective_r,
    growth,
    more_to_come,
    serial_interval,
    whole_counts,
)
from hucheng.engines.risk.profiles import Profile, profile
from hucheng.engines.risk.question import limits
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.sentences import Answer, change, count, interval, percent, ranked, said
from hucheng.engines.risk.series import Note, as_dicts
from hucheng.engines.risk.smoothing import smoothed_r
from hucheng.engines.words.bilingual import Bilingual

LONGER = 14
QUANTILES = (0.025, 0.25, 0.5, 0.75, 0.975)
PRIOR, FLATTER = (1.0, 5.0), (1.0, 2.0)
"""Shape and scale of the prior of Rt: that of Cori 2013, and one that expects less, shown as what it would change."""


def rt_answer(
    local: Sequence[int],
    imported: Sequence[int] | None = None,
    *,
    mean: float,
    sd: float,
    window: int = 7,
    notes: Sequence[Note] = (),
) -> Answer:
    """Say whether it grows here, from the last window. Raises RiskRefused below 11 local cases in it.

    notes  what is known of how the counts were read; what looks doubtful about them is added
    """
    last = _last(local, imported, mean, sd, window)
    if last.local_cases < LEAST_CASES:
        raise refused("few_cases", cases=last.local_cases, least=LEAST_CASES)
    low, high = (float(end) for end in last.quantile([0.025, 0.975]))
    trend, details = _trend(local[-window:], window)
    told = said(
        "rt",
        last=last.last,
        window=window,
        value=f"{last.mean:.2f}",
        interval=interval(f"{low:.2f}", f"{high:.2f}", said("cause_cases", cases=last.local_cases)),
        trend=trend,
    )
    named = {
        "name": f"serial interval of mean {mean:g} and sd {sd:g} days, gamma prior {PRIOR}",
        "version": "EpiEstim 3.0.0",
        "source": "Cori 2013, 10.1093/aje/kwt133",
    }
    smooth = smoothed_r(local, imported, interval=serial_interval(mean, sd, len(local)), window=window)[-1]
    details |= {
        "chance_of_growth": last.above_one,
        "local_cases": last.local_cases,
        "imported_cases": sum(imported[-window:]) if imported else 0,
        "smoothed": asdict(smooth) if smooth else None,
        "notes": as_dicts([*notes, *doubts(local)]),
    }
    changes = [
        change(what, _last(local, imported, *other, window).mean, f"{to:g}") for what, other, to in _other(mean, sd)
    ]
    flat = _last(local, imported, mean, sd, window, prior=FLATTER)
    changes.append(change("prior", flat.mean, f"{FLATTER[0] * FLATTER[1]:g}"))
    if len(local) > LONGER and window != LONGER:
        changes.append(change("window", _last(local, imported, mean, sd, LONGER).mean, LONGER))
    return Answer("rt", last.mean, low, high, told, named, details, ranked(last.mean, changes))


def over_answer(
    key: str | Profile,
    local: Sequence[int],
    *,
    mean: float,
    sd: float,
    r: float | None = None,
    dispersion: float | None = None,
    notes: Sequence[Note] = (),
) -> Answer:
    """Say how likely known local cases still bring another, given none since.

    notes   what is known of how the counts were read; what looks doubtful about them is added
    raises  RiskRefused without a case and for counts below 0
    """
    disease = profile(key)
    whole_counts(local)
    infects = disease["r0"] if r is None else r
    number = disease.parameter("dispersion")
    clustering = number.value if dispersion is None else dispersion
    days = [len(local) - 1 - day for day, cases in enumerate(local) for _ in range(cases)]
    if not days:
        raise refused("no_case")

    def again(one: float, k: float, spread: tuple[float, float] = (mean, sd)) -> float:
        return more_to_come(days, serial_interval(*spread, len(local) + 60), one, k)

    value = again(infects, clustering)
    ends = [] if dispersion is not None or number.low is None or number.high is None else [number.low, number.high]
    low, high = sorted(again(infects, k) for k in ends) or (None, None)
    shown = [None if end is None else percent(end) for end in (low, high)]
    told = said(
        "over", days=min(days), value=percent(value), interval=interval(shown[0], shown[1], said("cause_dispersion"))
    )
    changes = [change("dispersion", again(infects, k), f"{k:g}") for k in ends]
    changes += [change("r0", again(other, clustering), f"{other:g}") for other in (infects / 2, infects * 1.5)]
    changes += [change(what, again(infects, clustering, other), f"{to:g}") for what, other, to in _other(mean, sd)]
    named = {**assumed(disease), "serial_interval": f"mean {mean:g}, sd {sd:g} days"}
    details: dict[str, object] = {"known_cases": len(days), "days_since_last": min(days), "r": infects, "k": clustering}
    details["notes"] = as_dicts([*notes, *(one for one in doubts(local) if one.code == "cumulative")])
    return Answer("over", value, low, high, told, named, details, ranked(value, changes))


def cluster_answer(
    key: str | Profile,
    local: Sequence[int],
    *,
    mean: float,
    sd: float,
    days: int = 14,
    r: float | None = None,
    dispersion: float | None = None,
    notes: Sequence[Note] = (),
) -> Answer:
    """Say how many further cases known local ones lead to in the coming days; the interval is of that number itself.

    notes   what is known of how the counts were read; what looks doubtful about them is added
    raises  RiskRefused as `further_cases`
    """
    disease = profile(key)
    whole_counts(local)
    infects = disease["r0"] if r is None else r
    clustering = disease["dispersion"] if dispersion is None else dispersion
    since = [len(local) - 1 - day for day, cases in enumerate(local) for _ in range(cases)]

    def expected(one: float, spread: tuple[float, float] = (mean, sd)) -> float:
        return expected_cases(since, serial_interval(*spread, len(local) + days), one, days=days)

    by_day = further_cases(since, serial_interval(mean, sd, len(local) + days), infects, clustering, days=days)
    last = by_day[-1]
    low, high = (last.quantile(level) for level in (0.025, 0.975))
    told = said(
        "cluster",
        cases=len(since),
        days=days,
        value=count(last.mean),
        interval=interval(str(low), str(high), said("cause_chance")),
        none=percent(float(last.chances[0])),
        double=percent(last.at_least(len(since))),
    )
    others = (limits(disease, "r0") if r is None else ()) or (infects / 2, infects * 1.5)
    changes = [change("r0", expected(other), f"{other:g}") for other in others]
    changes += [change(what, expected(infects, other), f"{to:g}") for what, other, to in _other(mean, sd)]
    named = {**assumed(disease), "serial_interval": f"mean {mean:g}, sd {sd:g} days"}
    details: dict[str, object] = {
        "known_cases": len(since),
        "r": infects,
        "k": clustering,
        "none": float(last.chances[0]),
        "at_least_double": last.at_least(len(since)),
        "by_day": [
            {"day": day, "mean": one.mean, "quantiles": {str(level): one.quantile(level) for level in QUANTILES}}
            for day, one in enumerate(by_day, 1)
        ],
        "notes": as_dicts([*notes, *doubts(local)]),
    }
    return Answer("cluster", last.mean, float(low), float(high), told, named, details, ranked(last.mean, changes))


def _other(mean: float, sd: float) -> list[tuple[str, tuple[float, float], float]]:
    """Give other serial intervals: what is changed, its mean and sd, and the number that is another."""
    means = [("interval_mean", (other, sd), other) for other in (mean - 1, mean + 1) if other > 1]
    return [*means, *(("interval_sd", (mean, other), other) for other in (sd / 1.5, sd * 1.5))]


def _last(
    local: Sequence[int],
    imported: Sequence[int] | None,
    mean: float,
    sd: float,
    window: int,
    *,
    prior: tuple[float, float] = PRIOR,
) -> Rt:
    law = serial_interval(mean, sd, len(local))
    last = effective_r(local, imported, interval=law, window=window, prior=prior, least_cases=0)[-1]
    if last is None:
        raise refused("few_cases", cases=0, least=LEAST_CASES)
    return last


def _trend(cases: Sequence[int], window: int) -> tuple[Bilingual, dict[str, object]]:
    if window < 3:
        return said("unclear"), {}
    found = growth(cases)
    details: dict[str, object] = {"growth_per_day": [found.rate, found.low, found.high]}
    if found.low <= 0 <= found.high:
        return said("unclear"), details
    days = f"{abs(found.doubling_days):.1f}"
    return said("doubling" if found.rate > 0 else "halving", days=days), details
