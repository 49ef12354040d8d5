"""`hucheng risk whatif FILE --policy 14:0,13 --policy 7:6`: other days of quarantine side by side."""

from pathlib import Path

import click

from hucheng.engines.risk.options import CURVE, JSON, PROFILE, disease, listed, sensitivity
from hucheng.engines.risk.saying import answered, say, say_notes


@click.command("whatif", help="换一种隔离天数与检测会怎样。 What other days of quarantine and tests would come to.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--policy",
    "policies",
    multiple=True,
    required=True,
    help="天数:采样日，可多次，如 14:0,13；先现行方案。 Days:test days, such as 14:0,13; the present one first.",
)
@click.option(
    "--costs", required=True, help="每日与每次检测费用，如 300,80。 Cost of a day and of a test, such as 300,80."
)
@PROFILE
@CURVE
@click.option(
    "--hours", "journey_hours", type=float, default=8, show_default=True, help="旅程小时数。 Journey in hours."
)
@click.option("--adherence", type=float, default=1.0, show_default=True, help="遵守比例。 Share who comply.")
@click.option(
    "--correlation", type=float, default=0.0, show_default=True, help="检测相关性。 Tests that fail together."
)
@JSON
def whatif(
    file: Path, policies: tuple[str, ...], costs: str, profile: str, test_curve: str, as_json: bool, **asked: float
) -> None:
    """Print each policy's rooms, days, tests, cost and risk; exit code 2 when the plan or a policy cannot be used."""
    from hucheng.engines.risk.demand.reading import read_question
    from hucheng.engines.risk.demand.whatif_answer import what_if_answer
    from hucheng.engines.risk.policies import Costs
    from hucheng.engines.risk.quarantine import Strategy

    prices = listed(costs, "--costs")
    if len(prices) != 2:
        raise click.BadParameter(costs, param_hint="--costs")
    plans = [Strategy(*_policy(text)) for text in policies]
    answer = answered(
        lambda: what_if_answer(
            read_question(file.read_bytes()),
            plans,
            Costs(*prices),
            key=disease(profile),
            test_curve=sensitivity(test_curve),
            **asked,
        ),
        as_json,
    )
    if answer is not None:
        say(answer)
        say_notes(answer)


def _policy(text: str) -> tuple[int, tuple[int, ...]]:
    """Read days and test days from `14:0,13`; an error of the option for anything else."""
    days, _, tests = text.replace("：", ":").partition(":")
    read = listed(days, "--policy", whole=True)
    if len(read) != 1:
        raise click.BadParameter(text, param_hint="--policy")
    return int(read[0]), tuple(sorted({int(day) for day in listed(tests, "--policy", whole=True)}))
