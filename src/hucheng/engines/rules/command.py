"""`hucheng rules`: checking, running, comparing and converting decision tables, without any database."""

import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from hucheng.engines.rules.check import check
from hucheng.engines.rules.compare import laxer_than
from hucheng.engines.rules.files import Answered, answers_csv, read_table, run_cases, write_table
from hucheng.engines.rules.load import TABLES, load_table, shipped_tables
from hucheng.engines.rules.table import Table

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("rules", help="判定表：检查、运行、比较、转换 · Decision tables: check, run, compare, convert")
def rules_group() -> None:
    """Hold the commands together."""


@rules_group.command("list", help="随附的判定表 · Tables that come with the house")
def list_tables() -> None:
    """Name each shipped table with its version and title."""
    for name in shipped_tables():
        table = load_table(name)
        click.echo(f"{name:<10} {table.version:<10} {len(table.rows):>3}  {table.title.zh} · {table.title.en}")


@rules_group.command("check", help="检查判定表：缺口、重叠、矛盾、单元测试 · Gaps, overlaps, unit tests")
@click.argument("table")
def check_table(table: str) -> None:
    """Print every finding; exit 1 when one forbids approval, 2 when the file is no table."""
    known = _table(table)
    findings = check(known)
    for finding in findings:
        click.echo(f"{'✗' if finding.fatal else '!'} {finding.code}\n    {finding.say.zh}\n    {finding.say.en}")
    fatal = sum(finding.fatal for finding in findings)
    counts = f"{len(known.rows)} 行 rows, {len(known.examples)} 测试 tests"
    click.echo(f"{known.name} {known.version}: {counts}, {fatal} 不可批准 fatal, {len(findings) - fatal} 提示 notes")
    sys.exit(1 if fatal else 0)


@rules_group.command("run", help="逐行判定案例 · Decide each line of cases")
@click.argument("table")
@click.argument("cases", type=FILE)
@click.option("--out", type=OUT, required=True, help="结果 CSV · CSV with the answers")
@click.option("--day", type=DAY, help="统一日期；否则用 day 列 · one day for all, else the column `day`")
@click.option("--trace", is_flag=True, help="附判定过程 · with the way to each answer")
def run(table: str, cases: Path, out: Path, day: datetime | None, trace: bool) -> None:
    """Write the answers; exit 1 when a line was refused. The counts add up to the lines of the file."""
    answered = _answered(_table(table), cases, day)
    out.write_bytes(answers_csv(answered, trace=trace))
    ends = Counter(one.decision.outcome for one in answered if one.decision)
    refused = [one for one in answered if one.problem]
    for one in refused[:20]:
        assert one.problem is not None
        click.echo(f"✗ {one.line}: {one.problem.zh} {one.problem.en}", err=True)
    for outcome, count in ends.most_common():
        click.echo(f"{count:>8} {outcome}")
    click.echo(f"{len(answered)} 行 lines = {sum(ends.values())} 已判定 decided + {len(refused)} 未受理 refused")
    sys.exit(1 if refused else 0)


@rules_group.command("compare", help="比较两张表对同一批案例的判定 · How two tables treat the same cases")
@click.argument("old")
@click.argument("new")
@click.argument("cases", type=FILE)
@click.option("--day", type=DAY, help="统一日期；否则用 day 列 · one day for all, else the column `day`")
def compare_tables(old: str, new: str, cases: Path, day: datetime | None) -> None:
    """Print every line treated otherwise with both reasons; exit 1 when there is one, as `diff` does."""
    before, after = _table(old), _table(new)
    pairs = list(zip(_answered(before, cases, day), _answered(after, cases, day), strict=True))
    changed = [(a, b) for a, b in pairs if _said(a) != _said(b)]
    for one, other in changed:
        name = one.cells.get("case_id") or str(one.line)
        click.echo(f"{name}: {_end(one)} -> {_end(other)}")
        click.echo(f"    - {_why(one)}\n    + {_why(other)}")
    click.echo(f"{len(pairs)} 行 lines, {len(changed)} 处理不同 treated otherwise")
    _weigh(before, after)
    sys.exit(1 if changed else 0)


@rules_group.command("convert", help="转换格式：JSON、CSV、XLSX、DMN · Write a table in another form")
@click.argument("table")
@click.argument("out", type=OUT)
def convert(table: str, out: Path) -> None:
    """Write the table in the form that the name asks for."""
    known = _table(table)
    try:
        out.write_bytes(write_table(known, name=out.name))
    except ValueError as wrong:
        raise click.BadParameter(str(wrong)) from wrong
    click.echo(f"{known.name} {known.version}: {len(known.rows)} 行 rows -> {out}")


def _table(source: str) -> Table:
    path = Path(source)
    if source in shipped_tables() and not path.is_file():
        path = TABLES / f"{source}.yaml"
    try:
        return read_table(path.read_bytes(), name=path.name)
    except OSError as missing:
        raise click.BadParameter(f"{source} 不存在 · there is no {source}") from missing
    except ValueError as wrong:
        raise click.BadParameter(f"{source} 不是判定表 · is no table: {wrong}") from wrong


def _answered(table: Table, cases: Path, day: datetime | None) -> list[Answered]:
    on = date(day.year, day.month, day.day) if day else None
    try:
        return run_cases(table, cases.read_bytes(), on=on)
    except ValueError as wrong:
        raise click.BadParameter(f"{cases}: {wrong}") from wrong


def _said(one: Answered) -> object:
    return (one.decision.outcome, one.decision.rule, one.decision.reason) if one.decision else one.problem


def _end(one: Answered) -> str:
    return one.decision.outcome if one.decision else "?"


def _why(one: Answered) -> str:
    text = one.decision.reason if one.decision else one.problem
    assert text is not None, "a line is decided or refused"
    row = f"[{one.decision.row}] " if one.decision else ""
    return f"{row}{text.zh} {text.en}"


def _weigh(before: Table, after: Table) -> None:
    """Say whether the new table is laxer than the old one anywhere, in any case there can be."""
    try:
        found = laxer_than(after, before)
    except ValueError:
        click.echo("两表不可比严 · the tables cannot be weighed against each other")
        return
    if found:
        click.echo(f"! 新表有更宽之处 the new table is laxer somewhere\n    {found.say.zh}\n    {found.say.en}")
    else:
        click.echo("新表任何情形下都不更宽 · the new table is nowhere laxer")
