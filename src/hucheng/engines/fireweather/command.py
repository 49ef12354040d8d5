"""`hucheng fire fwi FILE`: fire-weather codes of a table, without any database."""

import sys
from pathlib import Path

import click


@click.group(help="森林火险天气：指数与等级。 Fire weather: codes and grades.")
def fire() -> None:
    """Hold the commands on fire weather."""


@fire.command("fwi", help="按日计算各站火险天气指数。 Compute the FWI codes of each station day by day.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件。 Write to a file.")
@click.option(
    "--constant",
    type=click.Choice(["1985", "current"]),
    default="1985",
    show_default=True,
    help="细小可燃物湿度码常数：1985 年报告或现行 cffdrs。 FFMC scale: report of 1985, or cffdrs today.",
)
def fwi(file: Path, out: Path | None, constant: str) -> None:
    """Write the table with its codes; exit code 2 when it cannot be used, and then nothing is written."""
    from hucheng.engines.fireweather.sheet import TableUnreadable, add_codes

    try:
        table = add_codes(file.read_bytes(), constant=constant)
    except TableUnreadable as refused:
        click.echo(f"{refused.why.zh}。{refused.do.zh}\n{refused.why.en}. {refused.do.en}", err=True)
        sys.exit(2)
    if out is None:
        click.echo(table, nl=False)
    else:
        out.write_text(table, encoding="utf-8")
