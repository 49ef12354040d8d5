"""Options that several commands of risk share, and how their texts are read."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hucheng.engines.risk.profiles import Curve, Profile

JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
PROFILE = click.option(
    "--profile",
    default="sars_cov_2_2020",
    show_default=True,
    help="疾病参数的名称或 CSV。 Name of a disease profile, or a CSV of one.",
)
CURVE = click.option(
    "--curve",
    "test_curve",
    default="kucirka",
    show_default=True,
    help="检测灵敏度曲线的名称或 CSV。 Name of a test curve, or a CSV of one.",
)


def listed(text: str, option: str, *, whole: bool = False) -> list[float]:
    """Read numbers between commas of either kind; an error of the option for what are none."""
    try:
        return [int(one) if whole else float(one) for one in text.replace("，", ",").split(",") if one.strip()]
    except ValueError as wrong:
        raise click.BadParameter(text, param_hint=option) from wrong


def disease(text: str) -> "str | Profile":
    """Give a profile of one's own for the name of a CSV, else the name."""
    from hucheng.engines.risk.own import own_profile

    return own_profile(_bytes(text), Path(text).name) if text.endswith(".csv") else text


def sensitivity(text: str) -> "str | Curve":
    """Give a curve of one's own for the name of a CSV, else the name."""
    from hucheng.engines.risk.own import own_curve

    return own_curve(_bytes(text), Path(text).name) if text.endswith(".csv") else text


def _bytes(text: str) -> bytes:
    if not Path(text).is_file():
        raise click.BadParameter(text, param_hint="--profile / --curve")
    return Path(text).read_bytes()
