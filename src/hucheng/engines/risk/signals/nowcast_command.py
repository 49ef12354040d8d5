"""`hucheng risk nowcast FILE`: how many of the last days' cases are not reported yet."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click


@click.command("nowcast", help="补报前的真实病例数（逐例 CSV）。 Cases of the last days before all are reported (CSV).")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="报告截止日。 Last day whose reports are all in.")
@click.option("--longest", default=14, show_default=True, help="最长报告延迟（天）。 Longest delay in days.")
@click.option("--days", default=7, show_default=True, help="合计最近几天。 Last days taken together.")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
def nowcast(file: Path, as_of: datetime | None, longest: int, days: int, as_json: bool) -> None:
    """Print the nowcast; exit code 2 when the reports cannot be used."""
    from hucheng.engines.risk.refusal import RiskRefused
    from hucheng.engines.risk.signals.nowcast_answer import nowcast_answer, read_reports

    try:
        reports = read_reports(file.read_bytes(), as_of=as_of.date() if as_of else None, longest=longest)
        answer = nowcast_answer(reports, days=days)
    except RiskRefused as no:
        click.echo(f"{no.why.zh}。{no.do.zh}\n{no.why.en}. {no.do.en}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(answer.as_dict(), ensure_ascii=False, indent=1))
        return
    assumed = "；".join(f"{name}: {text}" for name, text in answer.assumptions.items())
    click.echo(f"{answer.sentence.zh}\n{answer.sentence.en}\n假设 · Assumptions: {assumed}")
