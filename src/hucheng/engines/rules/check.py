"""Static analysis of a table: what forbids its approval, and what is merely of no use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from hucheng.engines.rules.inputs import InvalidFact
from hucheng.engines.rules.search import disagreement, first_days, meeting, reachable, unanswered, values_of
from hucheng.engines.rules.table import INVALID, Approval, Example, Row, Table, said_value
from hucheng.engines.words.bilingual import Bilingual

_GAP = Bilingual("{day} 有情形无规则可依：{case}", "On {day} no row answers {case}")
_DEAD = Bilingual(
    "“{row}”行永远轮不到：前面的行已全部覆盖。", "Row {row} can never answer: the rows before it cover all."
)
_OVERLAP = Bilingual(
    "{day} “{row}”行与“{other}”行同时适用：{case}", "On {day} rows {row} and {other} both answer {case}"
)
_CONTRADICTION = Bilingual(
    "{day} “{row}”行与“{other}”行条件相同而结论不同。",
    "On {day} rows {row} and {other} have the same conditions and different outcomes",
)
_CLAIM = Bilingual(
    "{day} 表中声明“{field}”越重越严，但由 {low} 变为 {high} 时结论由{strict}变为{mild}：{case}",
    "On {day} the claim on {field} fails: from {low} to {high} the outcome goes from {strict} to {mild}: {case}",
)
_TEST = Bilingual(
    "第 {number} 个单元测试：应为 {wanted}，表中得出 {got}", "Test {number}: {wanted} is wanted, the table says {got}"
)
_NO_APPROVAL = Bilingual("本表不能批准：{why}", "The table cannot be approved: {why}")
_OWN_HAND = Bilingual("起草人不能批准自己的表。", "Its author may not approve it.")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a table; a fatal one forbids approval.

    code  gap, overlap, contradiction, claim, test (all fatal), unreachable (not)
    case  inputs that show it, where there are some
    """

    code: str
    row: str
    fatal: bool
    say: Bilingual
    case: Mapping[str, Any] = field(default_factory=dict)


class NotApproved(ValueError):
    """A table that may not come into force, with what stands against it."""

    def __init__(self, why: Bilingual, findings: Sequence[Finding] = ()) -> None:
        self.why = _NO_APPROVAL.filled(why=why.en)
        self.why = Bilingual(_NO_APPROVAL.zh.format(why=why.zh), self.why.en)
        self.findings = tuple(findings)
        super().__init__(self.why.en)


def approve(table: Table, *, by: str, on: date) -> Table:
    """Give the table with its approval.

    Raises NotApproved when the author would approve it or a finding is fatal: a gap, an overlap that the policy
    forbids, a contradiction, a claim that does not hold or a unit test that fails.
    """
    if by.strip() in ("", table.author):
        raise NotApproved(_OWN_HAND)
    fatal = [finding for finding in check(table) if finding.fatal]
    if fatal:
        raise NotApproved(fatal[0].say, fatal)
    return replace(table, approval=Approval(by, on))


def check(table: Table) -> list[Finding]:
    """Look at every stretch of days on which the same rows hold, and run the unit tests of the table.

    Every input is tried with values that stand for all others, and a branch is left as soon as it is decided.
    """
    found: list[Finding] = []
    reached: set[str] = set()
    broken: dict[str, Finding] = {}
    for day in first_days(table):
        rows = table.on(day)
        values = values_of(table.inputs, rows)
        case = unanswered(rows, values, {})
        if case is not None:
            found.append(Finding("gap", "", True, _GAP.filled(day=day, case=shown(case)), case))
        for name in [name for name in table.stricter_with if name not in broken]:
            if one := _broken_claim(table, name, rows, values, day):
                broken[name] = one
        reached |= _answering(table, rows, values)
    dead = [Finding("unreachable", r.id, False, _DEAD.filled(row=r.id)) for r in table.rows if r.id not in reached]
    return [*found, *broken.values(), *_clashes(table), *dead, *_failed_tests(table)]


