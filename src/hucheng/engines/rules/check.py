"""Static analysis of a table: gaps, and rows that can never answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hucheng.engines.rules.conditions import stand_ins
from hucheng.engines.rules.table import Row, Table
from hucheng.engines.words.bilingual import Bilingual

_GAP = Bilingual("{day} 有情形无规则可依：{case}", "On {day} no row answers {case}")
_DEAD = Bilingual(
    "“{row}”行永远轮不到：前面的行已全部覆盖。", "Row {row} can never answer: the rows before it cover all."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a table; a fatal one forbids approval."""

    code: str
    row: str
    fatal: bool
    say: Bilingual


def check(table: Table) -> list[Finding]:
    """Look at every stretch of days on which the same rows hold.

    A gap (some combination of inputs that no row answers) is fatal; a row that is never reached on any day is not.
    Every input is tried with values that stand for all others, and a branch is left as soon as it is decided.
    """
    values = {
        name: stand_ins(i, [c for row in table.rows for c in row.conditions if c.field == name])
        for name, i in table.inputs.items()
    }
    gaps: list[Finding] = []
    reached: set[str] = set()
    for day in _first_days(table):
        rows = table.on(day)
        case = _unanswered(rows, values, {})
        if case is not None:
            shown = ", ".join(f"{name}={value}" for name, value in case.items()) or "-"
            gaps.append(Finding("gap", "", True, _GAP.filled(day=day, case=shown)))
        reached |= {row.id for place, row in enumerate(rows) if _reachable(rows[:place], row, values)}
    dead = [Finding("unreachable", r.id, False, _DEAD.filled(row=r.id)) for r in table.rows if r.id not in reached]
    return gaps + dead


def _first_days(table: Table) -> list[date]:
    edges = {row.since for row in table.rows} | {r.until + timedelta(1) for r in table.rows if r.until < date.max}
    return sorted(edges | {date.min})


Values = Mapping[str, Sequence[Any]]
Case = dict[str, Any]


def _open(row: Row, case: Case) -> list[str] | None:
    """Inputs the row still asks for; None when the case already fails it."""
    asked = []
    for condition in row.conditions:
        if condition.field not in case:
            asked.append(condition.field)
        elif not condition.holds(case[condition.field]):
            return None
    return asked


def _unanswered(rows: Sequence[Row], values: Values, case: Case) -> Case | None:
    """A case that no row answers, or None."""
    alive = [(row, asked) for row in rows if (asked := _open(row, case)) is not None]
    if any(not asked for _row, asked in alive):
        return None
    if not alive:
        return case
    field = alive[0][1][0]
    remaining = [row for row, _asked in alive]
    for value in values[field]:
        found = _unanswered(remaining, values, {**case, field: value})
        if found is not None:
            return found
    return None


def _reachable(before: Sequence[Row], row: Row, values: Values, case: Case | None = None) -> bool:
    """Whether some case satisfies the row and none of the rows before it."""
    case = case or {}
    asked = _open(row, case)
    if asked is None:
        return False
    if asked:
        return any(_reachable(before, row, values, {**case, asked[0]: value}) for value in values[asked[0]])
    alive = [(earlier, left) for earlier in before if (left := _open(earlier, case)) is not None]
    if not alive:
        return True
    if any(not left for _earlier, left in alive):
        return False
    field = alive[0][1][0]
    rest = [earlier for earlier, _left in alive]
    return any(_reachable(rest, row, values, {**case, field: value}) for value in values[field])
