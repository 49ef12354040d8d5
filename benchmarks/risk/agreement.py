"""The engine against the simulation over random diseases and policies: within four standard errors, everywhere?

Run: `python benchmarks/risk/agreement.py [SETS [DRAWS [wild]]]`;
by default 200 sets of 1,000,000 travellers, about three minutes.
"""

import sys

import numpy as np
from simulated import Case, drawn, simulate

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.quarantine import Departure, Kernels, Strategy, residual_risk

NAMES = ("infectious", "harmless", "stopped", "days")


def ours(case: Case) -> dict[str, float]:
    """The engine's answer to a case."""
    kernels = Kernels(
        case.disease, journey_hours=case.hours, monitoring=case.monitoring, departure=Departure(case.growth)
    )
    found = residual_risk(
        kernels,
        [Strategy(case.release, case.tests)],
        case.curve,
        adherence=case.adherence,
        correlation=case.correlation,
        result_delay_days=case.delay,
    )
    return {name: float(getattr(found, name)[0]) for name in NAMES}


def main(sets: int = 200, draws: int = 1_000_000, wild: bool = False) -> None:
    """Print how far the engine lies from the simulation, in standard errors, and how often it refuses."""
    off, refused = {name: [] for name in NAMES}, 0
    for seed in range(sets):
        case = drawn(np.random.default_rng(seed), wild)
        try:
            mine = ours(case)
        except RiskRefused:
            refused += 1
            continue
        shares, errors = simulate(case, draws, np.random.default_rng(10_000 + seed))
        for name in NAMES:
            # a share that no or every traveller has leaves no error: one traveller is the least that shows
            least = 1 / draws * max(shares["days"], 1)
            off[name].append((mine[name] - shares[name]) / max(errors[name], least))
    print(f"{sets} sets of {draws} travellers, {refused} refused; distance in standard errors")
    print("share        root mean square   largest   beyond 4")
    for name, values in off.items():
        array = np.array(values)
        print(f"{name:12} {np.sqrt((array**2).mean()):16.2f} {np.abs(array).max():9.2f} {(np.abs(array) > 4).sum():10}")


if __name__ == "__main__":
    main(*(text == "wild" or int(text) for text in sys.argv[1:]))
