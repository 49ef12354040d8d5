"""A decision table: rows in order, the first that answers wins."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hucheng.engines.rules.conditions import Condition
from hucheng.engines.rules.inputs import Input, accept_all
from hucheng.engines.words.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Row:
    """One line: when it answers, what it says, why, and on which ground.

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

    def in_force(self, on: date, rules: Collection[str] | None) -> bool:
        """Whether the row may answer on a day, given the rules brought into force (None: all)."""
        if not self.since <= on <= self.until:
            return False
        return self.always or rules is None or set(self.rules + self.needs) <= set(rules)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table said, with everything needed to say it again: row, version, inputs; and why, for people."""

    outcome: str
    rule: str
    row: str
    table: str
    version: str
    reason: Bilingual
    basis: Bilingual
    inputs: Mapping[str, Any]
    passed_over: tuple[str, ...]


class NoRowAnswers(LookupError):
    """The table has a gap: it must not have been approved."""


@dataclass(frozen=True, slots=True)
class Table:
    """A named, versioned table with its inputs and rows."""

    name: str
    version: str
    author: str
    title: Bilingual
    inputs: Mapping[str, Input]
    rows: tuple[Row, ...]

    def on(self, day: date, rules: Collection[str] | None = None) -> tuple[Row, ...]:
        """The rows that may answer on a day; compute it once for a whole flight."""
        return tuple(row for row in self.rows if row.in_force(day, rules))

    def decide(
        self,
        facts: Mapping[str, Any],
        *,
        on: date,
        in_force: Collection[str] | None = None,
        rows: tuple[Row, ...] | None = None,
    ) -> Decision:
        """Decide one case on a day (Beijing time).

        facts     input name -> value; what is left out takes the input's default
        in_force  ids of the rules brought into force; None counts all as in force
        rows      the answer of `on()` for the same day and rules, to spare its cost in a batch
        raises    InvalidFact for an impossible fact, NoRowAnswers where the table has a gap
        """
        known = accept_all(self.inputs, facts)
        candidates = self.on(on, in_force) if rows is None else rows
        for place, row in enumerate(candidates):
            if all(c.holds(known[c.field]) for c in row.conditions):
                return self._said(row, known, candidates[:place])
        raise NoRowAnswers(f"no row of {self.name} {self.version} answers on {on}: {known}")

    def _said(self, row: Row, known: dict[str, Any], before: tuple[Row, ...]) -> Decision:
        return Decision(
            outcome=row.outcome,
            rule="+".join(row.rules),
            row=row.id,
            table=self.name,
            version=self.version,
            reason=row.reason,
            basis=row.basis,
            inputs=known,
            passed_over=tuple(earlier.id for earlier in before),
        )
