"""Tables as sheets: CSV with one block under another, XLSX with one sheet a block; people edit them, nothing is lost.

The blocks are table, inputs, outcomes, rows and tests. In `rows` each input has a column whose cells are conditions.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from hucheng.engines.rules.cells import plain, read_cell, write_cell
from hucheng.engines.rules.inputs import KINDS, Input
from hucheng.engines.rules.load import table_of, written_of
from hucheng.engines.rules.table import Table

BLOCKS = ("table", "inputs", "outcomes", "rows", "tests")
MOST_LINES, MOST_COLUMNS, MOST_BYTES, MOST_UNPACKED = 20_000, 300, 5_000_000, 50_000_000
BROKEN = (BadZipFile, ZlibError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError,
          SyntaxError, NotImplementedError, AssertionError, OverflowError)  # raised by damaged ones  # fmt: skip
Block = list[dict[str, str]]


def read_sheet(data: bytes, *, name: str) -> Table:
    """Give the table of a CSV or XLSX file. Raises ValueError that names the block and line."""
    if len(data) > MOST_BYTES:
        raise ValueError(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    blocks = _of_workbook(data) if name.lower().endswith(".xlsx") else _of_csv(data)
    for wanted in ("table", "inputs", "rows"):
        if not blocks.get(wanted):
            raise ValueError(f"the block {wanted} is missing or empty")
    return table_of(_written(blocks))


def table_csv(table: Table) -> bytes:
    """Give the table as CSV, read back the same by `read_sheet`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for block, (heads, lines) in _blocks(table).items():
        writer.writerows([[f"[{block}]"], heads, *lines, []])
    return out.getvalue().encode("utf-8-sig")


