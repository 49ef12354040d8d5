"""Nowcasts of simulated cases whose final number is known, with and without the weekday of reports.

    python benchmarks/risk/nowcast.py [series]

Prints the table of docs/evaluation/forecasts.md: 90 % intervals held, middle over truth, and the weighted interval
score with the weekday against the one without it. Series begin on every day of the week in turn.
"""

import sys

import numpy as np

from hucheng.engines.risk.scores import wis
from hucheng.engines.risk.signals.nowcast import Nowcast, nowcast

DELAY = np.exp(-0.5 * ((np.arange(15) - 3) / 2.5) ** 2)
DELAY /= DELAY.sum()
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MILD, SUNDAYS = (1.2, 1.1, 1.1, 1.1, 1.1, 0.8, 0.6), (1.5, 1.2, 1.1, 1.1, 1.1, 0.7, 0.3)
KINDS: dict[str, dict] = {
    "steady, 40 a day": {},
    "8 a day": {"level": 8},
    "growing 8 % a day": {"level": 100, "growth": 0.08},
    "rough, delays that differ": {"rough": 0.1, "scatter": 0.1},
    "weekdays mildly uneven": {"factors": MILD},
    "Sundays at 0.3": {"factors": SUNDAYS},
    "Sundays at 0.3, 8 a day": {"factors": SUNDAYS, "level": 8},
    "Sundays at 0.3, rough, delays that differ": {"factors": SUNDAYS, "rough": 0.1, "scatter": 0.05},
    "no reports at weekends": {"closed": True},
    "no reports at weekends, 8 a day": {"closed": True, "level": 8},
    "weekends, rough, and delays that differ": {"closed": True, "rough": 0.1, "scatter": 0.1},
}


def world(seed, *, days, level=40.0, growth=0.0, factors=None, closed=False, rough=0.0, scatter=0.0):
    """Reports so far by day of event and delay, and the final count of each day; day 0 is a Monday."""
    dice = np.random.default_rng(seed)
    means = level * np.exp(growth * (np.arange(days) - days + 1))
    final = dice.poisson(dice.gamma(1 / rough, means * rough) if rough else means)
    counts = np.zeros((days, len(DELAY)), dtype=int)
    for day, number in enumerate(final):
        shares = DELAY if factors is None else DELAY * np.array(factors)[(day + np.arange(len(DELAY))) % 7]
        shares = shares / shares.sum()
        if scatter:
            shares = dice.dirichlet(np.maximum(shares / scatter, 1e-3))
        for delay, cases in enumerate(dice.multinomial(number, shares)):
            shut = {5: 2, 6: 1}.get((day + delay) % 7, 0) if closed else 0
            counts[day, min(delay + shut, len(DELAY) - 1)] += cases
        counts[day, days - day :] = 0
    return counts, final


def judged(found: Nowcast, final: np.ndarray) -> list[float]:
    """Score of the last week together, whether its and the days' 90 % intervals held, and middle over truth."""
    truth = final[-7:].sum()
    sums = found.draws[:, -7:].sum(axis=1)
    _, median, low, high = found.total(7)
    days = ((found.low <= final) & (final <= found.high))[-12:].mean()
    score = wis(np.array([truth]), LEVELS, np.quantile(sums, LEVELS)[None, :]).wis
    return [float(np.mean(score)), days, low <= truth <= high, median / truth]


def main(series: int) -> None:
    """Print one row a kind of series."""
    print("| series | effect seen | days held | week held | middle over truth | score against that without weekday |")
    print("|---|---|---|---|---|---|")
    for name, kind in KINDS.items():
        plain, ours, seen = [], [], []
        for seed in range(series):
            counts, final = world(seed, days=60 + seed % 7, **kind)
            plain.append(judged(nowcast(counts, draws=500, seed=seed, by_weekday=False), final))
            found = nowcast(counts, draws=500, seed=seed)
            ours.append(judged(found, final))
            seen.append(found.weekdays is not None)
        before, now = np.mean(plain, axis=0), np.mean(ours, axis=0)
        pairs = " | ".join(f"{one:.2f} ({other:.2f})" for one, other in zip(now[1:], before[1:], strict=True))
        print(f"| {name} | {np.mean(seen):.2f} | {pairs} | {now[0] / before[0]:.2f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
