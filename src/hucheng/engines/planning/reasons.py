"""Why somebody has no room or no seat (reasons.csv)."""

import csv
from functools import cache
from pathlib import Path

from hucheng.engines.planning.guests import Unplaced
from hucheng.engines.words.bilingual import Bilingual

_REASONS = Path(__file__).with_name("reasons.csv")


@cache
def reasons() -> dict[str, tuple[Bilingual, Bilingual]]:
    """Give why and do by code."""
    with _REASONS.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: (Bilingual(row["why_zh"], row["why_en"]), Bilingual(row["do_zh"], row["do_en"]))
            for row in csv.DictReader(file)
        }


def unplaced(guest: str, code: str) -> Unplaced:
    """Give the refusal of one guest."""
    why, do = reasons()[code]
    return Unplaced(guest, code, why, do)
