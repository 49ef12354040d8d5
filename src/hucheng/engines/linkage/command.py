"""`hucheng link`: lists in, persons out; and how well that went where the truth is known."""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from hucheng.engines.linkage.doubts import read_doubts
from hucheng.engines.linkage.forecast import forecast
from hucheng.engines.linkage.link import Linked, link
from hucheng.engines.linkage.lists import Columns, ListError, decoded, read_list, read_map
from hucheng.engines.linkage.matrix import gaps
from hucheng.engines.linkage.on_spark import on_spark, require_spark
from hucheng.engines.linkage.pairs import in_duckdb
from hucheng.engines.linkage.records import Row
from hucheng.engines.linkage.scoring import read_groups, score

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)
ENGINES = {"duckdb": in_duckdb, "spark": on_spark}
MANY = 50_000
"""Rows from which the command says beforehand what it will take."""
STOPPED = 130
"""How a command ends that somebody has stopped: 128 and the number of the signal."""
Table = tuple[Path, tuple[str, ...], Iterable[tuple[str, ...]]]
"""A file to be written: its path, its header and its rows."""


class ListsFirst(click.Group):
    """A group whose first word may be a list instead of a command."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take anything that is no command for the first list."""
        if args and args[0] not in self.commands:
            args = ["lists", *args]
        return super().resolve_command(ctx, args)


@click.group("link", cls=ListsFirst, help="名单比对：同一个人、几份名单 · Link lists: one person, many lists")
def link_group() -> None:
    """Hold the commands together."""


@link_group.command("lists", help="比对名单并写出结果（可省略 lists）· Link lists; the word may be left out")
@click.argument("lists", nargs=-1, required=True, type=EXISTING)
@click.option("--map", "map_file", required=True, type=EXISTING, help="栏目映射（YAML）· what the columns hold")
@click.option("--out", required=True, type=NEW, help="结果 · result, CSV")
@click.option("--questions", type=NEW, help="待人工判断 · to be asked, CSV")
@click.option("--gaps", "gaps_file", type=NEW, help="谁不在哪份名单上 · who is missing from which list, CSV")
@click.option("--engine", default="duckdb", type=click.Choice(list(ENGINES)), help="计算引擎 · what does the joins")
def lists_command(
    lists: tuple[Path, ...], map_file: Path, out: Path, questions: Path | None, gaps_file: Path | None, engine: str
) -> None:
    """Read, link, write: all files or none."""
    try:
        if engine == "spark":
            require_spark()
        _check_places(lists, (out, questions, gaps_file))
        columns = read_map(decoded(map_file.read_bytes(), map_file.name)[0])
        doubtful = _say_doubts(lists, columns)
        rows = [row for path in lists for row in read_list(path, path.stem, columns[path.stem])]
        if len(rows) >= MANY:
            expected = forecast(rows).words
            click.echo(f"{expected.zh} · {expected.en}", err=True)
        if doubtful or len(rows) >= MANY:
            _ask_whether_to_go_on()
        linked = link(rows, engine=ENGINES[engine])
        _write(_tables(rows, linked, lists, out, questions, gaps_file))
    except ListError as error:
        raise click.ClickException(f"{error.words.zh} · {error.words.en}") from error
    except KeyboardInterrupt:
        click.echo("已停止，未写入任何文件 · stopped; no file was written", err=True)
        sys.exit(STOPPED)
    _report(rows, linked)


@link_group.command("score", help="与已知答案比较 · Compare with the truth")
@click.argument("clusters", type=EXISTING)
@click.argument("truth", type=EXISTING)
def score_command(clusters: Path, truth: Path) -> None:
    """Print the scores; ends with 1 where rows of the truth are missing."""
    found = score(read_groups(clusters), read_groups(truth))
    click.echo(
        f"pairs: precision {found.precision:.4f}, recall {found.recall:.4f}, F1 {found.f1:.4f}; "
        f"B-cubed F1 {found.b_cubed:.4f}; missing {found.missing}"
    )
    sys.exit(bool(found.missing))


def _check_places(lists: tuple[Path, ...], results: Iterable[Path | None]) -> None:
    """Refuse, before anything is read, two lists of one name and a result in a folder that is not there."""
    for name, count in Counter(path.stem for path in lists).items():
        if count > 1:
            raise click.ClickException(
                f"名单 {name} 给了两次，请改文件名或去掉一份 · two lists are called {name}: rename one"
            )
    for path in filter(None, results):
        if not path.parent.is_dir():
            raise click.ClickException(
                f"没有文件夹 {path.parent}，请先建立 · there is no folder {path.parent}: make it first"
            )


def _say_doubts(lists: tuple[Path, ...], columns: dict[str, Columns]) -> bool:
    """Say what looks wrong about the lists, and whether anything does."""
    doubtful = False
    for path in lists:
        if path.stem not in columns:
            raise click.ClickException(f"映射中没有名单 {path.stem} · the map does not name the list {path.stem}")
        for doubt in read_doubts(path, path.stem, columns[path.stem]):
            doubtful = True
            place = f"{path.name} {doubt.column}".strip()
            click.echo(f"{place}: {doubt.words.zh} · {doubt.words.en}", err=True)
    return doubtful


def _ask_whether_to_go_on() -> None:
    """Ask whoever sits at a terminal; where nobody does, what was said has to do."""
    if at_terminal():
        click.confirm("是否继续？· Go on?", default=False, abort=True, err=True)


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def _tables(
    rows: list[Row], linked: Linked, lists: tuple[Path, ...], out: Path, questions: Path | None, gaps_file: Path | None
) -> Iterator[Table]:
    keys = [(row.source, row.number) for row in rows]
    persons = ((*key, linked.persons[key], f"{linked.probabilities[key]:.4f}") for key in keys)
    yield out, ("source", "record_id", "person_id", "probability"), persons
    if questions:
        asked = ((*one.one, *one.other, f"{one.weight:.2f}") for one in linked.questions)
        yield questions, ("source_1", "record_id_1", "source_2", "record_id_2", "weight_bits"), asked
    if gaps_file:
        lacking = gaps(linked.persons, [path.stem for path in lists])
        told = ((gap.person, " ".join(sorted(gap.on)), " ".join(sorted(gap.missing))) for gap in lacking)
        yield gaps_file, ("person_id", "on", "missing_from"), told


def _report(rows: list[Row], linked: Linked) -> None:
    persons, asked, empty = len(set(linked.persons.values())), len(linked.questions), len(linked.unlinkable)
    click.echo(
        f"{len(rows)} 行，{persons} 人，{asked} 处待人工判断，{empty} 行无从比对 · "
        f"{len(rows)} rows, {persons} persons, {asked} questions, {empty} rows with nothing to compare",
        err=True,
    )


def _write(tables: Iterable[Table]) -> None:
    """Write all files beside their places first, so that whoever stops it finds what was there before."""
    written: list[tuple[Path, Path]] = []
    try:
        for path, header, rows in tables:
            written.append((path.with_name(path.name + ".part"), path))
            with written[-1][0].open("w", encoding="utf-8", newline="") as file:
                table = csv.writer(file)
                table.writerow(header)
                table.writerows(rows)
        for part, path in written:
            part.replace(path)
    finally:
        for part, _path in written:
            part.unlink(missing_ok=True)