def table_xlsx(table: Table) -> bytes:
    """Give the table as a workbook, every cell a text: no condition is taken for a formula."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    text = book.add_format({"num_format": "@"})
    for block, (heads, lines) in _blocks(table).items():
        sheet = book.add_worksheet(block)
        for number, line in enumerate([heads, *lines]):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell, text)
    book.close()
    return out.getvalue()


def _blocks(table: Table) -> dict[str, tuple[list[str], list[list[str]]]]:
    said = written_of(table)
    names = list(table.inputs)
    about = [["name", table.name], ["version", table.version], ["author", table.author], ["hit", table.hit]]
    about += [["title_zh", table.title.zh], ["title_en", table.title.en]]
    if table.approval:
        about += [["approved_by", table.approval.by], ["approved_on", table.approval.on.isoformat()]]
    inputs = [_line_of_input(given, table.stricter_with.get(name, "")) for name, given in table.inputs.items()]
    outcomes = [[o.code, o.title.zh, o.title.en] for o in table.outcomes]
    tests = [
        [t["day"], *(_fact(t["facts"].get(n)) for n in names), t["outcome"], t.get("row", "")] for t in said["tests"]
    ]
    rows = [_line_of_row(row, table.inputs) for row in said["rows"]]
    return {
        "table": (["part", "value"], about),
        "inputs": (["name", "kind", "low", "high", "values", "optional", "also", "otherwise", "stricter"], inputs),
        "outcomes": (["code", "zh", "en"], outcomes),
        "rows": (["id", "rules", *names, *_TAIL], rows),
        "tests": (["day", *names, "outcome", "row"], tests),
    }


_TAIL = ["outcome", "reason_zh", "reason_en", "basis_zh", "basis_en", "from", "until", "needs", "always"]
_TAIL += ["author", "approved_by"]


def _line_of_input(given: Input, stricter: str) -> list[str]:
    low, high = (plain(given.low), plain(given.high)) if given.kind == "number" else ("", "")
    yes = "yes" if given.optional else ""
    return [
        given.name,
        given.kind,
        low,
        high,
        ";".join(given.values),
        yes,
        ";".join(given.also),
        given.otherwise,
        stricter,
    ]


def _line_of_row(row: Mapping[str, Any], inputs: Mapping[str, Input]) -> list[str]:
    cells = [write_cell(i, row["when"][n], feel=False) if n in row["when"] else "" for n, i in inputs.items()]
    texts = [row[part][lang] for part in ("reason", "basis") for lang in ("zh", "en")]
    days = [row.get("from", ""), row.get("until", "")]
    last = [";".join(row.get("needs", [])), "yes" if row.get("always") else ""]
    hands = [row.get("author", ""), row.get("approved_by", "")]
    return [row["id"], ";".join(row["rules"]), *cells, row["outcome"], *texts, *days, *last, *hands]


def _fact(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    return plain(value) if isinstance(value, int | float) else str(value)


def _written(blocks: Mapping[str, Block]) -> dict[str, Any]:
    about = {line.get("part", ""): line.get("value", "") for line in blocks["table"]}
    inputs = {line.get("name", ""): _input(line) for line in blocks["inputs"]}
    typed = {name: Input(name, spec["kind"], values=tuple(spec["values"])) for name, spec in inputs.items()}
    said: dict[str, Any] = {part: about.get(part, "") for part in ("name", "version", "author")}
    said |= {"hit": about.get("hit") or "first", "title": {"zh": about.get("title_zh"), "en": about.get("title_en")}}
    said |= {"inputs": inputs, "rows": [_row(n, line, typed) for n, line in enumerate(blocks["rows"], start=1)]}
    said["outcomes"] = {o.get("code", ""): {"zh": o.get("zh"), "en": o.get("en")} for o in blocks.get("outcomes", [])}
    said["stricter_with"] = {i["name"]: i["stricter"] for i in blocks["inputs"] if i.get("name") and i.get("stricter")}
    said["tests"] = [_test(line, typed) for line in blocks.get("tests", [])]
    if about.get("approved_by"):
        said["approved"] = {"by": about["approved_by"], "day": about.get("approved_on", "")}
    return said


def _input(line: Mapping[str, str]) -> dict[str, Any]:
    named = f"input {line.get('name', '')}"
    spec: dict[str, Any] = {"kind": line.get("kind", ""), "values": _parts(line.get("values", ""))}
    if spec["kind"] not in KINDS:
        raise ValueError(f"{named}: kind must be one of {', '.join(KINDS)}")
    if spec["kind"] == "number":
        spec |= {word: _real(f"{named}: {word}", line.get(word, "")) for word in ("low", "high")}
    spec["optional"] = _yes(f"{named}: optional", line.get("optional", ""))
    return spec | {"also": _parts(line.get("also", "")), "otherwise": line.get("otherwise", "")}


def _row(number: int, line: Mapping[str, str], inputs: Mapping[str, Input]) -> dict[str, Any]:
    named = f"row {line.get('id') or number}"
    try:
        when = {n: read for n, i in inputs.items() if (read := read_cell(i, line.get(n, ""))) is not None}
    except ValueError as wrong:
        raise ValueError(f"{named}: {wrong}") from wrong
    said: dict[str, Any] = {"id": line.get("id"), "rules": _parts(line.get("rules", "")), "when": when}
    said["outcome"] = line.get("outcome")
    said |= {part: {lang: line.get(f"{part}_{lang}") for lang in ("zh", "en")} for part in ("reason", "basis")}
    said |= {word: line[word] for word in ("from", "until", "author", "approved_by") if line.get(word)}
    return said | {"needs": _parts(line.get("needs", "")), "always": _yes(f"{named}: always", line.get("always", ""))}


def _test(line: Mapping[str, str], inputs: Mapping[str, Input]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, given in inputs.items():
        cell = line.get(name, "")
        if cell and given.kind == "number":
            facts[name] = _real(f"test: {name}", cell)
        elif cell:
            facts[name] = _parts(cell) if given.kind == "list" else given.read(cell) if given.kind == "flag" else cell
    return {"day": line.get("day", ""), "facts": facts, "outcome": line.get("outcome", ""), "row": line.get("row", "")}


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _yes(what: str, cell: str) -> bool:
    if cell.lower() in ("", "no", "false", "0"):
        return False
    if cell.lower() in ("yes", "true", "1"):
        return True
    raise ValueError(f"{what}: yes or nothing is wanted, not {cell!r}")


def _real(what: str, cell: str) -> float:
    try:
        return float(cell)
    except ValueError as wrong:
        raise ValueError(f"{what}: a number is wanted, not {cell!r}") from wrong


def _of_csv(data: bytes) -> dict[str, Block]:
    try:
        text = data.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise ValueError(f"the file is not CSV in UTF-8: {wrong}") from wrong
    blocks: dict[str, list[list[str]]] = {}
    here: list[list[str]] | None = None
    for line in lines[:MOST_LINES]:
        first = line[0].strip().lower() if line else ""
        if first.startswith("[") and first.endswith("]") and first[1:-1] in BLOCKS and not any(line[1:]):
            here = blocks.setdefault(first[1:-1], [])
        elif here is not None:
            here.append(line)
    return {block: _named(block, lines) for block, lines in blocks.items()}


def _of_workbook(data: bytes) -> dict[str, Block]:
    from openpyxl import load_workbook

    try:
        _not_too_large(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {sheet.title.lower(): sheet for sheet in book.worksheets if sheet.title.lower() in BLOCKS}
        lines = {block: [list(map(_cell, line)) for line in _bounded(sheet)] for block, sheet in sheets.items()}
    except BROKEN as wrong:
        raise ValueError(f"the file is not a workbook (XLSX): {wrong}") from wrong
    return {block: _named(block, found) for block, found in lines.items()}


def _not_too_large(data: bytes) -> None:
    with ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise ValueError(f"it holds more than {MOST_UNPACKED // 1_000_000} MB")


def _bounded(sheet: Any) -> Iterable[Sequence[object]]:
    rows: Iterable[Sequence[object]] = sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True)
    return rows


def _cell(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else plain(value) if isinstance(value, int | float) else str(value).strip()


def _named(block: str, lines: Sequence[Sequence[str]]) -> Block:
    full = [line for line in lines if any(cell.strip() for cell in line)]
    if not full:
        return []
    heads = [cell.strip() for cell in full[0]]
    if len(set(filter(None, heads))) != len(list(filter(None, heads))):
        raise ValueError(f"the block {block} has two columns of one name")
    return [{head: cell.strip() for head, cell in zip(heads, line, strict=False) if head} for line in full[1:]]
