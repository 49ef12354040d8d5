"""Looking through every case a table can be asked, without listing them: a branch is left once it is decided.

A case gives some inputs a value; values that every condition treats alike stand for each other (`stand_ins`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hucheng.engines.rules.conditions import stand_ins
from hucheng.engines.rules.inputs import Input
from hucheng.engines.rules.table import Row, Table

Values = Mapping[str, Sequence[Any]]
Case = dict[str, Any]
Worse = Callable[[str, str], bool]


def first_days(*tables: Table) -> list[date]:
    """The first day of each stretch on which the same rows hold."""
    rows = [row for table in tables for row in table.rows]
    edges = {row.since for row in rows} | {r.until + timedelta(1) for r in rows if r.until < date.max}
    return sorted(edges | {date.min})


def values_of(inputs: Mapping[str, Input], rows: Sequence[Row]) -> dict[str, list[Any]]:
    """For each input, values that stand for all others in these rows."""
    by_input: dict[str, list[Any]] = {name: [] for name in inputs}
    for row in rows:
        for condition in row.conditions:
            by_input[condition.field].append(condition)
    return {name: stand_ins(given, by_input[name]) for name, given in inputs.items()}


def asked_of(row: Row, case: Case) -> list[str] | None:
    """Inputs the row still asks for; None when the case already fails it."""
    asked = []
    for condition in row.conditions:
        if condition.field not in case:
            asked.append(condition.field)
        elif not condition.holds(case[condition.field]):
            return None
    return asked


def unanswered(rows: Sequence[Row], values: Values, case: Case) -> Case | None:
    """A case that no row answers, or None."""
    alive = [(row, asked) for row in rows if (asked := asked_of(row, case)) is not None]
    if any(not asked for _row, asked in alive):
        return None
    if not alive:
        return case
    field, remaining = alive[0][1][0], [row for row, _asked in alive]
    tries = (unanswered(remaining, values, {**case, field: value}) for value in values[field])
    return next((found for found in tries if found is not None), None)


def reachable(before: Sequence[Row], row: Row, values: Values, case: Case | None = None) -> bool:
    """Whether some case satisfies the row and none of the rows before it."""
    case = case or {}
    asked = asked_of(row, case)
    if asked is None:
        return False
    if asked:
        return any(reachable(before, row, values, {**case, asked[0]: value}) for value in values[asked[0]])
    alive = [(earlier, left) for earlier in before if (left := asked_of(earlier, case)) is not None]
    if not alive:
        return True
    if any(not left for _earlier, left in alive):
        return False
    field, rest = alive[0][1][0], [earlier for earlier, _left in alive]
    return any(reachable(rest, row, values, {**case, field: value}) for value in values[field])


def meeting(first: Row, second: Row, values: Values) -> Case | None:
    """A case that satisfies both rows, or None; each input can be looked at alone."""
    case: Case = {}
    for name in {c.field: None for row in (first, second) for c in row.conditions}:
        tests = [c for row in (first, second) for c in row.conditions if c.field == name]
        value = next((v for v in values[name] if all(c.holds(v) for c in tests)), _NONE)
        if value is _NONE:
            return None
        case[name] = value
    return case


_NONE = object()


def disagreement(
    mine: Sequence[Row], theirs: Sequence[Row], values: Values, worse: Worse, case: Case, other: Case
) -> tuple[Case, Row, Row] | None:
    """A case in which the first of my rows to answer is `worse` than the first of theirs, or None.

    case, other  what is given to my rows and to theirs: the same, or alike but for one input
    """
    here, there = _candidates(mine, case), _candidates(theirs, other)
    if not any(worse(a.outcome, b.outcome) for a, _asked in here for b, _other in there):
        return None
    asked = here[0][1] or there[0][1]
    if not asked:
        return (case, here[0][0], there[0][0]) if worse(here[0][0].outcome, there[0][0].outcome) else None
    my_rows, their_rows = [row for row, _asked in here], [row for row, _asked in there]
    for value in values[asked[0]]:
        more = {asked[0]: value}
        found = disagreement(my_rows, their_rows, values, worse, {**case, **more}, {**other, **more})
        if found:
            return found
    return None


def _candidates(rows: Sequence[Row], case: Case) -> list[tuple[Row, list[str]]]:
    """Rows that may still be the first to answer, with what each still asks."""
    found = []
    for row in rows:
        asked = asked_of(row, case)
        if asked is not None:
            found.append((row, asked))
            if not asked:
                break
    return found
