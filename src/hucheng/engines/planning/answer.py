"""What a planning call gives back: a plan with a proven bound, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from hucheng.engines.words.bilingual import Bilingual

Plan = dict[str, Any]
Status = Literal["optimal", "best_so_far", "infeasible", "no_plan_yet"]


class Violation(NamedTuple):
    """A hard rule that a plan breaks, and where (an index or indices of the instance)."""

    rule: str
    where: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The checker's word on a plan: cost by part, all minimised, and the rules it breaks."""

    parts: Mapping[str, float]
    violations: tuple[Violation, ...]

    @property
    def legal(self) -> bool:
        """Tell whether no rule is broken."""
        return not self.violations

    @property
    def objective(self) -> float:
        """Give the sum of the parts, rounded as plans are compared (six decimals)."""
        return round(sum(self.parts.values()), 6)


class Point(NamedTuple):
    """A moment of a search: seconds since its start, the best objective and the proven bound so far."""

    seconds: float
    objective: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A way to make a legal plan possible: the rule to relax, by how much, in words. Safety rules need an approver."""

    rule: str
    amount: int
    words: Bilingual
    safety: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why no legal plan exists: the smallest set of rules that cannot all hold, and what would help, cheapest first."""

    rules: tuple[str, ...]
    words: Bilingual
    relaxations: tuple[Relaxation, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The best plan found, what is proven about it, and the way there. `trace` only improves."""

    status: Status
    plan: Plan | None
    parts: Mapping[str, float]
    objective: float | None
    bound: float | None
    seconds: float
    trace: tuple[Point, ...]
    conflict: Conflict | None

    @property
    def gap(self) -> float | None:
        """Give 1 - bound / objective, between 0 and 1; None while either is unknown."""
        if self.objective is None or self.bound is None:
            return None
        return 0.0 if self.objective <= self.bound else 1 - self.bound / self.objective
