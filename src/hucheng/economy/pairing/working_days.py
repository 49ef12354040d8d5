"""Working days of the city: weekends and the holidays of a table that a deployer replaces each year.

`data/holidays.csv` holds the days from April to June 2020 that differ from the week (State Council notice of November
2019, from memory). A day that the table does not name follows the week.
"""

import csv
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from hucheng.core.clock import SHANGHAI

_TABLE = Path(__file__).parent / "data" / "holidays.csv"


@cache
def holidays() -> dict[date, str]:
    """Days that differ from the week: holiday or workday."""
    with _TABLE.open(encoding="utf-8", newline="") as table:
        return {date.fromisoformat(row["day"]): row["kind"] for row in csv.DictReader(table)}


def is_working_day(day: date) -> bool:
    """Whether offices work on a day."""
    named = holidays().get(day)
    return named == "workday" if named else day.weekday() < 5


def end_of_working_day(filed_at: datetime, days: int) -> datetime:
    """The end of the so many-th working day behind the day of filing, which itself is not counted."""
    day = filed_at.astimezone(SHANGHAI).date()
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
