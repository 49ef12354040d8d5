"""Alarms on series with known outbreaks: how often false, how late, and against the R package surveillance.

Run: `python benchmarks/risk/absence.py`. With R and the package at hand (Debian: r-cran-surveillance) the same series
go through `earsC` and `farringtonFlexible`; HUCHENG_R names another command than `R`. No package for Python was found
that has these methods without R (epysurv calls the same R package).
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from hucheng.engines.risk.signals.absence import Alarms, ears
from hucheng.engines.risk.signals.absence_regression import by_weekday, farrington

SCHOOLS, DAYS, START = 150, 90, 70
WEEKS, FIRST = 52 * 6, 52 * 5 + 3
R_CODE = """
suppressMessages(library(surveillance))
x <- as.matrix(read.csv("{folder}/weeks.csv", header = FALSE))
series <- function(j) new("sts", observed = matrix(x[, j], ncol = 1), freq = 52, epoch = 1:nrow(x))
seconds <- function(work) {{ start <- proc.time()[1]; out <- work(); list(out, proc.time()[1] - start) }}
farrington <- seconds(function() sapply(1:ncol(x), function(j) upperbound(suppressWarnings(farringtonFlexible(series(j),
  control = list(range = {first}:nrow(x), b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1,
  alpha = 0.01, thresholdMethod = "nbPlugin", limit54 = c(0, 4), glmWarnings = FALSE))))[, 1]))
ears <- seconds(function() sapply(1:ncol(x), function(j) upperbound(earsC(series(j),
  control = list(range = {first}:nrow(x), method = "C2", minSigma = 0.5, alpha = 1 - pnorm(3))))[, 1]))
