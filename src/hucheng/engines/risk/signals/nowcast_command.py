"""`hucheng risk nowcast FILE`: how many of the last days' cases are not reported yet."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hucheng.engines.risk.saying import answered, say, say_changes

if TYPE_CHECKING:
    from hucheng.engines.risk.answers import Answer


@click.command("nowcast", help="补报前的真实病例数（逐例 CSV）。 Cases of the last days before all are reported (CSV).")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="报告截止日。 Last day whose reports are all in.")
@click.option("--longest", default=14, show_default=True, help="最长报告延迟（天）。 Longest delay in days.")
@click.option("--days", default=7, show_default=True, help="合计最近几天。 Last days taken together.")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
def nowcast(file: Path, as_of: datetime | None, longest: int, days: int, as_json: bool) -> None:
    """Print the nowcast; exit code 2 when the reports cannot be used."""
    from hucheng.engines.risk.signals.nowcast_answer import nowcast_answer, read_reports

    def ask() -> "Answer":
        reports = read_reports(file.read_bytes(), as_of=as_of.date() if as_of else None, longest=longest)
        return nowcast_answer(reports, days=days)

    answer = answered(ask, as_json)
    if answer is not None:
        say(answer)
        say_changes(answer)
