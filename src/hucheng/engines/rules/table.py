"""A decision table: typed inputs, dated rows, and a policy that says which of several answers counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hucheng.engines.rules.conditions import Condition
from hucheng.engines.rules.inputs import Input, accept_all
from hucheng.engines.words.bilingual import Bilingual

HITS = ("unique", "first", "priority", "collect")
"""unique: one row may answer; first: the first in order; priority: the strictest; collect: all, the strictest leads."""

INVALID = "INVALID_INPUT"
"""What a unit test of a table expects where a fact cannot be true: refused before any row is asked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One possible end, with its name for people. A table lists them from mild to strict."""

    code: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Row:
    """One line: when it answers, what it says, why, on which ground, by whom.

    always  the row holds by law or as the safe default, whether or not somebody brought its rules into force here
    needs   rules that must be in force besides its own before this row may answer
    """

    id: str
    rules: tuple[str, ...]
    conditions: tuple[Condition, ...]
    outcome: str
    reason: Bilingual
    basis: Bilingual
    since: date = date.min
    until: date = date.max
    needs: tuple[str, ...] = ()
    always: bool = False
    author: str = ""
    approved_by: str = ""
    rule: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", "+".join(self.rules))

    def in_force(self, on: date, rules: Collection[str] | None) -> bool:
        """Whether the row may answer on a day, given the rules brought into force (None: all)."""
        if not self.since <= on <= self.until:
            return False
        return self.always or rules is None or set(self.rules + self.needs) <= set(rules)


@dataclass(frozen=True, slots=True)
class Example:
    """A unit test that travels with its table: these facts on this day end so, by this row if it is named."""

    on: date
    facts: Mapping[str, Any]
    outcome: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who let a table come into force, and when: never its author."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table said, with everything needed to say it again: row, version, inputs; and why, for people.

    passed_over  rows asked before in order, none of which answered
    missed       for each of those the input that kept it from answering
    also         under the policy collect, the other rows that answer too
    """

    outcome: str
    rule: str
    row: str
    table: str
    version: str
    reason: Bilingual
    basis: Bilingual
    inputs: Mapping[str, Any]
    passed_over: tuple[str, ...]
    missed: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def trace(self) -> list[str]:
        """Each row asked, with the value that decided it: the way to the answer, one line a row."""
        steps = [f"{row}: {name}={said_value(self.inputs[name])}" for row, name in zip(self.passed_over, self.missed)]  # noqa: B905
        return [*steps, f"{self.row}: {self.outcome}"]


class NoRowAnswers(LookupError):
    """The table has a gap: it must not have been approved."""


class ManyRowsAnswer(LookupError):
    """Two rows of a table with the policy unique answer: it must not have been approved."""


@dataclass(frozen=True, slots=True)
class Table:
    """A named, versioned table with its inputs, outcomes from mild to strict, rows and unit tests.

    stricter_with  inputs that the table claims never to make an outcome milder as they go "up" or "down"; a flag or
                   a list goes up when it is set
    """

    name: str
    version: str
    author: str
    title: Bilingual
    inputs: Mapping[str, Input]
    rows: tuple[Row, ...]
    hit: str = "first"
    outcomes: tuple[Outcome, ...] = ()
    stricter_with: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    approval: Approval | None = None

    def strictness(self, outcome: str) -> int:
        """The place of an outcome in the order from mild to strict. Raises ValueError when it has none."""
        return [known.code for known in self.outcomes].index(outcome)

    def title_of(self, outcome: str) -> Bilingual:
        """The name of an outcome for people, its code where it has none."""
        return next((known.title for known in self.outcomes if known.code == outcome), Bilingual(outcome, outcome))

    def on(self, day: date, rules: Collection[str] | None = None) -> tuple[Row, ...]:
        """The rows that may answer on a day, in the order they are asked; compute it once for a whole flight."""
        return self.in_order(row for row in self.rows if row.in_force(day, rules))

    def in_order(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """Rows in the order they are asked: as written, or the strictest first where the policy weighs outcomes."""
        if self.hit not in ("priority", "collect"):
            return tuple(rows)
        return tuple(sorted(rows, key=lambda row: -self.strictness(row.outcome)))

    def decide(
        self,
        facts: Mapping[str, Any],
        *,
        on: date,
        in_force: Collection[str] | None = None,
        rows: tuple[Row, ...] | None = None,
    ) -> Decision:
        """Decide one case on a day (Beijing time), with the whole way to the answer.

        facts     input name -> value; what is left out takes the input's default
        in_force  ids of the rules brought into force; None counts all as in force
        rows      the answer of `on()` for the same day and rules, to spare its cost in a batch
        raises    InvalidFact for an impossible fact, NoRowAnswers where the table has a gap, ManyRowsAnswer where
                  the policy is unique and two rows answer
        """
        known = accept_all(self.inputs, facts)
        candidates = self.on(on, in_force) if rows is None else rows
        missed: list[str] = []
        for row in candidates:
            for condition in row.conditions:
                if not condition.holds(known[condition.field]):
                    missed.append(condition.field)
                    break
            else:
                return self._said(row, known, candidates, missed)
        raise NoRowAnswers(f"no row of {self.name} {self.version} answers on {on}: {known}")

    def _said(self, row: Row, known: dict[str, Any], asked: tuple[Row, ...], missed: list[str]) -> Decision:
        place = len(missed)
        also: tuple[str, ...] = ()
        if self.hit in ("unique", "collect"):
            rest = asked[place + 1 :]
            also = tuple(r.id for r in rest if all(c.holds(known[c.field]) for c in r.conditions))
            if also and self.hit == "unique":
                raise ManyRowsAnswer(f"rows {row.id}, {', '.join(also)} of {self.name} answer: {known}")
        return Decision(
            row.outcome,
            row.rule,
            row.id,
            self.name,
            self.version,
            row.reason,
            row.basis,
            known,
            tuple([earlier.id for earlier in asked[:place]]),
            tuple(missed),
            also,
        )


def said_value(value: Any) -> str:
    """A value of an input as one word for people; a dash for nothing."""
    if isinstance(value, tuple):
        return ";".join(map(str, value)) or "-"
    return "-" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
