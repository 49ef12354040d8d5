"""`hucheng risk screening|quarantine|whatif|importation|rt|over|reproduce`: one answer each, without any database."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hucheng.engines.risk.demand.command import demand
from hucheng.engines.risk.demand.whatif_command import whatif
from hucheng.engines.risk.options import CURVE, JSON, PROFILE, disease, listed, sensitivity
from hucheng.engines.risk.saying import answered, refuse, say, say_changes, say_notes
from hucheng.engines.risk.signals.absence_command import absence
from hucheng.engines.risk.signals.nowcast_command import nowcast

if TYPE_CHECKING:
    from hucheng.engines.risk.answers import Answer

_AS_OF = click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="数据截至日（当天未完）。 The day that is not over yet."
)
_OF_SCREEN = "筛查灵敏度（0 到 1）。 Sensitivity of the screen, 0 to 1."


@click.group(help="风险：筛查、隔离与本地传播。 Risk: screening, quarantine and spread here.")
def risk() -> None:
    """Hold the commands on risk."""


risk.add_command(absence)
risk.add_command(demand)
risk.add_command(nowcast)
risk.add_command(whatif)


@risk.command("screening", help="出入境筛查漏过多少感染者。 How many infected travellers screening misses.")
@PROFILE
@click.option("--hours", type=float, default=8, show_default=True, help="旅程小时数。 Hours of the journey.")
@click.option("--exit", "leaving", type=float, help=f"出境 · At exit: {_OF_SCREEN}")
@click.option("--entry", "landing", type=float, help=f"入境 · At entry: {_OF_SCREEN}")
@JSON
def screening(profile: str, hours: float, leaving: float | None, landing: float | None, as_json: bool) -> None:
    """Print the missed share; exit code 2 when it cannot be computed."""
    from hucheng.engines.risk.answers import screening_answer

    _say(lambda: screening_answer(disease(profile), hours, leaving, landing), as_json)


@risk.command("quarantine", help="隔离与检测之后还剩多少风险。 What a quarantine with tests lets through.")
@PROFILE
@click.option("--days", type=int, required=True, help="隔离天数，0 到 60。 Days held, 0 to 60.")
@click.option("--tests", default="", help="采样日，如 0,13。 Days of sampling after arrival, such as 0,13.")
@CURVE
@click.option(
    "--hours", "journey_hours", type=float, default=8, show_default=True, help="旅程小时数。 Journey in hours."
)
@click.option("--infected", type=int, default=1, show_default=True, help="机上感染者人数。 Infected people on board.")
@click.option("--adherence", type=float, default=1.0, show_default=True, help="遵守比例。 Share who comply.")
@click.option(
    "--correlation", type=float, default=0.0, show_default=True, help="检测相关性。 Tests that fail together."
)
@click.option(
    "--mixing", type=float, default=0.0, show_default=True, help="同住传播人数。 Room-mates one would infect."
)
@click.option("--growth", type=float, help="始发地疫情每日增长。 Growth a day where they come from.")
@click.option(
    "--watched/--unwatched", "monitoring", default=True, help="是否监测症状。 Whether symptoms are looked for."
)
@click.option("--target", type=float, help="可接受的风险，如 0.01。 Risk to stay under, such as 0.01.")
@click.option(
    "--costs", default="", help="每日与每次检测费用，如 300,80。 Cost of a day and of a test, such as 300,80."
)
@click.option(
    "--most-tests", type=int, default=2, show_default=True, help="比较方案的最多检测次数。 Tests in the plans compared."
)
@JSON
def quarantine(profile: str, days: int, tests: str, test_curve: str, costs: str, as_json: bool, **asked: Any) -> None:
    """Print the chance that somebody leaves infectious; exit code 2 when it cannot be computed."""
    from hucheng.engines.risk.answers import quarantine_answer
    from hucheng.engines.risk.policies import Costs

    sampled = [int(day) for day in listed(tests, "--tests", whole=True)]
    prices = listed(costs, "--costs")
    if len(prices) not in (0, 2):
        raise click.BadParameter(costs, param_hint="--costs")
    _say(
        lambda: quarantine_answer(
            disease(profile),
            days,
            sampled,
            test_curve=sensitivity(test_curve),
            costs=Costs(*prices) if prices else None,
            **asked,
        ),
        as_json,
    )


@risk.command("importation", help="各航班预计带来多少感染者。 How many infected each flight brings.")
@click.argument("flights", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--series",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="各国每日数据 CSV。 CSV of countries' daily figures.",
)
@PROFILE
@click.option("--exit", "leaving", type=float, default=0.0, show_default=True, help=f"出境 · At exit: {_OF_SCREEN}")
@click.option("--entry", "landing", type=float, default=0.0, show_default=True, help=f"入境 · At entry: {_OF_SCREEN}")
@click.option(
    "--overdispersion", type=float, default=0.1, show_default=True, help="同机聚集系数。 Clustering on a flight."
)
@_AS_OF
@JSON
def importation(
    flights: Path, series: Path, profile: str, leaving: float, landing: float, overdispersion: float,
    as_of: datetime | None, as_json: bool,
) -> None:  # fmt: skip
    """Print the infected expected; exit code 2 when no flight can be given a number."""
    from hucheng.engines.risk.answers_flights import importation_answer
    from hucheng.engines.risk.importation import Screens, read_flights
    from hucheng.engines.risk.series import read_series

    def ask() -> "Answer":
        listed = read_flights(flights.read_bytes())
        today = as_of.date() if as_of else min((one.day for one in listed), default=date.min)
        world = read_series(series.read_bytes(), as_of=today)
        return importation_answer(
            disease(profile), listed, world, Screens(leaving, landing), overdispersion=overdispersion
        )

    _say(ask, as_json)


@risk.command("rt", help="本地传播在增长吗（每日病例 CSV）。 Is it growing here (CSV of daily cases)?")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mean", type=float, required=True, help="序列间隔均值（天）。 Mean serial interval in days.")
@click.option("--sd", type=float, required=True, help="序列间隔标准差（天）。 Its standard deviation in days.")
@click.option("--window", type=int, default=7, show_default=True, help="窗口天数。 Days of the window.")
@_AS_OF
@JSON
def rt(file: Path, mean: float, sd: float, window: int, as_of: datetime | None, as_json: bool) -> None:
    """Print Rt of the last window; exit code 2 when it cannot be computed."""
    from hucheng.engines.risk.answers_here import rt_answer
    from hucheng.engines.risk.cases import read_cases

    def ask() -> "Answer":
        read = read_cases(file.read_bytes(), as_of=as_of.date() if as_of else None)
        return rt_answer(read.local, read.imported, mean=mean, sd=sd, window=window, notes=read.notes)

    _say(ask, as_json)


def _asked_of_cases(command: Callable[..., None]) -> Callable[..., None]:
    """The cases and what is known of how one leads to others."""
    for option in reversed(
        (
            click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
            PROFILE,
            click.option(
                "--mean", type=float, required=True, help="序列间隔均值（天）。 Mean serial interval in days."
            ),
            click.option(
                "--sd", type=float, required=True, help="序列间隔标准差（天）。 Its standard deviation in days."
            ),
            click.option("--r", type=float, help="每名病例平均传染人数。 Infected by one case on average."),
            click.option("--dispersion", type=float, help="传染聚集参数 k。 Dispersion k of that number."),
        )
    ):
        command = option(command)
    return command


@risk.command("over", help="已知病例还会引出新病例吗。 Will known cases still bring another?")
@_asked_of_cases
@_AS_OF
@JSON
def over(file: Path, profile: str, as_of: datetime | None, as_json: bool, **asked: Any) -> None:
    """Print the chance of another case; exit code 2 when there was none."""
    from hucheng.engines.risk.answers_here import over_answer

    _say(lambda: _from_cases(over_answer, file, as_of, profile, **asked), as_json)


@risk.command("cluster", help="已知病例今后几天还会引出多少例。 How many more known cases bring in the coming days.")
@_asked_of_cases
@click.option("--days", type=int, default=14, show_default=True, help="今后天数，1 到 60。 Days ahead, 1 to 60.")
@_AS_OF
@JSON
def cluster(file: Path, profile: str, as_of: datetime | None, as_json: bool, **asked: Any) -> None:
    """Print the further cases expected; exit code 2 without a case to follow."""
    from hucheng.engines.risk.answers_here import cluster_answer

    _say(lambda: _from_cases(cluster_answer, file, as_of, profile, **asked), as_json)


def _from_cases(
    answer: Callable[..., "Answer"], file: Path, as_of: datetime | None, profile: str, **asked: Any
) -> "Answer":
    from hucheng.engines.risk.cases import read_cases

    read = read_cases(file.read_bytes(), as_of=as_of.date() if as_of else None)
    return answer(disease(profile), read.local, notes=read.notes, **asked)


def _say(ask: Callable[[], "Answer"], as_json: bool) -> None:
    answer = answered(ask, as_json)
    if answer is None:
        return
    say(answer)
    say_notes(answer)
    say_changes(answer)


@risk.command("reproduce", help="重算已发表的数值。 Compute published numbers again.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="结果 CSV。 CSV of results."
)
def reproduce(file: Path, out: Path) -> None:
    """Write id, ours and status of each row; exit code 2 for a table that cannot be read."""
    from hucheng.engines.risk.published.reproduce import as_csv, read_rows
    from hucheng.engines.risk.published.reproduce import reproduce as compute
    from hucheng.engines.risk.refusal import RiskRefused

    try:
        done = compute(read_rows(file.read_bytes()))
    except RiskRefused as no:
        refuse(no)
    out.write_text(as_csv(done), encoding="utf-8")
    computed = sum(one.ours is not None for one in done)
    click.echo(f"{computed} / {len(done)} 已计算 · computed")
