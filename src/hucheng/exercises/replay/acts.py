"""The names of the acts, in both languages."""

import csv
from functools import cache

from django.utils.translation import get_language

from hucheng.exercises.scenarios import SCENARIOS


def act_name(act: str) -> str:
    """What an act is called in the language in force; an act without a name shows its code."""
    zh, en = _names().get(act, (act, act))
    return zh if (get_language() or "zh").startswith("zh") else en


@cache
def _names() -> dict[str, tuple[str, str]]:
    with (SCENARIOS / "acts.csv").open(encoding="utf-8", newline="") as table:
        return {row["act"]: (row["zh"], row["en"]) for row in csv.DictReader(table)}
