"""`hucheng minutes`: clean, read or damage minutes from the command line, without any database."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from hucheng.engines.minutes.files import DocumentUnreadable, read_file

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(help="会议纪要：修复、读取。 Minutes of meetings: cleaning and reading.")
def minutes() -> None:
    """Hold the commands on minutes."""


@minutes.command("read", help="读取会议纪要：会议、人员、部署。 Read minutes: meeting, people, directives.")
@FILE
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="发布日期。 Day of publication.")
def read_command(file: Path, as_json: bool, day: datetime | None) -> None:
    """Print what was read; exit code 2 when the file cannot be used."""
    from hucheng.engines.minutes.read import read
    from hucheng.engines.minutes.summary import summary

    found = read(text_of(file), article_date=day.date() if day else None)
    click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1) if as_json else summary(found))


@minutes.command("clean", help="修复受损文本，只输出结果。 Repair damaged text and print it.")
@FILE
@click.option("--edits", is_flag=True, help="把每处修改写到标准错误。 Write each repair to standard error.")
def clean_command(file: Path, edits: bool) -> None:
    """Print the repaired text; exit code 2 when the file cannot be used."""
    from hucheng.engines.minutes.clean import clean
    from hucheng.engines.minutes.edits import LABELS

    cleaned = clean(text_of(file))
    click.echo(cleaned.text, nl=not cleaned.text.endswith("\n"))
    for edit in cleaned.edits if edits else ():
        doubt = "" if edit.certain else "  ?"
        label = LABELS[edit.kind]
        click.echo(
            f"{edit.start}-{edit.end}  {label.zh} {label.en}: {edit.before!r} -> {edit.after!r}{doubt}", err=True
        )


@minutes.command("damage", help="模拟网页转换的损伤，用于测试。 Damage text as copying sites do, for tests.")
@FILE
def damage_command(file: Path) -> None:
    """Print the damaged text; exit code 2 when the file cannot be used."""
    from hucheng.engines.minutes.damage import damage

    spoiled = damage(text_of(file))
    click.echo(spoiled, nl=not spoiled.endswith("\n"))


def text_of(file: Path) -> str:
    """Give the text of a file, or leave with exit code 2 and the reason in both languages."""
    try:
        return read_file(file.read_bytes(), file.name)
    except DocumentUnreadable as refused:
        click.echo(f"{refused.why.zh}{refused.do.zh}\n{refused.why.en} {refused.do.en}", err=True)
        sys.exit(2)
