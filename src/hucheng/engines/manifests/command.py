"""`hucheng manifest read FILE`: a passenger list from the command line, without any database."""

import json
import sys
from datetime import date
from pathlib import Path

import click

from hucheng.engines.manifests.records import ManifestUnreadable, Problem, Reading


@click.group(help="旅客名单：读取与检查。 Passenger lists: reading and checking.")
def manifest() -> None:
    """Hold the commands on passenger lists."""


@manifest.command(
    "read", help="读取 PAXLST、CSV 或 XLSX 名单并列出问题。 Read a PAXLST, CSV or XLSX list, show its problems."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="判断日期所依据的日子。 Day that dates are judged by.")
@click.option("--map", "pairs", multiple=True, metavar="FIELD=HEADER", help="指定列对应。 Name a column of the sheet.")
def read(file: Path, as_json: bool, today: date | None, pairs: tuple[str, ...]) -> None:
    """Read one file; exit code 2 when nothing of it can be used, 1 when persons wait for mending."""
    from hucheng.engines.manifests.reading import read_manifest

    mapping = dict(pair.partition("=")[::2] for pair in pairs)
    day = date(today.year, today.month, today.day) if today else date.today()  # noqa: DTZ011
    try:
        reading = read_manifest(file.read_bytes(), name=file.name, today=day, mapping=mapping)
    except ManifestUnreadable as refused:
        click.echo(problem_text(refused.problem), err=True)
        sys.exit(2)
    click.echo(json.dumps(reading_dict(reading), ensure_ascii=False, indent=1) if as_json else summary(reading))
    sys.exit(1 if reading.unreadable or not reading.travellers else 0)


def reading_dict(reading: Reading) -> dict[str, object]:
    """Give the reading with its ledger and every problem spelled out."""
    details = [
        {"code": one.code, "line": one.line, "field": one.field, "value": one.value, "person": one.person,
         "fatal": one.fatal, "why": {"zh": one.why.zh, "en": one.why.en}, "do": {"zh": one.do.zh, "en": one.do.en}}
        for one in reading.problems
    ]  # fmt: skip
    ledger = {"rows": reading.rows, "readable": len(reading.readable), "unreadable": len(reading.unreadable)}
    found = {"format": reading.format, "flight": reading.flight, "sha256": reading.sha256, "ledger": ledger}
    sheet = {"mapping": dict(reading.mapping), "columns": list(reading.columns)} if reading.columns else {}
    return {**found, **sheet, **reading.as_paxlst_dict(), "problems": details}


def summary(reading: Reading) -> str:
    """Give the reading for people: what it is, how many, what is wrong."""
    lines = [
        f"{reading.format.upper()}  航班 Flight {reading.flight or '?'}  {reading.list_kind or '?'}",
        f"行 Rows {reading.rows}  可用 readable {len(reading.readable)}  待修复 to mend {len(reading.unreadable)}",
    ]
    lines += [f"  {leg.flight}  " + " -> ".join(port.port for port in leg.ports) for leg in reading.legs if leg.ports]
    lines += [f"  {name} <- {header}" for name, header in reading.mapping.items()]
    return "\n".join([*lines, *map(problem_text, reading.problems)])


def problem_text(problem: Problem) -> str:
    """Give one problem with its place, meaning and remedy in both languages."""
    place = f"{problem.line}: " if problem.line else ""
    name = f" [{problem.field}]" if problem.field else ""
    mark = "✗" if problem.fatal else "!"
    why, do = problem.why, problem.do
    return f"{mark} {place}{problem.code}{name}\n    {why.zh}{do.zh}\n    {why.en} {do.en}"
