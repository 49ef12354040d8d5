"""Why no legal plan exists: the smallest set of rules in conflict, in words, and the cheapest ways out."""

import csv
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ortools.sat.python import cp_model

from hucheng.engines.planning.answer import Conflict, Relaxation
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import cp_sat
from hucheng.engines.words.bilingual import Bilingual

_WORDS = Path(__file__).with_name("rule_words.csv")
_NO_PLAN = Bilingual(
    "没有合规方案，以下要求不能同时满足：{rules}", "No legal plan: these rules cannot all hold: {rules}"
)


class RuleWords(NamedTuple):
    """A hard rule in words, the way to relax it ({amount} says how far), and whether people's safety hangs on it."""

    rule: Bilingual
    relax: Bilingual
    safety: bool


class Switches:
    """Rules of a CP-SAT model that can be switched off one by one, and counted where they are broken.

    cut_short  whether a question could not be decided in its time: then a set in conflict may not be the smallest
    """

    def __init__(self, model: cp_model.CpModel) -> None:
        """Start with no rule."""
        self.model = model
        self.cut_short = False
        self._broken: dict[str, list[cp_model.IntVar]] = {}

    def hold(self, rule: str, constraint: cp_model.Constraint) -> None:
        """Put a constraint under a rule."""
        broken = self.model.new_bool_var("")
        constraint.only_enforce_if(~broken)
        self._broken.setdefault(rule, []).append(broken)

    def count(self, rule: str, broken: cp_model.IntVar) -> None:
        """Put a number under a rule that says how often the rule is broken."""
        self._broken.setdefault(rule, []).append(broken)

    @property
    def rules(self) -> list[str]:
        """Name the rules held, in the order of their first constraint."""
        return list(self._broken)

    def possible(self, rules_off: set[str], search: Search) -> bool:
        """Tell whether a plan may exist with some rules off: yes, unless it is proven that there is none."""
        _, status = cp_sat(self._without(rules_off), search)
        self.cut_short |= status == cp_model.UNKNOWN
        return bool(status != cp_model.INFEASIBLE)

    def least_broken(self, rules_off: set[str], search: Search) -> int | None:
        """Give the fewest constraints of `rules_off` that must be broken while all others hold; None when none does.

        A solve that runs out of time gives the best number found, if it found one.
        """
        model = self._without(rules_off)
        model.minimize(sum(broken for rule in sorted(rules_off) for broken in self._broken[rule]))
        solver, status = cp_sat(model, search)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return round(solver.objective_value)

    def _without(self, rules_off: set[str]) -> cp_model.CpModel:
        model = self.model.clone()
        for rule, found in self._broken.items():
            if rule not in rules_off:
                for broken in found:
                    model.add(broken == 0)
        return model


def conflict_of(problem: str, switches: Switches, search: Search) -> Conflict:
    """Give the smallest conflicting set by deletion: a rule stays only if dropping it makes a plan possible.

    Relaxations are priced one by one: how many constraints of a rule must give way while all others hold. Comfort
    before safety, then the smaller change first.
    """
    core = core_of(switches.rules, lambda off: switches.possible(off, search))
    return conflict_in_words(problem, core, lambda rule: switches.least_broken({rule}, search))


def core_of(rules: Iterable[str], possible: Callable[[set[str]], bool]) -> list[str]:
    """Give the smallest set of rules in conflict: dropped one by one, one stays if a plan is possible without it."""
    off: set[str] = set()
    core = []
    for rule in rules:
        if possible(off | {rule}):
            core.append(rule)
        else:
            off.add(rule)
    return core


def conflict_by_amounts(
    problem: str, most: Mapping[str, int], possible: Callable[[Mapping[str, int]], bool]
) -> Conflict | None:
    """Find the smallest conflicting set and the least amounts where no CP-SAT model holds the rules.

    most      by rule the amount by which it may give way at most, at least 1
    possible  tells whether a plan may exist when rules give way by some amounts; more never makes a plan impossible
    gives     None where a plan may exist as it is
    """
    if possible({}):
        return None
    core = core_of(most, lambda off: possible({rule: most[rule] for rule in most if rule in off}))
    return conflict_in_words(problem, core, lambda rule: _least(rule, most[rule], possible))


def _least(rule: str, most: int, possible: Callable[[Mapping[str, int]], bool]) -> int | None:
    """Give the least amount that alone makes a plan possible, by halving; None where `most` does not."""
    if not possible({rule: most}):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if possible({rule: middle}) else (middle, high)
    return high


def conflict_in_words(problem: str, rules: list[str], least: Callable[[str], int | None]) -> Conflict:
    """Put rules into words, with the least amount by which each would have to give way; None where that cannot help.

    Comfort before safety, then the smaller change first.
    """
    words = rule_words(problem)
    amounts = {rule: n for rule in rules if (n := least(rule)) is not None}
    names = Bilingual("；".join(words[r].rule.zh for r in rules), "; ".join(words[r].rule.en for r in rules))
    ways = [Relaxation(rule, n, words[rule].relax.filled(amount=n), words[rule].safety) for rule, n in amounts.items()]
    ways.sort(key=lambda way: (way.safety, way.amount))
    return Conflict(
        tuple(rules), Bilingual(_NO_PLAN.zh.format(rules=names.zh), _NO_PLAN.en.format(rules=names.en)), tuple(ways)
    )


@cache
def rule_words(problem: str) -> dict[str, RuleWords]:
    """Give the hard rules of a problem in words (rule_words.csv)."""
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return {
            row["rule"]: RuleWords(
                Bilingual(row["zh"], row["en"]), Bilingual(row["relax_zh"], row["relax_en"]), row["safety"] == "yes"
            )
            for row in csv.DictReader(file)
            if row["problem"] == problem
        }
