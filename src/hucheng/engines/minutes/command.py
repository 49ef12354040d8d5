"""`hucheng minutes`: clean, read, compare, score or damage minutes from the command line, without any database."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from hucheng.engines.minutes.files import read_file
from hucheng.engines.minutes.unreadable import DocumentUnreadable

PATH = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE = click.argument("file", type=PATH)
JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")


@click.group(help="会议纪要：修复、读取、对比、评分。 Minutes of meetings: cleaning, reading, comparing, scoring.")
def minutes() -> None:
    """Hold the commands on minutes."""


@minutes.command("read", help="读取会议纪要：会议、人员、部署。 Read minutes: meeting, people, directives.")
@FILE
@JSON
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="发布日期。 Day of publication.")
def read_command(file: Path, as_json: bool, day: datetime | None) -> None:
    """Print what was read; exit code 2 when the file cannot be used."""
    from hucheng.engines.minutes.read import read
    from hucheng.engines.minutes.summary import summary

    found = read(text_of(file), article_date=day.date() if day else None)
    click.echo(_json(found.as_dict()) if as_json else summary(found))


@minutes.command("clean", help="修复受损文本，并列出每处修复。 Repair damaged text and list each repair.")
@FILE
@JSON
@click.option(
    "--undo", "numbers", multiple=True, type=click.IntRange(1), metavar="NUMBER",
    help="撤销列表中的某处修改，可重复。 Take one listed repair back; may be repeated.",
)  # fmt: skip
def clean_command(file: Path, as_json: bool, numbers: tuple[int, ...]) -> None:
    """Print the repaired text and, to standard error, each repair; exit code 2 when the file cannot be used."""
    from hucheng.engines.minutes.clean import clean
    from hucheng.engines.minutes.suspects import suspects
    from hucheng.engines.minutes.telling import cleaned_dict, edit_line, suspect_line
    from hucheng.engines.minutes.undo import undo

    text = text_of(file)
    cleaned = clean(text)
    if numbers and max(numbers) > len(cleaned.edits):
        raise click.BadParameter(f"只有 {len(cleaned.edits)} 处修改。 There are {len(cleaned.edits)} repairs.")
    if numbers:
        cleaned = undo(text, cleaned, [cleaned.edits[number - 1] for number in numbers])
    if as_json:
        click.echo(_json(cleaned_dict(cleaned, suspects(cleaned.text))))
        return
    click.echo(cleaned.text, nl=not cleaned.text.endswith("\n"))
    for number, edit in enumerate(cleaned.edits, start=1):
        click.echo(edit_line(number, edit), err=True)
    for slip in suspects(cleaned.text):
        click.echo(suspect_line(slip), err=True)


@minutes.command(
    "compare",
    help="与此前纪要对比：新增、重复、加严、未再提及。 What is new, repeated, tightened or dropped.",
)
@click.argument("old", metavar="OLD", type=PATH)
@click.argument("new", metavar="NEW...", type=PATH, nargs=-1, required=True)
@JSON
def compare_command(old: Path, new: tuple[Path, ...], as_json: bool) -> None:
    """Compare the last file with those before it, oldest first; exit code 2 when one cannot be used."""
    from hucheng.engines.minutes.compare import compare
    from hucheng.engines.minutes.read import read
    from hucheng.engines.minutes.summary import comparison_summary

    *earlier, latest = [read(text_of(file)) for file in (old, *new)]
    found = compare(earlier, latest)
    click.echo(_json(found.as_dict()) if as_json else comparison_summary(found))


@minutes.command("score", help="按标注评分读取结果。 Score what was read against labels.")
@click.argument("told", metavar="PRED.json", type=PATH)
@click.argument("gold", metavar="GOLD.json", type=PATH)
@JSON
def score_command(told: Path, gold: Path, as_json: bool) -> None:
    """Print the score; exit code 2 when a file holds no labelled minutes."""
    from hucheng.engines.minutes.labels import read_labels
    from hucheng.engines.minutes.score import score
    from hucheng.engines.minutes.telling import score_dict, score_text

    with _refusing():
        found = score(read_labels(told.read_bytes()), read_labels(gold.read_bytes()))
    click.echo(_json(score_dict(found)) if as_json else score_text(found))


@minutes.command("damage", help="模拟网页转换的损伤，用于测试。 Damage text as copying sites do, for tests.")
@FILE
def damage_command(file: Path) -> None:
    """Print the damaged text; exit code 2 when the file cannot be used."""
    from hucheng.engines.minutes.damage import damage

    spoiled = damage(text_of(file))
    click.echo(spoiled, nl=not spoiled.endswith("\n"))


def text_of(file: Path) -> str:
    """Give the text of a file, or leave with exit code 2 and the reason in both languages."""
    with _refusing():
        return read_file(file.read_bytes(), file.name)


@contextmanager
def _refusing() -> Iterator[None]:
    """Leave with exit code 2 and the reason in both languages where a file is of no use."""
    try:
        yield
    except DocumentUnreadable as refused:
        click.echo(f"{refused.why.zh}{refused.do.zh}\n{refused.why.en} {refused.do.en}", err=True)
        sys.exit(2)


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)
