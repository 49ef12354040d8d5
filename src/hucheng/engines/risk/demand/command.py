"""`hucheng risk demand FILE`: who will need what on which day, from a plan as JSON."""

from pathlib import Path
from typing import cast

import click

from hucheng.engines.risk.saying import answered, say_assumptions


@click.command("demand", help="未来每日到达、房间、病床、检测与人手。 Arrivals, rooms, beds, tests and staff by day.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
def demand(file: Path, as_json: bool) -> None:
    """Print the forecast with its record; exit code 2 when the plan cannot be used."""
    from hucheng.engines.risk.demand.answers import demand_answer
    from hucheng.engines.risk.demand.reading import read_question

    answer = answered(lambda: demand_answer(read_question(file.read_bytes())), as_json)
    if answer is None:
        return
    sentences = cast("list[dict[str, str]]", answer.details["sentences"])
    for language in ("zh", "en"):
        click.echo("\n".join(sentence[language] for sentence in sentences))
    say_assumptions(answer)