write.table(rbind(farrington[[1]], ears[[1]]), "{folder}/bounds.csv", sep = ",", row.names = FALSE, col.names = FALSE)
cat(farrington[[2]], ears[[2]])
"""


def school(dice: np.random.Generator, size: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pupils absent by school day, 800 enrolled, rougher than chance; an outbreak of `size` standard deviations."""
    weekdays = np.tile(np.arange(5), DAYS // 5)
    means = 24 * np.array([1.25, 0.95, 0.9, 0.9, 1.1])[weekdays] * np.exp(0.15 * np.sin(np.arange(DAYS) / 25))
    counts = dice.negative_binomial(means / 0.6, 1 / 1.6)
    rise = np.array([0.25, 0.5, 0.8, 1.0, 0.95, 0.8, 0.6, 0.4, 0.25, 0.15])
    struck = counts.copy()
    struck[START : START + 10] += dice.poisson(size * (1.6 * means.mean()) ** 0.5 * rise)
    return counts, struck, weekdays


def daily() -> None:
    """Four ways on the same school days."""
    ways: dict[str, Callable[[np.ndarray, np.ndarray], Alarms]] = {
        name: (lambda counts, weekdays, name=name: ears(counts, name)) for name in ("C1", "C2", "C3")
    }
    ways["by weekday, 1 %"] = lambda counts, weekdays: by_weekday(counts, weekdays, level=0.01)
    ways["by weekday, 0.2 %"] = lambda counts, weekdays: by_weekday(counts, weekdays, level=0.002)
    print(f"{SCHOOLS} schools, {DAYS} school days; outbreaks of ten days, peak in standard deviations of a usual day")
    print("                    false alarms    found within ten days, median delay in days")
    print("                    in 1,000 days   peak 2         peak 4         peak 6")
    for name, way in ways.items():
        print(f"{name:18}  {daily_line(way)}")


def daily_line(way: Callable[[np.ndarray, np.ndarray], Alarms]) -> str:
    """False alarms before any outbreak, and what is found of three sizes."""
    false = judged = 0
    cells = []
    for size in (2, 4, 6):
        dice, delays = np.random.default_rng(7), []
        for _ in range(SCHOOLS):
            _, struck, weekdays = school(dice, size)
            found = way(struck, weekdays)
            before = found.days < START
            false, judged = false + int(found.alarm[before].sum()), judged + int(before.sum())
            late = found.days[found.alarm & (found.days >= START) & (found.days < START + 10)]
            delays.append(int(late[0]) - START if len(late) else 99)
        hit = np.array(delays) < 99
        cells.append(f"{hit.mean():4.0%}, {np.median(np.array(delays)[hit]) if hit.any() else 0:3.0f}    ")
    return f"{1000 * false / judged:8.1f}        " + "  ".join(cells)


def weekly_series() -> tuple[np.ndarray, np.ndarray]:
    """Weeks as Noufaily et al. 2013 simulate them, with an outbreak in the last year of each; and where it starts."""
    dice, weeks = np.random.default_rng(11), np.arange(WEEKS)
    made, starts = [], []
    for level, trend, season, dispersion in (
        (0.5, 0, 0.3, 1.2), (1.5, 0.002, 0.5, 1.5), (2.5, 0, 0.4, 2.0), (3.5, -0.001, 0.6, 3.0), (4.5, 0.001, 0.2, 5.0),
    ):  # fmt: skip
        means = np.exp(level + trend * weeks + season * np.cos(2 * np.pi * weeks / 52))
        for _ in range(12):
            counts = dice.negative_binomial(means / (dispersion - 1), 1 / dispersion)
            start = int(dice.integers(WEEKS - 40, WEEKS - 10))
            cases = dice.poisson(6 * (dispersion * means[start]) ** 0.5)
            at = start + np.minimum(dice.lognormal(0.7, 0.5, cases).astype(int), 8)
            np.add.at(counts, at, 1)
            made.append(counts)
            starts.append(start)
    return np.array(made), np.array(starts)


def weekly() -> None:
    """Farrington and C2 on weeks, and the R package on the same series."""
    series, starts = weekly_series()
    print(f"\n{len(series)} series of weeks with an outbreak of six standard deviations in the last year")
    ours = {}
    for name, way in (
        ("Farrington, 1 %", lambda one: farrington(one, first=FIRST)),
        ("EARS C2", lambda one: ears(one)),
    ):
        begun = time.process_time()
        found = [way(one) for one in series]
        took = time.process_time() - begun
        ours[name] = np.array([one.bound[-(WEEKS - FIRST) :] for one in found]), took
        print(f"{name:16} {weekly_line(series, starts, found)}, {took:.2f} s")
    against_r(series, ours)


def weekly_line(series: np.ndarray, starts: np.ndarray, found: list[Alarms]) -> str:
    """False alarms outside outbreaks; share found and median delay."""
    false = judged = 0
    delays = []
    for start, one in zip(starts, found, strict=True):
        usual = (one.days >= FIRST) & ((one.days < start) | (one.days > start + 9))
        false, judged = false + int(one.alarm[usual].sum()), judged + int(usual.sum())
        late = one.days[one.alarm & (one.days >= start) & (one.days <= start + 9)]
        delays.append(int(late[0]) - start if len(late) else 99)
    hit = np.array(delays) < 99
    return (
        f"{1000 * false / judged:5.1f} false in 1,000 weeks, {hit.mean():4.0%} found, "
        f"median delay {np.median(np.array(delays)[hit]):.0f} weeks"
    )


def against_r(series: np.ndarray, ours: dict[str, tuple[np.ndarray, float]]) -> None:
    """Compare bounds and seconds with the R package on the same series."""
    command = os.environ.get("HUCHENG_R", shutil.which("R") or "")
    if not command:
        print("R is not at hand: no comparison (HUCHENG_R)")
        return
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(Path(folder) / "weeks.csv", series.T, fmt="%d", delimiter=",")
        code = Path(folder) / "run.R"
        code.write_text(R_CODE.format(folder=folder, first=FIRST + 1), encoding="utf-8")
        done = subprocess.run(
            [command, "--vanilla", "--no-echo", f"--file={code}"], capture_output=True, text=True, check=True
        )
        bounds = np.loadtxt(Path(folder) / "bounds.csv", delimiter=",").reshape(2, -1, len(series))
    for theirs, (name, (own, took)), seconds in zip(bounds, ours.items(), done.stdout.split()[-2:], strict=True):
        same = np.isclose(own.T, theirs, rtol=1e-9, atol=1e-9)
        print(
            f"surveillance in R, {name}: {same.sum()} of {same.size} bounds the same, "
            f"{float(seconds):.2f} s against {took:.2f} s, {float(seconds) / took:.0f} times"
        )


if __name__ == "__main__":
    daily()
    weekly()
