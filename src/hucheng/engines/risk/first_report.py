"""A real flight against the test curves: the share found by the first samples, as predicted and as reported."""

from collections.abc import Sequence
from dataclasses import dataclass

from hucheng.engines.risk.house import found_share
from hucheng.engines.risk.kernels import Kernels
from hucheng.engines.risk.profiles import Curve
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import beta_quantile


@dataclass(frozen=True, slots=True)
class Check:
    """One curve and schedule against a report.

    low, high  predicted share: nobody, or everybody, with symptoms at some time
    seen       reported share with its 95 % interval (Clopper-Pearson)
    """

    curve: str
    samples: tuple[int, ...]
    low: float
    high: float
    seen: float
    seen_low: float
    seen_high: float

    @property
    def contradicted(self) -> bool:
        """Whether prediction and report have nothing in common."""
        return self.high < self.seen_low or self.low > self.seen_high


def against_report(
    kernels: Kernels, curves: Sequence[Curve], samples: Sequence[Sequence[int]], *, found_first: int, found: int
) -> list[Check]:
    """Compare each curve and schedule of samples with a first report. Raises RiskRefused for impossible counts."""
    if not 0 <= found_first <= found or found < 1:
        raise refused("counts", day=1, value=f"{found_first} / {found}")
    low, high = interval(found_first, found)
    checks = []
    for curve in curves:
        for days in samples:
            ends = sorted(found_share(kernels, curve, days, asymptomatic_share=share) for share in (1.0, 0.0))
            checks.append(Check(curve.key, tuple(days), ends[0], ends[1], found_first / found, low, high))
    return checks


def interval(part: int, total: int) -> tuple[float, float]:
    """Give the exact 95 % interval of a share (Clopper-Pearson)."""
    low = float(beta_quantile(part, total - part + 1, 0.025)) if part else 0.0
    high = float(beta_quantile(part + 1, total - part, 0.975)) if part < total else 1.0
    return low, high
