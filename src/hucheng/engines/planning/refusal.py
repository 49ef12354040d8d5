"""An instance that cannot be read as a planning problem, said in both languages with its place in the file."""

import csv
from functools import cache
from pathlib import Path

from hucheng.engines.words.bilingual import Bilingual

_REFUSALS = Path(__file__).with_name("refusals.csv")


class PlanRefused(ValueError):
    """Bad input. `code` for programs, `path` in the file (groups[3][1]), `why` and `do` for people."""

    def __init__(self, code: str, path: str, why: Bilingual, do: Bilingual) -> None:
        """Keep the code, the place, the fact and the next step."""
        super().__init__(f"{path}: {why.en}. {do.en}" if path else f"{why.en}. {do.en}")
        self.code, self.path, self.why, self.do = code, path, why, do

    def __reduce__(self) -> tuple[type["PlanRefused"], tuple[str, str, Bilingual, Bilingual]]:
        """Let a refusal cross from the process of the search."""
        return PlanRefused, (self.code, self.path, self.why, self.do)


def refused(code: str, path: str = "", **values: object) -> PlanRefused:
    """Make the refusal of refusals.csv with its places filled."""
    why, do = _refusals()[code]
    return PlanRefused(code, path, why.filled(**values), do.filled(**values))


@cache
def _refusals() -> dict[str, tuple[Bilingual, Bilingual]]:
    with _REFUSALS.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: (Bilingual(row["why_zh"], row["why_en"]), Bilingual(row["do_zh"], row["do_en"]))
            for row in csv.DictReader(file)
        }
