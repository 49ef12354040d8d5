"""`hucheng risk absence FILE`: whether unusually many were absent on the last day."""

from pathlib import Path

import click

from hucheng.engines.risk.saying import answered, say


@click.command("absence", help="缺勤是否异常偏多（每日 CSV）。 Are unusually many absent (CSV by day)?")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--level", default=0.01, show_default=True, help="平常日误报概率。 Chance of a false alarm on a usual day."
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
def absence(file: Path, level: float, as_json: bool) -> None:
    """Print the verdict on the last day; exit code 2 when the days cannot be used."""
    from hucheng.engines.risk.signals.absence_answer import absence_answer, read_days

    answer = answered(lambda: absence_answer(read_days(file.read_bytes()), level=level), as_json)
    if answer is not None:
        say(answer)
