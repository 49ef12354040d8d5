"""Deciding a whole flight at once: columns instead of people, the same answers row for row."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.rules.inputs import accept_columns
from hucheng.engines.rules.table import Decision, ManyRowsAnswer, NoRowAnswers, Row, Table


@dataclass(frozen=True, slots=True)
class Batch:
    """The answers to many cases of one day; `picks[n]` is the place in `rows` of the row that answers case n."""

    table: Table
    on: date
    rows: tuple[Row, ...]
    picks: NDArray[np.intp]
    cases: Sequence[Mapping[str, Any]]

    def __len__(self) -> int:
        return len(self.picks)

    def row(self, number: int) -> Row:
        """The row that answers one case."""
        return self.rows[int(self.picks[number])]

    @property
    def row_ids(self) -> list[str]:
        """The id of the answering row of each case."""
        ids = [row.id for row in self.rows]
        return [ids[pick] for pick in self.picks.tolist()]

    @property
    def outcomes(self) -> list[str]:
        """The outcome of each case."""
        ends = [row.outcome for row in self.rows]
        return [ends[pick] for pick in self.picks.tolist()]

    def decision(self, number: int) -> Decision:
        """One case with its inputs and its whole way to the answer."""
        return self.table.decide(self.cases[number], on=self.on, rows=self.rows)


def decide_all(
    table: Table, cases: Sequence[Mapping[str, Any]], *, on: date, in_force: Collection[str] | None = None
) -> Batch:
    """Decide many cases of one day; each gets the row that `Table.decide` would give it.

    raises  InvalidFact for the first impossible fact, NoRowAnswers and ManyRowsAnswer as `Table.decide`
    """
    rows = table.on(on, in_force)
    columns = {name: table.inputs[name].column(c) for name, c in accept_columns(table.inputs, cases).items()}
    picks = np.full(len(cases), -1, dtype=np.intp)
    open_cases = np.arange(len(cases))
    for place, row in enumerate(rows):
        holds = np.ones(len(cases), dtype=np.bool_)
        for condition in row.conditions:
            holds &= condition.mask(columns[condition.field])
        if table.hit == "unique" and (holds & (picks >= 0)).any():
            number = int(np.flatnonzero(holds & (picks >= 0))[0])
            raise ManyRowsAnswer(f"rows {rows[picks[number]].id}, {row.id} of {table.name} answer: {cases[number]}")
        answered = open_cases[holds[open_cases]]
        picks[answered] = place
        open_cases = open_cases[~holds[open_cases]]
        if not len(open_cases) and table.hit != "unique":
            break
    if len(open_cases):
        case = cases[int(open_cases[0])]
        raise NoRowAnswers(f"no row of {table.name} {table.version} answers on {on}: {case}")
    return Batch(table, on, rows, picks, cases)
