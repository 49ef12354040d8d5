"""What the engine will not compute, said in both languages with a next step."""

import csv
from functools import cache
from pathlib import Path

from hucheng.engines.words.bilingual import Bilingual


class RiskRefused(ValueError):
    """An input or a question without an answer; `code` for programs, `why` and `do` for people."""

    def __init__(self, code: str, why: Bilingual, do: Bilingual) -> None:
        """Keep the code, the fact and the next step."""
        super().__init__(f"{why.en}. {do.en}")
        self.code, self.why, self.do = code, why, do


def refused(code: str, **values: object) -> RiskRefused:
    """Make the refusal of refusals.csv with its places filled."""
    row = _refusals()[code]
    why = Bilingual(row["why_zh"], row["why_en"]).filled(**values)
    return RiskRefused(code, why, Bilingual(row["do_zh"], row["do_en"]).filled(**values))


def share(name: str, value: float) -> float:
    """Give a probability back; refuse what lies outside 0 to 1."""
    if not 0 <= value <= 1:
        raise refused("probability", name=name, value=value)
    return value


@cache
def _refusals() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("refusals.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
