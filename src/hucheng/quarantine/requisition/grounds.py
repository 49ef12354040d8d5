"""The laws by which a house may be taken, each with the days on which these numbers of articles held.

A revised law has other numbers; until somebody has read them and added a line, no order is written under it.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "grounds.csv"


def grounds_on(day: date) -> tuple[str, ...]:
    """The laws with their articles, as an order of this day names them; empty when none of the table holds."""
    return tuple(
        f"《{row['law']}》{row['articles']}" for row in _rows() if row["from"] <= day.isoformat() <= row["until"]
    )


@cache
def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
