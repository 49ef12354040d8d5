"""`hucheng link`: lists in, persons out; and how well that went where the truth is known."""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from hucheng.engines.linkage.link import Linked, link
from hucheng.engines.linkage.lists import Columns, ListError, read_doubts, read_list, read_map
from hucheng.engines.linkage.matrix import gaps
from hucheng.engines.linkage.records import Row
from hucheng.engines.linkage.scoring import read_groups, score

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)
MANY = 200_000
"""Rows from which the command says beforehand how long it will take."""
ROWS_A_SECOND = 3_000
"""On one core of the machine the benchmark ran on; see docs/benchmarks.md."""


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
def lists_command(
    lists: tuple[Path, ...], map_file: Path, out: Path, questions: Path | None, gaps_file: Path | None
) -> None:
    """Read, link, write."""
    try:
        columns = read_map(map_file.read_text(encoding="utf-8"))
        rows = [row for path in lists for row in _rows(path, columns)]
    except ListError as error:
        raise click.ClickException(f"{error.words.zh} · {error.words.en}") from error
    if len(rows) >= MANY:
        minutes = len(rows) / ROWS_A_SECOND / 60
        click.echo(f"{len(rows)} 行，约需 {minutes:.0f} 分钟 · rows, about {minutes:.0f} minutes; Ctrl+C", err=True)
    linked = link(rows)
    _write(out, ("source", "record_id", "person_id", "probability"), _persons(rows, linked))
    if questions:
        asked = ((*one.one, *one.other, f"{one.weight:.2f}") for one in linked.questions)
        _write(questions, ("source_1", "record_id_1", "source_2", "record_id_2", "weight_bits"), asked)
    if gaps_file:
        lacking = gaps(linked.persons, [path.stem for path in lists])
        told = ((gap.person, " ".join(sorted(gap.on)), " ".join(sorted(gap.missing))) for gap in lacking)
        _write(gaps_file, ("person_id", "on", "missing_from"), told)
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


def _rows(path: Path, columns: dict[str, Columns]) -> list[Row]:
    if path.stem not in columns:
        raise click.ClickException(f"映射中没有名单 {path.stem} · the map does not name the list {path.stem}")
    for doubt in read_doubts(path, path.stem, columns[path.stem]):
        click.echo(f"{path.name} {doubt.column}: {doubt.words.zh} · {doubt.words.en}", err=True)
    return list(read_list(path, path.stem, columns[path.stem]))


def _persons(rows: list[Row], linked: Linked) -> list[tuple[str, str, str, str]]:
    keys = [(row.source, row.number) for row in rows]
    return [(*key, linked.persons[key], f"{linked.probabilities[key]:.4f}") for key in keys]


def _report(rows: list[Row], linked: Linked) -> None:
    persons = len(set(linked.persons.values()))
    click.echo(
        f"{len(rows)} 行，{persons} 人，{len(linked.questions)} 处待人工判断，{len(linked.unlinkable)} 行无从比对 · "
        f"rows, persons, questions, rows with nothing to compare",
        err=True,
    )


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(header)
        table.writerows(rows)
