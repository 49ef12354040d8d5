"""The part of a person's infections that a stay prevents, its worth per day, and test-and-release.

Model of Ashcroft 2021 (10.7554/eLife.63704): infections fall along the generation time; a negative test releases early,
a positive one keeps to the end of infectiousness.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.onward import panels
from hucheng.engines.risk.profiles import Curve
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array

_LONGEST = 60.0


@dataclass(frozen=True, slots=True)
class Stay:
    """A quarantine, in days from arrival or last contact: entered, released (inf: never), tested, kept till."""

    entered: float
    released: float
    tested: float | None = None
    kept: float = 10.0

    def __post_init__(self) -> None:
        """Refuse a stay that ends before it begins, and a test outside it."""
        tested = self.entered if self.tested is None else self.tested
        if not self.entered <= tested <= self.released:
            raise refused("days", name="test or release", value=tested, most=self.released)


@dataclass(frozen=True, slots=True)
class Onset:
    """Incubation times, equally likely; the share who never have symptoms; days from onset to isolating oneself."""

    incubations: tuple[Distribution, ...]
    asymptomatic_share: float
    isolation_delay: float = 0.0

    def out(self, days: ArrayLike) -> Array:
        """Give the share not yet isolating so many days after infection."""
        at = np.asarray(days, dtype=np.float64) - self.isolation_delay
        begun = np.asarray(np.mean([one.cdf(at) for one in self.incubations], axis=0), dtype=np.float64)
        return self.asymptomatic_share + (1 - self.asymptomatic_share) * (1 - begun)


def prevented(
    generation: Distribution,
    stay: Stay,
    *,
    curve: Curve | None = None,
    exposed: Sequence[float] = (0.0,),
    local: bool = False,
    onset: Onset | None = None,
) -> float:
    """Give the share of an infected person's infections that a stay prevents.

    curve    sensitivity by days since infection; needed for a test
    exposed  days of infection, equally likely
    local    as a share of the infections from arrival (day 0) on: the mean of the ratios, as published
    onset    counts only what staying prevents beyond isolating oneself at onset; None: everything in the stay
    raises   RiskRefused for a test without a curve
    """
    if stay.tested is not None and curve is None:
        raise refused("curve", name="-", known="kucirka, hellewell")
    shares = []
    for day in exposed:
        held = _between(generation, stay.entered - day, stay.released - day, onset)
        if stay.tested is not None and curve is not None:
            missed = 1 - float(curve.at(stay.tested - day))
            longer = _between(generation, stay.entered - day, max(stay.kept, stay.released) - day, onset)
            held = missed * held + (1 - missed) * longer
        shares.append(held / (_between(generation, -day, math.inf, None) if local else 1.0))
    return float(np.mean(shares))


def local_share(generation: Distribution, exposed: Sequence[float]) -> float:
    """Give the share of a traveller's infections that fall after arrival on day 0."""
    return float(np.mean([_between(generation, -day, math.inf, None) for day in exposed]))


def mean_days(stay: Stay, *, curve: Curve | None, exposed: Sequence[float] = (0.0,), infected: float = 1.0) -> float:
    """Give the expected days in quarantine when so large a share is infected; nobody tests positive falsely."""
    share("infected", infected)
    held = stay.released - stay.entered
    if stay.tested is None or curve is None:
        return held
    found = float(np.mean([curve.at(stay.tested - day) for day in exposed]))
    return held + infected * found * max(stay.kept - stay.released, 0.0)


def _between(generation: Distribution, start: float, end: float, onset: Onset | None) -> float:
    """Give the infections caused between two days since infection."""
    low, high = max(start, 0.0), min(max(end, 0.0), _LONGEST)
    if high <= low:
        return 0.0
    if onset is None:
        upper = 1.0 if math.isinf(end) else float(generation.cdf(high))
        return upper - float(generation.cdf(low))
    at, weight = panels(high - low, [onset.isolation_delay - low], width=0.25)
    return float(weight @ (generation.density(at + low) * onset.out(at + low)))
