"""Diseases known by generation times or serial intervals, beside travellers drawn one by one.

    python benchmarks/risk/spread.py [travellers]

Prints the table of docs/evaluation/risk.md: the share of the infections that come after release, by days held without
tests on a journey of twelve hours, ours and simulated, and how far apart they are in standard errors. Then how far the
ends of the intervals move when ten times as many draws are taken.
"""

import sys

import numpy as np

from hucheng.engines.risk import curve, profile, profiles
from hucheng.engines.risk.profiles import Profile
from hucheng.engines.risk.quarantine import Strategy, residual_risk
from hucheng.engines.risk.question import DRAWS, Question, interval_of
from hucheng.engines.risk.spread import Spread

DAYS, HOURS = (0, 3, 7, 14), 12


def simulated(rng: np.random.Generator, disease: Profile, days: int, count: int) -> tuple[float, float]:
    """Mean share of infections still to come per person on board, and its standard error.

    With serial intervals nobody infects before onset, so who leaves before theirs has all infections still to come.
    """
    onset = rng.gamma(disease.incubation.first, disease.incubation.second, count)
    until = onset + rng.gamma(disease.severe.first, disease.severe.second, count)
    silent = rng.random(count) < disease["asymptomatic_share"]
    age = rng.random(count) * until
    aboard = silent | (age < onset) | (rng.random(count) > disease["screening_sensitivity"])
    released = age + HOURS / 24 + days
    kept = ~silent & (onset > age + HOURS / 24) & (onset < released)
    ahead = ~silent & (onset > released) & (disease.spread_by == "serial")
    left = np.where(kept, 0.0, np.where(ahead, 1.0, 1 - disease.spread.cdf(released)))[aboard]
    return float(left.mean()), float(left.std() / np.sqrt(left.size))


def beside(count: int) -> None:
    """Print a row a disease."""
    rng = np.random.default_rng(11)
    print("| disease |" + "".join(f" {days} days: ours, simulated |" for days in DAYS) + " furthest apart |")
    print("|---|" + "---|" * (len(DAYS) + 1))
    for key, disease in profiles().items():
        if not disease.spread_by:
            continue
        ours = residual_risk(Spread(disease, journey_hours=HOURS), [Strategy(days) for days in DAYS], curve("kucirka"))
        cells, apart = [], []
        for days, value in zip(DAYS, ours.infectious, strict=True):
            mean, error = simulated(rng, disease, days, count)
            cells.append(f"{value:.3g}, {mean:.3g}")
            apart.append(abs(value - mean) / error)
        print(f"| `{key}` | {' | '.join(cells)} | {max(apart):.1f} s.e. |", flush=True)


def draws() -> None:
    """Print intervals with the shipped number of draws and with ten times as many."""
    for key, plan in (("sars_cov_2_omicron", Strategy(14, (13,))), ("sars_cov_2_delta", Strategy(7))):
        asked = Question(profile(key), plan, curve("kucirka"))
        found = [interval_of(asked, asked.kernels(), count) for count in (DRAWS, 10 * DRAWS)]
        ends = [(one.low, one.high) for one in found]
        print(f"{key} {plan}: {ends[0][0]:.4g} to {ends[0][1]:.4g}, with ten times the draws", end=" ")
        print(f"{ends[1][0]:.4g} to {ends[1][1]:.4g}")


if __name__ == "__main__":
    beside(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000_000)
    draws()
