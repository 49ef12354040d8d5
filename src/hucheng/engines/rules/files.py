"""Tables and cases as files: the form follows from the name, every line of cases is decided or refused with a word."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from hucheng.engines.rules.batch import decide_all
from hucheng.engines.rules.dmn import read_dmn, table_dmn
from hucheng.engines.rules.inputs import InvalidFact, accept_all
from hucheng.engines.rules.load import as_json, load_table
from hucheng.engines.rules.sheet import read_sheet, table_csv, table_xlsx
from hucheng.engines.rules.table import Decision, Table
from hucheng.engines.words.bilingual import Bilingual

DAYS = ("day", "date", "date_beijing")
_NO_DAY = Bilingual("没有日期：需要 day 列或指定日期。", "There is no day: give a column `day` or one day.")
_BAD_DAY = Bilingual("“{text}”不是日期，如 2020-03-24。", "{text} is no day such as 2020-03-24.")
_NO_ROW = Bilingual("无规则可依。", "No row answers.")
_MANY = Bilingual("多行同时适用。", "More than one row answers.")
_WRITERS: Mapping[str, Callable[[Table], bytes]] = {
    ".json": lambda table: as_json(table).encode(),
    ".csv": table_csv,
    ".xlsx": table_xlsx,
    ".dmn": table_dmn,
    ".xml": table_dmn,
}


@dataclass(frozen=True, slots=True)
class Answered:
    """One line of cases: as it stands in the file, with the decision or the problem that refused it."""

    line: int
    cells: Mapping[str, str]
    on: date | None
    facts: Mapping[str, Any]
    decision: Decision | None = None
    problem: Bilingual | None = None


def read_table(data: bytes, *, name: str) -> Table:
    """Give the table of a file: YAML, JSON, CSV, XLSX or DMN by the end of its name. Raises ValueError."""
    ending = PurePath(name).suffix.lower()
    if ending in (".csv", ".xlsx"):
        return read_sheet(data, name=name)
    if ending in (".dmn", ".xml"):
        return read_dmn(data)
    if ending not in (".yaml", ".yml", ".json"):
        raise ValueError(f"{name}: a table is .yaml, .json, .csv, .xlsx or .dmn")
    return load_table(_text(data))


def write_table(table: Table, *, name: str) -> bytes:
    """Give the file of a table in the form that its name asks for. Raises ValueError for another form."""
    ending = PurePath(name).suffix.lower()
    if ending not in _WRITERS:
        raise ValueError(f"{name}: a table is written as {', '.join(_WRITERS)}")
    return _WRITERS[ending](table)


def run_cases(table: Table, data: bytes, *, on: date | None = None) -> list[Answered]:
    """Decide every line of a CSV of cases; as many answers as lines, in their order.

    Columns are named by the inputs or their other names; an empty cell says nothing; other columns are carried along.
    on  one day for all; without it each line has its own in a column `day`
    raises ValueError for a file that is no CSV in UTF-8
    """
    read = list(_read(table, data, on))
    days: dict[date, list[int]] = {}
    for number, one in enumerate(read):
        if one.problem is None and one.on is not None:
            days.setdefault(one.on, []).append(number)
    for day, numbers in days.items():
        for number, said in zip(numbers, _decided(table, [read[n].facts for n in numbers], day), strict=True):
            one = read[number]
            read[number] = Answered(
                one.line,
                one.cells,
                one.on,
                one.facts,
                said if isinstance(said, Decision) else None,
                said if isinstance(said, Bilingual) else None,
            )
    return read


def answers_csv(answered: Sequence[Answered], *, trace: bool = False) -> bytes:
    """Give the lines as they came with outcome, row, rule, reason, basis and problem beside each."""
    heads = list(dict.fromkeys(head for one in answered for head in one.cells))
    ours = ["outcome", "row", "rule", "reason_zh", "reason_en", "basis_zh", "basis_en", "version", "problem"]
    ours += ["trace"] if trace else []
    named = [f"table.{head}" if head in heads else head for head in ours]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*heads, *named])
    for one in answered:
        writer.writerow([*(one.cells.get(head, "") for head in heads), *_beside(one, trace)])
    return out.getvalue().encode("utf-8-sig")


def _beside(one: Answered, trace: bool) -> list[str]:
    said, problem = one.decision, f"{one.problem.zh} {one.problem.en}" if one.problem else ""
    if said is None:
        return [*[""] * 8, problem, *([""] if trace else [])]
    texts = [said.reason.zh, said.reason.en, said.basis.zh, said.basis.en]
    cells = [said.outcome, said.row, said.rule, *texts, f"{said.table} {said.version}", ""]
    return [*cells, *([" | ".join(said.trace)] if trace else [])]


def _decided(table: Table, cases: list[Mapping[str, Any]], day: date) -> list[Decision | Bilingual]:
    try:
        batch = decide_all(table, cases, on=day)
    except LookupError:
        return [_alone(table, facts, day) for facts in cases]
    return [batch.decision(number) for number in range(len(batch))]


def _alone(table: Table, facts: Mapping[str, Any], day: date) -> Decision | Bilingual:
    try:
        return table.decide(facts, on=day)
    except LookupError as none:
        return _NO_ROW if type(none).__name__ == "NoRowAnswers" else _MANY


def _read(table: Table, data: bytes, on: date | None) -> Iterator[Answered]:
    names = {other: name for name, given in table.inputs.items() for other in (*given.also, name)}
    try:
        lines = list(csv.DictReader(io.StringIO(_text(data), newline=""), restkey="", restval="", strict=True))
    except csv.Error as wrong:
        raise ValueError(f"the cases are not CSV: {wrong}") from wrong
    for number, line in enumerate(lines, start=2):
        cells = {head: cell for head, cell in line.items() if head}
        try:
            day = on or _day(cells)
            said = {names[h]: table.inputs[names[h]].read(c) for h, c in cells.items() if h in names and c.strip()}
            yield Answered(number, cells, day, accept_all(table.inputs, said))
        except InvalidFact as wrong:
            yield Answered(number, cells, None, {}, problem=wrong.why)


def _day(cells: Mapping[str, str]) -> date:
    text = next((cells[head].strip() for head in DAYS if cells.get(head, "").strip()), "")
    if not text:
        raise InvalidFact("day", "", _NO_DAY)
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise InvalidFact("day", text, _BAD_DAY.filled(text=text)) from wrong


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ValueError("the file is not a text in UTF-8") from wrong
