"""Two tables side by side: over given cases, and over every case there can be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hucheng.engines.rules.batch import Batch, decide_all
from hucheng.engines.rules.check import shown
from hucheng.engines.rules.search import disagreement, first_days, values_of
from hucheng.engines.rules.table import Decision, Table
from hucheng.engines.words.bilingual import Bilingual

_LAXER = Bilingual(
    "{day} 下级“{mine}”行得出“{my_end}”，比上级“{theirs}”行的“{their_end}”宽松：{case}",
    "On {day} row {mine} here ends in {my_end}, laxer than {their_end} by row {theirs} above: {case}",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One case that two tables treat otherwise, with what each says and why."""

    number: int
    old: Decision
    new: Decision


@dataclass(frozen=True, slots=True)
class Laxer:
    """A case that a table treats more mildly than the one above it."""

    on: date
    case: Mapping[str, Any]
    row: str
    above: str
    say: Bilingual


def compare(
    old: Table,
    new: Table,
    cases: Sequence[Mapping[str, Any]],
    *,
    on: date,
    in_force: Collection[str] | None = None,
    new_in_force: Collection[str] | None = None,
) -> list[Change]:
    """Give the cases of one day whose outcome or reason the new table would change.

    cases         facts by the names of either table; a table is asked only what it knows
    in_force      rules in force for the old table, `new_in_force` for the new one; None counts all
    raises        InvalidFact, NoRowAnswers and ManyRowsAnswer as the tables do
    """
    before = decide_all(old, known_to(old, cases), on=on, in_force=in_force)
    after = decide_all(new, known_to(new, cases), on=on, in_force=new_in_force)
    return [Change(n, before.decision(n), after.decision(n)) for n in range(len(cases)) if _differs(before, after, n)]


def known_to(table: Table, cases: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The cases without facts that the table does not ask for."""
    return [{name: value for name, value in facts.items() if name in table.inputs} for facts in cases]


def laxer_than(mine: Table, above: Table) -> Laxer | None:
    """A case in which my table ends more mildly than the table above allows, or None: the law of the lattice.

    The outcomes of both are weighed by the order of the table above. All rules count as in force on both sides.
    Raises ValueError when an outcome of mine has no place in that order, or an input of one name differs in kind.
    """
    order = {known.code: place for place, known in enumerate(above.outcomes)}
    unknown = {row.outcome for row in mine.rows} - order.keys()
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} has no place among the outcomes of {above.name}")
    for name in mine.inputs.keys() & above.inputs.keys():
        a, b = mine.inputs[name], above.inputs[name]
        if (a.kind, a.values, a.low, a.high, a.optional) != (b.kind, b.values, b.low, b.high, b.optional):
            raise ValueError(f"{name} is not the same input in both tables")
    inputs = {**above.inputs, **mine.inputs}
    for day in first_days(mine, above):
        my_rows, their_rows = mine.on(day), above.on(day)
        values = values_of(inputs, [*my_rows, *their_rows])
        found = disagreement(my_rows, their_rows, values, lambda a, b: order[a] < order[b], {}, {})
        if found:
            case, here, there = found
            say = _LAXER.filled(
                day=day, mine=here.id, my_end=here.outcome, theirs=there.id, their_end=there.outcome, case=shown(case)
            )
            return Laxer(day, case, here.id, there.id, say)
    return None


def _differs(before: Batch, after: Batch, number: int) -> bool:
    old, new = before.row(number), after.row(number)
    return (old.outcome, old.rule, old.reason, old.basis) != (new.outcome, new.rule, new.reason, new.basis)
