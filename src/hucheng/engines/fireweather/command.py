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
@click.option(
    "--stations",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="台站表：纬度、起始湿度码、越冬。 Table of stations: latitude, starting codes, winter.",
)
def fwi(file: Path, out: Path | None, constant: str, stations: Path | None) -> None:
    """Write the table with its codes; exit code 2 when it cannot be used, and then nothing is written."""
    from hucheng.engines.fireweather.problems import TableUnreadable
    from hucheng.engines.fireweather.sheet import add_codes

    try:
        sheet = add_codes(file.read_bytes(), constant=constant, stations=stations.read_bytes() if stations else None)
    except TableUnreadable as refused:
        click.echo(f"{refused.why.zh}。{refused.do.zh}\n{refused.why.en}. {refused.do.en}", err=True)
        sys.exit(2)
    for note in sheet.notes:
        click.echo(f"{note.zh}\n{note.en}", err=True)
    if out is None:
        click.echo(sheet.text, nl=False)
    else:
        out.write_text(sheet.text, encoding="utf-8")