def shown(case: Mapping[str, Any]) -> str:
    """A case as one line for people."""
    return ", ".join(f"{name}={said_value(value)}" for name, value in case.items()) or "-"


def _answering(table: Table, rows: Sequence[Row], values: Mapping[str, Sequence[Any]]) -> set[str]:
    """Rows that some case leads to; under collect every row counts that some case satisfies."""
    heard = table.hit == "collect"
    return {row.id for place, row in enumerate(rows) if reachable(() if heard else rows[:place], row, values)}


def _clashes(table: Table) -> Iterator[Finding]:
    """Pairs of rows between which nothing decides.

    Under unique: rows that both answer some case. Else: a row with the conditions of an earlier one and another
    outcome, which the earlier one silences on every day. Collect hears every row.
    """
    values = values_of(table.inputs, table.rows)
    rows = table.in_order(table.rows)
    extents = [_extent(row, values) for row in rows]
    for place, row in enumerate(rows):
        for later in range(place + 1, len(rows)):
            other = rows[later]
            day = max(row.since, other.since)
            said: dict[str, object] = {"day": day, "row": row.id, "other": other.id}
            if table.hit == "unique":
                case = meeting(row, other, values) if day <= min(row.until, other.until) else None
                if case is not None:
                    code = "overlap" if row.outcome == other.outcome else "contradiction"
                    yield Finding(code, other.id, True, _OVERLAP.filled(**said, case=shown(case)), case)
            elif table.hit != "collect" and extents[place] == extents[later] and _silences(row, other):
                yield Finding("contradiction", other.id, True, _CONTRADICTION.filled(**said))


def _silences(row: Row, other: Row) -> bool:
    """Whether a row ends otherwise and stands on every day of the other, by law too if that one does."""
    as_firm = row.always or not other.always
    return row.outcome != other.outcome and as_firm and row.since <= other.since and other.until <= row.until


def _extent(row: Row, values: Mapping[str, Sequence[Any]]) -> dict[str, tuple[int, ...]]:
    """Which of the stand-ins of each input the row takes; inputs of which it takes all are left out."""
    taken = {c.field: tuple(n for n, v in enumerate(values[c.field]) if c.holds(v)) for c in row.conditions}
    return {name: places for name, places in taken.items() if len(places) < len(values[name])}


def _broken_claim(
    table: Table, name: str, rows: Sequence[Row], values: Mapping[str, Sequence[Any]], day: date
) -> Finding | None:
    """A case in which an input that should make outcomes stricter makes one milder."""

    def milder(mine: str, theirs: str) -> bool:
        return table.strictness(mine) < table.strictness(theirs)

    rising = [value for value in values[name] if value is not None]
    if table.stricter_with[name] == "down":
        rising.reverse()
    for low, high in pairwise(rising):
        if found := disagreement(rows, rows, values, milder, {name: high}, {name: low}):
            case, mine, theirs = found
            case.pop(name)
            said = {"day": day, "field": name, "low": said_value(low), "high": said_value(high), "case": shown(case)}
            return Finding(
                "claim", mine.id, True, _CLAIM.filled(**said, strict=theirs.outcome, mild=mine.outcome), case
            )
    return None


def _failed_tests(table: Table) -> Iterator[Finding]:
    for number, example in enumerate(table.examples, start=1):
        got = _answer(table, example)
        wanted = example.outcome + (f" ({example.row})" if example.row else "")
        outcome, _paren, row = got.partition(" (")
        if outcome != example.outcome or (example.row and row != f"{example.row})"):
            say = _TEST.filled(number=number, wanted=wanted, got=got)
            yield Finding("test", "", True, say, example.facts)


def _answer(table: Table, example: Example) -> str:
    try:
        decision = table.decide(example.facts, on=example.on)
    except InvalidFact:
        return INVALID
    except LookupError as none:
        return type(none).__name__
    return f"{decision.outcome} ({decision.row})"
