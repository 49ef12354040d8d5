"""`hucheng risk absence FILE`: whether unusually many were absent on the last day."""

import json
import sys
from pathlib import Path

import click


@click.command("absence", help="缺勤是否异常偏多（每日 CSV）。 Are unusually many absent (CSV by day)?")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--level", default=0.01, show_default=True, help="平常日误报概率。 Chance of a false alarm on a usual day."
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
def absence(file: Path, level: float, as_json: bool) -> None:
    """Print the verdict on the last day; exit code 2 when the days cannot be used."""
    from hucheng.engines.risk.refusal import RiskRefused
    from hucheng.engines.risk.signals.absence_answer import absence_answer, read_days

    try:
        answer = absence_answer(read_days(file.read_bytes()), level=level)
    except RiskRefused as no:
        click.echo(f"{no.why.zh}。{no.do.zh}\n{no.why.en}. {no.do.en}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(answer.as_dict(), ensure_ascii=False, indent=1))
        return
    assumed = "；".join(f"{name}: {text}" for name, text in answer.assumptions.items())
    click.echo(f"{answer.sentence.zh}\n{answer.sentence.en}\n假设 · Assumptions: {assumed}")
