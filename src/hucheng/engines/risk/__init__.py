"""Risk: what comes, what gets through, and whether it grows here; each number with its assumptions."""

from hucheng.engines.risk.distributions import Distribution, gamma_of, gamma_through
from hucheng.engines.risk.profiles import Curve, Profile, curve, curves, profile, profiles
from hucheng.engines.risk.refusal import RiskRefused

__all__ = [
    "Curve",
    "Distribution",
    "Profile",
    "RiskRefused",
    "curve",
    "curves",
    "gamma_of",
    "gamma_through",
    "profile",
    "profiles",
]
