"""`hucheng paper`: official documents from typed data, as PDF or Word file, without any database."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from hucheng.engines.papers.official.records import KINDS, Paper
from hucheng.engines.papers.official.schema import DataWrong, json_schema, paper_from_json

MOST_BYTES = 5_000_000
DATA = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command("paper", help="公文：纪要、通知、督办函、报告、征用决定、交接单 · Official documents as PDF or Word")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("data", metavar="DATA.json", type=DATA, required=False)
@click.option("--out", type=OUT, metavar="FILE.pdf|FILE.docx", help="写入的文件 · the file to write")
@click.option("--schema", is_flag=True, help="输出数据格式（JSON Schema）· print the schema of the data")
def paper(kind: str, data: Path | None, out: Path | None, schema: bool) -> None:
    """Write a document; exit code 2 with the place of the mistake when the data make none."""
    if schema:
        click.echo(json.dumps(json_schema(kind), ensure_ascii=False, indent=1))
        return
    if data is None or out is None:
        raise click.UsageError("需要 DATA.json 和 --out · DATA.json and --out are needed")
    write = _writer(out)
    out.write_bytes(write(_read(kind, data)))
    click.echo(str(out))


def _read(kind: str, data: Path) -> Paper:
    if data.stat().st_size > MOST_BYTES:
        raise click.ClickException("数据文件超过 5 MB · the data file is larger than 5 MB")
    try:
        return paper_from_json(kind, data.read_bytes())
    except DataWrong as wrong:
        click.echo(f"{wrong.path}：{wrong.why.zh}\n{wrong.path}: {wrong.why.en}", err=True)
        sys.exit(2)


def _writer(out: Path) -> Callable[[Paper], bytes]:
    from hucheng.engines.papers.official.typeset import official_pdf
    from hucheng.engines.papers.official.word import official_docx

    writers = {".pdf": official_pdf, ".docx": official_docx}
    if out.suffix.lower() not in writers:
        raise click.BadParameter("只能写 .pdf 或 .docx · only .pdf and .docx can be written", param_hint="--out")
    return writers[out.suffix.lower()]
