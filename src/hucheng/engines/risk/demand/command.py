"""`hucheng risk demand FILE`: who will need what on which day, from a plan as JSON."""

import json
import sys
from pathlib import Path
from typing import cast

import click


@click.command("demand", help="未来每日到达、房间、病床、检测与人手。 Arrivals, rooms, beds, tests and staff by day.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
def demand(file: Path, as_json: bool) -> None:
    """Print the forecast with its record; exit code 2 when the plan cannot be used."""
    from hucheng.engines.risk.demand.answers import demand_answer
    from hucheng.engines.risk.demand.reading import read_question
    from hucheng.engines.risk.refusal import RiskRefused

    try:
        answer = demand_answer(read_question(file.read_bytes()))
    except RiskRefused as no:
        click.echo(f"{no.why.zh}。{no.do.zh}\n{no.why.en}. {no.do.en}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(answer.as_dict(), ensure_ascii=False, indent=1))
        return
    sentences = cast("list[dict[str, str]]", answer.details["sentences"])
    for language in ("zh", "en"):
        click.echo("\n".join(sentence[language] for sentence in sentences))
    assumed = "；".join(f"{name}: {text}" for name, text in answer.assumptions.items())
    click.echo(f"假设 · Assumptions: {assumed}")
