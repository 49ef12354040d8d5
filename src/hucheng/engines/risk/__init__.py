"""Risk: what comes, what gets through, and whether it grows here; each number with its assumptions.

`from hucheng.engines import risk` is enough: `risk.quarantine_answer("sars_cov_2_2020", 14, [0, 13])`. Answers and the
functions behind them are loaded when they are first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from hucheng.engines.risk.distributions import Distribution, gamma_of, gamma_through
from hucheng.engines.risk.profiles import Curve, Profile, curve, curves, profile, profiles
from hucheng.engines.risk.refusal import RiskRefused

if TYPE_CHECKING:
    from hucheng.engines.risk.answers import quarantine_answer, screening_answer
    from hucheng.engines.risk.answers_flights import importation_answer
    from hucheng.engines.risk.answers_here import cluster_answer, over_answer, rt_answer
    from hucheng.engines.risk.cases import Cases, read_cases
    from hucheng.engines.risk.cluster import Further, further_cases
    from hucheng.engines.risk.demand.answers import demand_answer
    from hucheng.engines.risk.demand.occupancy import occupancy
    from hucheng.engines.risk.demand.reading import read_question
    from hucheng.engines.risk.demand.whatif import what_if
    from hucheng.engines.risk.demand.whatif_answer import what_if_answer
    from hucheng.engines.risk.disaggregation import disaggregate, disaggregations
    from hucheng.engines.risk.growth import effective_r, extinction, more_to_come, serial_interval
    from hucheng.engines.risk.importation import Flight, Screens, read_flights
    from hucheng.engines.risk.kernels import Departure, Kernels
    from hucheng.engines.risk.own import own_curve, own_profile
    from hucheng.engines.risk.policies import Costs, cheapest, frontier, next_test
    from hucheng.engines.risk.quarantine import Strategy, best_schedules, residual_risk, risk_table, smallest_quarantine
    from hucheng.engines.risk.scores import coverage, crps_normal, crps_samples, wis
    from hucheng.engines.risk.sentences import Answer
    from hucheng.engines.risk.series import read_series
    from hucheng.engines.risk.signals.absence_answer import absence_answer, read_days
    from hucheng.engines.risk.signals.nowcast import nowcast
    from hucheng.engines.risk.signals.nowcast_answer import nowcast_answer, read_reports
    from hucheng.engines.risk.smoothing import smoothed_r
    from hucheng.engines.risk.spread import Spread

_LATER = {
    "answers": ("quarantine_answer", "screening_answer"),
    "answers_flights": ("importation_answer",),
    "answers_here": ("cluster_answer", "over_answer", "rt_answer"),
    "cases": ("Cases", "read_cases"),
    "cluster": ("Further", "further_cases"),
    "demand.answers": ("demand_answer",),
    "demand.occupancy": ("occupancy",),
    "demand.reading": ("read_question",),
    "demand.whatif": ("what_if",),
    "demand.whatif_answer": ("what_if_answer",),
    "disaggregation": ("disaggregate", "disaggregations"),
    "growth": ("effective_r", "extinction", "more_to_come", "serial_interval"),
    "importation": ("Flight", "Screens", "read_flights"),
    "kernels": ("Departure", "Kernels"),
    "own": ("own_curve", "own_profile"),
    "policies": ("Costs", "cheapest", "frontier", "next_test"),
    "quarantine": ("Strategy", "best_schedules", "residual_risk", "risk_table", "smallest_quarantine"),
    "scores": ("coverage", "crps_normal", "crps_samples", "wis"),
    "sentences": ("Answer",),
    "series": ("read_series",),
    "signals.absence_answer": ("absence_answer", "read_days"),
    "signals.nowcast": ("nowcast",),
    "signals.nowcast_answer": ("nowcast_answer", "read_reports"),
    "smoothing": ("smoothed_r",),
    "spread": ("Spread",),
}
_HOME = {name: module for module, names in _LATER.items() for name in names}

__all__ = [
    "Answer",
    "Cases",
    "Costs",
    "Curve",
    "Departure",
    "Distribution",
    "Flight",
    "Further",
    "Kernels",
    "Profile",
    "RiskRefused",
    "Screens",
    "Spread",
    "Strategy",
    "absence_answer",
    "best_schedules",
    "cheapest",
    "cluster_answer",
    "coverage",
    "crps_normal",
    "crps_samples",
    "curve",
    "curves",
    "demand_answer",
    "disaggregate",
    "disaggregations",
    "effective_r",
    "extinction",
    "frontier",
    "further_cases",
    "gamma_of",
    "gamma_through",
    "importation_answer",
    "more_to_come",
    "next_test",
    "nowcast",
    "nowcast_answer",
    "occupancy",
    "over_answer",
    "own_curve",
    "own_profile",
    "profile",
    "profiles",
    "quarantine_answer",
    "read_cases",
    "read_days",
    "read_flights",
    "read_question",
    "read_reports",
    "read_series",
    "residual_risk",
    "risk_table",
    "rt_answer",
    "screening_answer",
    "serial_interval",
    "smallest_quarantine",
    "smoothed_r",
    "what_if",
    "what_if_answer",
    "wis",
]


def __getattr__(name: str) -> object:
    """Load a name when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"{__name__} has no {name}; it has {', '.join(__all__)}")
    found: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Give what can be asked for."""
    return __all__
