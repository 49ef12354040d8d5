"""The tables shipped with the rooms: series and goods, which a deployer may replace."""

import csv
from pathlib import Path

HERE = Path(__file__).parent
SERIES, GOODS = "indicators/data/series.csv", "supply/data/goods.csv"


def shipped(name: str) -> list[dict[str, str]]:
    """The rows of one table: SERIES or GOODS."""
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
