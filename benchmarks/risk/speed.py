"""How quick the quarantine engine is beside a vectorised simulation of the same model at a standard error of 1e-4.

Run: `OPENBLAS_NUM_THREADS=1 python benchmarks/risk/speed.py`. Processor seconds of one process, least of some rounds;
the simulation is run with a million travellers and scaled to the number that its error needs.
"""

import time

import numpy as np
from simulated import simulate, worked

from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk, risk_table

ERROR, DRAWS = 1e-4, 1_000_000
RELEASES, TESTS = range(1, 15), range(14)


def least(work, rounds: int, repeats: int = 1) -> float:
    """Least processor seconds of one call."""
    best = np.inf
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(repeats):
            work()
        best = min(best, (time.process_time() - start) / repeats)
    return best


def main() -> None:
    """Print each ratio beside its bar."""
    case = worked(7, (6,))
    _, errors = simulate(case, DRAWS, np.random.default_rng(1))
    draws = DRAWS * (errors["infectious"] / ERROR) ** 2
    seconds = least(lambda: simulate(case, DRAWS, np.random.default_rng(1)), 5) * draws / DRAWS
    plan = Strategy(case.release, case.tests)

    def cold() -> None:
        residual_risk(Kernels(case.disease, journey_hours=case.hours), [plan], case.curve)

    def table() -> None:
        risk_table(Kernels(case.disease, journey_hours=case.hours), case.curve, RELEASES, TESTS)

    cold()
    built = Kernels(case.disease, journey_hours=case.hours)
    residual_risk(built, [plan], case.curve)
    schedules = [Strategy(7, (one, other)) for one in range(6) for other in range(one)]
    turn = iter(range(10**9))

    def schedule() -> None:
        residual_risk(built, [schedules[next(turn) % len(schedules)]], case.curve)

    def release() -> None:
        built.after(7 + next(turn) / 1e6)

    first, every, one, day = least(cold, 20), least(table, 20), least(schedule, 20, 50), least(release, 20, 20)
    print(f"simulation at a standard error of {ERROR:g}: {draws:.3g} travellers, {seconds:.2f} s of one processor")
    print(f"first answer, everything built     {first * 1e3:9.2f} ms {seconds / first:12.0f} times faster (bar 300)")
    print(f"new release day                    {day * 1e3:9.3f} ms {seconds / day:12.0f} times faster")
    print(f"new schedule of tests              {one * 1e3:9.3f} ms {seconds / one:12.0f} times faster (bar 20,000)")
    print(f"14 releases x all of 1 and 2 tests {every * 1e3:9.2f} ms {every / first:12.2f} cold answers (bar 20)")


if __name__ == "__main__":
    main()
